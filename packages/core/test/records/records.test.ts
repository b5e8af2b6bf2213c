import { concat, text, utf8 } from '@cairn/core/bytes.js'
import { isCairnError } from '@cairn/core/errors.js'
import { encodeAddresses, parseAddresses } from '@cairn/core/records/addresses.js'
import { decodeRecords, encodeRecords } from '@cairn/core/records/records.js'
import { withTold } from '@cairn/core/records/told.js'
import { encodeTransactions, parseTransactions } from '@cairn/core/records/transactions.js'
import type { TransactionRecord } from '@cairn/core/types.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { refusal } from '../refusal.js'
import { anyWallet, SEED, sample } from './wallet.js'

describe('records', () => {
  it('come back exactly, all but the check of the keys', () => {
    const property = fc.property(anyWallet, (wallet) => {
      const { keys, ...recorded } = wallet
      expect(decodeRecords(encodeRecords(wallet))).toEqual(recorded)
    })
    fc.assert(property, { seed: SEED })
  })

  it('are the same bytes for the same wallet, however its objects were put together', () => {
    const turned = (object: object) => Object.fromEntries(Object.entries(object).reverse())
    const other = { ...sample, labels: sample.labels.map(turned), addresses: sample.addresses.map(turned) }
    expect(encodeRecords(other as unknown as typeof sample)).toEqual(encodeRecords(sample))
  })

  it('count what they list, so that a lost or doubled line is noticed', () => {
    const records = encodeRecords(sample)
    expect(records.summary.counts).toEqual({ addresses: 3, labels: 3, transactions: 2 })
    expect(Object.keys(records.summary)).not.toContain('keys')
    for (const what of ['addresses', 'labels', 'transactions'] as const) {
      const shorter = records[what].subarray(0, records[what].indexOf(0x0a) + 1)
      for (const lines of [shorter, concat(records[what], shorter), new Uint8Array()]) {
        const error = refusal(() => decodeRecords({ ...records, [what]: lines }))
        expect(error).toMatchObject({ code: 'records-invalid', details: { what } })
      }
    }
  })
})

describe('transactions', () => {
  it('are written as BIP-329 has them, with its additional fields', () => {
    expect(text(encodeTransactions(sample.transactions))).toBe(
      `{"fee":141,"height":800000,"ref":"${'ab'.repeat(32)}","time":"2023-07-24T03:17:09Z","type":"tx","value":-150000}\n` +
        `{"ref":"${'cd'.repeat(32)}","type":"tx"}\n`,
    )
  })

  it('keep an amount exact that no number in JSON holds', () => {
    const amounts = ['0', '9007199254740991', '9007199254740992', '-9007199254740993', String(2n ** 256n)]
    for (const delta of amounts) {
      const [transaction] = parseTransactions(encodeTransactions([{ txid: 'a', delta }]))
      expect(transaction).toEqual({ txid: 'a', delta })
    }
    expect(text(encodeTransactions([{ txid: 'a', delta: '9007199254740992' }]))).toContain(
      '"9007199254740992"',
    )
  })

  it.each<TransactionRecord>([
    { txid: '' },
    { txid: 'a', delta: '1.5' },
    { txid: 'a', delta: '-0' },
    { txid: 'a', fee: '007' },
    { txid: 'a', height: -1 },
    { txid: 'a', height: 1.5 },
    { txid: 'a', time: -1 },
    { txid: 'a', time: 1.5 },
    { txid: 'a', time: 253_402_300_800 },
  ])('refuse to be written as %j', (transaction) => {
    const error = refusal(() => encodeTransactions([{ txid: 'b' }, transaction]))
    expect(error).toMatchObject({ code: 'records-invalid', details: { line: 2, what: 'transactions' } })
  })

  it.each([
    '{"type":"tx"}',
    '{"type":"tx","ref":"a","height":"1"}',
    '{"type":"tx","ref":"a","value":1.5}',
    '{"type":"tx","ref":"a","value":9007199254740993}',
    '{"type":"tx","ref":"a","value":"1e3"}',
    '{"type":"tx","ref":"a","fee":null}',
    '{"type":"tx","ref":"a","time":1690168629}',
    '{"type":"tx","ref":"a","time":"2023-02-30T00:00:00Z"}',
    '{"type":"tx","ref":"a","time":"1969-12-31T23:59:59Z"}',
  ])('are refused as %s', (line) => {
    const error = refusal(() => parseTransactions(utf8(`\n${line}`)))
    expect(error).toMatchObject({ code: 'records-invalid', details: { line: 2, what: 'transactions' } })
  })

  it('pass over unknown fields and records of another type', () => {
    const lines = '{"type":"addr","ref":"a"}\n{"type":"tx","ref":"b","rate":{"USD":105620.00}}\n'
    expect(parseTransactions(utf8(lines))).toEqual([{ txid: 'b' }])
  })
})

describe('addresses', () => {
  it('are written with sorted keys, one a line', () => {
    expect(text(encodeAddresses(sample.addresses))).toBe(
      '{"address":"bc1qone","from":{"branch":0,"descriptor":0,"index":0},"origin":"derived"}\n' +
        '{"address":"bc1qtwo","change":true,"from":{"branch":1,"descriptor":0,"index":0},"origin":"derived"}\n' +
        '{"address":"1imported","origin":"imported"}\n',
    )
  })

  it.each([
    '{"origin":"derived"}',
    '{"address":"","origin":"derived"}',
    '{"address":"a"}',
    '{"address":"a","origin":"stolen"}',
    '{"address":"a","origin":"derived","change":false}',
    '{"address":"a","origin":"derived","from":null}',
    '{"address":"a","origin":"derived","from":{"descriptor":0,"branch":0}}',
    '{"address":"a","origin":"derived","from":{"descriptor":0,"branch":0,"index":-1}}',
  ])('are refused as %s', (line) => {
    const error = refusal(() => parseAddresses(utf8(line)))
    expect(error).toMatchObject({ code: 'records-invalid', details: { line: 1, what: 'addresses' } })
  })

  it('and transactions meet any JSON with records or with the error of the catalogue', () => {
    const keys = fc.constantFrom(
      'address',
      'origin',
      'from',
      'type',
      'ref',
      'value',
      'time',
      'height',
      '__proto__',
    )
    const values = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom('tx', 'derived', '2023-07-24T03:17:09Z'),
    )
    const lines = fc
      .array(fc.dictionary(keys, values))
      .map((all) => all.map((one) => JSON.stringify(one)).join('\n'))
    const property = fc.property(lines, (input) => {
      for (const parse of [parseAddresses, parseTransactions]) {
        try {
          expect(Array.isArray(parse(utf8(input)))).toBe(true)
        } catch (error) {
          if (!isCairnError(error, 'records-invalid')) throw error
        }
      }
    })
    fc.assert(property, { seed: SEED, numRuns: 1000 })
  })
})

describe('what a program tells beyond the file', () => {
  const told = {
    balance: { confirmed: '1', unconfirmed: '0' },
    tip: 900_000,
    transactions: [
      { txid: 'cd'.repeat(32), height: 5, fee: '7' },
      { txid: 'ab'.repeat(32), height: 6 },
      { txid: 'ef'.repeat(32), height: 900_000 },
    ],
  }

  it('fills gaps, changes nothing that the file gives, and adds no transaction that the copy lacks', () => {
    expect(withTold(sample, told)).toEqual({
      ...sample,
      transactions: [sample.transactions[0], { txid: 'cd'.repeat(32), height: 5, fee: '7' }],
    })
    const { balance, tip, ...silent } = sample
    expect(withTold(silent, told)).toMatchObject({ balance: told.balance, tip: 900_000 })
    expect(withTold(sample, {})).toEqual(sample)
  })
})
