import { LANGUAGES, LISTS } from '@cairn/core/words/bip39/lists.js'
import { fromEntropy } from '@cairn/core/words/bip39.js'
import { fixPhrase, searchSpace } from '@cairn/core/words/fix.js'
import { near } from '@cairn/core/words/near.js'
import { splitWith } from '@cairn/core/words/slip39.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { stream } from '../draws.js'
import { codeOf } from '../refusal.js'
import { DAMAGES, hitRate } from './fix/damages.js'
import { letters } from './letters.js'

const LEGAL = 'legal winner thank year wave sausage worth useful legal winner thank yellow'
// Its 24 words have 8 bits of checksum: BIP-39 test vectors, 9f6a2878….
const PANDA =
  'panda eyebrow bullet gorilla call smoke muffin taste mesh discover soft ostrich alcohol speed nation flash devote level hobby quick inner drive ghost inside'
const SEGWIT = 'bitter grass shiver impose acquire brush forget axis eager alone wine silver'
const shares = splitWith(
  {
    secret: new Uint8Array(16),
    groupThreshold: 1,
    groups: [{ threshold: 2, count: 3 }],
    iterationExponent: 0,
  },
  stream(1).draw,
)
const SHARE = shares[0]?.[0] as string

const first = (text: string, options = {}) => fixPhrase(text, options).candidates[0]
const words = PANDA.split(' ')

describe('the first proposal', () => {
  test.each([
    ['a letter left out', PANDA.replace('eyebrow', 'eyebow'), 'spelling', [2]],
    ['the key beside', PANDA.replace('smoke', 'smike'), 'spelling', [6]],
    ['handwriting', PANDA.replace('discover', 'cliscover').replace('inner', 'irmer'), 'spelling', [10, 21]],
    ['as it sounds', PANDA.replace('alcohol', 'alkohol'), 'spelling', [13]],
    ['a word of a French phrase', PANDA.replace('alcohol', frenchAt('alcohol')), 'spelling', [13]],
    ['two neighbours swapped', swap(3, 4), 'swapped', [4, 5]],
    ['a word twice', words.toSpliced(4, 0, 'call').join(' '), 'extra-word', [5]],
    ['two words as one', PANDA.replace('soft ostrich', 'softostrich'), 'joined', [11, 12]],
    ['one word as two', PANDA.replace('bullet', 'bul let'), 'split', [3]],
  ])('for %s', (_, text, slip, positions) => {
    const found = first(text)
    expect(found).toMatchObject({ phrase: PANDA, slip })
    expect(found?.changes.map(({ position }) => position)).toEqual(positions)
  })

  test('is the phrase for words of four letters', () => {
    expect(first(words.map((word) => word.slice(0, 4)).join(' '))?.phrase).toBe(PANDA)
  })

  test('is the phrase for a table read down, and for one read from the end', () => {
    const down = words.map((_, i) => words[(i % 6) * 4 + Math.floor(i / 6)])
    expect(first(down.join(' '))).toMatchObject({ phrase: PANDA, slip: 'order' })
    expect(first(words.toReversed().join(' '))?.phrase).toBe(PANDA)
  })

  test('is the text itself where it is right, with numbers and signs or without', () => {
    for (const text of [PANDA, words.map((word, i) => `${i + 1}. ${word},`).join('\n'), `"${PANDA}"`])
      expect(fixPhrase(text)).toMatchObject({
        candidates: [{ phrase: PANDA, changes: [] }],
        truncated: false,
      })
  })

  test('is of every list', () => {
    for (const [i, language] of LANGUAGES.entries()) {
      const phrase = fromEntropy(stream(i).draw(20), language)
      const typed = phrase.split(/\s/)
      const text = typed.with(3, '?').join(' ')
      const accept = (candidate: { phrase: string }) => candidate.phrase === phrase
      expect(fixPhrase(text, { accept, kinds: ['bip39'] }).candidates).toMatchObject([
        { phrase, slip: 'lost-word' },
      ])
    }
  })

  test('of a SLIP-39 share is certain: its checksum has 30 bits', () => {
    const share = SHARE.split(' ')
    for (const text of [
      share.with(9, 'zero'),
      share.toSpliced(9, 1),
      share.with(9, share[10] as string).with(10, share[9] as string),
    ])
      expect(fixPhrase(text.join(' ')).candidates).toMatchObject([{ kind: 'slip39', phrase: SHARE }])
  })

  test('of an Electrum seed has its version', () => {
    const found = fixPhrase(SEGWIT.replace('shiver', 'shivr'), { kinds: ['electrum'] })
    expect(found.candidates[0]).toMatchObject({ kind: 'electrum', phrase: SEGWIT })
  })
})

describe('a repair', () => {
  test('asks what is known of the wallet, the most likely first, and stops there', () => {
    const asked: string[] = []
    const accept = ({ phrase }: { phrase: string }) => {
      asked.push(phrase)
      return phrase === LEGAL
    }
    const found = fixPhrase(LEGAL.replace('sausage', 'zebra'), { accept, kinds: ['bip39'] })
    expect(found.candidates).toMatchObject([{ phrase: LEGAL, changes: [{ position: 6, to: 'sausage' }] }])
    expect(asked.at(-1)).toBe(LEGAL)
    expect(new Set(asked).size).toBe(asked.length)
  })

  test('looks behind a right checksum when the wallet is another one', () => {
    // the eighth word is right by checksum and wrong all the same
    const slip = firstValidSlip()
    const accept = ({ phrase }: { phrase: string }) => phrase === LEGAL
    expect(fixPhrase(slip).candidates).toMatchObject([{ slip: 'none' }])
    expect(fixPhrase(slip, { accept }).candidates).toMatchObject([{ phrase: LEGAL }])
  })

  test('is bounded, and says so', () => {
    const two = LEGAL.replace('wave', '?').replace('worth', '?')
    expect(fixPhrase(two)).toMatchObject({ candidates: [], truncated: true })
    for (const text of [LEGAL.replace('wave', '?'), 'x '.repeat(100), 'zoo '.repeat(100), `${PANDA} x`])
      expect(fixPhrase(text).tried).toBeLessThanOrEqual(70_000)
    expect(codeOf(() => fixPhrase('zoo '.repeat(101)))).toBe('phrase-too-long')
  })

  test('counts what a search has to look at', () => {
    expect(searchSpace(LEGAL.replace('wave', '?').replace('worth', '?'))).toEqual({
      words: 12,
      phrases: 2 ** 18,
    })
    expect(searchSpace(words.slice(2).join(' '))).toEqual({ words: 24, phrases: 276 * 2 ** 14 })
    expect(searchSpace('hello world')).toBeNull()
  })

  test('proposes what a check counts as similar', () => {
    for (const typed of ['eyebow', 'alkohol']) {
      const options = near(typed, LISTS.english)
      const found = fixPhrase(words.with(1, typed).join(' '), { limit: 5_000 }).candidates
      const proposed = found.map(({ phrase }) => phrase.split(' ')[1])
      for (const word of options) {
        const isRight = fixPhrase(words.with(1, word).join(' ')).candidates[0]?.slip === 'none'
        if (isRight) expect(proposed).toContain(word)
      }
    }
  })

  test('of hostile text ends, within its bounds', () => {
    const word = fc.oneof(
      fc.constantFrom(...LISTS.english.slice(0, 50), '?', '1.'),
      fc.string({ unit: letters, maxLength: 40 }),
    )
    fc.assert(
      fc.property(fc.array(word, { maxLength: 26 }), (list) => {
        expect(fixPhrase(list.join(' ')).tried).toBeLessThanOrEqual(110_000)
      }),
      { seed: 39, numRuns: 12 },
    )
  })
})

describe('the measure of docs/phrase-fix.md', () => {
  test('finds what can be found, and tells what cannot', () => {
    const rate = hitRate('two letters swapped', 24, 2)
    expect(rate).toMatchObject({ tried: 2, found: 2 })
    expect(Object.keys(DAMAGES)).toHaveLength(18)
  })
})

function swap(i: number, j: number): string {
  return words
    .with(i, words[j] as string)
    .with(j, words[i] as string)
    .join(' ')
}

function frenchAt(english: string): string {
  return LISTS.french[(LISTS.english as readonly string[]).indexOf(english)] as string
}

/** `LEGAL` with one word replaced by a near one, still with a right checksum. */
function firstValidSlip(): string {
  const typed = LEGAL.split(' ')
  for (const [i, word] of typed.entries())
    for (const other of near(word, LISTS.english)) {
      const text = typed.with(i, other).join(' ')
      if (other !== word && fixPhrase(text).candidates[0]?.slip === 'none') return text
    }
  throw new Error('there is none')
}
