import { concat, hex, unhex } from '@cairn/core/bytes.js'
import { decrypt, encrypt, extract, hash } from '@cairn/core/words/aezeed/aez.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AEZ_HASHES, AEZ_KEYS, AEZ_VECTORS } from '../../fixtures/aez.js'

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })

describe('vectors of AEZ v5', () => {
  test.each(AEZ_KEYS)('the subkeys of $key', ({ key, extracted }) => {
    const { I, J, L } = extract(unhex(key))
    expect(hex(concat(I, J, L))).toBe(extracted)
  })

  test.each(AEZ_HASHES)('the hash $hash', ({ key, tau, header, hash: expected }) => {
    expect(hex(hash(unhex(key), tau, header.map(unhex)))).toBe(expected)
  })

  test.each(AEZ_VECTORS)('$message', ({ key, nonce, data, tau, message, ciphertext }) => {
    const context = { key: unhex(key), header: [unhex(nonce), ...data.map(unhex)], tau }
    expect(hex(encrypt(context, unhex(message)))).toBe(ciphertext)
    expect(hex(decrypt(context, unhex(ciphertext)) ?? new Uint8Array())).toBe(message)
  })
})

describe('AEZ', () => {
  test('deciphers what it enciphered, and nothing with a bit flipped', () => {
    const cases = fc.record({
      key: bytes(32),
      header: bytes(6),
      message: fc.integer({ min: 12, max: 27 }).chain(bytes),
      bit: fc.nat(0xffff),
    })
    fc.assert(
      fc.property(cases, ({ key, header, message, bit }) => {
        const context = { key, header: [new Uint8Array(0), header], tau: 4 }
        const ciphertext = encrypt(context, message)
        expect(hex(decrypt(context, ciphertext) ?? new Uint8Array())).toBe(hex(message))
        const at = bit % (ciphertext.length * 8)
        ciphertext[at >> 3] = (ciphertext[at >> 3] as number) ^ (1 << (at & 7))
        expect(decrypt(context, ciphertext)).toBeNull()
      }),
      { seed: 5, numRuns: 200 },
    )
  })

  test('refuses lengths that AEZ-tiny is not for', () => {
    const context = { key: new Uint8Array(32), header: [], tau: 4 }
    for (const length of [0, 11, 28, 100])
      expect(() => encrypt(context, new Uint8Array(length))).toThrow(RangeError)
  })
})
