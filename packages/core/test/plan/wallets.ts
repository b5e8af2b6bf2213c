/** Wallets for the tests of the calendar: quiet ones, and what makes them busy. */
import type { Observation, WalletPast } from '../../src/plan/calendar.js'
import { DAY_MS } from '../../src/plan/due.js'
import { type Sighting, sight } from '../../src/plan/facts.js'
import { useOf } from '../../src/plan/use.js'
import type { TransactionRecord, Wallet } from '../../src/types.js'

export const NOW = Date.parse('2026-11-26T12:00:00.000Z')
export const before = (days: number) => new Date(NOW - days * DAY_MS).toISOString()

export const QUIET: Wallet = {
  kind: 'electrum',
  encrypted: true,
  opened: false,
  identity: {
    fingerprints: ['c0ffee00'],
    descriptors: ['wpkh(xpub/<0;1>/*)'],
    chain: 'bitcoin',
    network: 'mainnet',
  },
  addresses: [{ address: 'bc1-derived', origin: 'derived' }],
  labels: [{ type: 'addr', ref: 'bc1-derived', label: 'rent' }],
  transactions: [],
  importedKeys: 0,
  keys: { private: 0, failed: [] },
  beyondSeed: [],
  restore: 'anytime',
}

export const DARK: Wallet = {
  ...QUIET,
  identity: { fingerprints: [], descriptors: [], chain: 'bitcoin', network: null },
  addresses: [],
  labels: [],
}

/** So many transactions, the last one today, each so many days before the next. */
export function transactions(count: number, everyDays: number): readonly TransactionRecord[] {
  return Array.from({ length: count }, (_, i) => ({
    txid: `${i}`.padStart(64, '0'),
    height: 900_000 - i,
    time: Math.floor((NOW - i * everyDays * DAY_MS) / 1000) - 60,
    delta: '1000',
  }))
}

export function observed(time: string, wallet: Wallet, content = 'same'): Observation {
  return { time, content, facts: sight(wallet).facts }
}

/** Saved a week ago as `then`, and now like `now`. */
export function past(then: Wallet, now: Wallet = then, more: Partial<WalletPast> = {}): WalletPast {
  const saved = before(7)
  const [was, is]: Sighting[] = [sight(then), sight(now)]
  return {
    name: 'savings',
    saved,
    observed: [observed(saved, then)],
    before: was as Sighting,
    now: is as Sighting,
    changed: then !== now,
    use: useOf(now),
    keys: now.importedKeys,
    ...more,
  }
}

export const unsaved = (wallet: Wallet): WalletPast =>
  past(wallet, wallet, { saved: null, observed: [], before: null, changed: null })
