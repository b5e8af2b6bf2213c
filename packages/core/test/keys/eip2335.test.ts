/** Validator keystores: the test vectors of EIP-2335 (the figures are the EIP's own), and what is refused. */
import fc from 'fast-check'
import { decryptEIP2335Keystore } from 'micro-eth-signer/keystore.js'
import { describe, expect, it } from 'vitest'
import { hex, unhex, utf8 } from '../../src/bytes.js'
import { openBlsKeystore, parseBlsKeystore, sealBlsKeystoreWith } from '../../src/keys/eip2335.js'
import { codeOfRejection } from '../refusal.js'
import { SEED, thrown } from './fuzz.js'

// "Test Cases"
const PASSWORD = '𝔱𝔢𝔰𝔱𝔭𝔞𝔰𝔰𝔴𝔬𝔯𝔡🔑'
const SECRET = '000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f'
const PUBKEY =
  '9612d7a727c9d0a22e185a1c768478dfe919cada9266988cb32359c11f2b7b27f4ae4040902382ae2910c15e2b420d07'
const SALT = 'd4e56740f876aef8c010b86a40d5f56745a118d0906a34e69aec8c0db1cb8fa3'
const IV = '264daa3f303d7259501c93d997d84fe6'
const VECTORS = [
  {
    name: 'scrypt',
    kdf: { function: 'scrypt', params: { dklen: 32, n: 262_144, p: 1, r: 8, salt: SALT }, message: '' },
    checksum: 'd2217fe5f3e9a1e34581ef8a78f7c9928e436d36dacc5e846690a5581e8ea484',
    message: '06ae90d55fe0a6e9c5c3bc5b170827b2e5cce3929ed3f116c2811e6366dfe20f',
    path: 'm/12381/60/3141592653/589793238',
    uuid: '1d85ae20-35c5-4611-98e8-aa14a633906f',
  },
  {
    name: 'pbkdf2',
    kdf: {
      function: 'pbkdf2',
      params: { dklen: 32, c: 262_144, prf: 'hmac-sha256', salt: SALT },
      message: '',
    },
    checksum: '8a9f5d9912ed7e75ea794bc5a89bca5f193721d30868ade6f73043c6ea6febf1',
    message: 'cee03fde2af33149775b7223e7845e4fb2c8ae1792e5f99fe9ecf474cc8c16ad',
    path: 'm/12381/60/0/0',
    uuid: '64625def-3331-4eea-ab6f-782f3ed16a83',
  },
] as const

function file({ kdf, checksum, message, path, uuid }: (typeof VECTORS)[number]) {
  return {
    crypto: {
      kdf,
      checksum: { function: 'sha256', params: {}, message: checksum },
      cipher: { function: 'aes-128-ctr', params: { iv: IV }, message },
    },
    description: '',
    pubkey: PUBKEY,
    path,
    uuid,
    version: 4,
  }
}

const bytes = (json: unknown) => utf8(JSON.stringify(json))
const DRAW = { salt: unhex(SALT), iv: unhex(IV), id: new Uint8Array(16) }
const CHEAP = { ...DRAW, cost: { kdf: 'pbkdf2', c: 1 } } as const

describe('EIP-2335', () => {
  it.each(VECTORS)('opens and writes the keystore with $name', async (vector) => {
    const keystore = parseBlsKeystore(bytes(file(vector)))
    expect([keystore.path, keystore.publicKey && hex(keystore.publicKey)]).toEqual([vector.path, PUBKEY])
    expect(hex(await openBlsKeystore(keystore, PASSWORD))).toBe(SECRET)
    if (vector.name === 'scrypt') return // its cost is that of the one above, and the writer is the same
    const options = { ...DRAW, cost: { kdf: 'pbkdf2', c: 262_144 }, path: vector.path } as const
    const written = JSON.parse(await sealBlsKeystoreWith(unhex(SECRET), PASSWORD, options)) as unknown
    expect(written).toEqual({ ...file(vector), uuid: '00000000-0000-4000-8000-000000000000' })
  })

  it('writes what another program opens, for any key and password', async () => {
    const keys = fc
      .uint8Array({ minLength: 32, maxLength: 32 })
      .map((key) => Uint8Array.from(key, (b, i) => (i ? b : 0x11)))
    const property = fc.asyncProperty(keys, fc.string({ unit: 'grapheme' }), async (key, password) => {
      const text = await sealBlsKeystoreWith(key, password, CHEAP)
      expect(await openBlsKeystore(parseBlsKeystore(utf8(text)), password)).toEqual(key)
      expect(decryptEIP2335Keystore(JSON.parse(text), password)).toEqual(key)
    })
    await fc.assert(property, { seed: SEED, numRuns: 4 })
  })

  it('tells a wrong password, and does not mind control codes', async () => {
    const keystore = parseBlsKeystore(utf8(await sealBlsKeystoreWith(unhex(SECRET), 'pass', CHEAP)))
    expect(await codeOfRejection(() => openBlsKeystore(keystore, 'Pass'))).toBe('key-password')
    expect(hex(await openBlsKeystore(keystore, 'p\u007fa\u0000ss\u0085\n'))).toBe(SECRET)
    expect(await codeOfRejection(() => openBlsKeystore(keystore, '\ud800'))).toBe('passphrase-text')
  })

  it('tells a key that belongs to another public key', async () => {
    const text = await sealBlsKeystoreWith(unhex(SECRET), 'x', CHEAP)
    const other = parseBlsKeystore(utf8(text.replace(PUBKEY, PUBKEY.replace('96', '97'))))
    expect(await codeOfRejection(() => openBlsKeystore(other, 'x'))).toBe('key-damaged')
    const silent = parseBlsKeystore(utf8(text.replace(PUBKEY, '')))
    expect(silent.publicKey).toBe(null)
    expect(hex(await openBlsKeystore(silent, 'x'))).toBe(SECRET)
  })
})

describe('refusing a validator keystore', () => {
  const good = file(VECTORS[1])
  const { crypto } = good
  const withKdf = (params: object) => ({
    ...good,
    crypto: { ...crypto, kdf: { ...crypto.kdf, params: { ...crypto.kdf.params, ...params } } },
  })
  it.each([
    ['another version', { ...good, version: 3 }, 'key-unsupported'],
    [
      'another cipher',
      { ...good, crypto: { ...crypto, cipher: { ...crypto.cipher, function: 'aes-256-ctr' } } },
      'key-unsupported',
    ],
    [
      'another checksum',
      { ...good, crypto: { ...crypto, checksum: { ...crypto.checksum, function: 'md5' } } },
      'key-unsupported',
    ],
    ['another hash', withKdf({ prf: 'hmac-sha1' }), 'key-unsupported'],
    ['absurd rounds', withKdf({ c: 10_000_001 }), 'wallet-cost'],
    ['no rounds', withKdf({ c: 0 }), 'key-damaged'],
    ['a short derived key', withKdf({ dklen: 16 }), 'key-damaged'],
    ['a salt that is none', withKdf({ salt: 'xy' }), 'key-damaged'],
    ['a long salt', withKdf({ salt: '00'.repeat(1025) }), 'key-damaged'],
    ['no module', { ...good, crypto: { kdf: crypto.kdf } }, 'key-damaged'],
    ['a short public key', { ...good, pubkey: '00' }, 'key-damaged'],
    ['no object', [], 'key-damaged'],
  ])('with %s', (_, json, code) => {
    expect(thrown(() => parseBlsKeystore(bytes(json)))).toBe(code)
  })

  it('above 64 KiB', () => {
    expect(thrown(() => parseBlsKeystore(new Uint8Array(65_537).fill(0x20)))).toBe('wallet-too-large')
  })
})
