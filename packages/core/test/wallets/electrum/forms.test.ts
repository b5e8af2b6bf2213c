/** Forms of wallets that Electrum 4.3.4 reads and no longer writes, and those that it refuses. */
import { describe, expect, it } from 'vitest'
import { hex, utf8 } from '../../../src/bytes.js'
import { keyAddress } from '../../../src/keys/address.js'
import { encodeBase58Check } from '../../../src/keys/base58check.js'
import { deriveKey, formatExtendedKey, parseExtendedKey, publicChildren } from '../../../src/keys/bip32.js'
import { deriveAddress, parseDescriptor } from '../../../src/keys/descriptor.js'
import { decodeWif, encodeWif, publicKeyOf } from '../../../src/keys/wif.js'
import type { Wallet } from '../../../src/types.js'
import { electrum } from '../../../src/wallets/electrum.js'
import { codeOfReading, dataOf, PASSWORD, readData, sealField, stated, WALLETS } from './samples.js'

const standard = stated('seed-standard')
const keystore = standard.keystores[0]
const xpub = keystore?.xpub ?? ''
const old = stated('seed-old')
const oldKeystore = old.keystores[0]

/** Public keys of a chain of `seed-standard`, as wallets had them until 2.7. */
function chain(branch: number, count: number): readonly string[] {
  const child = publicChildren(deriveKey(parseExtendedKey(xpub), [branch]))
  return Array.from({ length: count }, (_, index) => hex(child(index)))
}

const addressesOf = ({ addresses }: Wallet) => addresses.map(({ address }) => address)
const beyond = ({ beyondSeed }: Wallet) =>
  Object.fromEntries(beyondSeed.map(({ what, count }) => [what, count]))
const refused = (data: unknown) => codeOfReading(readData(data))

describe('wallets of 1.9', () => {
  const accounts = `{0: {0: [${old.receiving.slice(0, 5).map((one) => `'${one}'`)}], 1: [u'${old.change[0]}']}}`
  const literal = (fields: string) =>
    `{'seed_version': 4, 'use_encryption': False, 'master_public_key': '${oldKeystore?.mpk}', 'accounts': ${accounts}, ${fields}}`

  it('are Python literals', async () => {
    const text = literal(
      `'seed': '${oldKeystore?.seed}', 'labels': {'${old.receiving[0]}': u'f\\xfcr'}, 'contacts': ['x', 'y']`,
    )
    const found = await readData(text)
    expect(electrum.detect(utf8(text), '')).toBe(true)
    expect(addressesOf(found)).toEqual([...old.receiving.slice(0, 5), old.change[0]])
    expect(found.addresses[5]).toMatchObject({ from: { descriptor: 0, branch: 1, index: 0 }, change: true })
    expect(found.identity.electrumOldMasterKey).toBe(oldKeystore?.mpk)
    expect(found.labels).toEqual([{ type: 'addr', ref: old.receiving[0], label: 'für' }])
    expect(found.keys).toEqual({ private: 1, failed: [] })
    expect(beyond(found)).toEqual({ labels: 1, notes: 2 })
  })

  it('may have their seed encrypted, and the keys they imported', async () => {
    const single = { privateKey: new Uint8Array(32).fill(1), compressed: false, network: 'testnet' } as const
    const address = keyAddress(publicKeyOf(single), 'p2pkh', 'testnet')
    const seed = sealField(oldKeystore?.seed ?? '')
    const text = (own: string) =>
      literal(`'seed': '${seed}', 'imported_keys': {'${own}': '${sealField(encodeWif(single))}'}`)
    const found = await readData(text(address), { password: PASSWORD })
    expect(found).toMatchObject({ encrypted: true, opened: true, importedKeys: 1 })
    expect(found.addresses.at(-1)).toEqual({ address, origin: 'imported' })
    expect(found.keys).toEqual({ private: 2, failed: [] })
    const [foreign = ''] = old.receiving
    expect((await readData(text(foreign), { password: PASSWORD })).keys.failed).toEqual([foreign])
    expect(await codeOfReading(readData(text(address), { password: 'x' }))).toBe('wallet-password')
  })

  it('are refused with a master key that is none', async () => {
    const broken = literal("'seed': ''").replace(oldKeystore?.mpk ?? '', 'ff'.repeat(64))
    expect(await refused(broken)).toBe('wallet-unreadable')
  })
})

describe('wallets of 2.0 to 2.6', () => {
  const accounts = { 0: { receiving: chain(0, 5), change: chain(1, 3), xpub } }
  const masters = {
    master_public_keys: { 'x/': xpub },
    master_private_keys: { 'x/': keystore?.xprv },
    seed: keystore?.seed,
    seed_version: 11,
  }

  it('have public keys instead of addresses', async () => {
    const found = await readData({ ...masters, accounts, wallet_type: 'standard' })
    expect(addressesOf(found)).toEqual([...standard.receiving.slice(0, 5), ...standard.change.slice(0, 3)])
    expect(found.keys).toEqual({ private: 2, failed: [] })
    expect(found.identity.fingerprints).toEqual([keystore?.root_fingerprint])
  })

  it('may have no account yet', async () => {
    const found = await readData({ ...masters, accounts: {}, wallet_type: 'standard' })
    expect(found.identity.descriptors).toHaveLength(1)
    expect(found.addresses).toEqual([])
  })

  it.each([
    ['a list of keys', { m: 2, xpubs: [xpub, xpubAt(7)] }],
    ['numbered keys', { xpub, xpub2: xpubAt(7) }],
  ])('may be shared, with %s', async (_, keys) => {
    const second = publicChildren(deriveKey(parseExtendedKey(xpubAt(7)), [0]))
    const receiving = chain(0, 2).map((first, index) => [first, hex(second(index))])
    const found = await readData({ accounts: { 0: { ...keys, receiving, change: [] } }, wallet_type: '2of2' })
    const descriptor = parseDescriptor(found.identity.descriptors[0] ?? '')
    expect(found.identity.descriptors[0]).toMatch(/^sh\(sortedmulti\(2,/)
    expect(addressesOf(found)).toEqual([0, 1].map((index) => deriveAddress(descriptor, { index })))
    expect(beyond(found)).toEqual({ cosigners: 2 })
  })

  it('may have several accounts of a hardware wallet, with names', async () => {
    const found = await readData({
      accounts: { 0: accounts[0], 1: { receiving: [], change: [], xpub: xpubAt(1) }, 2: { pending: true } },
      labels: { 0: 'main', 1: 'second', 5: 'of no account' },
      master_public_keys: { "x/0'": xpub, "x/1'": xpubAt(1) },
      wallet_type: 'trezor',
    })
    expect(found.identity.descriptors).toHaveLength(2)
    expect(found.labels).toEqual([
      { type: 'xpub', ref: xpub, label: 'main' },
      { type: 'xpub', ref: xpubAt(1), label: 'second' },
    ])
    expect(beyond(found)).toEqual({ labels: 2, notes: 1 })
  })

  it('may hold imported keys and watched addresses in the account /x', async () => {
    const single = { privateKey: new Uint8Array(32).fill(1), compressed: true, network: 'testnet' } as const
    const publicKey = publicKeyOf(single)
    const address = keyAddress(publicKey, 'p2pkh', 'testnet')
    const [watched = ''] = standard.receiving
    const imported = { [watched]: [null, null], [address]: [hex(publicKey), encodeWif(single)] }
    const found = await readData({
      accounts: { 0: accounts[0], '/x': { imported } },
      wallet_type: 'standard',
    })
    expect(found.addresses.slice(8)).toEqual([
      { address: watched, origin: 'watched' },
      { address, origin: 'imported' },
    ])
    expect(found).toMatchObject({ importedKeys: 1, keys: { private: 1, failed: [] } })
    expect(beyond(found)).toEqual({ 'imported-keys': 1, 'watched-addresses': 1 })
  })

  it('are refused without keys and addresses', async () => {
    expect(await refused({ wallet_type: 'standard', seed_version: 11 })).toBe('wallet-unreadable')
    expect(await refused({ accounts: { 0: { receiving: [] } }, wallet_type: 'standard' })).toBe(
      'wallet-unreadable',
    )
  })

  it('are refused with more accounts than anyone had', async () => {
    const many = Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [i, { xpub }]))
    expect(await refused({ accounts: many, wallet_type: 'trezor' })).toBe('wallet-unsupported')
  })
})

/** Another key of the same network. */
function xpubAt(index: number): string {
  return formatExtendedKey(deriveKey(parseExtendedKey(xpub), [index]))
}

// electrum/tests/test_wallet_vertical.py, test_electrum_seed_2fa_*; the third key is TrustedCoin's for these two
const TWO_FACTOR = [
  {
    what: 'before 2.7',
    seed: 'bind clever room kidney crucial sausage spy edit canvas soul liquid ribbon slam open alpha suffer gate relax voice carpet law hill woman tonight abstract',
    xpubs: [
      'xpub661MyMwAqRbcEwwgkoFakyXCTDazT9WiS6CJx3VhNrRetv7vKJVARtyihwCVatSsUtVsEYcvdxhvDtkSk8qKV3VVtcL3csz6sQTbGzmEckd',
      'xpub661MyMwAqRbcGLAk7ig1pyMxkFxPAftvkmCA1hoX15BeLnhjktuA29oGb7bh9opQgNERu6iWhwcY6b5bZX57dYsGo7zYjwXTNCryfKuPfek',
      'xpub661MyMwAqRbcH3oP1H1DQEHzm2gtTeBT41kq7AVrF1fRhjRUXE389nVtaTcBvRUHE2JT8AugKrV58KANppSMJkSN7a9U49iDbG2aeoEj7RE',
    ],
    receiving: '3Bw5jczNModhFAbvfwvUHbdGrC2Lh2qRQp',
    change: '3Ke6pKrmtSyyQaMob1ES4pk8siAAkRmst9',
  },
  {
    what: 'since 2.7',
    seed: 'kiss live scene rude gate step hip quarter bunker oxygen motor glove',
    xpubs: [
      'xpub68qvwUg8sewQvcUgwxuTYr9rrgu5nfn6BwajQpYT9p8fXWxdCRHpN86UWruWJAD1ede8Sv8ERrTa22Gyc4SBfm7zFpcyoVWVBKCVwnw6s1J',
      'xpub68qvwUg8sewQxoXBXCTLrFKbHkx3QLY5M63EiejxTQRKSFPHjmWCwK8byvZMM2wZNYA3SmxXoma3M1zxhGESHZwtB7SwrxRgKXAG8dCD2eS',
      'xpub661MyMwAqRbcFdt4UtM9behU5BJPahxjPUgau2WnQSS3m8HnqLyaaaQvzojADW886MP9VpWQ2cKxCBWtbGS6c5C1extsdP5b9CfwZJset75',
    ],
    receiving: '35L8XmCDoEBKeaWRjvmZvoZvhp8BXMMMPV',
    change: '3PeZEcumRqHSPNN43hd4yskGEBdzXgY8Cy',
  },
  {
    what: 'with segwit',
    seed: 'universe topic remind silver february ranch shine worth innocent cattle enhance wise',
    xpubs: [
      'Zpub6yzmSw6Fh7zdkoe7x9wEZQkLgpzVpsdB36vV68b5L3Zx7vkrJuKYyPReXMSjBegmtUjFBxP2uZEdL87cYvtTtGaVuwtRRCTSFUsoAdKZMge',
      'Zpub6yzmSw6Fh7zdo59CbLzxGzjvEM5ACLVAWRLAodGNTmXokBv46TEQXpoUYUaoxPCeynysxg7APfScikCQ2jhCfM3NcNEk46BCVfSSrdrSkbR',
      'Zpub6vZyhw1ShkEwPw44TaWsHv3N4mKC8CvDStQqHrfr7mxFQAfnaPiAVJdDjCdzHFJ98yJCdZJLvKrCQwgGT8NksQKFhZMrCEw1FeiCksK9Gjo',
    ],
    receiving: 'bc1qpmufh0zjp5prfsrk2yskcy82sa26srqkd97j0457andc6m0gh5asw7kqd2',
    change: 'bc1qd4q50nft7kxm9yglfnpup9ed2ukj3tkxp793y0zya8dc9m39jcwq308dxz',
  },
]

describe('wallets with two-factor authentication', () => {
  it.each(TWO_FACTOR)('are 2 of 3 keys: $what', async ({ seed, xpubs, receiving, change }) => {
    const [x1, x2, x3] = xpubs.map((one) => ({ type: 'bip32', xpub: one, xprv: null }))
    const addresses = { receiving: [receiving], change: [change] }
    const found = await readData({
      'x1/': { ...x1, seed },
      'x2/': x2,
      'x3/': x3,
      wallet_type: '2fa',
      addresses,
    })
    const descriptor = parseDescriptor(found.identity.descriptors[0] ?? '')
    expect(found.keys).toEqual({ private: 1, failed: [] })
    expect([0, 1].map((branch) => deriveAddress(descriptor, { branch }))).toEqual([receiving, change])
    expect(beyond(found)).toEqual({ cosigners: 2 })
  })
})

describe('wallets of 2.7 and later', () => {
  it('had public keys in 2.7', async () => {
    const { addresses: _, ...data } = dataOf('seed-standard.plain')
    const found = await readData({ ...data, pubkeys: { receiving: chain(0, 4), change: [] } })
    expect(addressesOf(found)).toEqual(standard.receiving.slice(0, 4))
  })

  it('name cosigners without a slash since 4.5.5', async () => {
    const { 'x1/': x1, 'x2/': x2, 'x3/': x3, ...data } = dataOf('multisig-2of3.plain')
    const found = await readData({ ...data, x1, x2, x3 })
    expect(found).toEqual(await readData(dataOf('multisig-2of3.plain')))
  })

  it('may be skeletons that a signing device wrote', async () => {
    const found = await readData({
      keystore: { type: 'hardware', hw_type: 'coldcard', xpub, ckcc_xfp: 0xfb1b10d5, derivation: 'm' },
      seed_version: 17,
      use_encryption: false,
      wallet_type: 'standard',
    })
    expect(found).toMatchObject({ encrypted: false, opened: true, addresses: [], keys: { private: 0 } })
    expect(found.identity.fingerprints).toEqual(['d5101bfb'])
  })

  it('keep the origin of a key only where the key agrees', async () => {
    const { keystore: own, ...data } = dataOf('seed-segwit.plain') as { keystore: object }
    const right = (await readData({ ...data, keystore: own })).identity
    for (const wrong of [
      { derivation: "m/1'" },
      { derivation: "m/0'/0" },
      { root_fingerprint: '00000000' },
      { derivation: 'x' },
    ]) {
      expect((await readData({ ...data, keystore: { ...own, ...wrong } })).identity).toEqual(right)
    }
  })

  it('may not know where the key of a hardware wallet comes from', async () => {
    const deep = formatExtendedKey(deriveKey(parseExtendedKey(xpub), [1, 2]))
    const found = await readData({ keystore: { type: 'hardware', xpub: deep, derivation: "m/44'/0'/0'" } })
    expect(found.identity.fingerprints).toEqual([])
    expect(found.identity.descriptors[0]).toMatch(/^pkh\(tpub/)
    const known = { type: 'hardware', xpub: deep, root_fingerprint: 'D5101BFB' }
    expect((await readData({ keystore: known })).identity.fingerprints).toEqual(['d5101bfb'])
  })

  it('watched a list of addresses until 3.0, and dropped what was none', async () => {
    const watched = standard.receiving.slice(0, 2)
    const found = await readData({
      wallet_type: 'imported',
      addresses: [...watched, 'my address'],
      seed_version: 13,
    })
    expect(addressesOf(found)).toEqual(watched)
    expect(found.addresses.every(({ origin }) => origin === 'watched')).toBe(true)
  })

  it('had imported keys with the addresses beside them until 3.0', async () => {
    const keypairs = stated('imported-keys').keystores[0]?.keypairs
    const found = await readData({
      wallet_type: 'standard',
      keystore: { type: 'imported', keypairs },
      addresses: { receiving: ['any order'], change: [] },
      addr_history: { mkvegX7yoi5AAc2vvJUYYzVdGf4BmFhLym: [] },
    })
    expect(found).toMatchObject({ importedKeys: 4, keys: { private: 4, failed: [] } })
    expect(found.addresses.map(({ origin }) => origin)).toEqual(Array(4).fill('imported'))
    expect(addressesOf(found)).toContain('mkvegX7yoi5AAc2vvJUYYzVdGf4BmFhLym')
  })

  it('name the network by its first block since 4.7', async () => {
    const regtest = '0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206'
    const data = dataOf('seed-standard.plain')
    expect((await readData({ ...data, genesis_blockhash: regtest })).identity.network).toBe('regtest')
    const mainnet = '000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f'
    expect(await refused({ ...data, genesis_blockhash: mainnet })).toBe('wallet-unreadable')
    expect(await refused({ ...data, genesis_blockhash: '00'.repeat(32) })).toBe('wallet-unsupported')
  })
})

describe('private keys by themselves', () => {
  const wif = 'cRTuBVEXJminXPPLKTR5T9DWXZacNvT1G2z5wWYTkvqj98BEuBaB'
  const { privateKey } = decodeWif(wif)
  const publicKey = hex(publicKeyOf({ privateKey, compressed: true }))
  const [nested, segwit] = [
    '2NFbgkxEuhmgBdckXMFXHxnRVwkFrbStF3x',
    'bcrt1qdytlmtfu98kry0lhxw5x50d60ej05s4qta6wm5',
  ]
  const holding = (field: string, address = segwit) => ({
    wallet_type: 'imported',
    keystore: { type: 'imported', keypairs: { [publicKey]: field } },
    addresses: { [address]: { type: 'p2wpkh', pubkey: publicKey, redeem_script: null } },
  })
  const raised = (by: number) => encodeBase58Check(Uint8Array.of(0xef + by, ...privateKey, 1))

  it.each([
    ['p2wpkh', wif],
    ['p2wpkh-p2sh', `p2wpkh-p2sh:${wif}`],
    ['3.0 and p2wpkh', raised(1)],
    ['3.0 and p2wsh', raised(6)],
  ])('are read in the form of %s', async (_, field) => {
    expect((await readData(holding(field))).keys).toEqual({ private: 1, failed: [] })
    expect((await readData(holding(field, nested))).keys).toEqual({ private: 1, failed: [] })
    expect((await readData(holding(sealField(field)), { password: PASSWORD })).keys.failed).toEqual([])
  })

  it('are named by the public key they do not lead to', async () => {
    const other = 'cNjFG3QW641kE1EZ17AdxF9X2aFfvzxHzrZDUoyPQHPUoKVvVSH6'
    for (const field of [other, wif.slice(0, -1), raised(3), 'nothing'])
      expect((await readData(holding(field))).keys).toEqual({ private: 1, failed: [publicKey] })
  })

  it('are named by the address they do not lead to', async () => {
    const foreign = 'bcrt1q8qgufal8wjpzsh9drhvhkezp2ey7yt2kdt6e4n'
    expect((await readData(holding(wif, foreign))).keys).toEqual({ private: 1, failed: [foreign] })
  })

  it('may have no address any more', async () => {
    const found = await readData({ ...holding(wif), addresses: {} })
    expect(found).toMatchObject({ importedKeys: 1, keys: { private: 1, failed: [] } })
    expect(found.addresses).toHaveLength(1)
  })

  it('are refused when there are more than could be checked', async () => {
    const keypairs = Object.fromEntries(Array.from({ length: 20_001 }, (_, i) => [i.toString(16), wif]))
    const data = { wallet_type: 'imported', keystore: { type: 'imported', keypairs }, addresses: {} }
    expect(await refused(data)).toBe('wallet-unsupported')
  })
})

describe('secrets that do not belong to their public keys', () => {
  const other = stated('seed-mainnet').keystores[0]
  const data = dataOf('seed-standard.plain')
  const withKeystore = (change: object) => ({
    ...data,
    keystore: { ...(data.keystore as object), ...change },
  })

  it.each([
    ['another seed', { seed: other?.seed }],
    ['a seed extended by a passphrase that was not used', { passphrase: 'x' }],
    ['a seed that is none', { seed: 'abandon abandon' }],
    ['an extended key of another wallet', { xprv: other?.xprv }],
    ['an extended public key as the private one', { xprv: xpub }],
    ['an extended key that is cut off', { xprv: keystore?.xprv?.slice(0, -1) }],
  ])('are found: %s', async (_, change) => {
    expect((await readData(withKeystore(change))).keys).toEqual({ private: 2, failed: [xpub] })
  })

  it('are found among secrets of which another one proves the password right', async () => {
    const locked = withKeystore({ seed: sealField('abandon'), xprv: sealField(keystore?.xprv ?? '') })
    expect((await readData(locked, { password: PASSWORD })).keys).toEqual({ private: 2, failed: [xpub] })
    expect(await codeOfReading(readData(locked, { password: 'x' }))).toBe('wallet-password')
  })

  it('are found in wallets of before 2.0', async () => {
    const found = await readData({
      ...dataOf('seed-old.plain'),
      keystore: { ...oldKeystore, seed: '00'.repeat(16) },
    })
    expect(found.keys).toEqual({ private: 1, failed: [oldKeystore?.mpk] })
  })
})

describe('wallets that are refused', () => {
  const single = dataOf('seed-segwit.plain')
  const multisig = dataOf('multisig-2of3.plain')
  const [x2, x3] = [multisig['x2/'] as object, multisig['x3/'] as object]
  const altcoin = 'LXNN26y7ay8dg2NxEA1bBGDZ4LPWGd8Ty5'

  it.each([
    ['a version that only developers had', { seed_version: 7, accounts: {} }, 'wallet-unsupported'],
    [
      'segwit before it was defined',
      { ...single, seed_version: 14, seed_type: 'segwit' },
      'wallet-unsupported',
    ],
    ['a cosigner of before 2.0', { ...multisig, 'x2/': oldKeystore }, 'wallet-unsupported'],
    ['cosigners of different kinds', { ...multisig, 'x2/': { type: 'bip32', xpub } }, 'wallet-unsupported'],
    ['another number of cosigners', { ...multisig, wallet_type: '2of2' }, 'wallet-unreadable'],
    ['more signatures than cosigners', { ...multisig, wallet_type: '4of3' }, 'wallet-unreadable'],
    ['no need of signatures', { ...multisig, wallet_type: '0of3' }, 'wallet-unreadable'],
    ['no word on signatures', { ...multisig, wallet_type: undefined }, 'wallet-unreadable'],
    ['a single key of the kind for cosigners', { ...single, keystore: x3 }, 'wallet-unreadable'],
    ['no master public key', { ...single, keystore: { type: 'bip32' } }, 'wallet-unreadable'],
    [
      'a master public key that is none',
      { ...single, keystore: { ...x2, xpub: 'tpub' } },
      'wallet-unreadable',
    ],
    [
      'an address that is none',
      { ...single, addresses: { receiving: ['bcrt1q', ...stated('seed-segwit').change], change: [] } },
      'wallet-unreadable',
    ],
    [
      'an address of another network',
      {
        ...single,
        addresses: {
          receiving: [...stated('seed-segwit').receiving, ...stated('seed-mainnet').receiving],
          change: [],
        },
      },
      'wallet-unreadable',
    ],
    [
      'addresses of another coin',
      { ...single, addr_history: {}, addresses: { receiving: [altcoin], change: [] } },
      'wallet-unsupported',
    ],
    [
      'watched addresses of another coin',
      { wallet_type: 'imported', addresses: { [altcoin]: {} } },
      'wallet-unsupported',
    ],
    ['labels that are a list', { ...single, labels: ['x'] }, 'wallet-unreadable'],
    ['a keystore that is a text', { ...single, keystore: 'x' }, 'wallet-unreadable'],
    ['addresses that are a number', { ...single, addresses: 7 }, 'wallet-unreadable'],
  ])('with %s', async (_, data, code) => {
    expect(await refused(data)).toBe(code)
  })

  it('without a secret in the error', async () => {
    const secrets = WALLETS.flatMap(({ seed, keystores }) => [seed, ...keystores.map((one) => one?.xprv)])
    const broken = { ...single, wallet_type: 'standard', addresses: 7 }
    const error = await readData(broken).catch((reason: unknown) => reason)
    const told = JSON.stringify(error) + String(error) + String((error as Error).stack)
    for (const secret of secrets) if (secret) expect(told).not.toContain(secret)
    expect((error as Error).cause).toBeUndefined()
  })
})
