/** Broken twins of what keeps the promises of `year.ts`, with a year that shows each. */
import { writeTold } from '../../src/machine/alarms.js'
import type { Spell } from '../sim/weather.js'
import type { Keepers, Life, YearPlan } from './year.js'

const spell = (kind: Spell['kind'], from: number, to: number, aheadDays = 0): Spell => ({
  kind,
  from: from * 24,
  to: to * 24,
  aheadMs: aheadDays * 86_400_000,
})

/** A laptop that is off at night, with a wallet that is to be saved each week. */
const laptop: Partial<Life> = {
  timer: { hour: 3, minute: 7, catchUp: 'persistent' },
  on: [7, 23],
  changesADay: 0.9,
  keyPool: true,
  removes: false,
}
const hourly: Partial<Life> = {
  ...laptop,
  timer: { hour: null, minute: 7, catchUp: 'persistent' },
  on: [8, 14],
}

export interface Twin {
  readonly name: string
  readonly keepers: Partial<Keepers>
  readonly plan: Omit<YearPlan, 'seeds' | 'keepers'>
  /** What its year is blamed for. */
  readonly blame: RegExp
}

const away = [spell('all-stores-away', 15, 40)]
const dead = [spell('timer-dead', 15, 45)]

export const twins: readonly Twin[] = [
  {
    name: 'a timer that forgets what it missed',
    keepers: { catchUp: 'forgets' },
    plan: { life: laptop, spells: [], days: 45 },
    blame: /due for .* and nothing ran/,
  },
  {
    name: 'messages that are said to be sent and were not',
    keepers: { carry: () => {} },
    plan: { life: laptop, spells: away, days: 40 },
    blame: /late, and no message says so/,
  },
  {
    name: 'messages that say never that it is over',
    keepers: {
      carry: (message, deliver) => (message.subject.endsWith('well again') ? undefined : deliver(message)),
    },
    plan: { life: laptop, spells: away, days: 60 },
    blame: /all is well, and a message says otherwise/,
  },
  {
    name: 'an alarm that forgets what it told',
    keepers: { before: ({ disk, machine }) => writeTold(disk, machine.home, {}) },
    plan: { life: hourly, spells: away, days: 40 },
    blame: /told again after \d+ hours/,
  },
  {
    name: 'a lock that nobody minds',
    keepers: { exclusively: () => (_lock, work) => work() },
    plan: { life: laptop, spells: [], days: 30 },
    blame: /two runs write at the same time/,
  },
  {
    name: 'a prompt that believes an old line',
    keepers: { believes: 'for ever' },
    plan: { life: laptop, spells: dead, days: 45 },
    blame: /late, and the prompt is silent/,
  },
  {
    name: 'a look from outside that believes a date to come',
    keepers: {
      misses: ({ devices }, now) =>
        devices.every((each) => now.getTime() > Date.parse(each.next_expected_by)),
    },
    plan: {
      life: laptop,
      spells: [spell('clock-wrong', 10, 15, 400), spell('timer-dead', 15, 65)],
      days: 65,
    },
    blame: /late, and nobody outside notices/,
  },
]
