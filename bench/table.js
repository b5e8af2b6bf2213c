// @ts-check
// Rows of docs/speed.md: medians with their range, and ratios that are taken within a round.
import { median } from './run.js'

/** @typedef {import('./main.js').Sample} Sample @typedef {Map<string, Map<string, Sample[]>>} Samples */

/** @param {readonly string[]} head @param {readonly (readonly string[])[]} rows */
export function table(head, rows) {
  return [head, head.map((_, i) => (i === 0 ? '---' : '--:')), ...rows].map(
    (cells) => `| ${cells.join(' | ')} |`,
  )
}

/** @param {Samples} samples @param {string} phase @param {string} program */
export function of(samples, phase, program) {
  return samples.get(phase)?.get(program) ?? []
}

/** @param {readonly number[]} values @param {number} digits */
export function spread(values, digits) {
  const [least, most] = [Math.min(...values), Math.max(...values)]
  return `${median(values).toFixed(digits)} (${least.toFixed(digits)}–${most.toFixed(digits)})`
}

/** Median of Cairn's value over the peer's, round by round. @param {Samples} samples @param {{ phase: string, peer: string, what: 'wall' | 'cpu' | 'stored' }} which */
export function ratio(samples, { phase, peer, what }) {
  const theirs = of(samples, phase, peer)
  return median(of(samples, phase, 'cairn').map((own, i) => (own[what] ?? 0) / (theirs[i]?.[what] ?? 0)))
}

/** Rows of wall and processor time. @param {Samples} samples @param {string} phase @param {readonly string[]} peers */
export function timeRows(samples, phase, peers) {
  return /** @type {const} */ (['wall', 'cpu']).map((what) => [
    what === 'wall' ? phase : '',
    what === 'wall' ? 'wall, s' : 'processor, s',
    ...['cairn', ...peers].map((program) =>
      spread(
        of(samples, phase, program).map((one) => one[what]),
        2,
      ),
    ),
    ...peers.map((peer) => ratio(samples, { phase, peer, what }).toFixed(2)),
  ])
}
