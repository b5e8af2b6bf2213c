// @ts-check
// `npm run bench`: Cairn against restic and borg on the same data in the same run, whole processes, each round on
// fresh repositories and in turn, so that a machine that slows down slows all three. Medians and ratios count;
// absolute times are of one machine on one day.
import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { changeOnePercent, makeData } from './data.js'
import { measure, median } from './run.js'

const rounds = Number(process.argv[2] ?? 3)
const bin = fileURLToPath(new URL('../packages/cli/bin/cairn.js', import.meta.url))
const PASSPHRASE = 'a passphrase for the benchmark only'

/**
 * @typedef {object} Tool
 * @property {string} name
 * @property {() => Promise<unknown>} init
 * @property {() => Promise<Measured>} backup
 * @property {(to: string) => Promise<Measured>} restore
 * @property {() => Promise<Measured>} check
 * @property {() => string} repository
 * @typedef {{ ms: number, mib: number }} Measured
 */

/**
 * @param {string} folder
 * @param {{ small: string, big: string }} data
 * @returns {Tool}
 */
function cairn(folder, data) {
  const env = { CAIRN_HOME: join(folder, 'home'), CAIRN_VAULT: join(folder, 'vault') }
  const run = (/** @type {string[]} */ ...args) =>
    measure([process.execPath, bin, ...args, '--no-input', '--json'], { env })
  const passphrase = join(folder, 'passphrase')
  const sheet = join(folder, 'sheet.txt')
  return {
    name: 'cairn',
    init: async () => {
      writeFileSync(passphrase, PASSPHRASE)
      const factors = ['--factor', 'passphrase', '--factor', 'computer', '--factor', 'sheet', '--need', '2']
      await run(
        'init',
        join(folder, 'vault'),
        ...factors,
        '--passphrase-file',
        passphrase,
        '--sheet-out',
        sheet,
      )
      await run('wallet', 'add', 'small', data.small, '--as', 'file')
      await run('wallet', 'add', 'big', data.big, '--as', 'file')
    },
    backup: () => run('backup'),
    restore: (to) => run('restore', '--to', to, '--sheet-file', sheet),
    check: () => run('check'),
    repository: () => join(folder, 'vault', 'store'),
  }
}

/**
 * @param {string} folder
 * @param {{ small: string, big: string }} data
 * @returns {Tool}
 */
function restic(folder, data) {
  const repository = join(folder, 'restic')
  const env = {
    RESTIC_PASSWORD: PASSPHRASE,
    RESTIC_REPOSITORY: repository,
    RESTIC_CACHE_DIR: join(folder, 'cache'),
  }
  const run = (/** @type {string[]} */ ...args) => measure(['restic', '--quiet', ...args], { env })
  return {
    name: 'restic',
    init: () => run('init', '--repository-version', '2'),
    backup: () => run('backup', data.small, data.big),
    restore: (to) => run('restore', 'latest', '--target', to),
    check: () => run('check', '--read-data'),
    repository: () => repository,
  }
}

/**
 * @param {string} folder
 * @param {{ small: string, big: string }} data
 * @returns {Tool}
 */
function borg(folder, data) {
  const repository = join(folder, 'borg')
  const env = { BORG_PASSPHRASE: PASSPHRASE, BORG_REPO: repository, BORG_BASE_DIR: join(folder, 'base') }
  let count = 0
  return {
    name: 'borg',
    init: () => measure(['borg', 'init', '--encryption', 'repokey-blake2'], { env }),
    backup: () => measure(['borg', 'create', `::${++count}`, data.small, data.big], { env }),
    restore: (to) => {
      execFileSync('mkdir', ['-p', to])
      return measure(['borg', 'extract', `::${count}`], { env, cwd: to })
    },
    check: () => measure(['borg', 'check'], { env }),
    repository: () => repository,
  }
}

/** @param {string} folder @returns {number} */
function bytesIn(folder) {
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const path = join(folder, entry.name)
    return sum + (entry.isDirectory() ? bytesIn(path) : statSync(path).size)
  }, 0)
}

/** @type {Map<string, Map<string, number[]>>} figure, then tool, then one value a round */
const figures = new Map()

/** @param {string} figure @param {string} tool @param {number} value */
function note(figure, tool, value) {
  const row = figures.get(figure) ?? new Map()
  row.set(tool, [...(row.get(tool) ?? []), value])
  figures.set(figure, row)
}

/** @param {Tool} tool @param {string} wallet @param {{ round: number, folder: string }} where */
async function oneRound(tool, wallet, { round, folder }) {
  await tool.init()
  const first = await tool.backup()
  note('first backup, s', tool.name, first.ms / 1000)
  note('stored after the first, MB', tool.name, bytesIn(tool.repository()) / 1e6)
  changeOnePercent(wallet, round)
  const second = await tool.backup()
  note('second backup, 1 % changed, s', tool.name, second.ms / 1000)
  note('stored after the second, MB', tool.name, bytesIn(tool.repository()) / 1e6)
  const restored = await tool.restore(join(folder, `back-${tool.name}`))
  note('full restore, s', tool.name, restored.ms / 1000)
  note('check of every byte, s', tool.name, (await tool.check()).ms / 1000)
  note('peak memory, MiB', tool.name, Math.max(first.mib, second.mib, restored.mib))
}

function print() {
  const [cpu] = cpus()
  console.log(`${rounds} rounds, ${cpus().length} x ${cpu?.model}, Node ${process.version}`)
  console.log(['', 'cairn', 'restic', 'borg', 'cairn/restic', 'cairn/borg'].map(pad).join(''))
  for (const [figure, tools] of figures) {
    const [own = 0, ...peers] = ['cairn', 'restic', 'borg'].map((name) =>
      median(tools.get(name) ?? [Number.NaN]),
    )
    const cells = [own, ...peers, ...peers.map((peer) => own / peer)].map((value) => value.toFixed(2))
    console.log([figure, ...cells].map(pad).join(''))
  }
}

/** @param {string} cell @param {number} column */
function pad(cell, column) {
  return column === 0 ? cell.padEnd(32) : cell.padStart(14)
}

async function startUp(/** @type {string} */ folder) {
  const env = { CAIRN_HOME: join(folder, 'home'), CAIRN_VAULT: join(folder, 'vault') }
  const times = []
  for (let i = 0; i < 7; i++)
    times.push((await measure([process.execPath, bin, 'status', '--json'], { env })).ms)
  console.log(
    `cairn status: ${median(times).toFixed(0)} ms; node alone: ${(await nodeAlone()).toFixed(0)} ms`,
  )
}

async function nodeAlone() {
  const times = []
  for (let i = 0; i < 7; i++) times.push((await measure([process.execPath, '-e', '0'])).ms)
  return median(times)
}

const base = mkdtempSync(join(tmpdir(), 'cairn-bench-'))
try {
  const original = makeData(join(base, 'original'))
  for (let round = 0; round < rounds; round++) {
    for (const make of [cairn, restic, borg]) {
      const folder = mkdtempSync(join(base, 'round-'))
      cpSync(join(base, 'original'), join(folder, 'data'), { recursive: true })
      const data = { small: join(folder, 'data', 'small'), big: join(folder, 'data', 'big') }
      await oneRound(make(folder, data), join(data.big, 'wallet.dat'), { round, folder })
      if (make === cairn && round === rounds - 1) await startUp(folder)
      rmSync(folder, { recursive: true })
    }
  }
  print()
  console.log(
    `data: ${(bytesIn(join(base, 'original')) / 1e6).toFixed(1)} MB in ${original.small ? 2001 : 0} files`,
  )
} finally {
  rmSync(base, { recursive: true, force: true })
}
