import { codeFor, LONG, SHORT } from '@cairn/core/words/codex32/code.js'
import { ALPHABET, elementOf } from '@cairn/core/words/codex32/field.js'
import { findChanges } from '@cairn/core/words/codex32/locate.js'
import { correct, makeWith, parse } from '@cairn/core/words/codex32.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { stream } from '../../draws.js'
import { refusal } from '../../refusal.js'
import { correctionFigures, misplaced } from '../codex32.figures.js'

const TEST = 'ms10testsxxxxxxxxxxxxxxxxxxxxxxxxxx4nzvca9cmczlw'
const PREFIX = 3

/** Strings of all lengths, of both codes. */
const strings = fc
  .record({
    bytes: fc.integer({ min: 16, max: 64 }),
    seed: fc.nat(0xffff),
    threshold: fc.constantFrom(0, 2, 9),
  })
  .map(({ bytes, seed, threshold }) => {
    const [text] = makeWith({ bytes, threshold, count: threshold || 1 }, stream(seed).draw)
    return text as string
  })

interface Damage {
  readonly wrong: number
  readonly lost: number
}

/** The string with `wrong` characters replaced by others and `lost` ones by `?`, at places all different. */
function damaged(text: string, { wrong, lost }: Damage): fc.Arbitrary<string> {
  const count = wrong + lost
  return fc
    .record({
      at: fc.shuffledSubarray(
        Array.from(text.slice(PREFIX), (_, i) => i),
        { minLength: count, maxLength: count },
      ),
      add: fc.array(fc.integer({ min: 1, max: 31 }), { minLength: wrong, maxLength: wrong }),
    })
    .map(({ at, add }) => {
      const characters = Array.from(text)
      for (const [i, place] of at.entries()) {
        const from = text[PREFIX + place] as string
        characters[PREFIX + place] = i < wrong ? shifted(from, add[i] as number) : '?'
      }
      return characters.join('')
    })
}

function shifted(character: string, by: number): string {
  return ALPHABET[elementOf(character) ^ by] as string
}

describe('a proposal to correct a string', () => {
  const within = Array.from({ length: 9 }, (_, lost) =>
    Array.from({ length: Math.floor((8 - lost) / 2) + 1 }, (_, wrong) => ({ lost, wrong })),
  ).flat()

  test.each(within)('finds $lost unreadable and $wrong wrong characters anywhere', (damage) => {
    const cases = strings.chain((text) => fc.tuple(fc.constant(text), damaged(text, damage)))
    fc.assert(
      fc.property(cases, ([text, broken]) => {
        const found = correct(broken)
        expect(found?.text).toBe(text)
        expect(found?.changes).toHaveLength(damage.lost + damage.wrong)
        for (const { position, from, to } of found?.changes ?? [])
          expect([broken[position - 1], text[position - 1]]).toEqual([from, to])
      }),
      { seed: 93, numRuns: 40 },
    )
  })

  test('finds every single wrong character, at every place', () => {
    for (let at = PREFIX; at < TEST.length; at++)
      for (let by = 1; by < 32; by++)
        expect(correct(TEST.slice(0, at) + shifted(TEST[at] as string, by) + TEST.slice(at + 1))?.text).toBe(
          TEST,
        )
  })

  test('finds 13 unreadable characters in a row, and 15 in a long string, but not one more', () => {
    fc.assert(
      fc.property(strings, fc.nat(0xffff), (text, place) => {
        const longest = codeFor(text.length - PREFIX) === LONG ? 15 : 13
        const at = PREFIX + (place % (text.length - PREFIX - longest))
        const burst = (length: number) => text.slice(0, at) + '?'.repeat(length) + text.slice(at + length)
        expect(correct(burst(longest))).toMatchObject({ text, evidenceBits: 0 })
        expect(correct(burst(longest + 1))).toBeNull()
      }),
      { seed: 13, numRuns: 60 },
    )
  })

  test('is not made for more damage than the code tells for sure', () => {
    const beyond = fc.constantFrom(
      { wrong: 5, lost: 0 },
      { wrong: 4, lost: 1 },
      { wrong: 1, lost: 7 },
      { wrong: 8, lost: 0 },
      { wrong: 20, lost: 0 },
    )
    const cases = strings.chain((text) => beyond.chain((damage) => damaged(text, damage)))
    fc.assert(
      fc.property(cases, (broken) => {
        expect(correct(broken)).toBeNull()
      }),
      { seed: 94, numRuns: 300 },
    )
  })

  test('is the text itself, with nothing changed, where nothing is wrong', () => {
    expect(correct(TEST)).toEqual({ text: TEST, changes: [], evidenceBits: 65 })
    expect(correct(TEST.toUpperCase())?.text).toBe(TEST.toUpperCase())
  })

  test('says how much speaks for it', () => {
    const broken = (text: string) => correct(text)?.evidenceBits
    expect(broken(TEST.replace('testsx', 'tests?'))).toBe(60)
    expect(broken(TEST.replace('testsx', 'testsq'))).toBe(54)
    expect(broken('ms10tests?xx?xxx?xx?xxxxxx?xxxxxx?x4nzvc?9cmczl?')).toBe(25)
  })

  test('takes characters that are not of bech32, in the prefix too, for unreadable ones', () => {
    const changes = [
      { position: 2, from: '?', to: 's' },
      { position: 10, from: 'b', to: 'x' },
      { position: 11, from: '?', to: 'x' },
    ]
    expect(correct('m?10testsb\u00e9xxxxxxxxxxxxxxxxxxxxxxxx4nzvca9cmczlw')).toMatchObject({
      text: TEST,
      changes,
    })
  })

  test('makes the case one, as most of it was', () => {
    const mixed = correct(TEST.replace('test', 'TEST'))
    expect([mixed?.text, mixed?.changes.map(({ position }) => position)]).toEqual([TEST, [5, 6, 7, 8]])
    expect(correct(TEST.toUpperCase().replace('TEST', 'tesT'))?.text).toBe(TEST.toUpperCase())
  })

  test('counts places without the spaces between groups', () => {
    const groups = TEST.replace('testsx', 'testsq').replace(/(.{4})/g, '$1 ')
    expect(correct(groups)).toMatchObject({ text: TEST, changes: [{ position: 10, from: 'q', to: 'x' }] })
  })

  test('is refused for another prefix or length, which the code does not cover', () => {
    for (const text of ['', 'ms', 'cl1'.padEnd(48, 'q'), 'msx'.padEnd(48, 'q')])
      expect(refusal(() => correct(text)).code).toBe('codex32-prefix')
    for (const text of [TEST.slice(0, -1), `${TEST}q`, TEST.replace('xxx', 'xx\nx'), 'ms1'.padEnd(97, 'q')])
      expect(refusal(() => correct(text)).code).toBe('codex32-length')
    expect(refusal(() => correct('ms1'.padEnd(10_001, 'q'))).code).toBe('phrase-too-long')
  })

  test('is not made when the nearest string of the code has no threshold or index that exist', () => {
    const data = parse(TEST).payload
    const text = withHeader('0tests', data)
    expect(correct(text.replace('tests', 'testp'))?.text).toBe(text)
    const other = withHeader('ttests', data)
    expect(correct(other)).toBeNull()
    expect(correct(withHeader('0testa', data))).toBeNull()
  })
})

describe('the places of errors', () => {
  test('are those of a code whose words differ in nine places: the generator has weight nine or more', () => {
    for (const { generator } of [SHORT, LONG])
      expect(generator.filter((value) => value !== 0).length + 1).toBeGreaterThanOrEqual(9)
  })

  test('are found for all damage within reach, and missed by a twin that looks elsewhere', () => {
    expect(correctionFigures(500)).toEqual({ tried: 500, undone: 500 })
    expect(correctionFigures(200, misplaced).undone).toBeLessThan(150)
  })
})

/** A string of the code with any header, valid or not. */
function withHeader(header: string, payload: readonly number[]): string {
  const data = [...Array.from(header, elementOf), ...payload, ...Array(13).fill(0)]
  const lost = Array.from({ length: 13 }, (_, i) => data.length - 13 + i)
  const changes = findChanges(SHORT, data, lost) ?? []
  for (const { at, difference } of changes) data[at] = (data[at] as number) ^ difference
  return `ms1${data.map((value) => ALPHABET[value]).join('')}`
}
