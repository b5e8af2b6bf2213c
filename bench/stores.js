// @ts-check
// The second part of the benchmark: Cairn and restic over the same servers on loopback, ten stores at once, and the
// pipeline alone beside `age`. What is missing on this machine is said and left out.
import { execFileSync } from 'node:child_process'
import { closeSync, cpSync, mkdirSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { changeOnePercent, randomStream } from './data.js'
import { measure, measureJson } from './run.js'
import { slowLine, startS3, startSftp } from './servers.js'
import { cairn, has, restic } from './tools.js'

/** @typedef {import('./run.js').Measured} Measured */
/** @typedef {(phase: string, program: string, sample: Measured & { stored?: number }) => void} Note */
/**
 * No round but the first begins after `until`, in milliseconds since the start of the process.
 * @typedef {{ base: string, rounds: number, until: number, note: Note }} Bench
 */
/** @typedef {import('./servers.js').Server} Server */

/** Over each server in turn. @param {Bench} bench @returns {Promise<string[]>} what was left out, and why */
export async function benchStores(bench) {
  const missing = []
  for (const [name, start] of /** @type {const} */ ([
    ['S3', startS3],
    ['SFTP', startSftp],
  ])) {
    if (!has('restic')) {
      missing.push(`${name}: restic is not installed here`)
      continue
    }
    const server = await start().catch((error) => String(error))
    if (server === null || typeof server === 'string') {
      missing.push(
        `${name}: its server ${server === null ? 'is not installed here' : `did not start (${server})`}`,
      )
      continue
    }
    try {
      for (const round of roundsOf(bench)) await oneRound(bench, server, round)
      if (name === 'S3') await tenStores(bench, server)
    } finally {
      await server.stop()
    }
  }
  return missing
}

/** @param {Bench} bench */
function* roundsOf({ rounds, until }) {
  for (let round = 0; round < rounds; round++) if (round === 0 || performance.now() < until) yield round
}

/** @param {Bench} bench @param {Server} server @param {number} round */
async function oneRound({ base, note }, server, round) {
  const folder = mkdtempSync(join(base, `${server.name}-`))
  cpSync(join(base, 'original'), join(folder, 'data'), { recursive: true })
  const data = { small: join(folder, 'data', 'small'), big: join(folder, 'data', 'big') }
  const all = []
  for (const make of [cairn, restic]) {
    const own = join(folder, make.name)
    mkdirSync(own)
    all.push({ ...make({ folder: own, data, site: await server.site() }), own })
  }
  const order = round % 2 === 0 ? all : all.toReversed()
  const noted = (/** @type {string} */ phase) => `${server.name} ${phase}`
  for (const { init } of order) await init()
  for (const { name, backup } of order) note(noted('first backup'), name, await backup())
  changeOnePercent(join(data.big, 'wallet.dat'), round)
  for (const { name, backup } of order) note(noted('second backup'), name, await backup())
  for (const { name, check } of order) note(noted('check'), name, await check())
  for (const { name, restore, own } of order) note(noted('restore'), name, await restore(join(own, 'back')))
  rmSync(folder, { recursive: true })
}

/** What a line to another town is like, and few enough bytes that it does not take minutes. */
const LINE = { bytesPerSecond: 4e6, delayMs: 10 }
const SHARED_BYTES = 12e6

/**
 * The same first backup to one store and to ten, each behind a slow line of its own: what the lines cost is waited for at
 * the same time, and only what the processors do adds up.
 * @param {Bench} bench @param {Server} server
 */
async function tenStores({ base, rounds, until, note }, server) {
  for (const _ of roundsOf({ base, note, until, rounds: Math.min(rounds, 2) })) {
    for (const count of [1, 10]) {
      const folder = mkdtempSync(join(base, 'ten-'))
      const big = join(folder, 'big')
      mkdirSync(big)
      writeRandom(join(big, 'wallet.dat'), SHARED_BYTES)
      const lines = []
      const sites = []
      for (let i = 0; i < count; i++) {
        const line = await slowLine(server.port, LINE)
        lines.push(line)
        const site = await server.site()
        sites.push({ ...site, url: site.url.replace(`127.0.0.1:${server.port}`, `127.0.0.1:${line.port}`) })
      }
      const [site, ...more] = sites
      const tool = cairn({ folder, data: { small: big, big }, ...(site ? { site } : {}) })
      try {
        await tool.init(more)
        note(count === 1 ? 'one store' : 'ten stores', 'cairn', await tool.backup())
      } finally {
        for (const line of lines) await line.stop()
      }
      rmSync(folder, { recursive: true })
    }
  }
}

/** @param {string} path @param {number} bytes */
function writeRandom(path, bytes) {
  const random = randomStream(7)
  const file = openSync(path, 'w')
  for (let left = bytes; left > 0; left -= 1e6) writeSync(file, random(Math.min(left, 1e6)))
  closeSync(file)
}

const sealing = fileURLToPath(new URL('./sealing.js', import.meta.url))

/**
 * The pipeline beside `age` alone, and behind gzip, on the same bytes in turn.
 * @param {Bench} bench @returns {Promise<string[]>} what was left out, and why
 */
export async function benchSealing({ base, rounds, until, note }) {
  if (!has('age')) return ['sealing: age is not installed here']
  const key = join(base, 'age-key')
  execFileSync('age-keygen', ['-o', key], { stdio: 'ignore' })
  const to = execFileSync('age-keygen', ['-y', key], { encoding: 'utf8' }).trim()
  const random = join(base, 'random')
  writeRandom(random, 100e6)
  const files = { pages: join(base, 'original', 'big', 'wallet.dat'), random }
  for (const _ of roundsOf({ base, note, until, rounds })) {
    for (const [what, file] of Object.entries(files)) {
      const phase = `sealing ${what}`
      note(phase, 'cairn', await measureJson([process.execPath, sealing, file]))
      note(phase, 'age', await measure(['age', '-r', to, '-o', '/dev/null', file]))
      const both = `gzip -1 < '${file}' | age -r ${to} -o /dev/null`
      note(phase, 'gzip and age', await measure(['sh', '-c', both]))
    }
  }
  note('bytes', 'pages', { wall: 0, cpu: 0, mib: 0, stored: statSync(files.pages).size })
  note('bytes', 'random', { wall: 0, cpu: 0, mib: 0, stored: statSync(files.random).size })
  rmSync(random)
  return []
}
