// @ts-check
// From the samples of a run to docs/speed.md. Ratios are taken within a round and their median counts.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { commit, load, processors } from './machine.js'
import { median } from './run.js'
import { storesGoals, storesLines } from './stores-report.js'
import { of, ratio, spread, table, timeRows } from './table.js'

/**
 * @typedef {import('./main.js').Sample} Sample
 * @typedef {Map<string, Map<string, Sample[]>>} Samples
 * @typedef {{ name: string, value: number, most: number, unit?: string, why?: string }} Goal
 */

/** @type {Record<string, string>} */
const VERSION = { restic: 'version', borg: '--version' }
const PHASES = ['first backup', 'second backup', 'restore', 'check']
const DOCUMENT = fileURLToPath(new URL('../docs/speed.md', import.meta.url))

/** What is known of a goal that is not reached. */
const WHY = {
  'first backup':
    'borg compresses with lz4, several times as fast as the gzip that the format promises so that any system can ' +
    'unpack a vault; and each chunk is unpacked again and compared before it counts.',
  'second backup':
    'The pages that changed lie in one chunk of 64 KiB out of seven, and all of these are compressed, unpacked again, ' +
    'sealed and read back. Of a backup that finds nothing new, a third of the processor time is the compilation of ' +
    'JavaScript by the engine, which every start pays again.',
  restore:
    'Every file is unpacked, written, and read back from the new place to compare its hash before it gets its name; ' +
    'the peers trust what they wrote.',
}

/** @typedef {{ rounds: number, bytes: number, peers: readonly string[], missing: readonly string[] }} Run */

/** @param {Samples} samples @param {Run} run */
export function report(samples, run) {
  const { peers, missing } = run
  const goals = [...goalsOf(samples, peers), ...storesGoals(samples)]
  const versus = peers.map((peer) => `cairn/${peer}`)
  const lines = [
    '# Speed',
    '',
    'Written by `npm run bench`, not by hand. Cairn, restic and borg as whole processes on fresh repositories over the',
    `same ${(run.bytes / 1e6).toFixed(0)} MB: 2,000 small wallet files, and one wallet file of 100 MB in pages of 4 KiB. For the second`,
    'backup 1 % of its pages change. All three encrypt; Cairn and restic read back or check every byte, borg its checksums.',
    '',
    ...machine(run),
    '',
    'Ratios are taken within a round; below 1 Cairn needs less. Processor time counts all threads.',
    '',
    ...table(
      ['', 'time', 'cairn', ...peers, ...versus],
      PHASES.flatMap((phase) => timeRows(samples, phase, peers)),
    ),
    '',
    ...table(['', 'cairn', ...peers, ...versus], [...storedRows(samples, peers), memoryRow(samples, peers)]),
    '',
    ...startUp(samples),
    '',
    ...storesLines(samples, missing),
    '## Goals',
    '',
    ...table(
      ['goal', 'measured', 'reached'],
      goals.map(({ name, value, most, unit = '' }) => [
        name,
        `${value.toFixed(unit ? 0 : 2)}${unit}`,
        value <= most ? 'yes' : '**no**',
      ]),
    ),
    '',
    ...explain(goals),
  ]
  write(lines.join('\n'), sectionsNow()[1])
}

/** What is measured by itself, in the order in which it stands behind the rest. */
const OWN = ['Watch', 'Sheets']

/**
 * Puts a section that is measured by itself in place of an older one; the rest of the document stays.
 * @param {string} name @param {string} section
 */
export function reportSection(name, section) {
  const [main, own] = sectionsNow()
  write(main, new Map([...own, [name, section]]))
}

/** The document as it is: what a run measured, and each section of `OWN`. @returns {[string, Map<string, string>]} */
function sectionsNow() {
  const [main = '', ...own] = readFileSync(DOCUMENT, 'utf8').split(
    new RegExp(`^(?=## (?:${OWN.join('|')})$)`, 'm'),
  )
  return [main, new Map(own.map((section) => [/^## (\w+)/.exec(section)?.[1] ?? '', section]))]
}

/** @param {string} main @param {Map<string, string>} own */
function write(main, own) {
  const text = `${[main, ...OWN.flatMap((name) => own.get(name) ?? [])].map((part) => part.trim()).join('\n\n')}\n`
  writeFileSync(DOCUMENT, text)
  process.stdout.write(text)
}

/** @param {Run} run */
function machine({ rounds, peers }) {
  const version = (/** @type {string} */ program, /** @type {string} */ flag) =>
    execFileSync(program, [flag], { encoding: 'utf8' }).split('\n')[0]?.split(' ').slice(0, 2).join(' ')
  return [
    `- ${commit()}, ${rounds} rounds`,
    `- ${processors()}`,
    `- ${['restic', 'borg'].map((name) => (peers.includes(name) ? version(name, VERSION[name] ?? '') : `${name} is not installed here`)).join(', ')}`,
    `- ${load()}: above 1, other work took part of the machine, and ratios of processor time tell more`,
  ]
}

/** @param {Samples} samples @param {readonly string[]} peers */
function storedRows(samples, peers) {
  return ['first backup', 'second backup'].map((phase) => [
    `stored after the ${phase}, MB`,
    ...['cairn', ...peers].map((program) =>
      (median(of(samples, phase, program).map(({ stored = 0 }) => stored)) / 1e6).toFixed(1),
    ),
    ...peers.map((peer) => ratio(samples, { phase, peer, what: 'stored' }).toFixed(2)),
  ])
}

/** The largest of the medians of the phases. @param {Samples} samples @param {string} program */
function peak(samples, program) {
  return Math.max(...PHASES.map((phase) => median(of(samples, phase, program).map(({ mib }) => mib))))
}

/** @param {Samples} samples @param {readonly string[]} peers */
function memoryRow(samples, peers) {
  const [own = 0, ...theirs] = ['cairn', ...peers].map((program) => peak(samples, program))
  return [
    'peak memory, MiB',
    ...[own, ...theirs].map((mib) => mib.toFixed(0)),
    ...theirs.map((mib) => (own / mib).toFixed(2)),
  ]
}

/** @param {Samples} samples */
function startUp(samples) {
  const say = (/** @type {string} */ phase) => {
    const all = of(samples, phase, 'cairn')
    return `${spread(
      all.map(({ wall }) => wall * 1000),
      0,
    )} ms, processor ${(median(all.map(({ cpu }) => cpu)) * 1000).toFixed(0)} ms`
  }
  return [`Start-up: \`cairn status\` ${say('cairn status')}; Node alone ${say('node alone')}.`]
}

/** @param {Samples} samples @param {readonly string[]} peers @returns {Goal[]} */
function goalsOf(samples, peers) {
  const faster = PHASES.flatMap((phase) =>
    peers.map((peer) => ({
      phase,
      name: `${phase}: ${phase === 'second backup' ? 'half the time' : 'less time'} of ${peer} (ratio of wall times)`,
      value: ratio(samples, { phase, peer, what: 'wall' }),
      most: phase === 'second backup' ? 0.5 : 1,
      why: WHY[/** @type {keyof typeof WHY} */ (phase)],
    })),
  )
  const stored = (peers.length === 0 ? [] : ['first backup', 'second backup']).map((phase) => ({
    name: `stored after the ${phase}: within 10 % of the better peer`,
    value: Math.max(...peers.map((peer) => ratio(samples, { phase, peer, what: 'stored' }))),
    most: 1.1,
  }))
  const status = median(of(samples, 'cairn status', 'cairn').map(({ wall }) => wall * 1000))
  return [
    ...faster,
    ...stored,
    {
      name: 'peak memory under 300 MB',
      value: (peak(samples, 'cairn') * 2 ** 20) / 1e6,
      most: 300,
      unit: ' MB',
    },
    { name: '`cairn status` under 250 ms', value: status, most: 250, unit: ' ms' },
  ]
}

/** @param {readonly Goal[]} goals */
function explain(goals) {
  const reasons = new Set(goals.flatMap(({ value, most, why }) => (value > most && why ? [why] : [])))
  if (reasons.size === 0) return []
  return ['What is known of those not reached:', '', ...[...reasons].map((reason) => `- ${reason}`)]
}
