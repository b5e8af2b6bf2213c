/**
 * The rule of how often a wallet is saved, as one table with a reason for each row; docs/calendar.md is printed from
 * it. Pure: what is known of a wallet and the time go in, the rows that apply come out.
 */

import { DAY_MS } from './due.js'
import type { Counts, Facts, Sighting } from './facts.js'
import { newSince } from './facts.js'
import { movesWithin, type Use } from './use.js'

export type Every = 'now' | 'day' | 'week' | 'month' | 'quarter'
export type Interval = Exclude<Every, 'now'>

export interface IntervalRow {
  readonly every: Interval
  readonly days: number
  /** So long after a backup was due, its absence is told as late: a weekend, a journey, a repair. */
  readonly graceDays: number
}

/** From the shortest to the longest. */
export const INTERVALS: readonly IntervalRow[] = [
  { every: 'day', days: 1, graceDays: 2 },
  { every: 'week', days: 7, graceDays: 4 },
  { every: 'month', days: 30, graceDays: 10 },
  { every: 'quarter', days: 91, graceDays: 14 },
]

/** Constants of the rows below. */
export const DAILY_USES = 28
export const WEEKLY_USES = 4
export const BUSY_DAYS = 28
export const USED_DAYS = 91
export const GREAT_SATS = 100_000_000n
export const SOME_SATS = 10_000_000n

/** One backup, as this machine remembers it. */
export interface Observation {
  readonly time: string
  /** Hash of all bytes of its files: another one means that something was written. */
  readonly content: string
  readonly facts: Facts
}

/** What is known of a wallet without any secret. */
export interface WalletPast {
  readonly name: string
  /** When the newest snapshot with it was made; null when there is none. */
  readonly saved: string | null
  /** When the next one is late, as that snapshot told everybody; absent when it told nothing. */
  readonly expected?: string | undefined
  /** Backups of it, oldest first; may be fewer than there were. */
  readonly observed: readonly Observation[]
  /** As the newest snapshot has it; null when that is not remembered. */
  readonly before: Sighting | null
  /** As it is now; null when it cannot be looked at. */
  readonly now: Sighting | null
  /** Whether a byte of its files differs from the newest snapshot; null when that cannot be told. */
  readonly changed: boolean | null
  readonly use: Use
  /** Private keys that no words lead to, also of a file that shows nothing today. */
  readonly keys: number
}

export interface Rule {
  readonly code: string
  readonly every: Every
  /** When it applies, for the table. */
  readonly when: string
  /** Why it is so, for the table. */
  readonly reason: string
  /** What to tell the person whose wallet it applies to; null when it does not apply. */
  readonly applies: (wallet: WalletPast, now: number) => string | null
}

/** From the most urgent to the least. The last one always applies: nothing is saved more rarely. */
export const RULES: readonly Rule[] = [
  {
    code: 'never-saved',
    every: 'now',
    when: 'no snapshot holds it',
    reason: 'what the words do not bring back is lost with this computer',
    applies: ({ saved }) => (saved === null ? 'Nothing of it is saved yet.' : null),
  },
  {
    code: 'keys-new',
    every: 'now',
    when: 'it holds imported keys or watched addresses that its newest snapshot lacks',
    reason: 'no words lead to an imported key: until the next backup its file is the only copy',
    applies: (wallet) => {
      const { keys, addresses } = atRisk(wallet)
      if (wallet.saved === null || keys + addresses === 0) return null
      return keys > 0
        ? `${many(keys, 'key')} came in since the last backup, and no words lead to ${keys === 1 ? 'it' : 'them'}.`
        : `${many(addresses, 'watched address', 'watched addresses')} came in since the last backup.`
    },
  },
  {
    code: 'policy-changed',
    every: 'now',
    when: 'its descriptors, cosigners or accounts differ from those in its newest snapshot',
    reason:
      'without the public keys of all cosigners and their order, enough words to sign find no coin; a new account is not looked for by itself',
    applies: ({ before, now }) => {
      if (!before?.facts.read || !now?.facts.read || before.facts.encrypted !== now.facts.encrypted)
        return null
      if (before.facts.identity === now.facts.identity) return null
      return before.facts.multisig || now.facts.multisig
        ? 'The keys or the rule of its cosigners changed since the last backup.'
        : 'Its keys or accounts changed since the last backup.'
    },
  },
  {
    code: 'channels-changed',
    every: 'now',
    when: 'it has Lightning channels, and its file changed since the newest snapshot',
    reason: 'every channel event makes the older state worthless, and using that can cost the whole channel',
    applies: (wallet) =>
      hasChannels(wallet) && wallet.saved !== null && wallet.changed
        ? 'Its Lightning channels moved on since the last backup.'
        : null,
  },
  {
    code: 'form-changed',
    every: 'now',
    when: 'it was encrypted, decrypted, migrated, or written in a form that differs, since the newest snapshot',
    reason:
      'a password that was mistyped or a migration that went wrong shows weeks later: the copy of before and the copy of after are both needed. Make one before as well',
    applies: ({ before, now }) => {
      if (!before || !now) return null
      const [was, is] = [before.facts, now.facts]
      if (was.kind !== is.kind) return 'It was migrated since the last backup.'
      if (was.encrypted !== null && is.encrypted === null) return 'Its file can no longer be read.'
      if (was.encrypted !== null && was.encrypted !== is.encrypted)
        return `It was ${is.encrypted ? 'encrypted' : 'decrypted'} since the last backup.`
      return was.read && !is.read ? 'It can no longer be read as at the last backup.' : null
    },
  },
  {
    code: 'channels',
    every: 'day',
    when: 'it has Lightning channels',
    reason:
      'channels change without anybody at the keyboard; a day is the longest that a state stays unsaved',
    applies: (wallet) =>
      hasChannels(wallet) ? 'It has Lightning channels, which change by themselves.' : null,
  },
  {
    code: 'used-daily',
    every: 'day',
    when: `${DAILY_USES} or more transactions in ${BUSY_DAYS} days`,
    reason: 'one a day on average: a week would lose seven payments with their labels',
    applies: (wallet, now) => usesSentence(wallet, now, DAILY_USES),
  },
  {
    code: 'used-weekly',
    every: 'week',
    when: `${WEEKLY_USES} or more transactions in ${BUSY_DAYS} days; of a file that cannot be read, so many changes`,
    reason: 'one a week on average: about one payment with its label is at risk at any time',
    applies: (wallet, now) => usesSentence(wallet, now, WEEKLY_USES),
  },
  {
    code: 'great-amounts',
    every: 'week',
    when: `${btc(GREAT_SATS)} or more moved in ${USED_DAYS} days`,
    reason:
      'records of great amounts are asked for by tax offices and heirs; losing one costs more than 51 backups',
    applies: (wallet, now) =>
      moved(wallet, now) >= GREAT_SATS ? `Great amounts moved in the last ${USED_DAYS} days.` : null,
  },
  {
    code: 'key-pool-used',
    every: 'week',
    when: `a wallet.dat of before descriptors whose file changed in ${USED_DAYS} days`,
    reason:
      'its keys are drawn 100 in advance (1,000 since Bitcoin Core 0.15) and used up by payments and change: the copy is renewed long before the keys in it run out',
    applies: (wallet, now) =>
      hasKeyPool(wallet) && changesWithin(wallet, now, USED_DAYS) > 0
        ? 'Its keys are drawn in advance and used up; a copy made before they run out has them all.'
        : null,
  },
  {
    code: 'used',
    every: 'month',
    when: `a transaction in ${USED_DAYS} days; of a file that cannot be read, a change`,
    reason: 'some use: a month loses few records, and the chain has the payments themselves',
    applies: (wallet, now) => {
      const uses = usesWithin(wallet, now, USED_DAYS)
      return uses > 0 ? `${said(wallet, uses)} in the last ${USED_DAYS} days.` : null
    },
  },
  {
    code: 'amounts',
    every: 'month',
    when: `${btc(SOME_SATS)} or more held, or moved in ${USED_DAYS} days`,
    reason: 'what is worth more than a year of backups is looked at more often than a quiet wallet',
    applies: (wallet, now) =>
      (wallet.use.holdsSats ?? 0n) >= SOME_SATS || moved(wallet, now) >= SOME_SATS
        ? 'It holds or moved an amount that matters.'
        : null,
  },
  {
    code: 'keys',
    every: 'month',
    when: 'it holds imported keys or a pool of keys',
    reason:
      'no words lead to them: the file is the only way back, so that its copies are renewed and read back more often',
    applies: (wallet) =>
      wallet.keys > 0 || hasKeyPool(wallet) ? 'It holds keys that no words bring back.' : null,
  },
  {
    code: 'quiet',
    every: 'quarter',
    when: 'always',
    reason:
      'disks die and accounts are closed in silence: each backup reads back what it stored and finds a store that is gone',
    applies: () =>
      'Even a wallet that rests is saved once a quarter, so that a store that is gone is noticed.',
  },
]

/** What the loss of the computer today would take for good. */
export interface AtRisk extends Counts {
  /** Private keys that no words lead to. */
  readonly keys: number
  /** Its file changed and does not show how: what is at risk is not known. */
  readonly unread: boolean
}

/** What is in the wallet, and neither in its newest snapshot nor brought back by the words. */
export function atRisk({ before, now, changed, saved, keys: known }: WalletPast): AtRisk {
  const none = { transactions: 0, labels: 0, addresses: 0, keys: 0 }
  if (now === null || !now.facts.read) {
    return { ...none, keys: saved === null ? known : 0, unread: saved === null || changed !== false }
  }
  const { counts, keys } = now.facts
  if (saved === null) return { ...counts, keys, unread: false }
  if (before === null || !before.facts.read) return { ...none, unread: changed !== false }
  return { ...newSince(before, now), keys: Math.max(0, keys - before.facts.keys), unread: false }
}

/** Transactions of the last days; of a file that does not show them, how often backups found it changed. */
export function usesWithin(wallet: WalletPast, now: number, days: number): number {
  const { use, now: sighting, before } = wallet
  if (sighting?.facts.read) {
    const isTimed = use.untimed === 0 || use.moves.length > 0
    return isTimed ? movesWithin(use, now, days).length : growthWithin(wallet, now, days)
  }
  return before?.facts.read ? growthWithin(wallet, now, days) : changesWithin(wallet, now, days)
}

/** Transactions more than at the last backup that is older than the window, or at the first. */
function growthWithin({ observed, now: sighting }: WalletPast, now: number, days: number): number {
  const since = now - days * DAY_MS
  const first = observed.findLast(({ time }) => Date.parse(time) <= since) ?? observed[0]
  const last = sighting?.facts.read ? sighting.facts : observed.at(-1)?.facts
  return first && last ? Math.max(0, last.counts.transactions - first.facts.counts.transactions) : 0
}

function changesWithin({ observed, changed }: WalletPast, now: number, days: number): number {
  const since = now - days * DAY_MS
  const found = observed.filter(
    ({ time, content }, i) => Date.parse(time) > since && i > 0 && observed[i - 1]?.content !== content,
  )
  return found.length + (changed ? 1 : 0)
}

function usesSentence(wallet: WalletPast, now: number, least: number): string | null {
  const uses = usesWithin(wallet, now, BUSY_DAYS)
  return uses >= least ? `${said(wallet, uses)} in the last ${BUSY_DAYS} days.` : null
}

function said({ now, before }: WalletPast, uses: number): string {
  return now?.facts.read || before?.facts.read
    ? many(uses, 'transaction')
    : `Its file changed ${uses === 1 ? 'once' : `${uses} times`}`
}

function moved({ use }: WalletPast, now: number): bigint {
  return movesWithin(use, now, USED_DAYS).reduce((sum, { sats }) => sum + sats, 0n)
}

function hasKeyPool({ before, now }: WalletPast): boolean {
  return (now ?? before)?.facts.keyPool === true
}

function hasChannels({ before, now }: WalletPast): boolean {
  return (now?.facts.channels ?? before?.facts.channels ?? 0) > 0
}

function many(n: number, noun: string, plural = `${noun}s`): string {
  return `${n} ${n === 1 ? noun : plural}`
}

function btc(sats: bigint): string {
  return `${Number(sats) / 1e8} BTC`
}
