/** A phrase as UR: its words, or the entropy behind them. Only those of BIP-39 have one. */
import { fail } from '../../errors.js'
import { type Language, toEntropy } from '../../words/bip39.js'
import { checkPhrase } from '../../words/check.js'
import { titleOf } from '../../words/kinds.js'
import { parsePhrase } from '../../words/phrase.js'
import type { PhraseKind } from '../../words/reading.js'
import { splitWords } from '../../words/text.js'
import { makeBip39 } from '../../words/ur/bip39.js'
import { makeSeed } from '../../words/ur/seed.js'
import { sheetLanguage } from '../languages.js'
import { passphraseFacts } from '../passphrase.js'
import type { Held, SecretType, UrContent } from './types.js'

/** @throws CairnError what reading a phrase throws; `usage` for one that has no such UR */
export function ofPhrase(text: string, content: UrContent & { readonly type: SecretType }): Held {
  const { type } = content
  const phrase = phraseOf(text)
  const words = splitWords(phrase.text)
  const { language } = phrase
  if (type !== 'crypto-bip39' && language !== 'english')
    fail('usage', {
      reason: `ur:${type} holds no words, and all read it as English ones, which open another wallet: --type crypto-bip39`,
    })
  const { passphrase, fingerprint } = passphraseFacts(phrase, content)
  return {
    ur:
      type === 'crypto-bip39'
        ? makeBip39(words.join(' '), language)
        : makeSeed({ payload: toEntropy(phrase.text, language) }, type),
    holding: {
      what: 'phrase',
      words: words.length,
      language: sheetLanguage(language).name,
      passphrase,
    },
    fingerprints: fingerprint === null ? [] : [fingerprint],
  }
}

/** A BIP-39 phrase and its one language. @throws CairnError what reading a phrase throws; `usage` for others */
export function phraseOf(text: string) {
  const { kind } = checkPhrase(text)
  if (kind === 'slip39' || kind === 'codex32' || kind === 'sskr')
    return fail('usage', {
      reason: 'this is a share: --type sskr for shares of SSKR, cairn sheet share for others',
    })
  const phrase = parsePhrase(text)
  if (phrase.kind === 'bip39') {
    const [language, ...others] = phrase.languages as readonly [Language, ...Language[]]
    if (others.length > 0) fail('phrase-ambiguous', { languages: [language, ...others].join(' and ') })
    return { ...phrase, language }
  }
  return fail('usage', {
    reason: `URs are made of BIP-39 phrases, and this is another kind (${titleOf(kind as PhraseKind)}): cairn sheet phrase`,
  })
}
