import { hex } from '@cairn/core/bytes.js'
import { toSeed } from '@cairn/core/words/bip39.js'
import { toSeed as toElectrumSeed } from '@cairn/core/words/electrum.js'
import { stretchOldSeed, toHexSeed } from '@cairn/core/words/electrum-old.js'
import { parsePhrase, phraseSeed } from '@cairn/core/words/phrase.js'
import { parseShare, splitWith } from '@cairn/core/words/slip39.js'
import { describe, expect, test } from 'vitest'
import { stream } from '../draws.js'
import { codeOf, refusal } from '../refusal.js'

const LEGAL = 'legal winner thank year wave sausage worth useful legal winner thank yellow'
const SEGWIT = 'bitter grass shiver impose acquire brush forget axis eager alone wine silver'
const OLD = 'powerful random nobody notice nothing important anyway look away hidden message over'
const secret = new Uint8Array(16).fill(7)
const plan = { secret, groupThreshold: 1, iterationExponent: 0, passphrase: 'TREZOR' }
const [[SINGLE]] = splitWith({ ...plan, groups: [{ threshold: 1, count: 1 }] }, stream(1).draw) as [[string]]
const [[OF_TWO]] = splitWith({ ...plan, groups: [{ threshold: 2, count: 2 }] }, stream(2).draw) as [[string]]

describe('reading a phrase', () => {
  test('gives what it is', () => {
    expect(parsePhrase(LEGAL)).toEqual({ kind: 'bip39', text: LEGAL, languages: ['english'] })
    expect(parsePhrase(SEGWIT)).toEqual({ kind: 'electrum', text: SEGWIT, seedType: 'segwit' })
    expect(parsePhrase(OLD)).toEqual({ kind: 'electrum-old', hexSeed: toHexSeed(OLD) })
    expect(parsePhrase(OF_TWO)).toEqual({ kind: 'slip39', share: parseShare(OF_TWO) })
  })

  test('reads it as the kind that is named, or refuses', () => {
    expect(codeOf(() => parsePhrase(SEGWIT, 'bip39'))).toBe('phrase-checksum')
    expect(codeOf(() => parsePhrase(LEGAL, 'electrum'))).toBe('phrase-checksum')
    expect(codeOf(() => parsePhrase(LEGAL, 'electrum-old'))).toBe('word-unknown')
    expect(codeOf(() => parsePhrase(LEGAL, 'slip39'))).toBe('share-length')
  })

  test('refuses a phrase that is not right with its first problem', () => {
    expect(refusal(() => parsePhrase(LEGAL.replace('thank', 'thnk'))).details).toEqual({ position: 3 })
    expect(refusal(() => parsePhrase(SEGWIT.replace('axis', 'axes'), 'electrum')).details).toEqual({
      position: 8,
    })
    expect(codeOf(() => parsePhrase(LEGAL.replace(' yellow', '')))).toBe('word-count')
    expect(codeOf(() => parsePhrase('not a seed'))).toBe('phrase-unreadable')
    expect(codeOf(() => parsePhrase('zoo '.repeat(101)))).toBe('phrase-too-long')
  })
})

describe('the seed of a phrase', () => {
  test('is the one of its kind', () => {
    expect(phraseSeed(parsePhrase(LEGAL), 'TREZOR')).toEqual(toSeed(LEGAL, 'TREZOR'))
    expect(phraseSeed(parsePhrase(SEGWIT), 'é')).toEqual(toElectrumSeed(SEGWIT, 'e'))
    expect(hex(phraseSeed(parsePhrase(SINGLE), 'TREZOR'))).toBe(hex(secret))
    expect(phraseSeed(parsePhrase(OLD))).toEqual(stretchOldSeed(toHexSeed(OLD)))
  })

  test('is not to be had from one share of two', () => {
    expect(codeOf(() => phraseSeed(parsePhrase(OF_TWO)))).toBe('share-missing')
  })

  test('of before Electrum 2.0 takes no passphrase', () => {
    expect(codeOf(() => phraseSeed(parsePhrase(OLD), 'TREZOR'))).toBe('usage')
  })
})
