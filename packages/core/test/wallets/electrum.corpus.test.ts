/** Wallets that Electrum 1.9 to 4.6 wrote, and skeletons that other programs write for it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { corpus } from '../../../../test/corpus.js'
import { hex } from '../../src/bytes.js'
import { fingerprint, fromSeed } from '../../src/keys/bip32.js'
import { deriveAddresses, parseDescriptor } from '../../src/keys/descriptor.js'
import { oldMasterPublicKey } from '../../src/keys/electrum-old.js'
import type { Identity, Wallet } from '../../src/types.js'
import { parseDatabase } from '../../src/wallets/electrum/database.js'
import { electrum } from '../../src/wallets/electrum.js'
import { toSeed } from '../../src/words/electrum.js'
import { stretchOldSeed, toHexSeed } from '../../src/words/electrum-old.js'
import { type Case, readCases } from '../keys/cases.js'
import { codeOfReading, readBytes } from './electrum/samples.js'

interface WalletCase extends Case {
  readonly kind: string
  readonly file: string
  readonly password?: string
  readonly mnemonic?: string
}

const folder = corpus('wallet-files')
const cases = folder ? readCases<WalletCase>(folder, 'manifest.json') : []
const own = cases.filter(
  ({ id, kind }) => kind.startsWith('electrum') || /\/(?:el-|electrum-|skeleton-electrum)/.test(id),
)
const bytesOf = ({ file }: WalletCase) => new Uint8Array(readFileSync(join(folder ?? '', file)))
const read = (one: WalletCase) =>
  readBytes(bytesOf(one), one.password === undefined ? {} : { password: one.password })

// Before it was published, its master public key was exchanged for another.
const EXCHANGED = 'bluewallet/skeleton-electrum.txt'

/** How many of the addresses are not those of the descriptors. */
function strangers({ identity, addresses }: Wallet): number {
  const derived = identity.descriptors.map((text) => [0, 1].map((branch) => chainOf(text, branch, identity)))
  return addresses.filter(({ address, from }) => {
    return from && derived.length > 0 && derived[from.descriptor]?.[from.branch]?.[from.index] !== address
  }).length
}

function chainOf(text: string, branch: number, { network }: Identity): readonly string[] {
  const options = { branch, count: 70, ...(network && { network }) }
  return deriveAddresses(parseDescriptor(text), options).map(({ address }) => address)
}

/** Before version 24 of the file lists, since then objects; the sums are the wallet's own. */
function deltasOf(bytes: Uint8Array, { addresses }: Wallet): ReadonlyMap<string, number> {
  const db = parseDatabase(bytes) as { transactions?: object; txi?: Ours; txo?: Ours }
  const mine = new Set(addresses.map(({ address }) => address))
  const total = (
    ours: Ours | undefined,
    txid: string,
    value: (entry: readonly [string, unknown]) => number,
  ) =>
    Object.entries(ours?.[txid] ?? {})
      .filter(([address]) => mine.has(address))
      .flatMap(([, coins]) =>
        Array.isArray(coins) ? coins.map((coin) => [coin[0], coin[1]] as const) : Object.entries(coins),
      )
      .reduce((sum, entry) => sum + value(entry), 0)
  const amount = ([, value]: readonly [string, unknown]) => Number(Array.isArray(value) ? value[0] : value)
  return new Map(
    Object.keys(db.transactions ?? {}).map((txid) => [
      txid,
      total(db.txo, txid, amount) - total(db.txi, txid, amount),
    ]),
  )
}

type Ours = Readonly<Record<string, Readonly<Record<string, object>>>>

describe.runIf(folder)('wallets of every Electrum', () => {
  it('are there', () => {
    expect(own.length).toBeGreaterThan(45)
  })

  it.each(own.filter(({ valid }) => valid))('$id opens, and its keys lead to its addresses', async (one) => {
    const wallet = await read(one)
    expect(electrum.detect(bytesOf(one), '')).toBe(true)
    expect(wallet).toMatchObject({ kind: 'electrum', opened: true, keys: { failed: [] } })
    expect(wallet.identity.descriptors.length + wallet.addresses.length).toBeGreaterThan(0)
    expect(strangers(wallet)).toBe(one.id === EXCHANGED ? wallet.addresses.length : 0)
  })

  it.each(own.filter(({ password }) => password))('$id takes no other password', async (one) => {
    expect((await readBytes(bytesOf(one))).opened).toBe(false)
    expect(await codeOfReading(readBytes(bytesOf(one), { password: 'btcr-wrong-password' }))).toBe(
      'wallet-password',
    )
  })

  it.each(own.filter(({ mnemonic }) => mnemonic))(
    '$id is the wallet of the phrase that is stated',
    async (one) => {
      const { identity } = await read(one)
      const { mnemonic = '', kind } = one
      if (kind === 'electrum-1') {
        const key = oldMasterPublicKey(stretchOldSeed(toHexSeed(mnemonic)))
        expect(identity.electrumOldMasterKey).toBe(hex(key))
      } else {
        expect(identity.fingerprints).toContain(fingerprint(fromSeed(toSeed(mnemonic))))
      }
    },
  )

  it.each(own.filter(({ valid }) => !valid))('$id is refused', async (one) => {
    expect(await codeOfReading(read(one))).toMatch(/^wallet-/)
  })

  it.each(own.filter(({ id }) => /history|htlcs|with-seed|skeleton|trezor_multiacc/.test(id)))(
    '$id adds up to what the wallet itself recorded',
    async (one) => {
      const wallet = await read(one)
      const deltas = deltasOf(bytesOf(one), wallet)
      expect(wallet.transactions).not.toEqual([])
      if (one.id.includes('client_2_0')) return // had no sums yet
      for (const { txid, delta } of wallet.transactions) expect(Number(delta)).toBe(deltas.get(txid))
    },
  )

  // As Electrum 4.3.4 shows these wallets.
  it.each([
    ['electrum-storage/client_2_9_3_old_seeded_with_realistic_history', 21, '27642500'],
    ['electrum-storage/client_3_3_8_xpub_with_realistic_history', 89, '75136687'],
    ['bluewallet/skeleton-electrum.txt', 1, '269295'],
  ])('%s holds what Electrum shows', async (id, transactions, confirmed) => {
    const one = own.find((one) => one.id === id)
    const wallet = one && (await read(one))
    expect(wallet?.transactions).toHaveLength(transactions)
    expect(wallet?.balance).toEqual({ confirmed, unconfirmed: '0' })
  })
})

const others = cases.filter((one) => !own.includes(one) && !one.kind.includes('leveldb'))
describe.runIf(folder)('wallets of other programs', () => {
  it.each(others)('$id is not taken for one of Electrum', (one) => {
    expect(electrum.detect(bytesOf(one), one.file)).toBe(false)
  })
})
