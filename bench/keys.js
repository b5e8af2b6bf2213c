// @ts-check
// `node bench/keys.js [rounds]`: phrases checked, stretched and derived per second of processor time, Cairn against bip39 and
// bip32 of bitcoinjs (over tiny-secp256k1, which is WebAssembly) and ethers, each in processes of its own and in turn.
// Medians and ratios count. The others are installed beside this file: they want other versions of noble than the project.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { median } from './run.js'

/** @typedef {import('./keys/rate.js').Rate} Rate */

const rounds = Number(process.argv[2] ?? 3)
const programs = ['cairn', 'bitcoinjs', 'ethers']
const folder = fileURLToPath(new URL('./keys/', import.meta.url))

if (!existsSync(`${folder}node_modules`)) execFileSync('npm', ['ci'], { cwd: folder, stdio: 'inherit' })

/** @param {string} program @returns {Rate[]} */
function rates(program) {
  return JSON.parse(execFileSync(process.execPath, [`${folder}${program}.js`], { encoding: 'utf8' }))
}

/** @type {Map<string, Rate[][]>} program, then one list a round */
const measured = new Map(programs.map((program) => [program, []]))
for (let round = 0; round < rounds; round++)
  for (const program of programs) measured.get(program)?.push(rates(program))

/** @param {string} program @param {string} name @returns {number | null} null when it does no such thing */
function rateOf(program, name) {
  const values = (measured.get(program) ?? []).flatMap((round) =>
    round.filter((task) => task.name === name).map(({ rate }) => rate),
  )
  return values.length > 0 ? median(values) : null
}

const [cpu] = cpus()
console.log(`${rounds} rounds, ${cpus().length} x ${cpu?.model}, Node ${process.version}`)
console.log(['', 'cairn /s', 'bitcoinjs /s', 'ratio', 'ethers /s', 'ratio'].map(pad).join(''))
for (const { name } of measured.get('cairn')?.[0] ?? []) {
  const own = rateOf('cairn', name) ?? 0
  const peers = ['bitcoinjs', 'ethers'].flatMap((program) => {
    const peer = rateOf(program, name)
    return peer === null ? ['-', '-'] : [peer.toFixed(0), (own / peer).toFixed(2)]
  })
  console.log([name, own.toFixed(0), ...peers].map(pad).join(''))
}

/** @param {string} cell @param {number} column */
function pad(cell, column) {
  return column === 0 ? cell.padEnd(34) : cell.padStart(14)
}
