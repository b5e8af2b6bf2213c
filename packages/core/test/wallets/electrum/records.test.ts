/** Transactions, coins and labels, from transactions written byte by byte. */
import { base64 } from '@scure/base'
import { describe, expect, it } from 'vitest'
import { concat, hex, unhex } from '../../../src/bytes.js'
import { addressToScript } from '../../../src/keys/address.js'
import { hash256 } from '../../../src/keys/hash.js'
import { parseLabels } from '../../../src/records/labels.js'
import { encodeRecords } from '../../../src/records/records.js'
import type { Wallet } from '../../../src/types.js'
import { dataOf, readData, stated } from './samples.js'

const { receiving, change } = stated('seed-segwit')
const [first = '', second = ''] = receiving
const [back = ''] = change
const foreign = 'bcrt1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqdku202' // of no key anybody knows
const data = dataOf('seed-segwit.plain')

interface Made {
  readonly txid: string
  readonly raw: string
}

type Input = readonly [string, number]
type Output = readonly [string, number]

/** A transaction without witnesses: version 2, no lock time. */
function make(inputs: readonly Input[], outputs: readonly Output[]): Made {
  const bytes = concat(
    unhex('02000000'),
    Uint8Array.of(inputs.length),
    ...inputs.map(([txid, index]) =>
      concat(unhex(txid).toReversed(), Uint8Array.of(index, 0, 0, 0, 0), unhex('fdffffff')),
    ),
    Uint8Array.of(outputs.length),
    ...outputs.map(([address, value]) => {
      const script = addressToScript(address, 'regtest')
      const amount = new Uint8Array(8)
      new DataView(amount.buffer).setBigUint64(0, BigInt(value), true)
      return concat(amount, Uint8Array.of(script.length), script)
    }),
    unhex('00000000'),
  )
  return { txid: hex(hash256(bytes).toReversed()), raw: hex(bytes) }
}

const unknown = 'ab'.repeat(32)
const income = make(
  [[unknown, 1]],
  [
    [foreign, 7],
    [first, 100_000],
  ],
)
const spending = make(
  [[income.txid, 1]],
  [
    [foreign, 30_000],
    [back, 69_000],
  ],
)
const later = make([[unknown, 2]], [[second, 5_000]])

interface History {
  readonly mined?: readonly Made[]
  readonly pooled?: readonly Made[]
  readonly local?: readonly Made[]
  readonly rest?: object
}

function withHistory({ mined = [], pooled = [], local = [], rest = {} }: History): Promise<Wallet> {
  const all = [...mined, ...pooled, ...local]
  return readData({
    ...data,
    labels: {},
    stored_height: 120,
    transactions: Object.fromEntries(all.map(({ txid, raw }) => [txid, raw])),
    addr_history: {
      [first]: [...mined.map(({ txid }, i) => [txid, 101 + i]), ...pooled.map(({ txid }) => [txid, 0])],
    },
    verified_tx3: Object.fromEntries(
      mined.map(({ txid }, i) => [txid, [101 + i, 1_700_000_000 + i, 1, '00']]),
    ),
    ...rest,
  })
}

describe('the ledger', () => {
  it('adds up what came in, what went out, and what it cost', async () => {
    const found = await withHistory({ mined: [income, spending] })
    expect(found.transactions).toEqual([
      { txid: income.txid, height: 101, time: 1_700_000_000, delta: '100000' },
      { txid: spending.txid, height: 102, time: 1_700_000_001, delta: '-31000', fee: '1000' },
    ])
    expect(found).toMatchObject({ tip: 120, balance: { confirmed: '69000', unconfirmed: '0' } })
  })

  it('counts change of confirmed coins as confirmed, as Electrum does', async () => {
    const found = await withHistory({ mined: [income], pooled: [spending, later] })
    expect(found.balance).toEqual({ confirmed: '69000', unconfirmed: '5000' })
    expect(found.transactions.map(({ height }) => height)).toEqual([101, undefined, undefined])
    expect((await withHistory({ pooled: [income, spending] })).balance).toEqual({
      confirmed: '0',
      unconfirmed: '69000',
    })
  })

  it('knows a height that the wallet did not verify yet, and no time', async () => {
    const rest = { verified_tx3: {}, addr_history: { [first]: [[income.txid, 110]] } }
    const found = await withHistory({ mined: [income], rest })
    expect(found.transactions).toEqual([{ txid: income.txid, height: 110, delta: '100000' }])
  })

  it('knows no time that a block cannot have', async () => {
    const rest = { verified_tx3: { [income.txid]: [101, 2 ** 40, 1, ''] } }
    const found = await withHistory({ mined: [income], rest })
    expect(found.transactions).toEqual([{ txid: income.txid, height: 101, delta: '100000' }])
  })

  it('knows transactions by their ids where the file does not have them whole', async () => {
    const rest = { transactions: {}, addr_history: { [first]: [[later.txid, -1]] } }
    expect((await withHistory({ mined: [income], rest })).transactions).toEqual([
      { txid: income.txid, height: 101, time: 1_700_000_000 },
      { txid: later.txid },
    ])
  })

  it.each([
    ['a list, since 3.1', [250, true, 1], '250'],
    ['a number, before', 250, '250'],
    ['a list with nothing', [null, false, 1], undefined],
  ])('takes a fee that it cannot add up from %s', async (_, entry, fee) => {
    const { transactions } = await withHistory({
      mined: [income],
      rest: { tx_fees: { [income.txid]: entry } },
    })
    expect(transactions[0]?.fee).toBe(fee)
  })

  it('reads a transaction that waits for signatures', async () => {
    const unsigned = make([[income.txid, 1]], [[foreign, 99_000]])
    const bytes = unhex(unsigned.raw)
    const raw = base64.encode(
      concat(unhex('70736274ff0100'), Uint8Array.of(bytes.length), bytes, unhex('000000')),
    )
    const found = await withHistory({ mined: [income], local: [{ txid: unsigned.txid, raw }] })
    expect(found.transactions[1]).toEqual({ txid: unsigned.txid, delta: '-100000', fee: '1000' })
    expect(found.beyondSeed).toEqual([{ what: 'transactions', count: 1 }])
  })

  it('makes nothing of a transaction that is damaged, or another one', async () => {
    const forms = [
      '',
      'zz',
      `${income.raw}00`,
      income.raw.slice(0, -2),
      later.raw,
      'cHNidP8',
      'cHNidP8!',
      7,
      null,
    ]
    for (const raw of forms) {
      const found = await withHistory({ mined: [income], rest: { transactions: { [income.txid]: raw } } })
      expect(found.transactions).toEqual([{ txid: income.txid, height: 101, time: 1_700_000_000 }])
    }
  })

  it('knows no balance where the wallet never met its chain', async () => {
    for (const stored_height of [undefined, 0, -1]) {
      const found = await readData({ ...data, stored_height })
      expect(found).not.toHaveProperty('balance')
      expect(found).not.toHaveProperty('tip')
    }
    expect((await readData({ ...data, stored_height: 1 })).balance).toEqual({
      confirmed: '0',
      unconfirmed: '0',
    })
  })
})

describe('labels', () => {
  const coin = `${income.txid}:1`

  it('say of a frozen coin that it is not to be spent', async () => {
    for (const frozen_coins of [[coin], { [coin]: true }]) {
      const found = await withHistory({ mined: [income], rest: { frozen_coins } })
      expect(found.labels).toEqual([{ type: 'output', ref: coin, spendable: false }])
    }
  })

  it('say so of the coins of a frozen address, unless one was set free', async () => {
    const frozen_addresses = [first, second, back]
    const found = await withHistory({ mined: [income, later], rest: { frozen_addresses } })
    expect(found.labels).toEqual([
      { type: 'output', ref: coin, spendable: false },
      { type: 'output', ref: `${later.txid}:0`, spendable: false },
    ])
    expect(found.beyondSeed).toEqual([
      { what: 'labels', count: 2 },
      { what: 'notes', count: 1 }, // a frozen address without a coin
    ])
    const free = await withHistory({
      mined: [income],
      rest: { frozen_addresses: [first], frozen_coins: { [coin]: false } },
    })
    expect(free.labels).toEqual([{ type: 'output', ref: coin, spendable: true }])
  })

  it('say no more than a record of the vault takes', async () => {
    const labels = { [first]: '\u0000'.repeat(10_000), [second]: 'x'.repeat(10_001), [back]: '\ud800' }
    const found = await withHistory({ rest: { labels } })
    expect(found.labels.map(({ ref }) => ref)).toEqual([first, back])
    expect(found.beyondSeed).toContainEqual({ what: 'notes', count: 1 })
    expect(parseLabels(encodeRecords(found).labels)).toEqual(found.labels)
  })

  it('say nothing of coins that are spent', async () => {
    const found = await withHistory({ mined: [income, spending], rest: { frozen_addresses: [first] } })
    expect(found.labels).toEqual([])
  })

  it('are told from those of Lightning payments, which have no place in BIP-329', async () => {
    const [hash, directed] = ['cd'.repeat(32), 'ef'.repeat(32)]
    const labels = {
      [hash]: 'paid',
      [directed]: 'got',
      [income.txid]: 'income',
      [unknown]: 'to come',
      [first]: 'own',
      empty: '',
    }
    const lightning_payments = {
      [hash]: [1000, 1, 0],
      [`${directed}:1`]: [1000, 0],
      [income.txid]: [1, 1, 0],
    }
    const found = await withHistory({ mined: [income], rest: { labels, lightning_payments } })
    expect(found.labels).toEqual([
      { type: 'tx', ref: income.txid, label: 'income' },
      { type: 'tx', ref: unknown, label: 'to come' },
      { type: 'addr', ref: first, label: 'own' },
    ])
    expect(found.beyondSeed).toContainEqual({ what: 'notes', count: 2 })
  })
})

describe('what the words would not bring back', () => {
  it('counts the address book, invoices, requests and notes', async () => {
    const rest = {
      contacts: { x: ['address', 'X'] },
      invoices: { a: {}, b: {} },
      payment_requests: { c: {} },
      notes_text: 'n',
    }
    expect((await withHistory({ rest })).beyondSeed).toEqual([{ what: 'notes', count: 5 }])
  })

  it.each([
    ['open', { a: { state: 'OPEN' }, b: { state: 'REDEEMED' } }, 'once', 1],
    ['closed and not yet redeemed', { a: { state: 'CLOSED' } }, 'once', 1],
    ['of the first version', [{ state: 'OPENING' }], 'once', 1],
    ['settled', { b: { state: 'REDEEMED' } }, 'anytime', 0],
  ])('forbids to restore an old copy while a channel is %s', async (_, channels, restore, count) => {
    const found = await withHistory({ rest: { channels } })
    expect(found.restore).toBe(restore)
    expect(found.beyondSeed).toEqual(count > 0 ? [{ what: 'channels', count }] : [])
  })
})
