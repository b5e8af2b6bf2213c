/**
 * Monero's own phrase: 24 words for the 32 bytes of the private spend key and a 25th as checksum, in twelve
 * languages; and the 24 words alone that wallets of 2014 gave out, in old English as a rule, without any checksum.
 * src/mnemonics/electrum-words.cpp, https://docs.getmonero.org/mnemonics/
 *
 * Not here: the keys (keys/monero.ts), MyMonero's 13 words, polyseed's 16, and the "seed offset passphrase" of
 * monero-wallet-cli, which hashes with CryptoNight: an offset phrase opens another, empty wallet without it.
 */
import { bytesToNumberLE, numberToBytesLE } from '@noble/curves/utils.js'
import { fail } from '../errors.js'
import { type RandomSource, random } from '../random.js'
import { type CodeCheck, checkCode, codeReadings, decodeCode, encodeCode } from './monero/code.js'
import { LANGUAGES, type MoneroLanguage } from './monero/lists.js'
import type { Reading } from './reading.js'

export type { CodeCheck as MoneroCheck } from './monero/code.js'
export type { MoneroLanguage } from './monero/lists.js'

/** The languages that Monero makes phrases in; old English is only read. */
export const MONERO_LANGUAGES = LANGUAGES.filter((language) => language !== 'english_old')

const FORM = { length: 24, languages: LANGUAGES } as const

/** The order of the group, 2^252 + 27742317777372353535851937790883648493 (RFC 8032, section 5.1). */
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n

/**
 * Everything that is wrong with a phrase of 25 or 24 words.
 * @throws CairnError `phrase-too-long`
 */
export function check(text: string): CodeCheck {
  return checkCode(text, FORM)
}

/** One reading for each list in which the phrase is valid. @throws CairnError `phrase-too-long` */
export function readings(text: string): readonly Reading[] {
  return codeReadings(text, 'monero', FORM)
}

/**
 * The 32 bytes that the words stand for. A wallet reduces them to the private spend key (keys/monero.ts).
 * @param language needed only when two lists fit the words equally well
 * @throws CairnError `phrase-too-long`, `word-count`, `word-unknown`, `phrase-checksum`, `phrase-ambiguous`
 */
export function toEntropy(text: string, language?: MoneroLanguage): Uint8Array {
  return decodeCode(text, FORM, language)
}

/** The 25 words for 32 bytes. @throws CairnError `entropy-length` */
export function fromEntropy(entropy: Uint8Array, language: MoneroLanguage = 'english'): string {
  if (entropy.length !== 32) fail('entropy-length', { bytes: entropy.length, expected: '32' })
  return encodeCode(entropy, language)
}

/** A new phrase. @throws CairnError `random-broken` */
export function generate(language: MoneroLanguage = 'english'): string {
  return generateWith(language, random)
}

/**
 * `generate` with the random bytes of `draw`: 32 of them, reduced by the order of the group, so that the words stand for
 * the private key itself. One draw of 16 is above the largest multiple of the order and drawn again, as Monero does
 * (src/crypto/crypto.cpp, random32_unbiased): every key is as likely as any other.
 */
export function generateWith(language: MoneroLanguage, draw: RandomSource): string {
  for (;;) {
    const number = bytesToNumberLE(draw(32))
    if (number < 15n * ORDER) return fromEntropy(numberToBytesLE(number % ORDER, 32), language)
  }
}
