/** The rows of `docs/figures.md`: how often a promise was tried, how often it held, and what a broken twin lost. */
import { expect } from 'vitest'

/** Minutes instead of hours, with fewer tries. */
export const isShort = process.env.CAIRN_FIGURES !== 'long'

export interface Row {
  readonly promise: string
  readonly tried: number
  readonly held: number
  /** What the broken twin lost, and in how many tries. */
  readonly twin: string
  readonly seconds: number
}

/** A section of the document: the rows of one file beside this one. */
export type Room = 'vault' | 'pruning' | 'words' | 'shares' | 'repair'

export const rows = new Map<Room, Row[]>()

/** Runs one harness and adds its rows; a promise that did not hold every time fails the run. */
export async function figure(
  room: Room,
  make: () => Promise<readonly Omit<Row, 'seconds'>[]>,
): Promise<void> {
  const start = performance.now()
  const found = await make()
  const seconds = Math.round((performance.now() - start) / 1000)
  for (const row of found) {
    rows.set(room, [...(rows.get(room) ?? []), { ...row, seconds }])
    expect(row.held, row.promise).toBe(row.tried)
  }
}

export function* seeds(count: number): Generator<number> {
  for (let seed = 1; seed <= count; seed++) yield seed
}
