/** A phrase of every kind and list that has a sheet, made of bytes that are the same in every run. */
import { makeWith as makeAezeed } from '../../src/words/aezeed.js'
import { fromEntropy as algorand } from '../../src/words/algorand.js'
import { LANGUAGES } from '../../src/words/bip39/lists.js'
import { fromEntropy as bip39 } from '../../src/words/bip39.js'
import { fromEntropy as bytewords } from '../../src/words/bytewords-seed.js'
import { fromHexSeed } from '../../src/words/electrum-old.js'
import { LANGUAGES as MONERO } from '../../src/words/monero/lists.js'
import { fromEntropy as monero } from '../../src/words/monero.js'
import { fromEntropy as mymonero } from '../../src/words/mymonero.js'
import { LANGUAGES as POLYSEED } from '../../src/words/polyseed/lists.js'
import { generateWith as generatePolyseed } from '../../src/words/polyseed.js'
import type { PhraseKind } from '../../src/words/reading.js'
import { generateWith as generateTon } from '../../src/words/ton.js'
import { stream } from '../draws.js'

export interface Sample {
  readonly kind: PhraseKind
  readonly language: string | null
  readonly text: string
}

const bytes = (length: number, seed = 1) => stream(seed).draw(length)

export const PHRASES: readonly Sample[] = [
  ...LANGUAGES.map((language) => ({ kind: 'bip39' as const, language, text: bip39(bytes(32), language) })),
  ...MONERO.map((language) => ({ kind: 'monero' as const, language, text: monero(bytes(32), language) })),
  ...POLYSEED.map((language) => ({
    kind: 'polyseed' as const,
    language,
    text: generatePolyseed({ language, now: 1_700_000_000 }, stream(1).draw),
  })),
  { kind: 'bip39', language: 'english', text: bip39(bytes(16)) },
  { kind: 'mymonero', language: 'english', text: mymonero(bytes(16)) },
  { kind: 'electrum-old', language: null, text: fromHexSeed('acb740e454c3134901d7c8f16497cc1c') },
  { kind: 'bytewords', language: null, text: bytewords(bytes(16)) },
  { kind: 'algorand', language: 'english', text: algorand(bytes(32)) },
  // Electrum 4.3, tests/test_mnemonic.py: a seed of the kind segwit
  {
    kind: 'electrum',
    language: 'english',
    text: 'wild father tree among universe such mobile favorite target dynamic credit identify',
  },
  {
    kind: 'aezeed',
    language: 'english',
    text: makeAezeed({ now: Date.UTC(2026, 0), passphrase: '' }, stream(1).draw),
  },
  { kind: 'ton', language: null, text: generateTon('', stream(1).draw) },
]
