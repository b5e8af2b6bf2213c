/** Values of RFC 9285, sections 4.3 and 4.4. */
import { utf8 } from '@cairn/core/bytes.js'
import { decodeBase45, encodeBase45 } from '@cairn/core/sheets/paper/base45.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

describe('Base45', () => {
  test.each([
    ['AB', 'BB8'],
    ['Hello!!', '%69 VD92EX0'],
    ['base-45', 'UJCLQE7W581'],
    ['ietf!', 'QED8WEX0'],
    ['', ''],
  ])('of %j is %j', (plain, text) => {
    expect(encodeBase45(utf8(plain))).toBe(text)
    expect(decodeBase45(text)).toEqual(utf8(plain))
  })

  test('is not read when a group is too large, too short or of other characters', () => {
    expect(decodeBase45('FGW')).toEqual(Uint8Array.of(255, 255))
    for (const text of ['GGW', ':::', 'BB8U6', 'BB8:', 'BB8A', 'bb8', 'BB\n', 'BBÄ']) {
      expect(decodeBase45(text), text).toBeNull()
    }
  })

  test('brings any bytes back and never ends in a space', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const text = encodeBase45(bytes)
        expect(decodeBase45(text)).toEqual(bytes)
        expect(text.endsWith(' ')).toBe(false)
      }),
      { seed: 45, numRuns: 500 },
    )
    for (let value = 0; value < 65_536; value++) {
      const pair = Uint8Array.of(value >> 8, value & 255)
      if (encodeBase45(pair)[2] === ' ') throw new Error(`${value}`)
    }
  })
})
