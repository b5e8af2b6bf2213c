import { hex, unhex, utf8 } from '@cairn/core/bytes.js'
import { byteOf, byteOfPair, pairOf } from '@cairn/core/words/bytewords/words.js'
import { decode, encode, toBytes, WORDS } from '@cairn/core/words/bytewords.js'
import { crc32 } from '@cairn/core/words/crc32.js'
import { sha256 } from '@noble/hashes/sha2.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BYTEWORDS_REFUSED, BYTEWORDS_VECTORS } from '../fixtures/bytewords.js'
import { refusal } from '../refusal.js'

describe('the list of Bytewords', () => {
  test('is the one of the paper, by its hash', () => {
    expect(hex(sha256(utf8(WORDS.join('\n'))))).toBe(
      '812727eb20d0b91e63e762deff425bc46d0b1514479a487cca9bbbbcdeaae055',
    )
  })

  test('tells every word by three letters at either end, and by the outer two', () => {
    for (const key of [pairOf, (word: string) => word.slice(0, 3), (word: string) => word.slice(1)])
      expect(new Set(WORDS.map(key)).size).toBe(256)
    expect(WORDS.filter((word) => !/^[a-z]{4}$/.test(word))).toEqual([])
    expect(WORDS.map((word) => [byteOf(word), byteOfPair(pairOf(word))])).toEqual(WORDS.map((_, i) => [i, i]))
    for (const other of ['', 'ab', 'constructor', '__proto__']) expect(byteOf(other)).toBeNull()
  })
})

test('CRC-32 of the check value and of the paper', () => {
  expect(crc32(utf8('123456789'))).toBe(0xcbf43926)
  expect(crc32(utf8('Wolf'))).toBe(0x598c84dc)
  expect(crc32(new Uint8Array())).toBe(0)
})

describe('the examples of Bytewords', () => {
  test.each(BYTEWORDS_VECTORS)('$data', ({ data, standard, uri, minimal }) => {
    const bytes = unhex(data)
    expect([encode(bytes), encode(bytes, 'minimal')]).toEqual([standard, minimal])
    if (uri) expect(encode(bytes, 'uri')).toBe(uri)
    for (const text of [standard, encode(bytes, 'uri'), minimal]) expect(hex(toBytes(text))).toBe(data)
  })

  test.each(BYTEWORDS_REFUSED)('refused: "%s"', (text) => {
    expect(refusal(() => toBytes(text)).code).toBe('bytewords-checksum')
  })
})

describe('Bytewords', () => {
  const styles = ['standard', 'uri', 'minimal'] as const

  test('come back as they were in every style, in capitals and with white space', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 80 }),
        fc.constantFrom(...styles),
        (bytes, style) => {
          const text = encode(bytes, style)
          expect(toBytes(text)).toEqual(bytes)
          expect(toBytes(` ${text.toUpperCase().replaceAll(' ', '\n \t')}\n`)).toEqual(bytes)
        },
      ),
      { seed: 12, numRuns: 300 },
    )
  })

  test('name the place of a word that is not in the list, and never the word', () => {
    const words = encode(unhex('00010280ff')).split(' ').with(2, 'alsa')
    const error = refusal(() => toBytes(words.join(' ')))
    expect([error.code, error.details]).toEqual(['bytewords-word', { position: 3 }])
    expect(`${error.message} ${error.hint}`).not.toContain('alsa')
    expect(decode(words.with(4, 'zzzz').join('-'))).toEqual({ bytes: null, words: 9, unknown: [3, 5] })
  })

  test('notice every change of one word', () => {
    expect(unnoticed(encode)).toBe(0)
  })

  test('a checksum of zeros would be noticed', () => {
    const twin: typeof encode = (bytes) =>
      encode(bytes).split(' ').slice(0, -4).concat(Array(4).fill('able')).join(' ')
    expect(unnoticed(twin)).not.toBe(0)
  })

  /** How many changes of one word in a text still read as what some bytes are written as. */
  function unnoticed(write: typeof encode): number {
    const words = write(unhex('00010280ff')).split(' ')
    const changed = words.flatMap((old, i) =>
      WORDS.filter((word) => word !== old).map((word) => words.with(i, word).join(' ')),
    )
    return changed.filter((text) => {
      const data = Uint8Array.from(text.split(' ').slice(0, -4), (word) => byteOf(word) as number)
      return write(data) === text
    }).length
  }
})
