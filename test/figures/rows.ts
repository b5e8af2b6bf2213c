/** The rows of `docs/figures.md`: how often a promise was tried, how often it held, and what a broken twin lost. */
import { expect } from 'vitest'

/** Minutes instead of hours, with fewer tries. */
export const isShort = process.env.CAIRN_FIGURES !== 'long'

/** Minutes after which a row begins no new seed, and counts what it has. */
export const mostMinutes = Number(process.env.CAIRN_FIGURES_MINUTES || Number.POSITIVE_INFINITY)

export interface Row {
  readonly promise: string
  readonly tried: number
  readonly held: number
  /** What the broken twin lost, and in how many tries. */
  readonly twin: string
  readonly seconds: number
}

/** A section of the document: the rows of one file beside this one. */
export type Room =
  | 'power'
  | 'nth'
  | 'kills'
  | 'survivors'
  | 'bits'
  | 'year'
  | 'devices'
  | 'lies'
  | 'pruning'
  | 'watch'
  | 'words'
  | 'shares'
  | 'sheets'
  | 'slips'
  | 'steel'
  | 'repair'
  | 'reread'
  | 'plan'

export const rows = new Map<Room, Row[]>()

/** A row to be; what was lost is printed. */
export interface Found extends Omit<Row, 'seconds'> {
  readonly lost?: readonly string[]
}

/** A row of a tally. */
export function row(
  promise: string,
  { tried, lost }: { readonly tried: number; readonly lost: readonly string[] },
  twin = 'none',
): Found {
  return { promise, tried, held: tried - lost.length, twin, lost }
}

/** Runs one harness and adds its rows; a promise that did not hold every time fails the run. */
export async function figure(room: Room, make: () => Promise<readonly Found[]>): Promise<void> {
  const start = performance.now()
  const found = await make()
  const seconds = Math.round((performance.now() - start) / 1000)
  for (const { lost = [], ...row } of found) {
    rows.set(room, [...(rows.get(room) ?? []), { ...row, seconds }])
    expect(row.held, `${row.promise}\n${lost.slice(0, 20).join('\n')}`).toBe(row.tried)
  }
}

/** From 1 on, until the minutes of the row are over. */
export function* seeds(count: number): Generator<number> {
  const end = performance.now() + mostMinutes * 60_000
  for (let seed = 1; seed <= count && performance.now() < end; seed++) yield seed
}

/** What a broken twin lost, which must be something. */
export function caught({
  tried,
  lost,
}: {
  readonly tried: number
  readonly lost: readonly string[]
}): string {
  expect(lost.length).toBeGreaterThan(0)
  return `${lost.length} of ${tried} lost`
}
