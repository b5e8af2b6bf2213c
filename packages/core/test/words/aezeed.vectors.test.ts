import { hex, unhex, utf8 } from '@cairn/core/bytes.js'
import { crc32c } from '@cairn/core/words/aezeed/crc32c.js'
import { check, decode, encodeWith } from '@cairn/core/words/aezeed.js'
import { HDKey } from '@scure/bip32'
import { describe, expect, test } from 'vitest'
import { AEZEED_ACCOUNT, AEZEED_VECTORS } from '../fixtures/aezeed.js'

const ZPUB = { public: 0x04b24746, private: 0x04b2430c }

describe('vectors of aezeed', () => {
  test.each(AEZEED_VECTORS)('$from', ({ phrase, passphrase, n, entropy, birthday, salt }) => {
    expect(check(phrase)).toEqual({ valid: true, words: 24, problems: [] })
    const seed = decode(phrase, passphrase, n)
    expect({ ...seed, entropy: hex(seed.entropy) }).toEqual({ version: 0, birthday, entropy })
    expect(encodeWith(seed, { passphrase, salt: unhex(salt), n })).toBe(phrase)
  })

  test('the account of LND under a phrase', () => {
    const root = HDKey.fromMasterSeed(decode(AEZEED_ACCOUNT.phrase).entropy, ZPUB)
    expect(root.derive("m/84'/0'/0'").publicExtendedKey).toBe(AEZEED_ACCOUNT.zpub)
  })
})

test('CRC-32C has the check values of RFC 3720, appendix B.4', () => {
  const ascending = Uint8Array.from({ length: 32 }, (_, i) => i)
  expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa)
  expect(crc32c(new Uint8Array(32).fill(0xff))).toBe(0x62a8ab43)
  expect(crc32c(ascending)).toBe(0x46dd794e)
  expect(crc32c(ascending.toReversed())).toBe(0x113fdb5c)
  expect(crc32c(utf8('123456789'))).toBe(0xe3069283)
})
