/**
 * What befalls a machine in a year, drawn from a seed: it sleeps, its timer dies, its stores are away, its disk is full,
 * its clock is wrong. Hours of true time, counted from the beginning of the year.
 */
const HOURS = 365 * 24

export interface Spell {
  readonly kind: 'asleep' | 'timer-dead' | 'store-away' | 'all-stores-away' | 'disk-full' | 'clock-wrong'
  readonly from: number
  /** The first hour that is well again. */
  readonly to: number
  /** Of a wrong clock: how far it is ahead, in milliseconds. */
  readonly aheadMs: number
}

const HOUR_MS = 3_600_000
const DAY_HOURS = 24

/** How often a year, and for how many days. */
const KINDS: readonly (readonly [kind: Spell['kind'], most: number, days: number])[] = [
  ['asleep', 4, 25],
  ['timer-dead', 2, 30],
  ['store-away', 2, 120],
  ['all-stores-away', 2, 12],
  ['disk-full', 2, 8],
  ['clock-wrong', 4, 12],
]

/** Minutes, hours, or years, in either direction; a battery that is empty brings back the day of the factory. */
function aheadOf(random: () => number): number {
  const sizes = [0.02, 0.9, 40, 700, 7_000]
  const days = sizes[Math.floor(random() * sizes.length)] as number
  return Math.round((random() * 2 - 1) * days * DAY_HOURS * HOUR_MS)
}

export function drawYear(random: () => number): readonly Spell[] {
  return KINDS.flatMap(([kind, most, days]) =>
    Array.from({ length: Math.floor(random() * (most + 1)) }, (): Spell => {
      const from = Math.floor(random() * HOURS)
      const to = from + Math.ceil(random() ** 2 * days * DAY_HOURS)
      return { kind, from, to, aheadMs: kind === 'clock-wrong' ? aheadOf(random) : 0 }
    }),
  )
}

export function isOn(spells: readonly Spell[], kind: Spell['kind'], hour: number): boolean {
  return spells.some((spell) => spell.kind === kind && spell.from <= hour && hour < spell.to)
}

/** How far the clock of the machine is ahead of the true time. */
export function aheadAt(spells: readonly Spell[], hour: number): number {
  const now = spells.filter(({ from, to }) => from <= hour && hour < to)
  return now.reduce((sum, { aheadMs }) => sum + aheadMs, 0)
}

/**
 * The clock on the wall in a place with daylight saving: an hour more from the last Sunday of March to the last one of
 * October, 01:00 UTC (Directive 2000/84/EC).
 */
export function onTheWall(ms: number): { readonly day: string; readonly hour: number } {
  const year = new Date(ms).getUTCFullYear()
  const isSummer = ms >= lastSunday(year, 2) && ms < lastSunday(year, 9)
  const local = new Date(ms + (isSummer ? 2 : 1) * HOUR_MS)
  return { day: local.toISOString().slice(0, -14), hour: local.getUTCHours() }
}

function lastSunday(year: number, month: number): number {
  const end = new Date(Date.UTC(year, month + 1, 0, 1))
  return end.getTime() - end.getUTCDay() * DAY_HOURS * HOUR_MS
}
