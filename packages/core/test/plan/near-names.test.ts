import { expect, test } from 'vitest'
import { nearNames, suggestion } from '../../src/plan/near-names.js'

const NAMES = ['savings', 'saving', 'daily', 'cold storage']

test('the nearest name comes first, capitals aside', () => {
  expect(nearNames('savngs', NAMES)).toEqual(['savings', 'saving'])
  expect(nearNames('Dailly', NAMES)).toEqual(['daily'])
  expect(suggestion('cold-storage', NAMES)).toBe('; did you mean cold storage?')
})

test('nothing is suggested for what is far, long or short, and a name is not near itself', () => {
  expect(suggestion('spending', NAMES)).toBe('')
  expect(nearNames('daily', ['daily'])).toEqual([])
  expect(nearNames('ab', ['cd', 'a'])).toEqual([])
  expect(nearNames('abandon '.repeat(12), ['abandon'])).toEqual([])
})
