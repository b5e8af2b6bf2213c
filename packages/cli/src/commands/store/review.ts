/** `cairn store review NAME`: tries a store again, shows what is set up otherwise than before, and notes the day. */
import { EXIT_CODES } from '@cairn/core/errors.js'
import { DAY_MS, REVIEW_EVERY_DAYS } from '@cairn/core/plan/due.js'
import type { SettingChange } from '@cairn/core/plan/settings.js'
import { realPorts as ports } from '@cairn/node/real.js'
import { type Review, reviewStore } from '@cairn/node/vault/probes.js'
import { storeNamed } from '@cairn/node/vault/stores.js'
import type { Context } from '../../context.js'
import { openHere } from '../../machine.js'
import type { Outcome } from '../../outcome.js'
import { bad, good, moment } from '../../output.js'
import { probeAdvice, SETTINGS, sayProbe } from '../../probe.js'

/** It is set up worse than it was. */
const ATTENTION = 8

export async function run(context: Context, _options: object, name: string): Promise<Outcome> {
  const machine = await openHere(context)
  const review = await reviewStore(machine, storeNamed(machine, name), ports)
  const { probe, before, changes } = review
  const next = new Date(Date.parse(probe.time) + REVIEW_EVERY_DAYS * DAY_MS)
  const isWorse = changes.some(({ worse }) => worse)
  return {
    json: {
      name,
      reviewed: probe.time,
      next: next.toISOString(),
      before: before?.time ?? null,
      changes,
      probe,
    },
    text: `${sayProbe(probe)}\n\n${sayChanges(review)}`,
    next: [...probeAdvice(probe), `Next review: ${moment(next)}. cairn status reminds.`],
    exit: probe.ok ? (isWorse ? ATTENTION : 0) : EXIT_CODES.damaged,
  }
}

function sayChanges({ before, changes }: Review): string {
  if (before === null) return 'There is no earlier report to hold this one against.'
  const since = `since ${moment(new Date(before.time))}`
  if (changes.length === 0) return good(`Nothing is set up otherwise ${since}.`)
  return [`Set up otherwise ${since}:`, ...changes.map(sayChange)].join('\n')
}

function sayChange({ what, before, now, worse }: SettingChange): string {
  const line = `  ${SETTINGS[what]}: ${before}, now ${now}`
  return worse ? bad(line) : line
}
