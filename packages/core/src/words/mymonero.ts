/**
 * The phrases that MyMonero made until 2022: 12 words for 16 bytes and a 13th as checksum, from the lists and by the
 * code of Monero, but another way to the keys (keys/monero.ts, `myMoneroKeys`). Monero's own wallets refuse them.
 * mymonero-core-cpp, src/monero_wallet_utils.cpp; https://github.com/moneroexamples/mymonero-keys
 *
 * The 12 words alone are read too, as other programs take them. Only read: MyMonero itself makes 25 words today.
 * Not in old English, in which it gave out no 13 words: every Electrum seed of before 2.0 would be one.
 */

import { fail } from '../errors.js'
import { type CodeCheck, checkCode, codeReadings, decodeCode, encodeCode } from './monero/code.js'
import type { MoneroLanguage } from './monero/lists.js'
import { MONERO_LANGUAGES } from './monero.js'
import type { Reading } from './reading.js'

const FORM = { length: 12, languages: MONERO_LANGUAGES } as const

/**
 * Everything that is wrong with a phrase of 13 or 12 words.
 * @throws CairnError `phrase-too-long`
 */
export function check(text: string): CodeCheck {
  return checkCode(text, FORM)
}

/** One reading for each list in which the phrase is valid. @throws CairnError `phrase-too-long` */
export function readings(text: string): readonly Reading[] {
  return codeReadings(text, 'mymonero', FORM)
}

/**
 * The 16 bytes that the words stand for.
 * @param language needed only when two lists fit the words equally well
 * @throws CairnError `phrase-too-long`, `word-count`, `word-unknown`, `phrase-checksum`, `phrase-ambiguous`
 */
export function toEntropy(text: string, language?: MoneroLanguage): Uint8Array {
  return decodeCode(text, FORM, language)
}

/** The 13 words for 16 bytes. @throws CairnError `entropy-length` */
export function fromEntropy(entropy: Uint8Array, language: MoneroLanguage = 'english'): string {
  if (entropy.length !== 16) fail('entropy-length', { bytes: entropy.length, expected: '16' })
  return encodeCode(entropy, language)
}
