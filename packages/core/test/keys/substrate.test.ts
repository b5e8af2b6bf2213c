import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { corpus } from '../../../../test/corpus.js'
import { hex, unhex } from '../../src/bytes.js'
import { phraseAccounts } from '../../src/keys/accounts.js'
import {
  deriveSubstrate,
  miniSecret,
  type SubstrateScheme,
  substrateAccount,
  substratePublicKey,
  substrateRoot,
} from '../../src/keys/substrate/keys.js'
import { parseSecretUri } from '../../src/keys/substrate/secret-uri.js'
import { decodeSs58, encodeSs58 } from '../../src/keys/substrate/ss58.js'
import { toEntropy } from '../../src/words/bip39.js'
import { parsePhrase } from '../../src/words/phrase.js'
import {
  DEVELOPMENT,
  DEVELOPMENT_KEYS,
  LEDGER_ADDRESS,
  MINI_SECRETS,
  SS58_ADDRESSES,
  SUBSTRATE_PATHS,
} from '../fixtures/substrate.js'
import { readCases } from './cases.js'
import { near, onlyThrows, SEED, thrown } from './fuzz.js'

function keyAt(secret: Uint8Array, uri: string, scheme: SubstrateScheme) {
  const key = deriveSubstrate(substrateRoot(secret, scheme), parseSecretUri(uri).junctions)
  const publicKey = substratePublicKey(key)
  const address = encodeSs58({ network: 0, account: substrateAccount({ scheme, publicKey }) })
  return { publicKey: hex(publicKey), address }
}

describe('Substrate keys', () => {
  it.each(MINI_SECRETS)('begin with 32 bytes of the entropy: $miniSecret', (vector) => {
    expect(hex(toEntropy(vector.phrase))).toBe(vector.entropy)
    expect(hex(miniSecret(unhex(vector.entropy), 'Substrate'))).toBe(vector.miniSecret)
  })

  it.each(SUBSTRATE_PATHS.keys)('of sr25519 along "$path"', ({ path, publicKey, address }) => {
    expect(keyAt(unhex(SUBSTRATE_PATHS.miniSecret), path, 'sr25519')).toEqual({ publicKey, address })
  })

  it.each(DEVELOPMENT_KEYS)('of $scheme along "$uri"', ({ uri, scheme, publicKey, address }) => {
    const { password } = parseSecretUri(uri)
    const secret = miniSecret(toEntropy(DEVELOPMENT), password)
    expect(keyAt(secret, uri, scheme)).toEqual({ publicKey, address })
  })

  it('of ed25519 and ecdsa have no soft junctions', () => {
    const secret = miniSecret(toEntropy(DEVELOPMENT))
    for (const scheme of ['ed25519', 'ecdsa'] as const)
      expect(thrown(() => keyAt(secret, '/soft', scheme))).toBe('usage')
  })

  it('refuse what is no entropy, no text and no key', () => {
    for (const length of [0, 15, 18, 36])
      expect(thrown(() => miniSecret(new Uint8Array(length)))).toBe('entropy-length')
    expect(thrown(() => miniSecret(new Uint8Array(16), '\ud800'))).toBe('passphrase-text')
    const zero = substrateRoot(new Uint8Array(32), 'ecdsa')
    expect(thrown(() => substratePublicKey(zero))).toBe('key-invalid')
  })
})

describe('secret URIs of Substrate', () => {
  const codes = (uri: string) => parseSecretUri(uri).junctions.map(({ chainCode }) => hex(chainCode))
  const padded = (start: string) => start.padEnd(64, '0')

  it('have numbers little-endian up to 64 bits, and anything else as text', () => {
    expect(codes('//0/1//256')).toEqual([padded(''), padded('01'), padded('0001')])
    expect(codes('/18446744073709551615')).toEqual([padded('ff'.repeat(8))])
    expect(codes('/18446744073709551616')).toEqual([padded('503138343436373434303733373039353531363136')])
    expect(codes('//Alice/-1')).toEqual([padded('14416c696365'), padded('082d31')])
  })

  it('tell hard from soft junctions, and the password', () => {
    const { junctions, password } = parseSecretUri('//a/b//c///d/e//f///g')
    expect(junctions.map(({ hard }) => hard)).toEqual([true, false, true])
    expect(password).toBe('d/e//f///g')
    expect(parseSecretUri('')).toEqual({ junctions: [], password: '' })
    expect(parseSecretUri('///x')).toEqual({ junctions: [], password: 'x' })
  })

  it('answer any text with junctions or one error', () => {
    for (const uri of ['a', '//a//', '/', '//', `/${'a'.repeat(1_000)}`, '/\ud800'])
      expect(thrown(() => parseSecretUri(uri))).toBe('path-invalid')
    onlyThrows(['path-invalid'], { inputs: near(['//hard/soft', '//0///pw']), parse: parseSecretUri })
  })
})

describe('SS58 addresses', () => {
  it.each(Object.entries(SS58_ADDRESSES))('of chain %s', (number, address) => {
    const network = Number(number)
    const account = unhex(SUBSTRATE_PATHS.keys[0]?.publicKey as string)
    expect(encodeSs58({ network, account })).toBe(address)
    expect(decodeSs58(address)).toEqual({ network, account })
  })

  it('and accounts are each the inverse of the other', () => {
    const networks = fc.nat(16_383).filter((number) => number !== 46 && number !== 47)
    fc.assert(
      fc.property(networks, fc.uint8Array({ minLength: 32, maxLength: 32 }), (network, account) => {
        expect(decodeSs58(encodeSs58({ network, account }))).toEqual({ network, account })
      }),
      { seed: SEED },
    )
  })

  it('refuse numbers that are reserved or out of bounds, and any change', () => {
    const account = new Uint8Array(32)
    for (const network of [-1, 46, 47, 16_384, 0.5])
      expect(thrown(() => encodeSs58({ network, account }))).toBe('usage')
    const address = DEVELOPMENT_KEYS[0].address
    for (let i = 0; i < address.length; i++) {
      const text = address.slice(0, i) + (address[i] === 'q' ? 'p' : 'q') + address.slice(i + 1)
      expect(thrown(() => decodeSs58(text))).toBe('address-invalid')
    }
    onlyThrows(['address-invalid'], { inputs: near([address, SS58_ADDRESSES[1284]]), parse: decodeSs58 })
  })
})

describe('the accounts of a Polkadot phrase', () => {
  it('are those of three kinds of key, at the root and behind it, and of hardware wallets', () => {
    const { accounts } = phraseAccounts(parsePhrase(DEVELOPMENT), '', { chain: 'polkadot', count: 1 })
    const found = new Map(accounts.map(({ standard, addresses }) => [standard, addresses[0]]))
    for (const { uri, scheme, address } of DEVELOPMENT_KEYS)
      if (uri === '') expect(found.get(scheme)).toBe(address)
    expect(found.get('ledger')).toBe(LEDGER_ADDRESS)
    expect(found.size).toBe(8)
    expect(new Set(found.values()).size).toBe(8)
  })

  it('are written with the number of their chain', () => {
    const on = (options: object) =>
      phraseAccounts(parsePhrase(DEVELOPMENT), '', { standard: 'sr25519', ...options }).accounts[0]
        ?.addresses[0]
    expect(decodeSs58(on({ chain: 'kusama' }) as string).network).toBe(2)
    expect(decodeSs58(on({ chain: 'polkadot', network: 'testnet' }) as string).network).toBe(42)
  })
})

interface MiniCase {
  readonly mnemonic: string
  readonly entropy: string
  readonly password: string
  readonly mini_secret: string
}

interface PathCase {
  readonly seed: string
  readonly der_paths: readonly { readonly path: string; readonly pub_key: string }[]
  readonly kind: string
}

const folder = corpus('substrate')
describe.runIf(folder)('Substrate keys by other programs', () => {
  it.each(folder ? readCases<MiniCase>(folder, 'substrate-bip39.json') : [])('$id', (it) => {
    expect(hex(toEntropy(it.mnemonic))).toBe(it.entropy)
    expect(hex(miniSecret(unhex(it.entropy), it.password))).toBe(it.mini_secret)
  })

  const paths = folder ? readCases<PathCase>(folder, 'substrate-keys.json') : []
  it.each(paths.filter(({ kind }) => kind === 'TEST_VECT'))('$id', ({ seed, der_paths }) => {
    const secret = unhex(seed).slice(0, 32)
    for (const { path, pub_key } of der_paths) expect(keyAt(secret, path, 'sr25519').publicKey).toBe(pub_key)
  })
})
