/** Every quorum of every T-of-N, and every set that is one share short of one: for all schemes with groups. */
import { hex } from '@cairn/core/bytes.js'
import { isCairnError } from '@cairn/core/errors.js'
import { subsets } from '../subsets.js'

/** A scheme as the harness sees it; its shares were parsed already. */
export interface Scheme<S> {
  split(plan: { readonly threshold: number; readonly count: number; readonly seed: number }): readonly S[]
  /** The secret, in whatever form a share has it; throws when there are too few. */
  combine(shares: readonly S[]): Uint8Array
  /** What is to come out. */
  readonly secret: Uint8Array
  /** 1 to 16 unless given. A threshold of 1 goes with one share only: it is given to several people instead. */
  readonly thresholds?: { readonly least: number; readonly most: number }
}

export interface Tried {
  readonly tried: number
  /** Quorums that did not give the secret, or sets one short that were not refused naming how many are missing. */
  readonly lost: number
}

export interface Quorums {
  /** Up to so many members. */
  readonly most: number
  /** Of each T-of-N at most so many quorums and sets one short, spread over all of them; all when absent. */
  readonly ofEach?: number
}

export function tryQuorums<S>(
  scheme: Scheme<S>,
  { most: members, ofEach = Number.POSITIVE_INFINITY }: Quorums,
): Tried {
  let tried = 0
  let lost = 0
  for (let count = 1; count <= members; count++)
    for (let threshold = 1; threshold <= count; threshold++) {
      const { least, most } = scheme.thresholds ?? { least: 1, most: 16 }
      if ((threshold === 1 && count > 1) || threshold < least || threshold > most) continue
      const shares = scheme.split({ threshold, count, seed: count * 17 + threshold })
      for (const quorum of spread(shares, threshold, ofEach)) {
        tried++
        if (hexOf(() => scheme.combine(quorum)) !== hex(scheme.secret)) lost++
      }
      for (const short of threshold > 1 ? spread(shares, threshold - 1, ofEach) : []) {
        tried++
        if (!saysMissing(() => scheme.combine(short), threshold)) lost++
      }
    }
  return { tried, lost }
}

function* spread<T>(list: readonly T[], size: number, most: number): Generator<readonly T[]> {
  const step = Math.max(1, Math.ceil(choose(list.length, size) / most))
  let i = 0
  for (const set of subsets(list, size)) if (i++ % step === 0) yield set
}

function choose(n: number, k: number): number {
  let ways = 1
  for (let i = 1; i <= k; i++) ways = (ways * (n - k + i)) / i
  return Math.round(ways)
}

function hexOf(run: () => Uint8Array): string | null {
  try {
    return hex(run())
  } catch (error) {
    if (isCairnError(error)) return null
    throw error
  }
}

function saysMissing(run: () => unknown, threshold: number): boolean {
  try {
    run()
    return false
  } catch (error) {
    return (
      isCairnError(error, 'share-missing') &&
      error.message.includes(`needs ${threshold} shares and has ${threshold - 1}`)
    )
  }
}
