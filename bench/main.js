// @ts-check
// `npm run bench [ROUNDS]`: Cairn against restic and borg on the same data in the same run, into docs/speed.md. Whole
// processes on fresh repositories. Within a round each phase goes through the three programs before the next begins,
// and the order of the programs turns from round to round: a machine that slows down slows all three.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { changeOnePercent, makeData } from './data.js'
import { report } from './report.js'
import { measure } from './run.js'
import { borg, cairn, restic } from './tools.js'

/** @typedef {import('./run.js').Measured & { stored?: number }} Sample */

const rounds = Number(process.argv[2] ?? 5)

/** Phase, then program, then one sample a round. @type {Map<string, Map<string, Sample[]>>} */
const samples = new Map()

/** @param {string} phase @param {string} program @param {Sample} sample */
function note(phase, program, sample) {
  const row = samples.get(phase) ?? new Map()
  row.set(program, [...(row.get(program) ?? []), sample])
  samples.set(phase, row)
}

/** @param {string} folder @returns {number} */
function bytesIn(folder) {
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const path = join(folder, entry.name)
    return sum + (entry.isDirectory() ? bytesIn(path) : statSync(path).size)
  }, 0)
}

/** @param {number} round @param {string} base */
async function oneRound(round, base) {
  const folder = mkdtempSync(join(base, 'round-'))
  cpSync(join(base, 'original'), join(folder, 'data'), { recursive: true })
  const data = { small: join(folder, 'data', 'small'), big: join(folder, 'data', 'big') }
  const all = [cairn, restic, borg].map((make) => {
    const own = join(folder, make.name)
    mkdirSync(own)
    return { ...make({ folder: own, data }), own }
  })
  const order = all.map((_, i) => /** @type {typeof all[number]} */ (all[(i + round) % all.length]))
  for (const { init } of order) await init()
  for (const { name, backup, repository } of order)
    note('first backup', name, { ...(await backup()), stored: bytesIn(repository) })
  changeOnePercent(join(data.big, 'wallet.dat'), round)
  await wait(100) // no program has to wait until the clock of the files has moved on
  for (const { name, backup, repository } of order)
    note('second backup', name, { ...(await backup()), stored: bytesIn(repository) })
  for (const { name, restore, own } of order) note('restore', name, await restore(join(own, 'back')))
  for (const { name, check } of order) note('check', name, await check())
  await startUp(all[0])
  rmSync(folder, { recursive: true })
}

/** @param {any} tool */
async function startUp(tool) {
  for (let i = 0; i < 3; i++) {
    note('cairn status', 'cairn', await tool.status())
    note('node alone', 'cairn', await measure([process.execPath, '-e', '0']))
  }
}

const base = mkdtempSync(join(tmpdir(), 'cairn-bench-'))
try {
  makeData(join(base, 'original'))
  for (let round = 0; round < rounds; round++) {
    await oneRound(round, base)
    process.stderr.write(`round ${round + 1} of ${rounds}\n`)
  }
  report(samples, { rounds, bytes: bytesIn(join(base, 'original')) })
} finally {
  rmSync(base, { recursive: true, force: true })
}
