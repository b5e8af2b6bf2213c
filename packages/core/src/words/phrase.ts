/**
 * A text of words as the one thing it means, and the seed of it. `check.ts` says what is wrong with a text; this
 * reads a right one.
 */
import { fail } from '../errors.js'
import { decode as decodeAezeed, parse as parseAezeed } from './aezeed.js'
import { toEntropy as toAlgorandEntropy } from './algorand.js'
import { fromEntropy, type Language, languagesOf, toSeedUnchecked as toBip39Seed } from './bip39.js'
import { toEntropy as bytewordsEntropy } from './bytewords-seed.js'
import { checkPhrase, type PhraseKind } from './check.js'
import { type Codex32, combineShares as combineCodex32, parse as parseCodex32 } from './codex32.js'
import { check as checkElectrum, type ElectrumSeedType, toSeed as toElectrumSeed } from './electrum.js'
import { stretchOldSeed, toHexSeed } from './electrum-old.js'
import { toEntropy as toMoneroEntropy } from './monero.js'
import { toEntropy as toMyMoneroEntropy } from './mymonero.js'
import type { Stretch } from './pbkdf2.js'
import { type Polyseed, parsePolyseed, toKey as toPolyseedKey } from './polyseed.js'
import { decode as decodeSeedQr } from './seedqr.js'
import { combineShares, parseShare, type Share } from './slip39.js'
import { combine as combineSskr } from './sskr.js'
import { splitWords } from './text.js'
import { check as checkTon, toSeed as toTonSeed } from './ton.js'
import { toPhrase } from './ur-phrase.js'

export type Phrase =
  | { readonly kind: 'bip39'; readonly text: string; readonly languages: readonly Language[] }
  | { readonly kind: 'slip39'; readonly share: Share }
  | { readonly kind: 'electrum'; readonly text: string; readonly seedType: ElectrumSeedType }
  | { readonly kind: 'electrum-old'; readonly hexSeed: string }
  | { readonly kind: 'aezeed'; readonly text: string }
  | { readonly kind: 'codex32'; readonly share: Codex32 }
  /** 32 bytes of Monero and Algorand, 16 of MyMonero. */
  | { readonly kind: 'monero' | 'mymonero' | 'algorand'; readonly entropy: Uint8Array }
  | { readonly kind: 'polyseed'; readonly seed: Polyseed }
  | { readonly kind: 'ton'; readonly text: string }

/**
 * Reads a phrase as the kind that is named, or as the one that `checkPhrase` puts first.
 * @throws CairnError `phrase-too-long`, `phrase-unreadable`, or what reading that kind throws; `share-missing` for one SSKR share
 * of several
 */
export function parsePhrase(text: string, kind?: PhraseKind): Phrase {
  switch (kind ?? checkPhrase(text).kind) {
    case 'bip39':
      return { kind: 'bip39', text, languages: languagesOf(text) }
    case 'slip39':
      return { kind: 'slip39', share: parseShare(text) }
    case 'electrum':
      return { kind: 'electrum', text, seedType: electrumSeedType(text) }
    case 'electrum-old':
      return { kind: 'electrum-old', hexSeed: toHexSeed(text) }
    case 'aezeed':
      parseAezeed(text)
      return { kind: 'aezeed', text }
    case 'sskr':
      return bip39Phrase(fromEntropy(combineSskr([text])))
    case 'bytewords':
      return bip39Phrase(fromEntropy(bytewordsEntropy(text)))
    case 'ur':
      return bip39Phrase(toPhrase(text))
    case 'monero':
      return { kind: 'monero', entropy: toMoneroEntropy(text) }
    case 'mymonero':
      return { kind: 'mymonero', entropy: toMyMoneroEntropy(text) }
    case 'codex32':
      return { kind: 'codex32', share: parseCodex32(text) }
    case 'algorand':
      return { kind: 'algorand', entropy: toAlgorandEntropy(text) }
    case 'seedqr':
      return bip39Phrase(decodeSeedQr(text))
    case 'polyseed':
      return { kind: 'polyseed', seed: parsePolyseed(text) }
    case 'ton':
      return { kind: 'ton', text: tonText(text) }
    case 'unknown':
      return fail('phrase-unreadable')
  }
}

/**
 * What the wallet of a phrase is made from: the BIP-32 seed (64 bytes; of a SLIP-39 share its master secret, of
 * an aezeed phrase 16 bytes), of an Electrum seed from before 2.0 the 32 bytes of its master private key, of phrases of
 * Monero and Algorand the bytes that the words stand for, of polyseed and TON 32 bytes made of them.
 * @throws CairnError `share-missing` for one share of several; `passphrase-text`, `share-passphrase`;
 * `aezeed-passphrase`, `ton-passphrase` for a wrong one; `usage` for a passphrase with a seed that takes none
 */
export function phraseSeed(phrase: Phrase, passphrase = '', stretch: Stretch = {}): Uint8Array {
  switch (phrase.kind) {
    case 'bip39':
      return toBip39Seed(phrase.text, passphrase, stretch.sha512)
    case 'slip39':
      return combineShares([phrase.share], passphrase, stretch.sha256)
    case 'electrum':
      return toElectrumSeed(phrase.text, passphrase, stretch.sha512)
    case 'electrum-old':
      refusePassphrase(passphrase, 'an Electrum seed from before 2.0')
      return stretchOldSeed(phrase.hexSeed)
    case 'aezeed':
      return decodeAezeed(phrase.text, passphrase).entropy
    case 'monero':
    case 'mymonero':
    case 'algorand':
      refusePassphrase(passphrase, 'a phrase of Monero or Algorand')
      return phrase.entropy.slice()
    case 'polyseed':
      return toPolyseedKey(phrase.seed, passphrase)
    case 'ton':
      return toTonSeed(phrase.text, passphrase)
    case 'codex32':
      refusePassphrase(passphrase, 'a codex32 string')
      return combineCodex32([phrase.share])
  }
}

/** What is entropy in another dress leads to the wallet of its BIP-39 words. */
function bip39Phrase(text: string): Phrase {
  return { kind: 'bip39', text, languages: languagesOf(text) }
}

// BIP-93: what a codex32 string holds is a BIP-32 master seed.
const MASTER_KEY_KINDS: readonly string[] = ['bip39', 'slip39', 'electrum', 'aezeed', 'codex32']

/** Whether `phraseSeed` is the seed of a BIP-32 tree, so that the wallet has a master key and a fingerprint. */
export function hasMasterKey({ kind }: Phrase): boolean {
  return MASTER_KEY_KINDS.includes(kind)
}

function refusePassphrase(passphrase: string, what: string): void {
  if (passphrase !== '') fail('usage', { reason: `${what} takes no passphrase` })
}

/** A phrase that has one problem at least is refused with the first. */
function tonText(text: string): string {
  const [first] = checkTon(text).problems
  if (!first) return text
  if (first.code === 'word-count')
    return fail('word-count', { words: splitWords(text).length, expected: '24' })
  return fail(first.code, first.position === null ? {} : { position: first.position })
}

function electrumSeedType(text: string): ElectrumSeedType {
  const { problems, seedType } = checkElectrum(text)
  const place = problems.find(({ position }) => position !== null)?.position
  if (place) return fail('word-unknown', { position: place })
  return seedType ?? fail('phrase-checksum')
}
