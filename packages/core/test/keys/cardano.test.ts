import { bech32 } from '@scure/base'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hex, unhex } from '../../src/bytes.js'
import { phraseAccounts } from '../../src/keys/accounts.js'
import {
  baseAddress,
  byronAddress,
  byronPathKey,
  byronPathOf,
  encryptByronPath,
  enterpriseAddress,
  parseCardanoAddress,
  stakeAddress,
} from '../../src/keys/cardano/address.js'
import { deriveCardano, neuterCardano, publicChild } from '../../src/keys/cardano/ed25519-bip32.js'
import {
  byronMaster,
  byronMasterOfSeed,
  icarusMaster,
  ledgerMaster,
  slip23Master,
  trezorMaster,
} from '../../src/keys/cardano/master.js'
import { openByron, openRandom } from '../../src/keys/chains/cardano.js'
import { HARDENED, parsePath } from '../../src/keys/path.js'
import { fromEntropy, toEntropy, toSeed } from '../../src/words/bip39.js'
import { parsePhrase } from '../../src/words/phrase.js'
import {
  CARDANO_MASTERS,
  CARDANO_TREES,
  CIP19,
  ICARUS_ACCOUNT,
  RANDOM_WALLET,
  SLIP23,
} from '../fixtures/cardano.js'
import { near, onlyThrows, SEED, thrown } from './fuzz.js'

const master = (way: string, phrase: string, passphrase: string) => {
  if (way === 'ledger') return ledgerMaster(toSeed(phrase, passphrase))
  return way === 'byron' ? byronMaster(toEntropy(phrase)) : icarusMaster(toEntropy(phrase), passphrase)
}

describe('Cardano master keys', () => {
  it.each(CARDANO_MASTERS)('of $way, passphrase "$passphrase"', ({ way, phrase, passphrase, masterKey }) => {
    const { privateKey, chainCode } = master(way, phrase, passphrase)
    expect(hex(privateKey) + hex(chainCode)).toBe(masterKey)
  })

  it('of Trezor are those of Icarus up to 21 words, and others of 24', () => {
    for (const length of [16, 20, 24, 28])
      expect(trezorMaster(new Uint8Array(length), 'x')).toEqual(icarusMaster(new Uint8Array(length), 'x'))
    expect(trezorMaster(new Uint8Array(32))).not.toEqual(icarusMaster(new Uint8Array(32)))
    // SHA-256 of 32 zeros begins with 0x66, the last byte of what "art" at the end stands for.
    expect(trezorMaster(new Uint8Array(32))).toEqual(icarusMaster(unhex(`${'00'.repeat(32)}66`)))
  })

  it('of SLIP-39 shares are those of SLIP-23', () => {
    const root = slip23Master(unhex(SLIP23.secret))
    const { publicKey, chainCode } = neuterCardano(root)
    expect([hex(publicKey), hex(chainCode)]).toEqual([SLIP23.publicKey, SLIP23.chainCode])
    const account = openByron(root, { account: 0, network: 'mainnet' })
    const addresses = [0, 1, 2].map((index) => account.at?.({ change: 0, index }).address)
    expect(addresses).toEqual(SLIP23.addresses)
  })

  it('refuse a passphrase that is no text', () => {
    expect(thrown(() => icarusMaster(new Uint8Array(16), '\ud800'))).toBe('passphrase-text')
  })
})

describe('BIP32-Ed25519', () => {
  it.each(CARDANO_TREES)('$scheme', ({ scheme, seed, keys }) => {
    const root = scheme === 'V2' ? icarusMaster(unhex(seed)) : byronMasterOfSeed(unhex(seed))
    for (const { path, publicKey, privateKey, chainCode } of keys) {
      const key = deriveCardano(root, parsePath(path), scheme)
      const found = neuterCardano(key)
      expect([hex(key.privateKey), hex(found.publicKey), hex(found.chainCode)]).toEqual([
        privateKey,
        publicKey,
        chainCode,
      ])
    }
  })

  it('leads to the same child in public and in private', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 16, maxLength: 16 }),
        fc.nat(HARDENED - 1),
        fc.nat(HARDENED - 1),
        (seed, first, second) => {
          const root = slip23Master(seed)
          const child = publicChild(publicChild(neuterCardano(root), first), second)
          expect(child).toEqual(neuterCardano(deriveCardano(root, [first, second])))
        },
      ),
      { seed: SEED, numRuns: 50 },
    )
  })

  it('refuses hardened public children, and points that are none', () => {
    const root = neuterCardano(slip23Master(new Uint8Array(16)))
    expect(thrown(() => publicChild(root, HARDENED))).toBe('key-hardened')
    const off = { ...root, publicKey: unhex(`02${'00'.repeat(31)}`) }
    expect(thrown(() => publicChild(off, 0))).toBe('key-invalid')
    expect(thrown(() => deriveCardano(slip23Master(new Uint8Array(16)), Array(256).fill(0)))).toBe(
      'path-invalid',
    )
  })
})

const key = (text: string) => bech32.fromWords(bech32.decode(text as `${string}1${string}`, false).words)
const RANDOM = byronMasterOfSeed(unhex(RANDOM_WALLET.seed))

describe('Cardano addresses', () => {
  it.each(['mainnet', 'testnet'] as const)('of CIP-19 on %s', (network) => {
    const [payment, stake] = [key(CIP19.payment), key(CIP19.stake)]
    const { base, enterprise, stake: reward, others } = CIP19[network]
    expect(baseAddress(payment, stake, network)).toBe(base)
    expect(enterpriseAddress(payment, network)).toBe(enterprise)
    expect(stakeAddress(stake, network)).toBe(reward)
    for (const address of [base, enterprise, reward, ...others])
      expect(parseCardanoAddress(address)).toEqual({ era: 'shelley', network })
  })

  it('of a random wallet hold their path, which only its key opens', () => {
    const account = openRandom(RANDOM, { account: 0, network: 'mainnet' })
    const addresses = RANDOM_WALLET.addresses.map((_, index) => account.at?.({ change: 0, index }).address)
    expect(addresses).toEqual(RANDOM_WALLET.addresses)
    const pathKey = byronPathKey(neuterCardano(RANDOM))
    expect(hex(pathKey)).toBe(RANDOM_WALLET.pathKey)
    expect(RANDOM_WALLET.addresses.map((address) => byronPathOf(address, pathKey))).toEqual([
      [HARDENED, HARDENED],
      [HARDENED, HARDENED + 1],
      [HARDENED, HARDENED + 2],
    ])
    expect(byronPathOf(RANDOM_WALLET.addresses[0] as string, new Uint8Array(32))).toBeNull()
    expect(byronPathOf(SLIP23.addresses[0] as string, pathKey)).toBeNull()
    expect(thrown(() => byronPathOf('Ae2tdPwUPEY', pathKey))).toBe('address-invalid')
  })

  it('of Byron tell test networks by an attribute', () => {
    const account = neuterCardano(RANDOM)
    const path = encryptByronPath([HARDENED, HARDENED], new Uint8Array(32))
    for (const network of ['mainnet', 'testnet'] as const)
      for (const encrypted of [undefined, path]) {
        const address = byronAddress(account, network, encrypted)
        expect(parseCardanoAddress(address)).toEqual({ era: 'byron', network })
        expect(byronPathOf(address, new Uint8Array(32))).toEqual(encrypted ? [HARDENED, HARDENED] : null)
      }
  })

  const all = [
    CIP19.mainnet.base,
    CIP19.testnet.stake,
    RANDOM_WALLET.addresses[0] as string,
    SLIP23.addresses[0] as string,
  ]
  it.each(all)('%s with one character changed is refused', (address) => {
    for (let i = 0; i < address.length; i++) {
      const other = address[i] === 'q' ? 'p' : 'q'
      const text = address.slice(0, i) + other + address.slice(i + 1)
      expect(thrown(() => parseCardanoAddress(text))).toBe('address-invalid')
    }
  })

  it('with another prefix or length are refused', () => {
    const { words } = bech32.decode(CIP19.mainnet.base, false)
    for (const prefix of ['addr_test', 'stake', 'bc'])
      expect(thrown(() => parseCardanoAddress(bech32.encode(prefix, words, false)))).toBe('address-invalid')
    const bytes = bech32.fromWords(words)
    for (const cut of [bytes.subarray(0, -1), bytes.subarray(0, 1), bytes.subarray(0, 0)])
      expect(thrown(() => parseCardanoAddress(bech32.encode('addr', bech32.toWords(cut), false)))).toBe(
        'address-invalid',
      )
  })

  it('answer any text with an address or one error', () => {
    onlyThrows(['address-invalid'], { inputs: near(all), parse: parseCardanoAddress, runs: 1_000 })
  })
})

describe('the accounts of a Cardano phrase', () => {
  const phrase = fromEntropy(unhex(ICARUS_ACCOUNT.entropy))
  const accounts = (text: string, passphrase = '') =>
    phraseAccounts(parsePhrase(text), passphrase, { chain: 'cardano', count: 3 }).accounts

  it('are those of every way to the master key', () => {
    const found = accounts(phrase)
    expect(found.map(({ standard, path }) => [standard, path])).toEqual([
      ['cip1852', "m/1852'/1815'/0'"],
      ['cip1852-enterprise', "m/1852'/1815'/0'"],
      ['cip1852-stake', "m/1852'/1815'/0'/2/0"],
      ['cip1852-ledger', "m/1852'/1815'/0'"],
      ['byron-icarus', "m/44'/1815'/0'"],
      ['byron-ledger', "m/44'/1815'/0'"],
      ['byron-random', "m/0'/*'"],
    ])
    expect(found[0]?.addresses).toEqual(ICARUS_ACCOUNT.addresses)
    expect(found[2]?.addresses).toEqual([ICARUS_ACCOUNT.stake])
    expect(found[0]?.public).toMatch(/^acct_xvk1/)
    expect(new Set(found.flatMap(({ addresses }) => addresses)).size).toBe(19)
  })

  it('depend on the passphrase but for the random wallets, which have none', () => {
    const [plain, other] = [accounts(phrase), accounts(phrase, 'TREZOR')]
    const same = plain.filter(({ addresses }, i) => addresses[0] === other[i]?.addresses[0])
    expect(same.map(({ standard }) => standard)).toEqual(['byron-random'])
  })

  it('of 24 words are one more, with the key of Trezor', () => {
    const words = fromEntropy(new Uint8Array(32))
    const found = accounts(words).map(({ standard, addresses }) => [standard, addresses[0]])
    expect(found.map(([standard]) => standard)).toContain('cip1852-trezor')
    expect(new Set(found.map(([, address]) => address)).size).toBe(8)
  })
})
