/** Writing keystores of version 3: what other programs open, and the test vector of the Web3 Secret Storage Definition. */
import fc from 'fast-check'
import { privFromLegacyKeystore } from 'micro-eth-signer/keystore.js'
import { describe, expect, it } from 'vitest'
import { unhex, utf8 } from '../../src/bytes.js'
import { openKeystore, parseKeystore, sealKeystoreWith } from '../../src/keys/keystore.js'
import { SEED } from './fuzz.js'

describe('a keystore of version 3', () => {
  it('is written as the definition has it, with pbkdf2', async () => {
    // "Test Vectors", PBKDF2-SHA-256; the definition states neither address nor these spellings of numbers.
    const text = await sealKeystoreWith(
      unhex('7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d'),
      'testpassword',
      {
        cost: { kdf: 'pbkdf2', c: 262_144 },
        salt: unhex('ae3cd4e7013836a3df6bd7241b12db061dbe2c6785853cce422d148a624ce0bd'),
        iv: unhex('6087dab2f9fdbbfaddc31a909735c1e6'),
        id: unhex('3198bc9c6672 5ab3d9954942343ae5b6'.replace(' ', '')),
      },
    )
    expect(JSON.parse(text)).toMatchObject({
      crypto: {
        cipher: 'aes-128-ctr',
        cipherparams: { iv: '6087dab2f9fdbbfaddc31a909735c1e6' },
        ciphertext: '5318b4d5bcd28de64ee5559e671353e16f075ecae9f99c7a79a38af5f869aa46',
        kdf: 'pbkdf2',
        kdfparams: {
          c: 262_144,
          dklen: 32,
          prf: 'hmac-sha256',
          salt: 'ae3cd4e7013836a3df6bd7241b12db061dbe2c6785853cce422d148a624ce0bd',
        },
        mac: '517ead924a9d0dc3124507e3393d175ce3ff7c1e96529c6c555ce9e51205e9b2',
      },
      version: 3,
    })
  })

  it('is opened by another program, for any key and password', async () => {
    const keys = fc
      .uint8Array({ minLength: 32, maxLength: 32 })
      .filter((key) => key[0] !== 0xff && key[31] !== 0)
    const costs = fc.constantFrom(
      { kdf: 'scrypt', N: 2, r: 8, p: 1 } as const,
      { kdf: 'pbkdf2', c: 3 } as const,
    )
    const property = fc.asyncProperty(
      keys,
      fc.string({ unit: 'grapheme' }),
      costs,
      async (key, password, cost) => {
        const draw = { salt: key.slice().reverse(), iv: key.slice(0, 16), id: key.slice(16) }
        const text = await sealKeystoreWith(key, password, { ...draw, cost })
        expect(await openKeystore(parseKeystore(utf8(text)), password)).toEqual(key)
        const theirs = await privFromLegacyKeystore(JSON.parse(text), password)
        expect(theirs).toEqual(key)
      },
    )
    await fc.assert(property, { seed: SEED, numRuns: 20 })
  })
})
