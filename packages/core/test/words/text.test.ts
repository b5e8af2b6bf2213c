import { toEntropy, toSeed } from '@cairn/core/words/bip39.js'
import { checkPhrase } from '@cairn/core/words/check.js'
import { splitWords } from '@cairn/core/words/text.js'
import { expect, test } from 'vitest'

const LEGAL = 'legal winner thank year wave sausage worth useful legal winner thank yellow'
const words = LEGAL.split(' ')

test.each([
  ['1. legal 2. winner …', words.map((word, i) => `${i + 1}. ${word}`).join(' ')],
  ['1) legal, 2) winner …', words.map((word, i) => `${i + 1}) ${word}`).join(', ')],
  [
    '01 LEGAL 02 WINNER …',
    words
      .map((word, i) => `${String(i + 1).padStart(2, '0')} ${word}`)
      .join('\n')
      .toUpperCase(),
  ],
  ['1.legal 2.winner …', words.map((word, i) => `${i + 1}.${word}`).join(' ')],
  ['legal, winner; …', words.join(', ').replace('thank,', 'thank;')],
])('a list that was copied as it stands is the phrase: %s', (_, text) => {
  expect(splitWords(text)).toEqual(words)
  expect(checkPhrase(text)).toMatchObject({ valid: true, kind: 'bip39', words: 12 })
  expect(toEntropy(text)).toEqual(toEntropy(LEGAL))
  expect(toSeed(text)).toEqual(toSeed(LEGAL))
})

test('digits alone stay as they are', () => {
  for (const text of ['0192 1733 0021', '7f 7f 12 34', '12 ab 3c'])
    expect(splitWords(text)).toEqual(text.split(' '))
  expect(splitWords('123 legal')).toEqual(['123', 'legal'])
})
