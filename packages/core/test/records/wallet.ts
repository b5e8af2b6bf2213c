import type { AddressRecord, Label, TransactionRecord, Wallet } from '@cairn/core/types.js'
import fc from 'fast-check'

/** A wallet with one of everything, to be changed by a test. */
export const sample: Wallet = {
  kind: 'electrum',
  encrypted: true,
  opened: true,
  identity: {
    fingerprints: ['73c5da0a'],
    descriptors: ['wpkh([73c5da0a/84h/0h/0h]xpub/<0;1>/*)#checksum'],
    chain: 'bitcoin',
    network: 'mainnet',
  },
  addresses: [
    { address: 'bc1qone', from: { descriptor: 0, branch: 0, index: 0 }, origin: 'derived' },
    { address: 'bc1qtwo', from: { descriptor: 0, branch: 1, index: 0 }, origin: 'derived', change: true },
    { address: '1imported', origin: 'imported' },
  ],
  labels: [
    { type: 'addr', ref: 'bc1qone', label: 'rent' },
    { type: 'output', ref: `${'ab'.repeat(32)}:1`, spendable: false },
    {
      type: 'tx',
      ref: 'ab'.repeat(32),
      label: 'two\nlines "and" ünïcode',
      origin: "wpkh([73c5da0a/84'/0'/0'])",
    },
  ],
  transactions: [
    { txid: 'ab'.repeat(32), height: 800_000, time: 1_690_168_629, delta: '-150000', fee: '141' },
    { txid: 'cd'.repeat(32) },
  ],
  balance: { confirmed: '2100000000000000', unconfirmed: '-5' },
  tip: 800_001,
  importedKeys: 1,
  keys: { private: 2, failed: [] },
  beyondSeed: [
    { what: 'imported-keys', count: 1 },
    { what: 'labels', count: 3 },
  ],
  restore: 'anytime',
}

const anyText = fc.string({ unit: 'binary', maxLength: 40 })
const ref = fc.string({ unit: 'binary', minLength: 1, maxLength: 70 })
const amount = fc.bigInt({ min: -(2n ** 256n), max: 2n ** 256n }).map(String)
const count = fc.nat()

export const anyLabel: fc.Arbitrary<Label> = fc
  .record(
    {
      type: fc.constantFrom<Label['type']>('tx', 'addr', 'pubkey', 'input', 'output', 'xpub'),
      ref,
      label: anyText,
      origin: anyText,
      spendable: fc.boolean(),
    },
    { requiredKeys: ['type', 'ref'] },
  )
  .map(({ spendable, ...label }) => ({
    ...label,
    ...(label.type === 'output' && spendable !== undefined && { spendable }),
  }))

export const anyTransaction: fc.Arbitrary<TransactionRecord> = fc.record(
  {
    txid: ref,
    height: count,
    time: fc.integer({ min: 0, max: 253_402_300_799 }),
    delta: amount,
    fee: amount,
  },
  { requiredKeys: ['txid'] },
)

export const anyAddress: fc.Arbitrary<AddressRecord> = fc.record(
  {
    address: ref,
    from: fc.record({ descriptor: count, branch: count, index: count }),
    origin: fc.constantFrom<AddressRecord['origin']>('derived', 'imported', 'watched'),
    change: fc.constant(true as const),
  },
  { requiredKeys: ['address', 'origin'] },
)

export const anyWallet: fc.Arbitrary<Wallet> = fc
  .record({
    labels: fc.array(anyLabel),
    transactions: fc.array(anyTransaction),
    addresses: fc.array(anyAddress),
  })
  .map((lists) => ({ ...sample, ...lists }))

/** Seed of every property test here; printed by fast-check when one fails. */
export const SEED = 20_263_29
