import { type Comparison, compareWallets, type Subject } from '@cairn/core/records/compare.js'
import type { Recorded } from '@cairn/core/records/records.js'
import { decodeRecords, encodeRecords } from '@cairn/core/records/records.js'
import { TOLD_FIELDS, withTold } from '@cairn/core/records/told.js'
import type { AddressRecord, Wallet } from '@cairn/core/types.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyWallet, SEED, sample } from './wallet.js'

type Compare = (recorded: Recorded, found: Wallet) => readonly Comparison[]

const about = (what: Subject, comparisons: readonly Comparison[]) =>
  comparisons.find((one) => one.what === what)
const differing = (comparisons: readonly Comparison[]) =>
  comparisons.filter(({ ok }) => !ok).map(({ what }) => what)

/** Every way in which one thing of the sample can come back otherwise, and the subject that must say so. */
const losses: readonly (readonly [string, Subject, Partial<Wallet>])[] = [
  ['another kind', 'kind', { kind: 'file' }],
  ['a lost fingerprint', 'identity', { identity: { ...sample.identity, fingerprints: [] } }],
  ['another descriptor', 'identity', { identity: { ...sample.identity, descriptors: ['wpkh(other)'] } }],
  ['another network', 'identity', { identity: { ...sample.identity, network: 'testnet' } }],
  ['a lost network', 'identity', { identity: { ...sample.identity, network: null } }],
  ['a lost address', 'addresses', { addresses: sample.addresses.slice(1) }],
  ['another address', 'addresses', { addresses: changed(sample.addresses, { address: 'bc1qother' }) }],
  ['an address more', 'addresses', { addresses: [...sample.addresses, { address: 'x', origin: 'watched' }] }],
  ['an address twice', 'addresses', { addresses: [...sample.addresses, ...sample.addresses.slice(0, 1)] }],
  [
    'an address without its key',
    'addresses',
    { addresses: changed(sample.addresses, { origin: 'watched' }) },
  ],
  ['a change address', 'addresses', { addresses: changed(sample.addresses, { change: true }) }],
  [
    'an address from elsewhere',
    'addresses',
    { addresses: changed(sample.addresses, { from: { descriptor: 0, branch: 0, index: 1 } }) },
  ],
  ['a lost label', 'labels', { labels: sample.labels.slice(1) }],
  ['a changed label', 'labels', { labels: changed(sample.labels, { label: 'Rent' }) }],
  ['an emptied label', 'labels', { labels: changed(sample.labels, { label: '' }) }],
  ['a label of another address', 'labels', { labels: changed(sample.labels, { ref: 'bc1qtwo' }) }],
  [
    'a coin that is not frozen any more',
    'labels',
    { labels: sample.labels.filter(({ type }) => type !== 'output') },
  ],
  ['a lost transaction', 'transactions', { transactions: sample.transactions.slice(1) }],
  ['another amount', 'transactions', { transactions: changed(sample.transactions, { delta: '-150001' }) }],
  ['another height', 'transactions', { transactions: changed(sample.transactions, { height: 800_001 }) }],
  ['a lost height', 'transactions', { transactions: [{ txid: 'ab'.repeat(32) }, { txid: 'cd'.repeat(32) }] }],
  ['a lost imported key', 'imported-keys', { importedKeys: 0 }],
  ['fewer labels beyond the seed', 'beyond-seed', { beyondSeed: [{ what: 'imported-keys', count: 1 }] }],
  ['another balance', 'balance', { balance: { confirmed: '0', unconfirmed: '-5' } }],
  ['another tip', 'tip', { tip: 1 }],
  ['a key that leads elsewhere', 'keys', { keys: { private: 2, failed: ['bc1qone'] } }],
]

function changed<T>(list: readonly T[], change: Partial<T>): readonly T[] {
  return list.map((one, i) => (i === 0 ? { ...one, ...change } : one))
}

/** The losses that a comparison calls nothing, or lays at another door. */
function missed(compare: Compare): readonly string[] {
  return losses
    .filter(([, what, change]) => differing(compare(sample, { ...sample, ...change })).join() !== what)
    .map(([name]) => name)
}

describe('comparing', () => {
  it('finds every wallet equal to its own records, in whatever order its lists are', () => {
    const property = fc.property(anyWallet, (wallet) => {
      const turned = {
        ...wallet,
        addresses: [...wallet.addresses].reverse(),
        labels: [...wallet.labels].sort((a, b) => (a.ref < b.ref ? -1 : 1)),
      }
      expect(differing(compareWallets(decodeRecords(encodeRecords(wallet)), wallet))).toEqual([])
      const names = (list: readonly object[]) =>
        new Set(list.map((one) => JSON.stringify(Object.values(one)[0])))
      const unique = [wallet.addresses, wallet.labels].every((list) => names(list).size === list.length)
      if (unique) expect(differing(compareWallets(wallet, turned))).toEqual([])
    })
    fc.assert(property, { seed: SEED })
  })

  it.each(losses)('notices %s, and nothing else', (_, what, change) => {
    expect(differing(compareWallets(sample, { ...sample, ...change }))).toEqual([what])
  })

  it('always gives every subject, with its counts', () => {
    const subjects = compareWallets(sample, sample)
    expect(subjects.map(({ what, expected, found }) => [what, expected, found])).toEqual([
      ['kind', 1, 1],
      ['identity', 4, 4],
      ['addresses', 3, 3],
      ['labels', 3, 3],
      ['transactions', 2, 2],
      ['imported-keys', 1, 1],
      ['beyond-seed', 2, 2],
      ['balance', 1, 1],
      ['tip', 1, 1],
      ['keys', 2, 2],
    ])
    expect(subjects.every(({ ok, first, uncovered }) => ok && first.length === 0 && uncovered === 0)).toBe(
      true,
    )
  })

  it('counts all differences and names the first five', () => {
    const addresses = Array.from(
      { length: 9 },
      (_, i): AddressRecord => ({ address: `a${i}`, origin: 'watched' }),
    )
    const found = {
      ...sample,
      addresses: [...changed(addresses, { origin: 'imported' }).slice(0, 2), ...sample.addresses],
    }
    expect(about('addresses', compareWallets({ ...sample, addresses }, found))).toEqual({
      what: 'addresses',
      expected: 9,
      found: 5,
      missing: 7,
      extra: 3,
      changed: 1,
      uncovered: 0,
      first: [
        { why: 'extra', item: '1imported' },
        { why: 'changed', item: 'a0' },
        { why: 'missing', item: 'a2' },
        { why: 'missing', item: 'a3' },
        { why: 'missing', item: 'a4' },
      ],
      ok: false,
    })
  })
})

describe('comparing a wallet that was open at one time only', () => {
  const locked: Wallet = {
    ...sample,
    opened: false,
    identity: { fingerprints: [], descriptors: [], chain: null, network: null },
    addresses: [],
    labels: sample.labels.slice(0, 1),
    transactions: [],
    importedKeys: 0,
    beyondSeed: [{ what: 'labels', count: 1 }],
    keys: { private: 0, failed: [] },
  }

  it('finds more than was recorded under a closed lock, and calls it no difference', () => {
    expect(differing(compareWallets(locked, sample))).toEqual([])
    const other = { ...sample, labels: changed(sample.labels, { label: 'other' }) }
    expect(differing(compareWallets(locked, other))).toEqual(['labels'])
  })

  it('says what it could not look at while the lock is closed', () => {
    const comparisons = compareWallets(sample, locked)
    expect(differing(comparisons)).toEqual([])
    expect(about('addresses', comparisons)).toMatchObject({ ok: true, expected: 3, found: 0, uncovered: 3 })
    expect(about('labels', comparisons)?.uncovered).toBe(2)
  })

  it('holds two closed readings to each other exactly', () => {
    expect(differing(compareWallets(locked, { ...locked, labels: [] }))).toEqual(['labels'])
  })
})

describe('comparing records that a program completed', () => {
  const { balance, tip, ...file } = { ...sample, transactions: [{ txid: 'ab'.repeat(32), time: 5 }] }
  const recorded = withTold(file, {
    tip: 7,
    balance: { confirmed: '1', unconfirmed: '0' },
    transactions: [{ txid: 'ab'.repeat(32), height: 6, fee: '1' }],
  })

  it('lets the file lack what was told, and holds it to what it has', () => {
    const mayLack = TOLD_FIELDS
    expect(differing(compareWallets(recorded, file))).toEqual(['transactions', 'balance', 'tip'])
    const comparisons = compareWallets(recorded, file, { mayLack })
    expect(differing(comparisons)).toEqual([])
    expect(about('balance', comparisons)?.uncovered).toBe(1)
    const otherTime = { ...file, transactions: [{ txid: 'ab'.repeat(32), time: 6 }] }
    expect(differing(compareWallets(recorded, otherTime, { mayLack }))).toEqual(['transactions'])
    expect(differing(compareWallets(recorded, { ...file, transactions: [] }, { mayLack }))).toEqual([
      'transactions',
    ])
  })
})

describe('the checks of this suite', () => {
  const twin =
    (bend: (wallet: Wallet) => Wallet): Compare =>
    (recorded, found) =>
      compareWallets(bend({ ...sample, ...recorded }), bend(found))

  it('pass the comparison itself', () => {
    expect(missed(compareWallets)).toEqual([])
  })

  it.each<readonly [string, Compare]>([
    ['never looks', (recorded) => compareWallets(recorded, { ...sample, ...recorded })],
    [
      'looks at the counts only',
      (a, b) => (a.addresses.length === b.addresses.length ? [] : compareWallets(a, b)),
    ],
    ['forgets the labels', twin((wallet) => ({ ...wallet, labels: [] }))],
    [
      'knows an address by its origin only',
      twin((wallet) => ({ ...wallet, addresses: wallet.addresses.map((one) => ({ ...one, address: '' })) })),
    ],
    [
      'compares transaction ids only',
      twin((wallet) => ({ ...wallet, transactions: wallet.transactions.map(({ txid }) => ({ txid })) })),
    ],
    ['trusts the keys', twin((wallet) => ({ ...wallet, keys: sample.keys }))],
    ['forgives what is missing', (a, b) => compareWallets({ ...a, opened: true }, { ...b, opened: false })],
  ])('catch a twin that %s', (_, compare) => {
    expect(missed(compare)).not.toEqual([])
  })
})
