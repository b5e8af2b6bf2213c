/**
 * `ur:crypto-bip39` (BCR-2020-006 of 2020, CBOR tag 301): the words of a BIP-39 phrase and their language. Since
 * withdrawn in favour of `ur:seed`, and still written by Keystone and read by others.
 */
import { fail } from '../../errors.js'
import type { Language } from '../bip39.js'
import type { Ur } from '../ur.js'
import { isList, isMap } from './cbor.js'

const WORDS = 1
const LANGUAGE = 2
const MAX_WORDS = 24

/** ISO 639-1, with the script where a language has two lists. */
const CODES: Readonly<Record<Language, string>> = {
  english: 'en',
  spanish: 'es',
  french: 'fr',
  italian: 'it',
  portuguese: 'pt',
  czech: 'cs',
  japanese: 'ja',
  korean: 'ko',
  chinese_simplified: 'zh-Hans',
  chinese_traditional: 'zh-Hant',
  russian: 'ru',
  turkish: 'tr',
}

/**
 * The words with spaces between them, not checked: they say themselves which list they are from.
 * @throws CairnError `ur-invalid`
 */
export function parseBip39({ type, item }: Ur): string {
  const words = isMap(item) ? item.get(WORDS) : undefined
  const isPhrase = type === 'crypto-bip39' && isList(words) && words.length <= MAX_WORDS
  if (!isPhrase || !words.every((word): word is string => typeof word === 'string' && /^\S+$/.test(word)))
    return fail('ur-invalid', { reason: 'it holds no BIP-39 words' })
  return words.join(' ')
}

export function makeBip39(phrase: string, language: Language = 'english'): Ur {
  const words = phrase.trim().split(/\s+/)
  return {
    type: 'crypto-bip39',
    item: new Map<number, readonly string[] | string>([
      [WORDS, words],
      [LANGUAGE, CODES[language]],
    ]),
  }
}
