// @ts-check
// The part of docs/speed.md about servers, ten stores at once, and the pipeline.
import { median } from './run.js'
import { of, ratio, spread, table, timeRows } from './table.js'

/** @typedef {import('./table.js').Samples} Samples @typedef {import('./report.js').Goal} Goal */

const SERVERS = ['S3', 'SFTP']
const PHASES = ['first backup', 'second backup', 'check', 'restore']

/** What is known of a goal that is not reached. @type {Record<string, string>} */
const WHY = {
  'first backup':
    'Over a server each pack is read back whole before anything counts on it, so that a first backup moves every byte ' +
    'twice; restic believes the answer of the server.',
  check: 'The start of Node and the compilation of JavaScript are a part of every command, 0.1 s and more.',
  ten: 'All stores share the processors of this machine with the server and the lines, which run on it too.',
  sealing:
    '`age` alone neither hashes nor compresses. Beside encryption, the pipeline names each chunk, the file and the sealed ' +
    'object by SHA-256, compresses every chunk, unpacks it again, and hashes, opens and compares what came back.',
}

/** @param {Samples} samples @param {readonly string[]} missing */
export function storesLines(samples, missing) {
  return [
    '## Over servers',
    '',
    "Ceph's S3 gateway and OpenSSH's server on loopback, the same data and the same server for both; a check reads all of it.",
    'The processor time is that of the program, not of the server.',
    '',
    ...SERVERS.flatMap((server) => serverTable(samples, server)),
    ...missing.flatMap((each) => [`Not measured: ${each}.`, '']),
    ...tenLines(samples),
    ...sealingLines(samples),
  ]
}

/** @param {Samples} samples @param {string} server */
function serverTable(samples, server) {
  const rows = PHASES.filter((phase) => of(samples, `${server} ${phase}`, 'cairn').length > 0)
  if (rows.length === 0) return []
  return [
    ...table(
      [server, 'time', 'cairn', 'restic', 'cairn/restic'],
      rows.flatMap((phase) =>
        timeRows(samples, `${server} ${phase}`, ['restic']).map(([what, ...row]) => [
          what?.replace(`${server} `, '') ?? '',
          ...row,
        ]),
      ),
    ),
    '',
  ]
}

/** @param {Samples} samples */
function tenLines(samples) {
  const [one, ten] = ['one store', 'ten stores'].map((phase) => of(samples, phase, 'cairn'))
  if (one === undefined || ten === undefined || one.length === 0) return []
  const walls = (/** @type {typeof one} */ some) =>
    spread(
      some.map(({ wall }) => wall),
      2,
    )
  return [
    '**Ten stores at once.** A first backup of 12 MB that do not compress, each store behind a line of its own of 4 MB/s in',
    `both directions and 10 ms: to one ${walls(one)} s, to ten ${walls(ten)} s.`,
    '',
  ]
}

/** @param {Samples} samples @param {string} what @param {string} program @param {'wall' | 'cpu'} time */
function rate(samples, what, program, time) {
  const bytes = of(samples, 'bytes', what)[0]?.stored ?? 0
  return bytes / 1e6 / median(of(samples, `sealing ${what}`, program).map((one) => one[time]))
}

const CONTENTS = { pages: 'pages of a wallet, which halve', random: 'random, which does not compress' }

/** @param {Samples} samples */
function sealingLines(samples) {
  if (of(samples, 'sealing pages', 'cairn').length === 0) return []
  const rows = Object.entries(CONTENTS).flatMap(([what, contents]) =>
    /** @type {const} */ (['wall', 'cpu']).map((time) => [
      time === 'wall' ? contents : '',
      time === 'wall' ? 'wall' : 'processor',
      ...['cairn', 'age', 'gzip and age'].map((program) => rate(samples, what, program, time).toFixed(0)),
      ...['age', 'gzip and age'].map((peer) =>
        (1 / ratio(samples, { phase: `sealing ${what}`, peer, what: time })).toFixed(2),
      ),
    ]),
  )
  return [
    '**The pipeline alone**: chunk, hash, compress, unpack and compare, seal, and open and compare what a store in memory gives',
    'back, in MB of the file per second, beside the `age` program on the same 100 MB, and `gzip -1` before it.',
    '',
    ...table(['file', 'per second of', 'cairn', 'age', 'gzip -1 and age', 'cairn/age', 'cairn/both'], rows),
    '',
  ]
}

/** @param {Samples} samples @returns {Goal[]} */
export function storesGoals(samples) {
  const faster = SERVERS.flatMap((server) =>
    PHASES.filter((phase) => of(samples, `${server} ${phase}`, 'cairn').length > 0).map((phase) => ({
      name: `${server}, ${phase}: less time than restic (ratio of wall times)`,
      value: ratio(samples, { phase: `${server} ${phase}`, peer: 'restic', what: 'wall' }),
      most: 1,
      ...(WHY[phase] ? { why: WHY[phase] } : {}),
    })),
  )
  return [...faster, ...tenGoal(samples), ...sealingGoals(samples)]
}

/** @param {Samples} samples @returns {Goal[]} */
function tenGoal(samples) {
  const [one = [], ten = []] = ['one store', 'ten stores'].map((phase) => of(samples, phase, 'cairn'))
  if (one.length === 0) return []
  const value = median(ten.map(({ wall }, i) => wall / (one[i]?.wall ?? Number.NaN)))
  return [
    { name: 'ten stores at once: a quarter more than one at most', value, most: 1.25, why: WHY.ten ?? '' },
  ]
}

/** Time over the time of the others: 1 / 0.8. @param {Samples} samples @returns {Goal[]} */
function sealingGoals(samples) {
  if (of(samples, 'sealing pages', 'cairn').length === 0) return []
  const goal = (/** @type {string} */ what, /** @type {string} */ peer, /** @type {string} */ name) => ({
    name: `sealing, ${name}: at least 0.8 of its throughput (ratio of wall times, at most 1.25)`,
    value: ratio(samples, { phase: `sealing ${what}`, peer, what: 'wall' }),
    most: 1.25,
    why: WHY.sealing ?? '',
  })
  return [
    goal('pages', 'gzip and age', 'beside gzip and age, what compresses'),
    goal('random', 'gzip and age', 'beside gzip and age, what does not'),
    goal('random', 'age', 'beside age alone, what does not compress'),
  ]
}
