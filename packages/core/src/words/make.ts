/**
 * Kinds of phrase that Cairn makes new, one row each. The random bytes come in as `draw`, so that dice can be mixed
 * into them (`entropy.ts`).
 */
import type { RandomSource } from '../random.js'
import { makeWith as makeAezeedWith } from './aezeed.js'
import { generateWith as makeAlgorandWith } from './algorand.js'
import { fromEntropy, STANDARD_LANGUAGES, type StandardLanguage } from './bip39.js'
import { makeSeedWith } from './electrum/make.js'
import type { ElectrumLanguage } from './electrum.js'
import { MONERO_LANGUAGES, type MoneroLanguage, generateWith as makeMoneroWith } from './monero.js'

import { generateWith as makePolyseedWith } from './polyseed.js'
import { generateWith as makeTonWith } from './ton.js'

export interface NewPhrase {
  readonly words: number
  readonly language: string
  /** For kinds that write down when the wallet was born: milliseconds since 1970. */
  readonly now: number
}

export interface Maker {
  readonly kind: 'bip39' | 'electrum' | 'aezeed' | 'monero' | 'algorand' | 'polyseed' | 'ton'
  /** Numbers of words, the usual one first. */
  readonly words: readonly number[]
  readonly languages: readonly string[]
  /** How many random bytes a phrase of so many words is made from. */
  bytes(words: number): number
  /** @throws CairnError `random-broken` */
  makeWith(plan: NewPhrase, draw: RandomSource): string
}

export const MAKERS: readonly Maker[] = [
  {
    kind: 'bip39',
    words: [24, 12, 15, 18, 21],
    languages: STANDARD_LANGUAGES,
    bytes: (words) => (words / 3) * 4,
    makeWith: ({ words, language }, draw) => fromEntropy(draw((words / 3) * 4), language as StandardLanguage),
  },
  {
    kind: 'electrum',
    words: [12],
    languages: ['english', 'spanish', 'japanese', 'chinese_simplified'],
    bytes: () => 17,
    makeWith: ({ language }, draw) =>
      makeSeedWith({ type: 'segwit', language: language as ElectrumLanguage }, draw),
  },
  {
    kind: 'aezeed',
    words: [24],
    languages: ['english'],
    bytes: () => 16,
    makeWith: ({ now }, draw) => makeAezeedWith({ now, passphrase: '' }, draw),
  },
  {
    kind: 'monero',
    words: [25],
    languages: MONERO_LANGUAGES,
    bytes: () => 32,
    makeWith: ({ language }, draw) => makeMoneroWith(language as MoneroLanguage, draw),
  },
  {
    kind: 'algorand',
    words: [25],
    languages: ['english'],
    bytes: () => 32,
    makeWith: (_, draw) => makeAlgorandWith(draw),
  },
  {
    kind: 'polyseed',
    words: [16],
    languages: STANDARD_LANGUAGES,
    bytes: () => 19,
    makeWith: ({ language, now }, draw) =>
      makePolyseedWith({ language: language as StandardLanguage, now: Math.floor(now / 1000) }, draw),
  },
  {
    kind: 'ton',
    words: [24],
    languages: ['english'],
    bytes: () => 33,
    makeWith: (_, draw) => makeTonWith('', draw),
  },
]
