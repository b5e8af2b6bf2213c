/** The vectors of key formats that lie beside the repository: BIP-38, EIP-2333 and 2335, Solana, and the key derivations. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ed25519 } from '@noble/curves/ed25519.js'
import { hkdf } from '@noble/hashes/hkdf.js'
import { pbkdf2 } from '@noble/hashes/pbkdf2.js'
import { sha256, sha512 } from '@noble/hashes/sha2.js'
import { describe, expect, it } from 'vitest'
import { corpus } from '../../../../test/corpus.js'
import { hex, unhex, utf8 } from '../../src/bytes.js'
import { decryptBip38, parseBip38 } from '../../src/keys/bip38.js'
import { childKey, masterKey } from '../../src/keys/eip2333.js'
import { openBlsKeystore, parseBlsKeystore } from '../../src/keys/eip2335.js'
import { deriveWith } from '../../src/keys/kdf-cost.js'
import { deriveFromPhrase } from '../../src/keys/key-derivation.js'
import { readKey } from '../../src/keys/key-file.js'
import { publicPart } from '../../src/keys/material.js'
import { parseSolanaId, solanaKeyAddress } from '../../src/keys/solana-keypair.js'
import { encodeWif } from '../../src/keys/wif.js'
import { parsePhrase } from '../../src/words/phrase.js'
import { readCases } from './cases.js'
import { thrown } from './fuzz.js'

interface Bip38Case {
  readonly passphrase?: string
  readonly bip38?: string
  readonly base58?: string
  readonly wif?: string
}

const bip38 = corpus('bip38')
describe.runIf(bip38)('BIP-38 of bitcoinjs', () => {
  const cases = bip38 ? readCases<Bip38Case>(bip38, 'bitcoinjs-bip38.json') : []

  it('decrypts what is valid', { timeout: 120_000 }, async () => {
    const valid = cases.filter(({ valid }) => valid)
    expect(valid.length).toBeGreaterThan(5)
    for (const { id, bip38: text = '', passphrase = '', wif } of valid) {
      const { key } = await decryptBip38(parseBip38(text), passphrase)
      expect(encodeWif(key), id).toBe(wif)
    }
  })

  it('refuses what is invalid', () => {
    const invalid = cases.filter(({ valid }) => !valid)
    expect(invalid.length).toBeGreaterThan(2)
    for (const { id, base58 = '' } of invalid)
      expect(
        thrown(() => parseBip38(base58)),
        id,
      ).toBe('key-invalid')
  })
})

interface TreeCase {
  readonly seed: string
  readonly master_SK: string
  readonly child_index: string
  readonly child_SK: string
}

interface BlsCase {
  readonly keystore: unknown
  readonly password: string
  readonly secret: string
}

const ethereum = corpus('ethereum-keystores')
describe.runIf(ethereum)('keys of validators', () => {
  const number = (bytes: Uint8Array) => BigInt(`0x${hex(bytes)}`).toString()

  it('are derived as stated', () => {
    for (const { id, ...tree } of ethereum ? readCases<TreeCase>(ethereum, 'eip2333-tree-kdf.json') : []) {
      const master = masterKey(unhex(tree.seed))
      expect(number(master), id).toBe(tree.master_SK)
      expect(number(childKey(master, Number(tree.child_index))), id).toBe(tree.child_SK)
    }
  })

  it('come out of their keystores', { timeout: 120_000 }, async () => {
    for (const { id, keystore, password, secret } of ethereum
      ? readCases<BlsCase>(ethereum, 'eip2335-bls-keystores.json')
      : []) {
      const opened = await openBlsKeystore(parseBlsKeystore(utf8(JSON.stringify(keystore))), password)
      expect(hex(opened), id).toBe(secret)
    }
  })
})

interface PhraseCase {
  readonly mnemonic: string
  readonly scheme: string
  readonly path?: string
  readonly address: string
}

const solana = corpus('solana')
describe.runIf(solana)('keys of Solana', () => {
  const read = (name: string) => readFileSync(join(solana ?? '', name), 'utf8')

  it('have the addresses that are stated, or are refused', () => {
    const addresses = ['id-1.json', 'id-2.json'].map((name) =>
      solanaKeyAddress(parseSolanaId(read(name)).publicKey),
    )
    expect(addresses).toEqual([
      'FVen3X669xLzsi6N2V91DoiyzHzg1uAgqiT8jZ9nS96Z',
      '586Z7H2vpX9qNhN2T4e9Utugie3ogjbxzGaMtM3E6HR5',
    ])
    expect(thrown(() => parseSolanaId(read('id-bad-mismatch.json')))).toBe('key-damaged')
    expect(readKey(read('id-1.json'))).toMatchObject({ format: 'solana-id', home: { chain: 'solana' } })
  })

  it('are derived from phrases', () => {
    const paths = solana
      ? readCases<PhraseCase>(solana, 'phrases.json').filter(
          ({ path }) => path?.startsWith('m/') && !path.includes(' or '),
        )
      : []
    expect(paths.length).toBeGreaterThan(0)
    for (const { id, mnemonic, path = '', address } of paths) {
      const wanted = { chain: 'solana', network: 'mainnet', format: 'solana-id', path } as const
      const { material, home } = deriveFromPhrase(parsePhrase(mnemonic), '', wanted)
      expect(
        publicPart(material, home).addresses.map(({ address }) => address),
        id,
      ).toEqual([address])
    }
  })

  it('sign as Ed25519 does', () => {
    const { seed, publicKey } = parseSolanaId(read('id-1.json'))
    expect(ed25519.verify(ed25519.sign(utf8('x'), seed), utf8('x'), publicKey)).toBe(true)
  })
})

interface RfcCase {
  readonly hash?: 'sha256'
  readonly password: string
  readonly salt: string
  readonly N?: number
  readonly r?: number
  readonly p?: number
  readonly iterations?: number
  readonly dkLen: number
  readonly key: string
}

interface HkdfCase {
  readonly ikm: string
  readonly salt: string | null
  readonly info: string | null
  readonly L: number
  readonly okm: string
}

interface EthersCase {
  readonly password: string
  readonly salt: string
  readonly dkLen: number
  readonly pbkdf2: {
    readonly algorithm: 'sha256' | 'sha512'
    readonly iterations: number
    readonly key: string
  }
  readonly scrypt: { readonly N: number; readonly r: number; readonly p: number; readonly key: string }
}

const kdf = corpus('kdf')
describe.runIf(kdf)('key derivations', () => {
  // The last vector of RFC 7914 takes 1 GiB; hosts of tests have less.
  it('of RFC 7914 are those of key files', { timeout: 120_000 }, async () => {
    const cases = kdf
      ? ['scrypt-rfc7914.json', 'pbkdf2-rfc7914.json'].flatMap((file) => readCases<RfcCase>(kdf, file))
      : []
    const light = cases.filter(({ N = 0 }) => N < 2 ** 20)
    expect(light.length).toBeGreaterThan(4)
    for (const { id, password, salt, N = 0, r = 0, p = 0, iterations, dkLen, key } of light) {
      const cost = iterations
        ? ({ kdf: 'pbkdf2', c: iterations } as const)
        : ({ kdf: 'scrypt', N, r, p } as const)
      const derived = await deriveWith({ password: utf8(password), salt: utf8(salt), cost, length: dkLen })
      expect(hex(derived), id).toBe(key)
    }
  })

  it('of RFC 5869 hold', () => {
    for (const { id, ikm, salt, info, L, okm } of kdf ? readCases<HkdfCase>(kdf, 'hkdf-rfc5869.json') : []) {
      expect(hex(hkdf(sha256, unhex(ikm), unhex(salt ?? ''), unhex(info ?? ''), L)), id).toBe(okm)
    }
  })

  // Every third of scrypt, whose cases differ in password and salt alone.
  it('of ethers hold', { timeout: 120_000 }, async () => {
    const bytes = (text: string) => unhex(text.slice(2))
    const cases = kdf ? readCases<EthersCase>(kdf, 'ethers-pbkdf-scrypt.json') : []
    expect(cases.length).toBeGreaterThan(150)
    for (const [i, { id, password, salt, dkLen, ...stated }] of cases.entries()) {
      const hash = stated.pbkdf2.algorithm === 'sha256' ? sha256 : sha512
      const ours = pbkdf2(hash, bytes(password), bytes(salt), { c: stated.pbkdf2.iterations, dkLen })
      expect(hex(ours), id).toBe(stated.pbkdf2.key.slice(2))
      if (i % 3 > 0) continue
      const { key, ...scrypt } = stated.scrypt
      const cost = { kdf: 'scrypt', ...scrypt } as const
      const derived = await deriveWith({ password: bytes(password), salt: bytes(salt), cost, length: dkLen })
      expect(hex(derived), id).toBe(key.slice(2))
    }
  })
})
