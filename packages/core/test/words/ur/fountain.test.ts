import { concat, hex, unhex, utf8 } from '@cairn/core/bytes.js'
import { encodeParts, type Part, parsePart, partBytes, reassemble } from '@cairn/core/words/ur/fountain.js'
import { mixOf, sample, tableOf } from '@cairn/core/words/ur/mix.js'
import { below, sequenceOf } from '@cairn/core/words/ur/xoshiro.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { stream } from '../../draws.js'
import { FOUNTAIN_CBOR } from '../../fixtures/ur.js'
import { codeOf } from '../../refusal.js'

const parts = FOUNTAIN_CBOR.map((text) => parsePart(unhex(text)) as Part)
const message = concat(...parts.slice(0, 9).map(({ data }) => data)).slice(0, 256)

describe('the numbers that both sides agree on', () => {
  // BCR-2024-001, section 4, the first of its test vectors.
  test('Xoshiro256**', () => {
    const sequence = sequenceOf(utf8('Wolf'))
    expect(Array.from({ length: 20 }, () => below(10, sequence) + 1)).toEqual([
      6, 5, 8, 4, 10, 5, 7, 10, 4, 9, 10, 9, 7, 7, 1, 1, 2, 9, 9, 2,
    ])
    const bytes = sequenceOf(utf8('Wolf'))
    expect(hex(Uint8Array.from({ length: 10 }, () => below(256, bytes)))).toBe('916ec65cf77cadf55cd7')
  })

  test('the sampler', () => {
    const sequence = sequenceOf(utf8('Wolf'))
    const table = tableOf([1, 2, 4, 8])
    const samples = Array.from({ length: 500 }, () => sample(table, sequence))
    expect(samples.slice(0, 20)).toEqual([3, 3, 3, 3, 3, 3, 3, 0, 2, 3, 3, 3, 3, 1, 2, 2, 1, 3, 3, 2])
    expect([0, 1, 2, 3].map((n) => samples.filter((value) => value === n).length)).toEqual([28, 68, 130, 274])
  })

  test('the fragments of a part', () => {
    const checksum = parts[0]?.checksum as number
    const first = Array.from({ length: 9 }, (_, i) => mixOf({ number: i + 1, count: 9, checksum }))
    expect(first).toEqual(Array.from({ length: 9 }, (_, i) => [i]))
  })
})

describe('the parts of a message', () => {
  test('are those of the reference, mixed ones too', () => {
    const made = encodeParts(message, { maxBytes: 30, extra: 11 })
    expect(made.map((part) => hex(partBytes(part)))).toEqual(FOUNTAIN_CBOR)
  })

  test('give the message in any order, each twice, and without some of the first', () => {
    for (const set of [parts.slice(0, 9), [...parts].reverse(), [...parts, ...parts], parts.slice(1)])
      expect(reassemble(set).message).toEqual(message)
  })

  test('that mix fragments alone are enough, and one that follows from others adds nothing', () => {
    const many = encodeParts(message, { maxBytes: 30, extra: 60 })
    expect(reassemble(many.slice(9)).message).toEqual(message)
    const few = reassemble(many.slice(0, 3))
    expect(few).toEqual({ message: null, have: 3, need: 9 })
    expect(reassemble([...many.slice(0, 3), many[1] as Part]).have).toBe(3)
  })

  test('lose nothing when any of them are lost, as long as what is left determines the message', () => {
    expect(failures(reassemble)).toBe(0)
  })

  test('a decoder that forgets the mixed parts would be noticed', () => {
    const twin: typeof reassemble = (set) => {
      const simple = set.filter(({ number, count }) => number <= count)
      return simple.length === 0 ? { message: null, have: 0, need: 9 } : reassemble(simple)
    }
    expect(failures(twin)).toBeGreaterThan(0)
  })

  test('in one piece is one part', () => {
    expect(encodeParts(message, { maxBytes: 1_000 })).toHaveLength(1)
  })

  test('of other messages are refused', () => {
    const other = encodeParts(
      message.map((byte) => byte ^ 1),
      { maxBytes: 30 },
    )
    expect(codeOf(() => reassemble([parts[0] as Part, other[1] as Part]))).toBe('ur-foreign')
  })

  test('that were altered are refused when they are put together', () => {
    const altered = parts.map((part, i) =>
      i === 4 ? { ...part, data: part.data.map((byte) => byte ^ 1) } : part,
    )
    expect(codeOf(() => reassemble(altered.slice(0, 9)))).toBe('ur-checksum')
  })

  /** Of 60 sets of parts, some lost, how many that determine a message of their own do not give it. */
  function failures(put: typeof reassemble): number {
    let failed = 0
    for (let seed = 1; seed <= 60; seed++) {
      const bytes = stream(seed)
      const [size, lost] = bytes.draw(2) as unknown as [number, number]
      const own = bytes.draw(100 + size * 3)
      const all = encodeParts(own, { maxBytes: 40, extra: 60 })
      const kept = all.filter(({ number }) => (number * 7 + lost) % 3 !== 0)
      const state = put(kept)
      if (!state.message || hex(state.message) !== hex(own)) failed++
    }
    return failed
  }
})

describe('what is no part', () => {
  const [part] = parts as [Part]
  test.each<[string, Partial<Part>]>([
    ['part 0', { number: 0 }],
    ['no fragments', { count: 0 }],
    ['too many fragments', { count: 1_025, length: 1_025 * 29 }],
    ['a message that is too long', { length: 65_537 }],
    ['an empty message', { length: 0 }],
    ['a checksum of more than 32 bits', { checksum: 2 ** 32 }],
    ['data of another length', { data: new Uint8Array(3) }],
    ['no data', { data: new Uint8Array() }],
  ])('%s', (_, fields) => expect(parsePart(partBytes({ ...part, ...fields }))).toBeNull())

  test('any other bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        const read = parsePart(bytes)
        if (read) expect(partBytes(read)).toEqual(bytes)
      }),
      { seed: 9, numRuns: 2_000 },
    )
  })
})
