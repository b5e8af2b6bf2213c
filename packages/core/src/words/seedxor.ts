/**
 * Seed XOR, Coldcard's way to split a BIP-39 phrase of 12, 18 or 24 words into parts that are BIP-39 phrases too: the
 * entropies of all parts, added bit by bit, are the entropy of the phrase. Of the English list, as Coldcard has it.
 * https://github.com/Coldcard/firmware/blob/master/docs/seed-xor.md, https://seedxor.com
 *
 * All parts are needed, in any order. Nothing tells a part from a phrase of its own, nor how many parts there are,
 * so a part that is missing gives another phrase and no error: compare the fingerprint, or the last word of the
 * phrase when it was kept. Which is why `check.ts` does not recognise a part; it is right to call it BIP-39.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { concat, utf8, wipe } from '../bytes.js'
import { CairnError, fail } from '../errors.js'
import { type RandomSource, random } from '../random.js'
import { type Bip39Check, check, fromEntropy, toEntropy } from './bip39.js'
import { problem } from './problem.js'

/** Words of a phrase and of each of its parts. */
const LENGTHS = [12, 18, 24]
const MAX_PARTS = 16

/**
 * What is wrong with one part, without the others: a valid BIP-39 phrase of one of the lengths is intact.
 * @throws CairnError `phrase-too-long`
 */
export function checkPart(text: string): Bip39Check {
  const found = check(text)
  if (found.problems.length > 0) return found
  const problems = LENGTHS.includes(found.words) ? [] : [problem('word-count')]
  if (!found.languages.includes('english')) problems.push(problem('seedxor-language'))
  return { ...found, valid: problems.length === 0, problems }
}

/**
 * The phrase of all its parts, 2 to 16.
 * @throws CairnError `seedxor-part` for a part that is no phrase, naming it and what is wrong by place;
 * `seedxor-lengths` for parts of different lengths, `seedxor-plan` for too few or too many
 */
export function combine(parts: readonly string[]): string {
  checkCount(parts.length)
  const entropies = parts.map((part, i) => entropyOfPart(part, i + 1))
  const other = entropies.findIndex((entropy) => entropy.length !== entropies[0]?.length)
  if (other > 0) fail('seedxor-lengths', { part: other + 1 })
  const entropy = added(entropies)
  const phrase = fromEntropy(entropy)
  wipe(entropy, ...entropies)
  return phrase
}

/**
 * Random parts of a phrase, 2 to 16; a Coldcard makes up to 4, and puts together any number.
 * @throws CairnError `word-count`, `word-unknown`, `phrase-checksum`, `phrase-too-long`; `seedxor-plan`, `random-broken`
 */
export function split(phrase: string, count: number): readonly string[] {
  return splitWith(phrase, count, random)
}

/** `split` with the random bytes of `draw`: as many as the entropy has for every part but the last. */
export function splitWith(phrase: string, count: number, draw: RandomSource): readonly string[] {
  return splitBy(phrase, count, (entropy) => draw(entropy.length))
}

/**
 * The same parts each time, those that a Coldcard makes of this phrase unless told to draw: they can be written down
 * again, and whoever holds all parts can tell that they were made so.
 * @throws CairnError as `split`
 */
export function splitAgain(phrase: string, count: number): readonly string[] {
  // shared/xor_seed.py: sha256d(b'Batshitoshi ' + raw_secret + b'%d of %d parts' % (i, num_parts))
  return splitBy(phrase, count, (entropy, i) => {
    const once = sha256(concat(utf8('Batshitoshi '), entropy, utf8(`${i} of ${count} parts`)))
    return sha256(once).slice(0, entropy.length)
  })
}

/** All parts but the last from `part`; the last is what is missing to the entropy. */
function splitBy(
  phrase: string,
  count: number,
  part: (entropy: Uint8Array, index: number) => Uint8Array,
): readonly string[] {
  checkCount(count)
  const entropy = entropyOf(phrase)
  const parts = Array.from({ length: count - 1 }, (_, i) => part(entropy, i))
  const all = [...parts, added([entropy, ...parts])]
  const phrases = all.map((bytes) => fromEntropy(bytes))
  wipe(entropy, ...all)
  return phrases
}

function added(entropies: readonly Uint8Array[]): Uint8Array {
  const sum = new Uint8Array(entropies[0]?.length ?? 0)
  for (const entropy of entropies)
    for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) ^ (entropy[i] as number)
  return sum
}

function entropyOf(phrase: string): Uint8Array {
  const entropy = toEntropy(phrase, 'english')
  const words = (entropy.length / 4) * 3
  return LENGTHS.includes(words) ? entropy : fail('word-count', { words, expected: '12, 18 or 24' })
}

function entropyOfPart(part: string, number: number): Uint8Array {
  try {
    return entropyOf(part)
  } catch (error) {
    if (!(error instanceof CairnError)) throw error
    return fail('seedxor-part', { part: number, reason: error.message })
  }
}

function checkCount(count: number): void {
  if (!Number.isInteger(count) || count < 2 || count > MAX_PARTS) fail('seedxor-plan', { most: MAX_PARTS })
}
