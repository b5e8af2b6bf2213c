/** The reader held to what Electrum 4.3.4 says of its own wallets, in each of the three forms it writes them. */
import { describe, expect, it } from 'vitest'
import { deriveAddress, parseDescriptor } from '../../src/keys/descriptor.js'
import type { Wallet, WalletReader } from '../../src/types.js'
import { electrum } from '../../src/wallets/electrum.js'
import {
  codeOfReading,
  fixture,
  PASSWORD,
  readBytes,
  type Stated,
  stated,
  WALLETS,
} from './electrum/samples.js'

const FORMS = WALLETS.flatMap((wallet) => wallet.files.map((file) => ({ wallet, file })))
const isWhole = (file: string) => file.endsWith('.encrypted')
const isPartly = (file: string) => file.endsWith('.password')

/** What a reading gets wrong of what Electrum stated; the reader under test gives nothing, its broken twins do. */
function differences(found: Wallet, wallet: Stated): string[] {
  const wanted = [...wallet.receiving, ...wallet.change]
  const addresses = found.addresses.map(({ address }) => address)
  const places = found.addresses.filter(({ from, change, address }) => {
    const chain = change ? wallet.change : wallet.receiving
    return from ? chain[from.index] !== address || from.branch !== (change ? 1 : 0) : false
  })
  const labels = Object.fromEntries(found.labels.map(({ ref, label }) => [ref, label]))
  const types = found.labels.filter(({ type, ref }) => type !== (/^[0-9a-f]{64}$/.test(ref) ? 'tx' : 'addr'))
  return [
    ...(JSON.stringify(addresses) === JSON.stringify(wanted) ? [] : ['addresses']),
    ...places.map(({ address }) => `place of ${address}`),
    ...(found.addresses.some((address) => !leadsTo(found, address)) ? ['derived addresses'] : []),
    ...(JSON.stringify(sorted(labels)) === JSON.stringify(sorted(wallet.labels)) ? [] : ['labels']),
    ...types.map(({ ref }) => `type of ${ref}`),
    ...secretsOf(wallet).flatMap((secret) => (JSON.stringify(found).includes(secret) ? ['a secret'] : [])),
    ...found.keys.failed.map((name) => `key ${name}`),
  ]
}

function leadsTo({ identity }: Wallet, { address, from }: Wallet['addresses'][number]): boolean {
  const descriptor = from && identity.descriptors[from.descriptor]
  if (!descriptor) return true
  const network = identity.network ?? 'mainnet'
  return (
    deriveAddress(parseDescriptor(descriptor), { branch: from.branch, index: from.index, network }) ===
    address
  )
}

function sorted(labels: Readonly<Record<string, string | undefined>>): readonly unknown[] {
  return Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1))
}

function secretsOf({ keystores, seed, privateKeys }: Stated): readonly string[] {
  const own = keystores.flatMap((keystore) => [
    keystore?.seed,
    keystore?.xprv,
    keystore?.passphrase,
    ...Object.values(keystore?.keypairs ?? {}),
  ])
  const all = [...own, seed, PASSWORD, ...Object.values(privateKeys ?? {})]
  return all.filter((secret) => typeof secret === 'string')
}

describe('Electrum wallets, opened', () => {
  it.each(FORMS)('reads all of $file', async ({ wallet, file }) => {
    const bytes = fixture(file)
    const found = await readBytes(bytes, { password: PASSWORD })
    expect(electrum.detect(bytes, file)).toBe(true)
    expect(differences(found, wallet)).toEqual([])
    expect(found).toMatchObject({ kind: 'electrum', opened: true, restore: 'anytime', transactions: [] })
    expect(found.encrypted).toBe(isWhole(file) || isPartly(file))
    expect(found).not.toHaveProperty('tip')
    expect(found).not.toHaveProperty('balance')
  })

  it.each([
    ['seed-segwit', ['9d9b26e5'], 'wpkh([9d9b26e5/0h]tpub'],
    ['seed-standard', ['d5101bfb'], 'pkh(tpub'],
    ['seed-extended', ['375e6719'], 'wpkh([375e6719/0h]tpub'],
    ['seed-mainnet', ['9d9b26e5'], 'wpkh([9d9b26e5/0h]xpub'],
    ['xpub', ['9d9b26e5'], 'wpkh([9d9b26e5/0h]tpub'],
    ['multisig-2of3', ['42a881fd', '6f543a74', '9d9b26e5'], 'wsh(sortedmulti(2,[9d9b26e5/1h]tpub'],
  ])('names %s by fingerprints and descriptor', async (name, fingerprints, start) => {
    const { identity } = await readBytes(fixture(`${name}.plain`))
    expect(identity.fingerprints).toEqual(fingerprints)
    expect(identity.descriptors).toHaveLength(1)
    expect(identity.descriptors[0]).toMatch(/\/<0;1>\/\*\)+#[a-z0-9]{8}$/)
    expect(identity.descriptors[0]?.startsWith(start)).toBe(true)
  })

  it('names a wallet of before 2.0 by its master public key', async () => {
    const { identity, keys, addresses } = await readBytes(fixture('seed-old.plain'))
    expect(identity).toMatchObject({ fingerprints: [], descriptors: [] })
    expect(identity.electrumOldMasterKey).toBe(stated('seed-old').keystores[0]?.mpk)
    expect(keys).toEqual({ private: 1, failed: [] })
    expect(addresses[21]?.from).toEqual({ descriptor: 0, branch: 1, index: 1 })
  })

  it.each([
    ['seed-segwit', 'regtest'],
    ['seed-mainnet', 'mainnet'],
    ['imported-keys', 'regtest'],
    ['imported-addresses', 'regtest'],
    ['seed-standard', 'testnet'], // nothing in it tells the test networks apart
  ])('finds the network of %s: %s', async (name, network) => {
    expect((await readBytes(fixture(`${name}.plain`))).identity.network).toBe(network)
  })

  it('counts imported keys by key, and knows their addresses from watched ones', async () => {
    const keys = await readBytes(fixture('imported-keys.encrypted'), { password: PASSWORD })
    expect(keys).toMatchObject({ importedKeys: 4, keys: { private: 4, failed: [] } })
    expect(keys.addresses.map(({ origin }) => origin)).toEqual(Array(5).fill('imported'))
    const watched = await readBytes(fixture('imported-addresses.plain'))
    expect(watched).toMatchObject({ importedKeys: 0, keys: { private: 0, failed: [] } })
    expect(watched.addresses.map(({ origin }) => origin)).toEqual(Array(4).fill('watched'))
  })

  it.each([
    ['seed-segwit', { labels: 10 }],
    ['seed-extended', { passphrase: 1, labels: 3 }],
    ['imported-keys', { 'imported-keys': 4, labels: 3 }],
    ['imported-addresses', { 'watched-addresses': 4, labels: 3 }],
    ['multisig-2of3', { labels: 3, cosigners: 2 }],
  ])('says what the words of %s would not bring back', async (name, counts) => {
    const { beyondSeed } = await readBytes(fixture(`${name}.plain`))
    expect(Object.fromEntries(beyondSeed.map(({ what, count }) => [what, count]))).toEqual(counts)
  })
})

describe('Electrum wallets, locked', () => {
  const partly = FORMS.filter(({ file }) => isPartly(file))
  const whole = FORMS.filter(({ file }) => isWhole(file))

  it.each(partly)('reads from $file without its password all that is public', async ({ file }) => {
    const locked = await readBytes(fixture(file))
    const opened = await readBytes(fixture(file), { password: PASSWORD })
    expect(locked).toEqual({ ...opened, opened: false, keys: { private: 0, failed: [] } })
  })

  it.each(whole)('reads from $file without its password that it is encrypted', async ({ file }) => {
    expect(await readBytes(fixture(file))).toEqual({
      kind: 'electrum',
      encrypted: true,
      opened: false,
      identity: { fingerprints: [], descriptors: [], chain: 'bitcoin', network: null },
      addresses: [],
      labels: [],
      transactions: [],
      importedKeys: 0,
      keys: { private: 0, failed: [] },
      beyondSeed: [],
      restore: 'anytime',
    })
  })

  it.each([...partly, ...whole])('refuses a wrong password for $file', async ({ file }) => {
    for (const password of ['', 'Grüne Wiese', 'grüne wiese 7', `${PASSWORD} `]) {
      expect(await codeOfReading(readBytes(fixture(file), { password }))).toBe('wallet-password')
    }
  })

  it('asks no password of a wallet that has none', async () => {
    expect(await readBytes(fixture('seed-segwit.plain'), { password: 'any' })).toMatchObject({
      encrypted: false,
      opened: true,
      keys: { private: 2, failed: [] },
    })
  })
})

describe('broken twins of the reader', () => {
  const twins: Readonly<Record<string, (found: Wallet) => Wallet>> = {
    LosesTheLastLabel: (found) => ({ ...found, labels: found.labels.slice(0, -1) }),
    SwapsTwoAddresses: ({ addresses: [first, second, ...rest], ...found }) =>
      ({ ...found, addresses: [second, first, ...rest] }) as Wallet,
    TakesChangeForReceiving: (found) => ({
      ...found,
      addresses: found.addresses.map(({ change, ...record }) => record),
    }),
    TakesAnotherScriptType: (found) => ({
      ...found,
      identity: {
        ...found.identity,
        descriptors: found.identity.descriptors.map((text) =>
          text.replace(/^wpkh\(|\)#.*$/g, (part) => (part[0] === 'w' ? 'pkh(' : ')')),
        ),
      },
    }),
    TellsTheSeed: (found) => ({
      ...found,
      labels: [...found.labels, { type: 'tx', ref: 'x', label: stated('seed-segwit').seed ?? '' }],
    }),
    FindsAKeyWrong: (found) => ({ ...found, keys: { private: 2, failed: ['xpub'] } }),
  }

  it.each(Object.entries(twins))('%s is caught', async (_, twist) => {
    const twin: WalletReader = {
      ...electrum,
      read: async (file, options) => twist(await electrum.read(file, options)),
    }
    const found = await readBytes(fixture('seed-segwit.plain'), { reader: twin })
    expect(differences(found, stated('seed-segwit'))).not.toEqual([])
  })
})
