/** What must be true in the years of `year.ts`, by the true time, which the machine does not know. */
import { text } from '@cairn/core/bytes.js'
import { isCairnError } from '@cairn/core/errors.js'
import { INTERVALS } from '@cairn/core/plan/calendar.js'
import { promptFile } from '../../src/schedule/prompt-line.js'
import { readStanding } from '../../src/schedule/standing.js'
import type { Store } from '../../src/stores/store.js'
import { lookFromOutside } from '../../src/vault/outside.js'
import { aheadAt } from '../sim/weather.js'
import { storesOf } from '../sim/world.js'
import type { By, Year } from './year.js'

/** When every year begins. */
export const START_MS = Date.parse('2026-01-01T00:00:00.000Z')
const DAY_HOURS = 24
const HOUR_MS = 3_600_000
/** What `AHEAD_DAYS` of the core allows for a clock that is not right, and an hour. */
const CLOCK_HOURS = 25
/** So long after something was wrong nobody calls an alarm false. */
const CALM_HOURS = 72
/** So long the line in the prompt is believed. */
const BELIEVED_HOURS = 72
/** A machine that is on for so many hours since a backup was due had its timer go off: once a day at the most rarely. */
const DUE_HOURS = 25

/** A backup that at least one store gave back. */
export interface Good {
  readonly at: number
  /** Hours until the next one is late, by what its head says. */
  readonly allowed: number
  /** How far the clock was ahead, in milliseconds. */
  readonly ahead: number
  readonly by: By
}

function isCalm(year: Year, hour: number): boolean {
  return hour - Math.max(year.troubledAt, year.movedAt) > CALM_HOURS && year.good.ahead === 0
}

/**
 * Hours by which the next backup is late; the error of a clock is forgiven. While it is behind, the machine lives in an
 * earlier time and cannot know better: then it is for the look from outside to notice.
 */
function lateBy(year: Year, good: Good, hour: number): number {
  const now = aheadAt(year.spells, hour)
  const isRight = good.ahead === 0 && now === 0 && year.movedAt < good.at
  return hour - good.at - good.allowed - 1 - (isRight ? 0 : CLOCK_HOURS + Math.max(0, -now / HOUR_MS))
}

function blame(year: Year, hour: number, what: string): void {
  year.wrong.push(`day ${Math.floor(hour / DAY_HOURS)}, hour ${hour}: ${what}`)
}

/** When a run is over, whoever made it: what the person was told. */
export async function afterRun(year: Year, hour: number): Promise<void> {
  if (lateBy(year, year.good, hour) > 0 && year.told === 'no')
    blame(year, hour, 'late, and no message says so')
  if (isCalm(year, hour) && year.told === 'yes')
    blame(year, hour, 'all is well, and a message says otherwise')
}

/** At the end of a day, when the person looks: status and the prompt. */
export async function atNight(year: Year, hour: number): Promise<void> {
  const { machine, ports, clock, disk } = year.world
  const { attention } = await readStanding(machine, ports)
  if (attention) year.alarms++
  const late = lateBy(year, year.good, hour)
  if (late > 0 && !attention) blame(year, hour, 'late, and status does not say so')
  if (attention && isCalm(year, hour)) blame(year, hour, 'status finds something while all is well')
  const line = promptSays(text(await disk.read(promptFile(machine.home))), clock.ms, year.keepers.believes)
  if (late > BELIEVED_HOURS && !line) blame(year, hour, 'late, and the prompt is silent')
  if (line && isCalm(year, hour)) blame(year, hour, 'the prompt speaks while all is well')
  isCaughtUp(year, hour)
}

/** As the snippet of `prompt-line.ts` reads it; its test runs it in a shell. */
function promptSays(file: string, clockMs: number, believes: 'for days' | 'for ever'): boolean {
  const [until = '', line = ''] = file.split('\n')
  const left = Number(until) - clockMs / 1000
  const isStale = left < 0 || left > (BELIEVED_HOURS + DAY_HOURS) * 3600
  return line !== '' || (isStale && believes === 'for days')
}

/** What is due is done by a timer that is alive. */
function isCaughtUp(year: Year, hour: number): void {
  const { good, waited } = year
  if (!isCalm(year, hour) || hour - good.at - dueAfter(good) < DUE_HOURS || waited < DUE_HOURS) return
  blame(year, hour, `due for ${hour - good.at - dueAfter(good)} hours, and nothing ran`)
}

/** Hours after a backup at which the next one is due. */
function dueAfter({ allowed }: Good): number {
  const row = INTERVALS.find(({ days, graceDays }) => Math.abs((days + graceDays) * DAY_HOURS - allowed) < 1)
  if (row === undefined) throw new Error(`no interval is late after ${allowed} hours`)
  return row.days * DAY_HOURS
}

/** A backup that nobody asked for is one that was due, and is not made twice. */
export function whenSaved(year: Year, good: Good): void {
  const before = year.good
  const apart = good.at - before.at
  if (before.allowed === 0 || good.by === 'person' || year.uneven || !isCalm(year, good.at)) return
  if (apart < Math.min(dueAfter(before), dueAfter(good)) - 3)
    blame(year, good.at, `saved again after ${apart} hours`)
}

/** Another computer looks at a store, with a clock that is right. */
export async function fromOutside(year: Year, hour: number): Promise<void> {
  const { watched } = year.life
  const good = year.goodIn.get(watched)
  if (good === undefined || year.away.has(watched)) return
  const [place] = storesOf(year.world.machine, year.world.ports).filter(({ name }) => name === watched)
  if (place === undefined) return
  const late = await isMissed(year, place, new Date(START_MS + hour * HOUR_MS))
  const owed = hour - good.at - good.allowed - forgivenOutside(good, hour)
  if (owed > 0 && !late) blame(year, hour, 'late, and nobody outside notices')
  if (late && hour - good.at < good.allowed && good.ahead === 0)
    blame(year, hour, 'in time, and somebody outside misses it')
}

/** A date to come is no sign of life; once it has come, the next one is expected by so much later. */
function forgivenOutside({ at, ahead }: Good, hour: number): number {
  if (ahead === 0) return 1
  const aheadHours = Math.max(0, ahead / HOUR_MS)
  return CLOCK_HOURS + (hour >= at + aheadHours - DAY_HOURS ? aheadHours : 0)
}

async function isMissed({ keepers }: Year, store: Store, now: Date): Promise<boolean> {
  try {
    return keepers.misses(await lookFromOutside(store, now), now)
  } catch (error) {
    if (isCairnError(error)) return true
    throw error
  }
}
