import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { advise, expectedWithinDays, intervalOf, isDue } from '../../src/plan/advise.js'
import { type Every, INTERVALS, RULES, type WalletPast } from '../../src/plan/calendar.js'
import { DAY_MS } from '../../src/plan/due.js'
import { sightUnread } from '../../src/plan/facts.js'
import { NO_USE } from '../../src/plan/use.js'
import type { Wallet } from '../../src/types.js'
import { before, DARK, NOW, observed, past, QUIET, transactions, unsaved } from './wallets.js'

const advice = (wallet: WalletPast) => advise(wallet, NOW)
const every = (wallet: WalletPast) => advice(wallet).every
const rules = (wallet: WalletPast) => advice(wallet).rules
const risk = (wallet: WalletPast) => advice(wallet).at_risk

describe('how often', () => {
  test('a wallet that rests is saved every quarter', () => {
    expect(advice(past(QUIET))).toMatchObject({ every: 'quarter', interval: 'quarter', rules: ['quiet'] })
  })

  test.each<[number, number, Every]>([
    [28, 1, 'day'],
    [27, 1, 'week'],
    [4, 7, 'week'],
    [3, 9, 'month'],
    [1, 1, 'month'],
  ])('%i transactions, one in %i days: %s', (count, days, expected) => {
    expect(every(past({ ...QUIET, transactions: transactions(count, days) }))).toBe(expected)
  })

  test('use that is long ago counts no more', () => {
    const old = transactions(200, 1).map((each) => ({ ...each, time: (each.time ?? 0) - 91 * 86_400 }))
    expect(every(past({ ...QUIET, transactions: old }))).toBe('quarter')
  })

  test('a transaction that is not in a block yet is of today', () => {
    expect(every(past({ ...QUIET, transactions: [{ txid: 'a'.repeat(64) }] }))).toBe('month')
  })

  test('transactions without a time are counted from backup to backup', () => {
    const untimed = (count: number): Wallet => ({
      ...QUIET,
      transactions: transactions(count, 1).map(({ txid, height = 1 }) => ({ txid, height })),
    })
    const growing = (from: number) =>
      past(untimed(40), untimed(40), {
        observed: [observed(before(60), untimed(1)), observed(before(28), untimed(from))],
      })
    expect(every(growing(12))).toBe('day')
    expect(every(growing(36))).toBe('week')
    expect(every(past(untimed(40), untimed(40), { observed: [] }))).toBe('quarter')
  })

  test('a file that shows nothing is judged by how often it changed', () => {
    const contents = ['a', 'b', 'c', 'd']
    const seen = contents.map((content, i) => observed(before(27 - 7 * i), DARK, content))
    expect(every(past(DARK, DARK, { observed: seen, changed: true }))).toBe('week')
    expect(every(past(DARK, DARK, { observed: seen.slice(2), changed: false }))).toBe('month')
    expect(every(past(DARK, DARK, { observed: seen.slice(3), changed: false }))).toBe('quarter')
    expect(advice(past(DARK, DARK, { observed: seen.slice(2) })).because[0]).toBe(
      'Its file changed once in the last 91 days.',
    )
  })

  test('a wallet that cannot be looked at is judged by what backups saw of it', () => {
    const grown = { ...QUIET, transactions: transactions(5, 1) }
    const gone = { now: null, changed: null, use: NO_USE }
    const seen = [observed(before(30), QUIET), observed(before(7), grown)]
    expect(advice(past(grown, grown, { ...gone, observed: seen }))).toMatchObject({
      every: 'week',
      seen: false,
    })
  })

  test.each<[string, Every]>([
    ['99999999', 'month'],
    ['10000000', 'month'],
    ['9999999', 'quarter'],
  ])('holding %s satoshi: %s', (confirmed, expected) => {
    const holding = { ...QUIET, balance: { confirmed, unconfirmed: '0' } }
    expect(every(past(holding))).toBe(expected)
    const test = { ...holding, identity: { ...QUIET.identity, network: 'testnet' as const } }
    expect(every(past(test))).toBe('quarter')
  })

  test('moving a bitcoin, in or out, asks for a week', () => {
    for (const delta of ['100000000', '-100000000']) {
      const moving = { ...QUIET, transactions: transactions(1, 1).map((each) => ({ ...each, delta })) }
      expect(advice(past(moving))).toMatchObject({
        every: 'week',
        rules: ['great-amounts', 'used', 'amounts'],
      })
    }
  })

  test('keys that no words lead to are saved every month, those of a pool in use every week', () => {
    expect(every(past({ ...QUIET, importedKeys: 1 }))).toBe('month')
    const { now, before: was, ...rest } = past(DARK)
    const pool = {
      facts: { ...sightUnread('electrum').facts, keyPool: true },
      marks: sightUnread('electrum').marks,
    }
    expect(rules({ ...rest, now: pool, before: pool, changed: false })).toEqual(['keys'])
    expect(rules({ ...rest, now: pool, before: pool, changed: true })).toEqual([
      'key-pool-used',
      'used',
      'keys',
    ])
    expect([now, was]).not.toContain(null)
  })
})

describe('at once', () => {
  test('when nothing was saved yet', () => {
    expect(advice(unsaved(QUIET))).toMatchObject({ every: 'now', interval: 'quarter', next: before(0) })
  })

  test('when a key came in that no words lead to', () => {
    const more = { ...QUIET, importedKeys: 2 }
    expect(rules(past(QUIET, more))[0]).toBe('keys-new')
    expect(risk(past(QUIET, more))).toMatchObject({ keys: 2 })
    const watching: Wallet = { ...QUIET, addresses: [{ address: 'bc1-watched', origin: 'watched' }] }
    expect(rules(past(QUIET, watching))[0]).toBe('keys-new')
    expect(every(past(more))).toBe('month')
  })

  test('when cosigners or accounts changed', () => {
    const multi = (key: string): Wallet => ({
      ...QUIET,
      identity: { ...QUIET.identity, descriptors: [`wsh(sortedmulti(2,xpubA/*,${key}/*))`] },
    })
    expect(advice(past(multi('xpubB'), multi('xpubC')))).toMatchObject({
      every: 'now',
      because: ['The keys or the rule of its cosigners changed since the last backup.', expect.any(String)],
    })
    expect(every(past(multi('xpubB'), multi('xpubB')))).toBe('quarter')
    const account = {
      ...QUIET,
      identity: { ...QUIET.identity, descriptors: [...QUIET.identity.descriptors, 'tr(xpub/*)'] },
    }
    expect(rules(past(QUIET, account))).toEqual(['policy-changed', 'quiet'])
  })

  test('on every channel event, and daily between them', () => {
    const channels = { ...QUIET, beyondSeed: [{ what: 'channels' as const, count: 1 }] }
    expect(every(past(channels, channels, { changed: true }))).toBe('now')
    expect(every(past(channels, channels, { changed: false }))).toBe('day')
    expect(every(past(QUIET, QUIET, { changed: true }))).toBe('quarter')
  })

  test('after it was encrypted, decrypted or migrated', () => {
    const plain = { ...QUIET, encrypted: false, opened: true }
    expect(advice(past(plain, QUIET)).because[0]).toBe('It was encrypted since the last backup.')
    expect(advice(past(QUIET, plain)).because[0]).toBe('It was decrypted since the last backup.')
    expect(advice(past(QUIET, { ...QUIET, kind: 'bitcoin-core' })).because[0]).toMatch(/migrated/)
    expect(rules(past(QUIET, DARK))[0]).toBe('form-changed')
    expect(every(past(DARK, QUIET))).toBe('quarter')
    const broken = { now: sightUnread('electrum') }
    expect(advice(past(DARK, DARK, broken)).because[0]).toBe('Its file can no longer be read.')
    expect(every(past(DARK, DARK, { ...broken, before: sightUnread('electrum') }))).toBe('quarter')
  })
})

describe('what would be lost today', () => {
  test('is all that the words do not bring back while nothing is saved', () => {
    const full = { ...QUIET, transactions: transactions(3, 40), importedKeys: 1 }
    expect(risk(unsaved(full))).toEqual({ transactions: 3, labels: 1, addresses: 0, keys: 1, unread: false })
  })

  test('is what came or changed since the last backup, and nothing else', () => {
    const now: Wallet = {
      ...QUIET,
      transactions: transactions(2, 1),
      labels: [
        { type: 'addr', ref: 'bc1-derived', label: 'rent of May' },
        { type: 'tx', ref: 'a', label: 'bread' },
      ],
      addresses: [...QUIET.addresses, { address: 'bc1-derived-2', origin: 'derived' }],
    }
    const lost = { transactions: 2, labels: 2, addresses: 0, keys: 0, unread: false }
    expect(risk(past(QUIET, now))).toEqual(lost)
    expect(risk(past(now, QUIET))).toEqual({ ...lost, transactions: 0, labels: 1 })
    expect(risk(past(now))).toEqual({ ...lost, transactions: 0, labels: 0 })
  })

  test('a height that comes later is no loss', () => {
    const seen = transactions(1, 1)
    const fresh = seen.map(({ txid }) => ({ txid }))
    expect(risk(past({ ...QUIET, transactions: fresh }, { ...QUIET, transactions: seen })).transactions).toBe(
      0,
    )
  })

  test('is not known of a file that changed and shows nothing', () => {
    const risks = (changed: boolean | null) => risk(past(DARK, DARK, { changed })).unread
    expect([true, false, null].map(risks)).toEqual([true, false, true])
    expect(risk(unsaved(DARK)).unread).toBe(true)
    expect(risk({ ...unsaved(DARK), keys: 2 })).toMatchObject({ keys: 2, unread: true })
    expect(risk(past(QUIET, QUIET, { before: null, changed: null })).unread).toBe(true)
  })

  test('of a list too long for marks, its growth is told', () => {
    const long = (length: number): Wallet => ({
      ...QUIET,
      labels: Array.from({ length }, (_, i) => ({ type: 'tx', ref: `${i}`, label: 'a' })),
    })
    expect(risk(past(long(20_000), long(20_005))).labels).toBe(5)
  })
})

describe('when next', () => {
  test('is one interval after the last backup', () => {
    const { next } = advice(past(QUIET))
    expect(Date.parse(next)).toBe(NOW - 7 * DAY_MS + intervalOf('quarter').days * DAY_MS)
    expect(isDue(advice(past(QUIET)), NOW)).toBe(false)
    expect(isDue(advice(past(QUIET)), Date.parse(next) - 2 * 3_600_000)).toBe(true)
    expect(isDue(advice(past(QUIET)), Date.parse(next) - 2 * 3_600_000 - 1)).toBe(false)
  })

  test('is now after a backup of the future, which was made by a wrong clock', () => {
    const next = (days: number) => advice(past(QUIET, QUIET, { saved: before(-days) })).next
    expect(next(400)).toBe(before(0))
    expect(Date.parse(next(0.5))).toBeGreaterThan(NOW)
  })

  test('is when the last snapshot promised it, also when the wallet is used less since', () => {
    const next = (days: number, within: number) =>
      advice(past(QUIET, QUIET, { saved: before(days), expected: before(days - within) })).next
    expect(next(6, 11)).toBe(before(-1)) // a week, of which 6 days are over
    expect(next(8, 11)).toBe(before(1))
    expect(next(8, 105)).toBe(before(8 - 91))
    expect(next(1, 5)).toBe(before(-3)) // a date of no row: a day before it
  })

  test('is late after the interval of the most urgent wallet and its grace', () => {
    const daily = past({ ...QUIET, transactions: transactions(28, 1) })
    expect(expectedWithinDays(advice(daily))).toBe(3)
    expect(expectedWithinDays(advice(past(QUIET)))).toBe(105)
  })
})

describe('the table', () => {
  test('has every code once, the urgent rows first, and a reason for each', () => {
    const order: readonly Every[] = ['now', 'day', 'week', 'month', 'quarter']
    const places = RULES.map((rule) => order.indexOf(rule.every))
    expect(places).toEqual([...places].sort())
    expect(new Set(RULES.map(({ code }) => code)).size).toBe(RULES.length)
    for (const { code, when, reason } of RULES) expect([when, reason].every(Boolean), code).toBe(true)
    expect(INTERVALS.map(({ every }) => every)).toEqual(order.slice(1))
    expect(intervalOf('quarter').days).toBeLessThanOrEqual(92)
  })

  test('never leaves a wallet without an answer, and more use never makes it rarer', () => {
    const order: readonly Every[] = ['now', 'day', 'week', 'month', 'quarter']
    const cases = fc.record({
      count: fc.nat(60),
      days: fc.integer({ min: 1, max: 120 }),
      importedKeys: fc.nat(2),
      sats: fc.nat(200_000_000),
      saved: fc.option(fc.nat(400)),
    })
    const property = fc.property(cases, ({ count, days, importedKeys, sats, saved }) => {
      const at = (n: number) => {
        const wallet: Wallet = {
          ...QUIET,
          importedKeys,
          transactions: transactions(n, days),
          balance: { confirmed: `${sats}`, unconfirmed: '0' },
        }
        return advice(past(wallet, wallet, { saved: saved === null ? null : before(saved) }))
      }
      const [less, more] = [at(count), at(count + 1)]
      expect(order.indexOf(more.interval)).toBeLessThanOrEqual(order.indexOf(less.interval))
      expect(less.because.length).toBe(less.rules.length)
      expect(less.because.length).toBeGreaterThan(0)
      expect(Date.parse(less.next) - (saved === null ? NOW : NOW - saved * DAY_MS)).toBeLessThanOrEqual(
        91 * DAY_MS,
      )
    })
    fc.assert(property, { seed: 2026, numRuns: 300 })
  })
})
