import { fromEntropy, LANGUAGES, toEntropy } from '@cairn/core/words/bip39.js'
import { lastWords } from '@cairn/core/words/last.js'
import { describe, expect, test } from 'vitest'
import { stream } from '../draws.js'
import { codeOf } from '../refusal.js'

const LEGAL = 'legal winner thank year wave sausage worth useful legal winner thank'

describe('the last words of a phrase', () => {
  test.each([
    [16, 128],
    [20, 64],
    [24, 32],
    [28, 16],
    [32, 8],
  ])('of %i bytes are %i, each of which is valid, and no other', (bytes, count) => {
    const phrase = fromEntropy(stream(bytes).draw(bytes))
    const first = phrase.split(' ').slice(0, -1).join(' ')
    const { last, words } = lastWords(first)
    expect([last.length, words]).toEqual([count, first.split(' ').length + 1])
    expect(last).toContain(phrase.split(' ').at(-1))
    for (const word of last) expect(toEntropy(`${first} ${word}`)).toHaveLength(bytes)
  })

  test('are of the list of the phrase', () => {
    for (const language of LANGUAGES) {
      const words = fromEntropy(stream(9).draw(16), language).split(/\s/)
      const found = lastWords(`${words.slice(0, -1).join(' ')} ?`, language)
      expect(found.language).toBe(language)
      expect(found.last).toContain(words.at(-1))
    }
  })

  test('ask for all words but the last', () => {
    expect(codeOf(() => lastWords(`${LEGAL} yellow`))).toBe('word-count')
    expect(codeOf(() => lastWords(''))).toBe('word-count')
    expect(codeOf(() => lastWords(LEGAL.replace('wave', 'wavw')))).toBe('word-unknown')
    expect(codeOf(() => lastWords(LEGAL, 'french'))).toBe('word-unknown')
  })
})
