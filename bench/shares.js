// @ts-check
// `node bench/shares.js [rounds]`: SLIP-39 shares split and combined per second of processor time, Cairn against npm slip39, each in
// processes of its own and in turn. Medians and ratios count. Both spend most of a small plan in PBKDF2.
import { execFileSync } from 'node:child_process'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { median } from './run.js'

/** @typedef {{ name: string, split: number, combine: number }} Rate */

const rounds = Number(process.argv[2] ?? 3)
const programs = ['cairn', 'slip39']

/** @param {string} program @returns {Rate[]} */
function rates(program) {
  const file = fileURLToPath(new URL(`./shares/${program}.js`, import.meta.url))
  return JSON.parse(execFileSync(process.execPath, [file], { encoding: 'utf8' }))
}

/** @type {Map<string, Rate[][]>} program, then one list a round */
const measured = new Map(programs.map((program) => [program, []]))
for (let round = 0; round < rounds; round++)
  for (const program of programs) measured.get(program)?.push(rates(program))

const [cpu] = cpus()
console.log(`${rounds} rounds, ${cpus().length} x ${cpu?.model}, Node ${process.version}`)
console.log(['', 'cairn /s', 'slip39 /s', 'ratio'].map(pad).join(''))
const [first = []] = measured.get('cairn') ?? []
for (const [i, { name }] of first.entries())
  for (const what of /** @type {const} */ (['split', 'combine'])) {
    const [own = 0, peer = 0] = programs.map((program) =>
      median((measured.get(program) ?? []).map((round) => round[i]?.[what] ?? 0)),
    )
    console.log(
      [`${what} ${name}`, own.toFixed(1), peer.toFixed(1), (own / peer).toFixed(2)].map(pad).join(''),
    )
  }

/** @param {string} cell @param {number} column */
function pad(cell, column) {
  return column === 0 ? cell.padEnd(36) : cell.padStart(12)
}
