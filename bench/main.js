// @ts-check
// `npm run bench [ROUNDS]`: Cairn against restic and borg on the same data in the same run, into docs/speed.md. Whole
// processes on fresh repositories. Within a round each phase goes through the programs before the next begins, and their
// order turns from round to round: a machine that slows down slows all of them. Then over servers on loopback, to ten
// stores at once, and the pipeline beside `age`. What is missing on this machine is left out and named. `npm run bench --
// watch` measures what `cairn watch` takes at rest instead (six minutes), `-- sheets` how fast sheets are drawn.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { changeOnePercent, makeData } from './data.js'
import { report, reportSection } from './report.js'
import { measure } from './run.js'
import { sheetsSection } from './sheets.js'
import { benchSealing, benchStores } from './stores.js'
import { borg, cairn, has, restic } from './tools.js'
import { watchSection } from './watch.js'

/** @typedef {import('./run.js').Measured & { stored?: number }} Sample */

/** Six minutes are what a person waits for; the report and a last round need some of it. */
const MOST_MS = 280_000
const rounds = Number(process.argv[2] ?? 5)
const peers = [restic, borg].filter(({ name }) => has(name))

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
  const placed = (/** @type {string} */ name) => {
    const own = join(folder, name)
    mkdirSync(own)
    return { own, place: { folder: own, data } }
  }
  const { own, place } = placed('cairn')
  const first = { ...cairn(place), own }
  const others = peers.map((make) => {
    const { own, place } = placed(make.name)
    return { ...make(place), own }
  })
  const all = [first, ...others]
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
  await startUp(first)
  rmSync(folder, { recursive: true })
}

/** @param {ReturnType<typeof cairn>} tool */
async function startUp(tool) {
  for (let i = 0; i < 3; i++) {
    note('cairn status', 'cairn', await tool.status())
    note('node alone', 'cairn', await measure([process.execPath, '-e', '0']))
  }
}

async function compare() {
  const base = mkdtempSync(join(tmpdir(), 'cairn-bench-'))
  try {
    makeData(join(base, 'original'))
    for (let round = 0; round < rounds; round++) {
      await oneRound(round, base)
      process.stderr.write(`round ${round + 1} of ${rounds}\n`)
    }
    const bytes = bytesIn(join(base, 'original'))
    const bench = { base, rounds: Math.min(rounds, 3), until: MOST_MS, note }
    const missing = [...(await benchSealing(bench)), ...(await benchStores(bench))]
    report(samples, { rounds, bytes, peers: peers.map(({ name }) => name), missing })
  } finally {
    rmSync(base, { recursive: true, force: true })
  }
}

if (process.argv[2] === 'watch') reportSection('Watch', await watchSection())
else if (process.argv[2] === 'sheets') reportSection('Sheets', await sheetsSection())
else await compare()
