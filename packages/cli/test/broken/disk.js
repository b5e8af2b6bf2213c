// @ts-check
// Twins of the disk, for the real command: preloaded with `node --import`, each breaks one rule of the writing
// procedure (packages/node/src/disk.ts). CAIRN_BROKEN_DISK names which.
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { setTimeout as sleep } from 'node:timers/promises'

const { promises } = fs
const { open, rename, readFile } = promises
const PART = /\.[0-9a-f]{12}\.part$/
/** @param {unknown} path */
const target = (path) => String(path).replace(PART, '')
/** @param {unknown} path */
const isPart = (path) => PART.test(String(path))

/** Writes under the final name at once, in pieces, as a program does that calls `writeFile`. */
function writesInPlace() {
  promises.open = async (path, ...rest) => {
    if (!isPart(path)) return open(path, ...rest)
    const file = await open(target(path), 'w', 0o600)
    const write = file.write.bind(file)
    const inPieces = async (
      /** @type {Uint8Array} */ bytes,
      /** @type {number[]} */ ...[offset, length, at]
    ) => {
      const { bytesWritten } = await write(bytes, offset, Math.ceil((length ?? 0) / 4), at)
      await sleep(5)
      return { bytesWritten, buffer: bytes }
    }
    return Object.assign(file, { write: inPieces })
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
  promises.readFile = /** @type {typeof readFile} */ (
    (path, options) => readFile(waiting.get(String(path)) ?? /** @type {string} */ (path), options)
  )
  process.once('beforeExit', async () => {
    for (const [to, from] of [...waiting].reverse()) {
      await sleep(10)
      await rename(from, to)
    }
  })
}

const twins = { writesInPlace, namesLater }
twins[/** @type {keyof typeof twins} */ (process.env.CAIRN_BROKEN_DISK)]()
syncBuiltinESMExports()
