/**
 * Which fragments a part of a multi-part UR mixes (BCR-2024-001, section 4, "Fragment Chooser"): its own one up to
 * the number of fragments; beyond it some that its number and the checksum of the message decide, few more often
 * than many. Floating point in the order of the reference, since both sides must come to the same numbers.
 */
import { below, type Sequence, sequenceOf } from './xoshiro.js'

export interface PartNumber {
  /** 1 to 2^32 - 1. */
  readonly number: number
  /** How many fragments there are. */
  readonly count: number
  /** The CRC-32 of the message. */
  readonly checksum: number
}

/** Indexes of the fragments, from 0, in no order. */
export function mixOf({ number, count, checksum }: PartNumber): readonly number[] {
  if (number <= count) return [number - 1]
  const seed = new DataView(new ArrayBuffer(8))
  seed.setUint32(0, number)
  seed.setUint32(4, checksum)
  const sequence = sequenceOf(new Uint8Array(seed.buffer))
  const degree = chooseDegree(count, sequence)
  return shuffled(count, sequence).slice(0, degree)
}

/** 1 to `count`: k with a probability proportional to 1 / k. */
function chooseDegree(count: number, sequence: Sequence): number {
  const weights = Array.from({ length: count }, (_, i) => 1 / (i + 1))
  return sample(tableOf(weights), sequence) + 1
}

interface Table {
  readonly chances: readonly number[]
  readonly aliases: readonly number[]
}

/** The alias method of Walker and Vose; "at variance from Schwarz, we reverse the index order". */
export function tableOf(weights: readonly number[]): Table {
  const n = weights.length
  const sum = weights.reduce((total, weight) => total + weight, 0)
  const chances = weights.map((weight) => (weight * n) / sum)
  const descending = Array.from({ length: n }, (_, i) => n - 1 - i)
  const small = descending.filter((i) => (chances[i] as number) < 1)
  const large = descending.filter((i) => (chances[i] as number) >= 1)
  const table = { chances: Array<number>(n).fill(0), aliases: Array<number>(n).fill(0) }
  while (small.length > 0 && large.length > 0) {
    const a = small.pop() as number
    const g = large.pop() as number
    table.chances[a] = chances[a] as number
    table.aliases[a] = g
    chances[g] = (chances[g] as number) + ((chances[a] as number) - 1)
    if ((chances[g] as number) < 1) small.push(g)
    else large.push(g)
  }
  for (const i of [...large, ...small]) table.chances[i] = 1
  return table
}

export function sample({ chances, aliases }: Table, sequence: Sequence): number {
  const first = sequence.next()
  const second = sequence.next()
  const i = Math.floor(chances.length * first)
  return second < (chances[i] as number) ? i : (aliases[i] as number)
}

function shuffled(count: number, sequence: Sequence): readonly number[] {
  const remaining = Array.from({ length: count }, (_, i) => i)
  const taken: number[] = []
  while (remaining.length > 0) taken.push(...remaining.splice(below(remaining.length, sequence), 1))
  return taken
}
