import { hex } from '@cairn/core/bytes.js'
import { LISTS } from '@cairn/core/words/bip39/lists.js'
import { checkPhrase } from '@cairn/core/words/check.js'
import { parsePhrase, phraseSeed } from '@cairn/core/words/phrase.js'
import { check, generateWith, toSeed } from '@cairn/core/words/ton.js'
import { ed25519 } from '@noble/curves/ed25519.js'
import { describe, expect, test } from 'vitest'
import { stream } from '../draws.js'
import { TON_VECTORS } from '../fixtures/ton.js'
import { codeOf, refusal } from '../refusal.js'

const [{ phrase: PLAIN }, , { phrase: LOCKED, passphrase: PASSPHRASE }] = TON_VECTORS

describe('phrases of TON', () => {
  test.each(TON_VECTORS)('of the key $publicKey', ({ phrase, passphrase, publicKey }) => {
    const readings = [checkPhrase(phrase), ...checkPhrase(phrase).also]
    expect(readings.map(({ kind }) => kind)).toContain('ton')
    expect(check(phrase)).toMatchObject({ valid: true, needsPassphrase: passphrase !== '' })
    const seed = toSeed(phrase, passphrase)
    expect(hex(ed25519.getPublicKey(seed))).toBe(publicKey)
    expect(phraseSeed(parsePhrase(phrase, 'ton'), passphrase)).toEqual(seed)
  })

  test('are taken in capitals and with any white space', () => {
    expect(toSeed(`\n${PLAIN.toUpperCase().replaceAll(' ', '\t ')}`)).toEqual(toSeed(PLAIN))
  })

  test('are drawn until one fits', () => {
    const made = generateWith('', stream(7).draw)
    expect(check(made)).toMatchObject({ valid: true, needsPassphrase: false })
    expect(generateWith('', stream(8).draw)).not.toBe(made)
  })

  test('made with a passphrase need it', () => {
    const indexes = LOCKED.split(' ').map((word) => LISTS.english.indexOf(word))
    const bits = indexes.map((index) => index.toString(2).padStart(11, '0')).join('')
    const right = Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2))
    const draws = [new Uint8Array(33), right]
    expect(generateWith(PASSPHRASE, () => draws.shift() as Uint8Array)).toBe(LOCKED)
    expect(draws).toEqual([])
  })

  test('tell a passphrase that is missing, wrong or not asked for', () => {
    expect(codeOf(() => toSeed(LOCKED))).toBe('usage')
    expect(codeOf(() => toSeed(LOCKED, 'password'))).toBe('ton-passphrase')
    expect(codeOf(() => toSeed(PLAIN, 'password'))).toBe('usage')
    expect(codeOf(() => toSeed(PLAIN, '\ud800'))).toBe('passphrase-text')
    expect(codeOf(() => generateWith('\ud800', stream(1).draw))).toBe('passphrase-text')
  })

  test('name each word that is not in the list, and another number of them', () => {
    const slip = PLAIN.replace('genius', 'geniuss')
    expect(check(slip).problems).toMatchObject([{ position: 2, code: 'word-unknown' }])
    const error = refusal(() => toSeed(slip))
    expect(error.details).toEqual({ position: 2 })
    expect(error.message).not.toContain('geniuss')
    expect(refusal(() => parsePhrase(slip, 'ton')).details).toEqual({ position: 2 })
    const short = PLAIN.split(' ').slice(1).join(' ')
    expect(codeOf(() => toSeed(short))).toBe('word-count')
    expect(refusal(() => parsePhrase(short, 'ton')).details).toEqual({ words: 23, expected: '24' })
    for (const text of ['a'.repeat(10_001), 'a '.repeat(101)])
      for (const run of [check, toSeed]) expect(codeOf(() => run(text))).toBe('phrase-too-long')
  })

  test('of two words in the wrong order are none', () => {
    const words = PLAIN.split(' ')
    const swapped = [words[1], words[0], ...words.slice(2)].join(' ')
    expect(check(swapped).problems.map(({ code }) => code)).toEqual(['phrase-checksum'])
    for (const run of [toSeed, (text: string) => parsePhrase(text, 'ton')])
      expect(codeOf(() => run(swapped))).toBe('phrase-checksum')
  })
})
