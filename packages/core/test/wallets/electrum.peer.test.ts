/** Wallets that the real Electrum makes on the spot, each with an invented history: the same answers as Electrum. */
import { base64 } from '@scure/base'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { electrumSeeds } from '../../../../test/peers/electrum-seeds.js'
import {
  type InventedTransaction,
  type WalletJob,
  walletsOf,
} from '../../../../test/peers/electrum-wallets.js'
import { present } from '../../../../test/peers/peer.js'
import { keyAddress } from '../../src/keys/address.js'
import { formatExtendedKey, fromSeed, type KeyForm, neuter } from '../../src/keys/bip32.js'
import { deriveAddresses, parseDescriptor } from '../../src/keys/descriptor.js'
import { encodeWif, publicKeyOf } from '../../src/keys/wif.js'
import type { Wallet } from '../../src/types.js'
import { SEED } from '../keys/fuzz.js'
import { readBytes, stated } from './electrum/samples.js'

const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 }).filter((key) => key.some((byte) => byte !== 0))
const forms = fc.constantFrom<KeyForm>('plain', 'p2wpkh', 'p2sh-p2wpkh')
const single = bytes.map((privateKey) => ({ privateKey, compressed: true, network: 'testnet' }) as const)

const masterKey = fc.tuple(bytes, forms, fc.boolean()).map(([seed, form, isPrivate]) => {
  const key = fromSeed(seed, { network: 'regtest' })
  return formatExtendedKey(isPrivate ? key : neuter(key), { form })
})
const privateKeys = fc
  .array(fc.tuple(fc.constantFrom('p2pkh', 'p2wpkh', 'p2wpkh-p2sh'), single), { minLength: 1, maxLength: 4 })
  .map((keys) => keys.map(([type, key]) => `${type}:${encodeWif(key)}`).join('\n'))
const addresses = fc
  .uniqueArray(
    single.map((key) => keyAddress(publicKeyOf(key), 'p2wpkh', 'regtest')),
    { minLength: 1, maxLength: 4 },
  )
  .map((all) => all.join(' '))
const seeds = fc
  .constantFrom('seed-segwit', 'seed-standard', 'seed-old')
  .map((name) => stated(name).seed ?? '')

const amount = fc.integer({ min: 1000, max: 100_000_000 })

/** Each spends what was not spent before, and some coins of others. */
const history = fc
  .array(
    fc.tuple(
      fc.nat(3),
      fc.nat(2),
      fc.array(fc.tuple(fc.option(fc.nat(25)), amount), { minLength: 1, maxLength: 4 }),
      fc.constantFrom(100, 100, 0, -2),
    ),
    { maxLength: 7 },
  )
  .map((drawn) => {
    const unspent: [number, number][] = []
    return drawn.map(([own, foreign, outputs, place], i): InventedTransaction => {
      const inputs = [...unspent.splice(0, own), ...Array<null>(foreign).fill(null)]
      for (const [n] of outputs.entries()) unspent.push([i, n])
      return { inputs: inputs.length > 0 ? inputs : [null], outputs, height: place > 0 ? place + i : place }
    })
  })

/** Electrum lets nothing confirmed follow what is not. */
function settled(transactions: readonly InventedTransaction[]): readonly InventedTransaction[] {
  const first = transactions.findIndex(({ height }) => height <= 0)
  return transactions.map((one, i) =>
    first >= 0 && i > first && one.height > 0 ? { ...one, height: 0 } : one,
  )
}

const jobs: fc.Arbitrary<WalletJob> = fc.record({
  text: fc.oneof(masterKey, privateKeys, addresses, seeds),
  password: fc.constantFrom('', 'Grüne Wiese 7'),
  whole: fc.boolean(),
  transactions: history.map(settled),
  frozen: fc.array(fc.nat(25), { maxLength: 2 }),
  frozenCoins: fc.array(fc.tuple(fc.nat(9), fc.boolean()), { maxLength: 2 }),
  labels: fc.array(
    fc.tuple(
      fc.nat(25),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).map((text) => `${text}.`),
    ),
    { maxLength: 4 },
  ),
  tip: fc.constant(200),
})

function summary({ addresses: all, balance, transactions, labels }: Wallet) {
  return {
    receiving: all
      .filter(({ change }) => !change)
      .map(({ address }) => address)
      .sort(),
    change: all.filter(({ change }) => change).map(({ address }) => address),
    balance: [Number(balance?.confirmed), Number(balance?.unconfirmed)],
    history: transactions.map(({ txid, height, delta, time }) => `${txid} ${height} ${delta} ${time}`).sort(),
    labels: new Map(labels.filter(({ type }) => type === 'addr').map(({ ref, label }) => [ref, label])),
    frozen: labels
      .filter(({ spendable }) => spendable === false)
      .map(({ ref }) => ref)
      .sort(),
  }
}

describe.runIf(await present(electrumSeeds))('the same answer as Electrum', () => {
  test('for 60 wallets of all kinds with invented histories', async () => {
    const drawn = fc.sample(jobs, { seed: SEED, numRuns: 60 })
    const answers = await walletsOf(drawn)
    let transactions = 0
    for (const [i, answer] of answers.entries()) {
      const job = drawn[i] as WalletJob
      if ('refused' in answer) throw new Error(`Electrum: ${answer.refused}`)
      const { file, receiving, change, balance, history: told, labels, frozen } = answer.value
      const found = await readBytes(base64.decode(file), job.password ? { password: job.password } : {})
      transactions += told.length
      expect(found).toMatchObject({ opened: true, keys: { failed: [] }, tip: 200 })
      expect(summary(found)).toEqual({
        receiving: [...receiving].sort(),
        change,
        balance,
        history: told
          .map(
            ({ txid, height, delta, time }) =>
              `${txid} ${height > 0 ? height : undefined} ${delta} ${time ?? undefined}`,
          )
          .sort(),
        labels: new Map(Object.entries(labels)),
        frozen: [...frozen].sort(),
      })
      const fees = new Map(found.transactions.map(({ txid, fee }) => [txid, fee]))
      for (const { txid, fee } of told) {
        // what was invented may pay out more than it takes in
        if (fee !== null && fee >= 0) expect(fees.get(txid)).toBe(String(fee))
      }
      for (const text of found.identity.descriptors) {
        const options = { network: 'regtest', count: receiving.length } as const
        expect(deriveAddresses(parseDescriptor(text), options).map(({ address }) => address)).toEqual(
          receiving,
        )
      }
    }
    expect(transactions).toBeGreaterThan(60)
  }, 240_000)
})
