// @ts-check
// Twins of the disk, for the real command: preloaded with `node --import`, each breaks one rule of the writing
// procedure (packages/node/src/disk.ts). CAIRN_BROKEN_DISK names which.
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { setTimeout as sleep } from 'node:timers/promises'

const { promises } = fs
const { open: openHandle, rename } = promises
const { closeSync, open, openSync, readFileSync, writeSync } = fs
const PART = /\.[0-9a-f]{12}\.part$/
/** @param {unknown} path */
const target = (path) => String(path).replace(PART, '')
/** @param {unknown} path */
const isPart = (path) => PART.test(String(path))
/** Of the store: what is lost with it is noticed. @param {unknown} path */
const isHead = (path) => /[/\\]heads[/\\]/.test(String(path))
/** Holds the process, so that a signal can come in between. @param {number} ms */
const hold = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
/** All that this process took until now: what is held for as long takes half of its moments, on any machine. */
const untilNow = () => performance.now()

/** Writes under the final name at once, in pieces, as a program does that calls `writeFile`. */
function writesInPlace() {
  /** File -> how long it is held after its first piece. @type {Map<number, () => number>} */
  const inPlace = new Map()
  fs.openSync = (path, ...rest) => {
    if (!isPart(path)) return openSync(path, ...rest)
    const file = openSync(target(path), 'w', 0o600)
    inPlace.set(file, isHead(path) ? untilNow : () => 5)
    return file
  }
  fs.writeSync = /** @type {typeof writeSync} */ (
    (
      /** @type {number} */ file,
      /** @type {Uint8Array} */ bytes,
      /** @type {number} */ offset,
      /** @type {number} */ length,
      /** @type {number} */ at,
    ) => {
      const held = inPlace.get(file)
      if (!held) return writeSync(file, bytes, offset, length, at)
      const written = writeSync(file, bytes, offset, Math.ceil(length / 4), at)
      hold(offset === 0 ? held() : 5)
      return written
    }
  )
  fs.closeSync = (file) => {
    inPlace.delete(file)
    closeSync(file)
  }
  promises.open = async (path, ...rest) => {
    if (!isPart(path)) return openHandle(path, ...rest)
    const file = await openHandle(target(path), 'w', 0o600)
    const write = /** @type {any} */ (file.write.bind(file))
    file.write = /** @type {typeof file.write} */ (
      (
        /** @type {Uint8Array} */ bytes,
        /** @type {number} */ offset,
        /** @type {number} */ length,
        /** @type {number} */ at,
      ) => {
        hold(5)
        return write(bytes, offset, Math.ceil(length / 4), at)
      }
    )
    return file
  }
  promises.rename = async (from, to) => (isPart(from) ? undefined : rename(from, to))
}

/** Says that a file has its name and names it later, newest first: heads before what they lead to. */
function namesLater() {
  /** @type {Map<string, string>} */
  const waiting = new Map()
  promises.rename = async (from, to) => {
    if (!isPart(from)) return rename(from, to)
    waiting.set(String(to), String(from))
  }
  const now = (/** @type {unknown} */ path) => waiting.get(String(path)) ?? /** @type {string} */ (path)
  fs.readFileSync = /** @type {typeof readFileSync} */ ((path, options) => readFileSync(now(path), options))
  fs.openSync = (path, ...rest) => openSync(now(path), ...rest)
  fs.open = /** @type {typeof open} */ (
    (/** @type {unknown} */ path, /** @type {any[]} */ ...rest) =>
      /** @type {any} */ (open)(now(path), ...rest)
  )
  process.once('beforeExit', async () => {
    const pause = untilNow() / waiting.size
    for (const [to, from] of [...waiting].reverse()) {
      await sleep(pause)
      await rename(from, to)
    }
  })
}

const twins = { writesInPlace, namesLater }
twins[/** @type {keyof typeof twins} */ (process.env.CAIRN_BROKEN_DISK)]()
syncBuiltinESMExports()
