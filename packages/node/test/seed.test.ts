import { hex } from '@cairn/core/bytes.js'
import { LANGUAGES } from '@cairn/core/words/bip39/lists.js'
import { fromEntropy } from '@cairn/core/words/bip39.js'
import { parsePhrase, phraseSeed } from '@cairn/core/words/phrase.js'
import { fastSeed } from '@cairn/node/seed.js'
import { expect, test } from 'vitest'

const PASSPHRASE = 'Ǻ ㍍ガバヴァぱばぐゞ Straße'

test('node:crypto makes the seeds that the core does, in every list', () => {
  for (const language of LANGUAGES) {
    const phrase = parsePhrase(fromEntropy(new Uint8Array(32).fill(0x5a), language), 'bip39')
    for (const passphrase of ['', PASSPHRASE])
      expect(hex(fastSeed(phrase, passphrase))).toBe(hex(phraseSeed(phrase, passphrase)))
  }
})

test('and those of Electrum, and of other kinds', () => {
  const SEGWIT = ' Bitter grass shiver impose acquire brush forget axis eager alone wine  silver'
  for (const phrase of [
    parsePhrase(SEGWIT, 'electrum'),
    parsePhrase('powerful random nobody notice nothing important anyway look away hidden message over'),
  ]) {
    const passphrase = phrase.kind === 'electrum' ? PASSPHRASE : ''
    expect(hex(fastSeed(phrase, passphrase))).toBe(hex(phraseSeed(phrase, passphrase)))
  }
})
