import { hex } from '@cairn/core/bytes.js'
import { combine, formatShare, parseShare } from '@cairn/core/words/slip39.js'
import { HDKey } from '@scure/bip32'
import { describe, expect, test } from 'vitest'
import { SLIP39_VECTORS } from '../fixtures/slip39.js'
import { codeOf } from '../refusal.js'

describe('official vectors of SLIP-0039', () => {
  test('are all 45 there', () => {
    expect(SLIP39_VECTORS.map((vector) => vector.number)).toEqual(Array.from({ length: 45 }, (_, i) => i + 1))
  })

  for (const { number, description, shares, secret, xprv, refused } of SLIP39_VECTORS) {
    if (refused) {
      test(`${number}. refuses: ${description}`, () => {
        expect(codeOf(() => combine(shares, 'TREZOR'))).toBe(refused)
      })
      continue
    }
    test(`${number}. ${description}`, () => {
      const found = combine(shares, 'TREZOR')
      expect(hex(found)).toBe(secret)
      expect(HDKey.fromMasterSeed(found).privateExtendedKey).toBe(xprv)
      expect(shares.map((share) => formatShare(parseShare(share)))).toEqual(shares)
    })
  }
})
