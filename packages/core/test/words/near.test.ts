import { LISTS } from '@cairn/core/words/bip39/lists.js'
import { near } from '@cairn/core/words/near.js'
import { describe, expect, test } from 'vitest'

describe('near words', () => {
  test.each([
    ['a letter left out', 'abandn', 'abandon'],
    ['a letter too many', 'zooo', 'zoo'],
    ['another letter', 'wich', 'wish'],
    ['two letters swapped', 'gahter', 'gather'],
    ['the same first four letters', 'absorption', 'absorb'],
    ['capitals', 'ABANDN', 'abandon'],
  ])('%s', (_, typed, meant) => {
    expect(near(typed, LISTS.english)).toContain(meant)
  })

  test('accents do not count', () => {
    expect(near('eleve', LISTS.french)).toContain('élève'.normalize('NFKD'))
    expect(near('ábaco', LISTS.spanish)).toEqual(near('abaco', LISTS.spanish))
  })

  test('two slips are too many', () => {
    expect(near('zbandn', LISTS.english)).toEqual([])
    expect(near('xyzzy', LISTS.english)).toEqual([])
  })

  test('short and Chinese words have none: every other word would be as near', () => {
    expect(near('a', LISTS.english)).toEqual([])
    expect(near('龍', LISTS.chinese_simplified)).toEqual([])
  })

  test('each word is near to itself', () => {
    for (const word of LISTS.english) expect(near(word, LISTS.english)).toContain(word)
  })
})
