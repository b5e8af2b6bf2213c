/**
 * The same secret in another form. Forms of one wallet: words of BIP-39, SeedQR, CompactSeedQR, Bytewords, `ur:seed`,
 * entropy. Words of another list hold the same entropy and open another wallet, since BIP-39 makes its seed of the
 * words themselves; a Monero phrase opens the same wallet in every language.
 */
import { hex, wipe } from '../bytes.js'
import { fail } from '../errors.js'
import { fromEntropy, LANGUAGES, type Language, toEntropy } from './bip39.js'
import { fromEntropy as toBytewords } from './bytewords-seed.js'
import { checkPhrase, type PhraseKind } from './check.js'
import { MONERO_LANGUAGES, fromEntropy as toMonero } from './monero.js'
import { parsePhrase } from './phrase.js'
import { parseCompactHex, encode as toSeedQr } from './seedqr.js'
import { makeSeed } from './ur/seed.js'
import { formatUr } from './ur.js'

export const FORMS = ['bip39', 'entropy', 'seedqr', 'compact-seedqr', 'bytewords', 'ur', 'monero'] as const
export type Form = (typeof FORMS)[number]

export interface Conversion {
  readonly to: Form
  /** Of the words that come out; that of the words that go in unless said. */
  readonly language?: string
  /** How to read what goes in; found out unless said. `entropy`: hexadecimal, also as of a CompactSeedQR. */
  readonly from?: PhraseKind | 'entropy'
  /** Of the words that go in, where they are valid in two lists. */
  readonly fromLanguage?: Language
}

export interface Converted {
  /** A secret. */
  readonly text: string
  /** What comes out opens the wallet that what went in opens. */
  readonly sameWallet: boolean
}

interface Source {
  readonly family: 'bip39' | 'monero'
  readonly entropy: Uint8Array
  readonly language: string
}

/**
 * The secret of a text in another form.
 * @throws CairnError what reading the text throws; `convert-impossible` where the secret has no such form;
 * `entropy-length`, `phrase-ambiguous`
 */
export function convert(text: string, options: Conversion): Converted {
  const { to, language } = options
  const source = readSource(text, options)
  const wanted = language ?? source.language
  if ((source.family === 'monero') !== (to === 'monero') && to !== 'entropy')
    fail('convert-impossible', { from: source.family, to })
  // SeedQR and CompactSeedQR are read as English words, and so is entropy in other dress.
  const sameWallet = source.family === 'monero' || (to === 'bip39' ? wanted : 'english') === source.language
  const converted = { text: write(source.entropy, { to, language: wanted }), sameWallet }
  wipe(source.entropy)
  return converted
}

function readSource(text: string, { from, fromLanguage }: Conversion): Source {
  if (from === 'entropy') return { family: 'bip39', entropy: parseCompactHex(text), language: 'english' }
  const phrase = parsePhrase(text, from)
  const language = checkPhrase(text).language ?? 'english'
  if (phrase.kind === 'bip39') {
    const entropy = toEntropy(phrase.text, fromLanguage)
    return { family: 'bip39', entropy, language: fromLanguage ?? phrase.languages[0] ?? language }
  }
  if (phrase.kind === 'monero') return { family: 'monero', entropy: phrase.entropy, language }
  return fail('convert-impossible', { from: phrase.kind, to: 'another form' })
}

function write(entropy: Uint8Array, { to, language }: { to: Form; language: string }): string {
  switch (to) {
    case 'bip39':
      return fromEntropy(entropy, LANGUAGES.find((list) => list === language) ?? noList(language))
    case 'monero':
      return toMonero(entropy, MONERO_LANGUAGES.find((list) => list === language) ?? noList(language))
    case 'entropy':
    case 'compact-seedqr':
      return hex(entropy)
    case 'seedqr':
      return toSeedQr(fromEntropy(entropy))
    case 'bytewords':
      return toBytewords(entropy)
    case 'ur':
      return formatUr(makeSeed({ payload: entropy }, 'crypto-seed'))
  }
}

function noList(language: string): never {
  return fail('usage', { reason: `there is no such word list: ${language.replace(/[^a-z_]/g, '')}` })
}
