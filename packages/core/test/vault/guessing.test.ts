import { describe, expect, it } from 'vitest'
import { guessingWords, mebibytesOf, secondsToGuess, spanWords } from '../../src/vault/guessing.js'
import { MADE_BITS } from '../../src/vault/passphrase.js'

const YEAR = 365.25 * 86_400

describe('the time that guessing takes', () => {
  it('is guesses by rate: 3,000 a second for a card at N = 2^18', () => {
    expect(secondsToGuess({ bits: Math.log2(3_000), logN: 18, cards: 1 })).toBeCloseTo(1)
  })

  it('halves with twice the cards and doubles with twice the cost', () => {
    const one = secondsToGuess({ bits: 40, logN: 18, cards: 1 })
    expect(secondsToGuess({ bits: 40, logN: 18, cards: 2 })).toBe(one / 2)
    expect(secondsToGuess({ bits: 40, logN: 19, cards: 1 })).toBe(one * 2)
    expect(secondsToGuess({ bits: 41, logN: 18, cards: 1 })).toBe(one * 2)
  })

  it('is beyond reach for a passphrase that Cairn made', () => {
    expect(secondsToGuess({ bits: MADE_BITS, logN: 18, cards: 10_000 })).toBeGreaterThan(1e8 * YEAR)
    expect(guessingWords(MADE_BITS, 18)).toBe(
      'more than a million years, also for ten thousand graphics cards',
    )
  })

  it.each([
    [5, 'minutes at most'],
    [119, 'minutes at most'],
    [150, '2 minutes'],
    [3_600 * 25, '20 hours'],
    [86_400 * 400, '400 days'],
    [YEAR * 2_345, '2,000 years'],
    [YEAR * 2e6, 'more than a million years'],
  ])('%d seconds reads as %s', (seconds, words) => {
    expect(spanWords(seconds)).toBe(words)
  })

  it('is told for one card and for many', () => {
    expect(guessingWords(40, 18)).toBe('10 years for one graphics card, 10 hours for ten thousand')
  })
})

describe('the memory of a guess', () => {
  it('is 256 MiB at N = 2^18', () => {
    expect(mebibytesOf(18)).toBe(256)
  })
})
