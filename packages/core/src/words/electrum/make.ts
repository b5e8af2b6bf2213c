/**
 * New Electrum seeds: electrum/mnemonic.py, make_seed. A number of 132 bits is counted on until the words for it have
 * the version of the wanted kind and are no other kind of seed by chance.
 */
import { fail } from '../../errors.js'
import type { RandomSource } from '../../random.js'
import { LISTS } from '../bip39/lists.js'
import { toEntropy } from '../bip39.js'
import { type ElectrumLanguage, type ElectrumSeedType, seedType } from '../electrum.js'
import { check as checkOld } from '../electrum-old.js'

export interface ElectrumSeedPlan {
  readonly type: Extract<ElectrumSeedType, 'standard' | 'segwit'>
  readonly language: ElectrumLanguage
}

const WORDS = 12
/** Of the lists with 2048 words, 11 bits a word: Electrum's "num_bits". */
const BITS = 132
const BYTES = 17

/** How many seeds have the version: 1 in 256 or 4096. So many tries fail once in 2^64 for a generator that works. */
const MOST_TRIES = 200_000

/** Twelve words from the random bytes of `draw`: 17 at a time, seldom more than once. @throws CairnError `random-broken` */
export function makeSeedWith({ type, language }: ElectrumSeedPlan, draw: RandomSource): string {
  let value = drawNumber(draw)
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    value += 1n
    const words = encode(value, LISTS[language])
    if (isSeedOf(words, type, language)) return words
  }
  return fail('random-broken')
}

/** "try again if seed would not contain enough words" */
function drawNumber(draw: RandomSource): bigint {
  for (let tries = 0; tries < 256; tries++) {
    const value =
      draw(BYTES).reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n) & ((1n << BigInt(BITS)) - 1n)
    if (value >= 1n << BigInt(BITS - 11)) return value
  }
  return fail('random-broken')
}

/** mnemonic_encode: base 2048, the lowest digit first. */
function encode(value: bigint, list: readonly string[]): string {
  const words: string[] = []
  for (let rest = value; rest > 0n; rest >>= 11n) words.push(list[Number(rest & 2047n)] as string)
  return words.join(' ')
}

/** "Make sure the mnemonic we generate is not also a valid bip39 seed by accident" */
function isSeedOf(words: string, type: ElectrumSeedType, language: ElectrumLanguage): boolean {
  if (seedType(words) !== type || words.split(' ').length !== WORDS) return false
  return !checkOld(words).valid && !isBip39(words, language)
}

function isBip39(words: string, language: ElectrumLanguage): boolean {
  try {
    toEntropy(words, language)
    return true
  } catch {
    return false
  }
}
