import { hex, unhex } from '@cairn/core/bytes.js'
import { isCairnError } from '@cairn/core/errors.js'
import { checkPhrase } from '@cairn/core/words/check.js'
import { INDEXES } from '@cairn/core/words/codex32/shares.js'
import {
  checkShare,
  combine,
  combineShares,
  deriveShare,
  encode,
  format,
  make,
  makeWith,
  parse,
  readings,
  recovery,
  refresh,
  refreshWith,
  split,
  splitWith,
} from '@cairn/core/words/codex32.js'
import { parsePhrase, phraseSeed } from '@cairn/core/words/phrase.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { stream } from '../draws.js'
import { CODEX32_VECTORS } from '../fixtures/codex32.js'
import { codeOf, refusal } from '../refusal.js'
import { subsets } from '../subsets.js'

const TEST = 'ms10testsxxxxxxxxxxxxxxxxxxxxxxxxxx4nzvca9cmczlw'
const SEED = unhex('ffeeddccbbaa99887766554433221100')
const [A, C, D] = Object.values(CODEX32_VECTORS[1]?.strings ?? {}) as [string, string, string]
const [, , , E] = Object.values(CODEX32_VECTORS[2]?.strings ?? {}) as [string, string, string, string]

const seeds = fc.integer({ min: 16, max: 64 }).chain((n) => fc.uint8Array({ minLength: n, maxLength: n }))

describe('a codex32 string', () => {
  test('gives back every seed that was written, in capitals, small letters and groups', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const text = encode(seed, 'test')
        expect(format(parse(text))).toBe(text)
        for (const form of [text, text.toUpperCase(), ` ${text.replace(/(.{4})/g, '$1 ')}\n`])
          expect(hex(combine([form]))).toBe(hex(seed))
      }),
      { seed: 93, numRuns: 200 },
    )
  })

  test('is never taken for another with up to 8 characters wrong', () => {
    const cases = fc.tuple(
      fc.shuffledSubarray(
        Array.from({ length: 45 }, (_, i) => i + 3),
        { minLength: 1, maxLength: 8 },
      ),
      fc.array(fc.nat(30), { minLength: 8, maxLength: 8 }),
    )
    fc.assert(
      fc.property(cases, ([places, shifts]) => {
        const alphabet = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'
        const text = Array.from(TEST, (character, at) => {
          const i = places.indexOf(at)
          return i < 0 ? character : alphabet[(alphabet.indexOf(character) + 1 + (shifts[i] as number)) % 32]
        })
        expect(codeOf(() => parse(text.join('')))).toBe('codex32-checksum')
      }),
      { seed: 8, numRuns: 500 },
    )
  })

  test('says what is wrong with it, by place', () => {
    const problems = (text: string) =>
      checkShare(text).problems.map(({ code, position, suggestions }) => [code, position, suggestions])
    expect(problems('bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh')).toEqual([['codex32-prefix', null, 0]])
    expect(problems(TEST.replace('testsxx', 'testsxb'))).toEqual([['codex32-character', 11, 1]])
    expect(problems(TEST.replace('testsxx', 'testsxq'))).toEqual([
      ['codex32-checksum', null, 0],
      ['codex32-suspect', 11, 1],
    ])
    expect(problems(TEST.replace('testsxx', 'tests?q'))).toEqual([
      ['codex32-character', 10, 1],
      ['codex32-suspect', 11, 1],
    ])
    expect(problems(TEST.replace('testsxxxxxxxxx', 'testsqpzry9x8g'))).toEqual([
      ['codex32-checksum', null, 0],
    ])
    expect(problems(TEST.replace('testsx', 'tests'))).toEqual([['codex32-length', null, 0]])
    expect(problems(TEST.replace('testsx', 'tests#x'))).toEqual([
      ['codex32-character', 10, 0],
      ['codex32-length', null, 0],
    ])
    expect(problems(TEST.replace('test', 'TEST'))).toEqual([['codex32-case', null, 0]])
  })

  test('names the share and the place in a refusal, and none of its characters', () => {
    const error = refusal(() => combine([A, C.replace('ACDEFGHJKL', 'ACDEFOHJKL')]))
    expect([error.code, error.details]).toEqual(['codex32-character', { share: 2, position: 15 }])
    expect(error.message + error.hint).not.toMatch(/ACDEF|HJKL/i)
  })

  test('tells of its set without the others', () => {
    expect(checkShare(D)).toEqual({
      valid: true,
      place: { threshold: 2, identifier: 'name', index: 'd' },
      bytes: 16,
      problems: [],
    })
  })

  test('is recognised by itself, and leads to its wallet when it is the secret', () => {
    const report = { valid: true, kind: 'codex32', language: null, problems: [], also: [] }
    expect(checkPhrase(TEST)).toEqual({ ...report, words: 1 })
    expect(checkPhrase(TEST.toUpperCase().replace(/(.{4})/g, '$1 '))).toEqual({ ...report, words: 12 })
    expect(checkPhrase(TEST.replace('testsx', 'testsq'))).toMatchObject({ valid: false, kind: 'codex32' })
    expect(checkPhrase('MS10 TEST SXXX XXXX XXXX XX4N ZVCA 9CMC ZLW')).toMatchObject({
      kind: 'codex32',
      problems: [{ code: 'codex32-length' }],
    })
    expect(readings('legal winner thank year')).toEqual([])
    expect(hex(phraseSeed(parsePhrase(TEST)))).toBe('318c6318c6318c6318c6318c6318c631')
    expect(codeOf(() => phraseSeed(parsePhrase(TEST), 'TREZOR'))).toBe('usage')
    const error = refusal(() => phraseSeed(parsePhrase(A)))
    expect([error.code, error.details]).toEqual([
      'share-missing',
      { missing: 'set NAME needs 2 shares and has 1 (A)' },
    ])
  })

  test('meets hostile text with catalogued errors only', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 130 }),
      fc.string({ maxLength: 130 }).map((rest) => `ms1${rest}`),
      fc
        .string({ unit: fc.constantFrom(...'qpzry9x8 ?\nB'), minLength: 40, maxLength: 130 })
        .map((rest) => `MS1${rest}`),
    )
    fc.assert(
      fc.property(text, (written) => {
        expect(checkShare(written).valid).toBe(false)
        try {
          parse(written)
        } catch (error) {
          if (!isCairnError(error)) throw error
        }
      }),
      { seed: 93, numRuns: 400 },
    )
    expect(codeOf(() => checkShare('ms1'.padEnd(10_001, 'q')))).toBe('phrase-too-long')
  })
})

describe('shares of a seed', () => {
  test.each([2, 3, 5, 9])('%i of them give it back, whichever they are', (threshold) => {
    const shares = splitWith({ seed: SEED, threshold, count: threshold + 2 }, stream(threshold).draw)
    for (const quorum of subsets(shares, threshold)) expect(hex(combine(quorum))).toBe(hex(SEED))
    expect(hex(combine([...shares].reverse()))).toBe(hex(SEED))
    const few = refusal(() => combine(shares.slice(1, threshold)))
    expect(few.code).toBe('share-missing')
    expect(few.details.missing).toContain(`needs ${threshold} shares and has ${threshold - 1}`)
  })

  test('can be 31, each with an index of its own', () => {
    const shares = splitWith({ seed: SEED, threshold: 2, count: 31, identifier: 'CASH' }, stream(1).draw)
    expect(new Set(shares.map((share) => share[8])).size).toBe(31)
    expect(shares.map((share) => share[8])).toEqual([...INDEXES])
    expect(shares.every((share) => share.startsWith('ms12cash') && checkShare(share).valid)).toBe(true)
    expect(hex(combine([shares[30] as string, shares[7] as string]))).toBe(hex(SEED))
  })

  test('depend on every bit that is drawn but the three that a character has no room for', () => {
    const plan = { seed: SEED, threshold: 3, count: 3 }
    const plain = stream(5)
    const first = splitWith(plan, plain.draw).join()
    const changed = Array.from({ length: plain.drawn() * 8 }, (_, bit) => {
      return splitWith(plan, stream(5, bit).draw).join() !== first
    })
    expect(changed).toEqual(changed.map((_, bit) => bit % 8 >= 3))
  })

  test('say what is missing, by name', () => {
    expect(recovery([])).toMatchObject({ complete: false, need: null, missing: 'no share was given' })
    expect(recovery([parse(E)])).toEqual({
      identifier: 'cash',
      have: ['d'],
      need: 3,
      complete: false,
      missing: 'set CASH needs 3 shares and has 1 (D)',
    })
    expect(recovery([A, C, A].map((text) => parse(text)))).toMatchObject({ complete: true, have: ['a', 'c'] })
    expect(recovery([parse(TEST)])).toMatchObject({ complete: true, need: 1, have: ['s'], missing: '' })
  })

  test('of different sets are told apart', () => {
    const make3 = (change: object) =>
      splitWith({ seed: SEED, threshold: 2, count: 2, identifier: 'cash', ...change }, stream(2).draw)
    const [first] = make3({})
    const foreign = (other: string | undefined) =>
      refusal(() => combine([first as string, other as string])).details.reason
    expect(foreign(make3({ identifier: 'test' })[1])).toBe('share 2 has another identifier than share 1')
    expect(foreign(make3({ threshold: 3, count: 3 })[1])).toBe('share 2 has another threshold than share 1')
    expect(foreign(make3({ seed: new Uint8Array(32) })[1])).toBe('share 2 has another length than share 1')
    const other = splitWith({ seed: SEED, threshold: 2, count: 3, identifier: 'cash' }, stream(3).draw)
    expect(codeOf(() => combine([first as string, other[0] as string]))).toBe('codex32-conflict')
    expect(codeOf(() => combine([...make3({}), other[2] as string]))).toBe('codex32-misfit')
  })

  test('are not mixed with the secret', () => {
    const error = refusal(() => combine([A, CODEX32_VECTORS[1]?.strings.s as string]))
    expect([error.code, error.details]).toEqual(['codex32-secret', { share: 2 }])
    expect(codeOf(() => deriveShare([parse(TEST)], 'a'))).toBe('codex32-plan')
  })

  test('can be made anew, with another identifier and the same seed', () => {
    const old = split({ seed: SEED, threshold: 2, count: 3 }).map((text) => parse(text))
    const fresh = refresh(old, { threshold: 3, count: 4 })
    expect(hex(combine(fresh.slice(1)))).toBe(hex(SEED))
    expect(hex(combineShares(old))).toBe(hex(SEED))
    expect(codeOf(() => combineShares([old[0], parse(fresh[0] as string)] as typeof old))).toBe(
      'share-foreign',
    )
    const same = splitWith({ seed: SEED, threshold: 2, count: 2 }, stream(9).draw).map((text) => parse(text))
    const again = refreshWith(same, { threshold: 2, count: 2 }, stream(9).draw)
    expect(parse(again[0] as string).identifier).not.toBe(same[0]?.identifier)
    const plan = { threshold: 2, count: 2, identifier: same[0]?.identifier as string }
    expect(codeOf(() => refresh(same, plan))).toBe('codex32-plan')
  })

  test('are refused where they could not be made', () => {
    const plan = { seed: SEED, threshold: 2, count: 2 }
    for (const change of [
      { threshold: 1 },
      { threshold: 10, count: 10 },
      { threshold: 3 },
      { threshold: 2.5 },
      { count: 32 },
      { identifier: 'abc' },
      { identifier: 'cash1' },
      { identifier: 'bios' },
    ])
      expect(codeOf(() => split({ ...plan, ...change }))).toBe('codex32-plan')
    for (const bytes of [0, 15, 65])
      expect(codeOf(() => split({ ...plan, seed: new Uint8Array(bytes) }))).toBe('entropy-length')
    for (const index of ['s', 'S', 'b', '', 'aa'])
      expect(codeOf(() => deriveShare([parse(A), parse(C)], index))).toBe('codex32-plan')
  })
})

describe('a new seed', () => {
  test('is one string or the shares of one, and other each time', () => {
    const [single] = make({ bytes: 32, threshold: 0, count: 1 })
    expect(checkShare(single as string)).toMatchObject({
      valid: true,
      bytes: 32,
      place: { threshold: 0, index: 's' },
    })
    expect(make({ bytes: 32, threshold: 0, count: 1 })).not.toEqual([single])
    const shares = make({ bytes: 16, threshold: 2, count: 3 })
    expect(combine(shares)).toHaveLength(16)
  })

  test('depends on every bit that is drawn for it', () => {
    const made = (bit: number | null) =>
      makeWith({ bytes: 16, threshold: 0, count: 1 }, stream(1, bit).draw)[0]
    const all = new Set([null, ...Array.from({ length: 128 }, (_, i) => i)].map(made))
    expect(all.size).toBe(129)
  })

  test('is refused where it could not be made', () => {
    expect(codeOf(() => make({ bytes: 16, threshold: 0, count: 2 }))).toBe('codex32-plan')
    expect(codeOf(() => make({ bytes: 15, threshold: 0, count: 1 }))).toBe('entropy-length')
    expect(codeOf(() => make({ bytes: 1e9, threshold: 0, count: 1 }))).toBe('entropy-length')
  })
})
