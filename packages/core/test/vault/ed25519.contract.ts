/** The suite that every implementation of `Ed25519` passes, whatever engine it runs on. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { corpus } from '../../../../test/corpus.js'
import { hex, unhex } from '../../src/bytes.js'
import type { Ed25519 } from '../../src/types.js'

/** RFC 8032, section 7.1: TEST 1, 2 and 3. */
const OFFICIAL = [
  {
    secret: '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
    key: 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    message: '',
    signature:
      'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  },
  {
    secret: '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
    key: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    message: '72',
    signature:
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  },
  {
    secret: 'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
    key: 'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
    message: 'af82',
    signature:
      '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
  },
]

/** L of RFC 8032, section 5.1, as 32 bytes, little endian: the order of the base point. */
const ORDER = unhex('edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010')

/** All encodings of points of small order, canonical or not, with either sign. */
const SMALL_ORDER = [
  '0100000000000000000000000000000000000000000000000000000000000000',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  '0000000000000000000000000000000000000000000000000000000000000000',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
].flatMap((low) => [low, low.slice(0, 62) + (Number.parseInt(low.slice(62), 16) | 0x80).toString(16)])

interface WycheproofGroup {
  readonly publicKey: { readonly pk: string }
  readonly tests: readonly { tcId: number; msg: string; sig: string; result: 'valid' | 'invalid' }[]
}

export function holdsEd25519(name: string, ed25519: Ed25519): void {
  describe(`Ed25519: ${name}`, () => {
    it('gives the keys and signatures of RFC 8032', () => {
      for (const { secret, key, message, signature } of OFFICIAL) {
        expect(hex(ed25519.publicKey(unhex(secret)))).toBe(key)
        expect(hex(ed25519.sign(unhex(message), unhex(secret)))).toBe(signature)
        expect(ed25519.verify(unhex(signature), unhex(message), unhex(key))).toBe(true)
      }
    })

    it('refuses every flipped bit of a signature, of its message and of its key', () => {
      const [, { key, message, signature } = OFFICIAL[0]!] = OFFICIAL
      const parts = [unhex(signature), unhex(message), unhex(key)] as const
      for (const part of parts) {
        for (let bit = 0; bit < part.length * 8; bit++) {
          part[bit >> 3]! ^= 1 << (bit & 7)
          expect(ed25519.verify(...parts)).toBe(false)
          part[bit >> 3]! ^= 1 << (bit & 7)
        }
      }
      expect(ed25519.verify(...parts)).toBe(true)
    })

    it('refuses lengths that are not those of a key and a signature', () => {
      const { key, message, signature } = OFFICIAL[2]!
      expect(ed25519.verify(unhex(signature).subarray(1), unhex(message), unhex(key))).toBe(false)
      expect(ed25519.verify(unhex(signature), unhex(message), unhex(key).subarray(1))).toBe(false)
      expect(ed25519.verify(new Uint8Array(0), unhex(message), new Uint8Array(0))).toBe(false)
    })

    it('refuses the second form of a signature, whose S is larger by the order', () => {
      const { key, message, signature } = OFFICIAL[0]!
      const second = unhex(signature)
      ORDER.reduce((carry, byte, i) => {
        const sum = second[32 + i]! + byte + carry
        second[32 + i] = sum & 0xff
        return sum >> 8
      }, 0)
      expect(ed25519.verify(second, unhex(message), unhex(key))).toBe(false)
    })

    it('refuses keys of small order, under which zeros would sign anything', () => {
      for (const key of SMALL_ORDER) {
        for (const r of SMALL_ORDER) {
          const signature = unhex(r + '00'.repeat(32))
          expect(ed25519.verify(signature, unhex('af82'), unhex(key))).toBe(false)
        }
      }
    })
  })
  describe.runIf(corpus('wycheproof'))(`Ed25519: ${name}, all of Wycheproof`, () => {
    it('agrees with every case', () => {
      const path = `${corpus('wycheproof')}/ed25519_test.json`
      const groups = JSON.parse(readFileSync(path, 'utf8')).testGroups as readonly WycheproofGroup[]
      expect(groups.length).toBeGreaterThan(10)
      for (const { publicKey, tests } of groups) {
        for (const { tcId, msg, sig, result } of tests) {
          const isValid = ed25519.verify(unhex(sig), unhex(msg), unhex(publicKey.pk))
          expect({ tcId, isValid }).toEqual({ tcId, isValid: result === 'valid' })
        }
      }
    })
  })
}
