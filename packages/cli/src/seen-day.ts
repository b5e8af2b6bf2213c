/** The day on which somebody saw a thing in its place. */
import { fail } from '@cairn/core/errors.js'
import { DAY_MS } from '@cairn/core/plan/due.js'

/**
 * A day to come would put off the next look by years. One day ahead is let through: it has begun somewhere.
 * @param day YYYY-MM-DD
 * @throws CairnError `place-invalid`
 */
export function seenDay(day: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) fail('place-invalid', { reason: 'a day is written as 2026-11-26' })
  const tomorrow = new Date(Date.now() + DAY_MS).toISOString().slice(0, 10)
  if (day > tomorrow) fail('place-invalid', { reason: 'the day of the check is still to come' })
  return day
}
