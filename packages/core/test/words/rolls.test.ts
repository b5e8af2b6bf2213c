import { newEntropyWith } from '@cairn/core/words/entropy.js'
import { parseRolls, type RollKind } from '@cairn/core/words/rolls.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { stream } from '../draws.js'
import { codeOf } from '../refusal.js'

/** Throws of a fair die that a test can repeat. */
const fair = (faces: string, count: number, seed = 7) => {
  const { draw } = stream(seed)
  return Array.from({ length: count }, () => {
    for (;;) {
      const byte = draw(1)[0] as number
      if (byte < 256 - (256 % faces.length)) return faces[byte % faces.length]
    }
  }).join('')
}
const bits = (kind: RollKind, text: string) => parseRolls(kind, text).bits

describe('the bits of what was thrown', () => {
  test('dice, coins and cards bring what they can hold', () => {
    for (let seed = 0; seed < 50; seed++) {
      expect(bits('dice', fair('123456', 50, seed))).toBe(129)
      expect(bits('dice', fair('123456', 100, seed))).toBe(258)
      expect(bits('coins', fair('HT', 128, seed))).toBe(128)
    }
    expect(bits('cards', 'AS KD')).toBe(11)
  })

  test('a whole deck brings 225, and a second deck counts anew', () => {
    const deck = ['S', 'H', 'D', 'C']
      .flatMap((suit) =>
        ['A', '2', '3', '4', '5', '6', '7', '8', '9', 'T', 'J', 'Q', 'K'].map((r) => r + suit),
      )
      .join(' ')
    expect(bits('cards', deck)).toBe(225)
    expect(bits('cards', `${deck} ${deck}`)).toBe(451)
  })

  test('repetitions bring less', () => {
    expect(bits('dice', '6'.repeat(100))).toBe(13)
    expect(bits('dice', '123456'.repeat(17))).toBe(31)
    expect(bits('coins', 'HT'.repeat(128))).toBe(31)
    expect(bits('text', 'a'.repeat(1000))).toBeLessThan(50)
    expect(bits('text', 'the quick brown fox jumps over the lazy dog')).toBeLessThanOrEqual(43)
  })
})

describe('reading', () => {
  test('takes the usual spellings for the same throws', () => {
    expect(parseRolls('dice', '1 2,3\n4;56').symbols).toEqual(['1', '2', '3', '4', '5', '6'])
    expect(parseRolls('coins', 'HTht10').symbols).toEqual(['1', '0', '1', '0', '1', '0'])
    expect(parseRolls('cards', 'as, th 10♦\nK♣').symbols).toEqual(['AS', '10H', '10D', 'KC'])
  })

  test.each([
    ['dice', '1237', 4],
    ['dice', '0', 1],
    ['coins', 'HTX', 3],
    ['cards', 'AS 11H', 2],
    ['cards', 'AS KD AS', 3],
    ['cards', 'S', 1],
    ['text', 'x'.repeat(20_001), 20_000],
  ] as const)('refuses %s that cannot be, by place', (kind, text, place) => {
    expect(() => parseRolls(kind, text)).toThrowError(
      expect.objectContaining({ code: 'rolls-invalid', details: expect.objectContaining({ place }) }),
    )
  })
})

describe('mixing', () => {
  const dice = parseRolls('dice', fair('123456', 100))

  test('draws nothing but the secret without rolls', () => {
    expect(newEntropyWith(16, [], stream(1).draw)).toEqual(stream(1).draw(16))
  })

  test('refuses rolls that are too few for the secret', () => {
    const few = parseRolls('dice', fair('123456', 49))
    expect(codeOf(() => newEntropyWith(16, [few], stream(1).draw))).toBe('rolls-few')
    expect(newEntropyWith(16, [few, few], stream(1).draw)).toHaveLength(16)
    expect(codeOf(() => newEntropyWith(65, [], stream(1).draw))).toBe('entropy-length')
  })

  test('every bit of the operating system changes the secret, with rolls and without', () => {
    for (const [rolls, drawn] of [
      [[dice], 64],
      [[], 32],
    ] as const) {
      const secrets = new Set([newEntropyWith(32, rolls, stream(3).draw).join()])
      for (let bit = 0; bit < drawn * 8; bit++)
        secrets.add(newEntropyWith(32, rolls, stream(3, bit).draw).join())
      expect(secrets.size).toBe(drawn * 8 + 1)
    }
  })

  test('every throw changes the secret', () => {
    const secrets = new Set([newEntropyWith(32, [dice], stream(3).draw).join()])
    for (const [i, face] of dice.symbols.entries()) {
      const other = dice.symbols.with(i, face === '6' ? '1' : String(Number(face) + 1))
      secrets.add(newEntropyWith(32, [{ ...dice, symbols: other }], stream(3).draw).join())
    }
    expect(secrets.size).toBe(101)
  })

  test('sources do not run into each other', () => {
    const text = (typed: string) => ({ ...parseRolls('text', typed), bits: 256 })
    fc.assert(
      fc.property(fc.string({ minLength: 2, maxLength: 20 }), fc.nat(), (typed, at) => {
        const whole = text(`${typed}!`)
        const cut = 1 + (at % (whole.symbols.length - 1 || 1))
        const parts = [whole.symbols.slice(0, cut), whole.symbols.slice(cut)].map((symbols) => ({
          ...whole,
          symbols,
        }))
        const one = newEntropyWith(32, [whole], stream(1).draw)
        expect(newEntropyWith(32, parts, stream(1).draw)).not.toEqual(one)
      }),
      { seed: 5, numRuns: 200 },
    )
  })

  test('gives the bytes of the document', () => {
    const rolls = [parseRolls('coins', 'HT'.repeat(4)), parseRolls('dice', '123456')]
    const enough = rolls.map((roll) => ({ ...roll, bits: 128 }))
    const key = Uint8Array.from({ length: 64 }, (_, i) => i)
    expect(Buffer.from(newEntropyWith(16, enough, () => key.slice())).toString('hex')).toBe(VECTOR)
  })
})

/**
 * Of this command: printf '\0\0\0\025coins 1 0 1 0 1 0 1 0\0\0\0\020dice 1 2 3 4 5 6' | openssl dgst -sha512 -mac HMAC
 * -macopt hexkey:000102…3f, its first 16 bytes.
 */
const VECTOR = '79fc4ac9566479295cc3f76f0e3ecaaa'
