/** The row of Seed XOR: phrases of their own, all of which are needed, and nothing in them that tells of the others. */
import { hex } from '../../bytes.js'
import { CairnError, fail } from '../../errors.js'
import { fromEntropy, toEntropy } from '../bip39.js'
import { type Reading, reading } from '../reading.js'
import { checkPart, combine, splitWith } from '../seedxor.js'
import type { Draw } from '../shamir/sharing.js'
import type { RecoveryState, Scheme, ShareFacts, SplitOptions } from './scheme.js'

export const SEEDXOR: Scheme = {
  name: 'seedxor',
  title: 'Seed XOR',
  secretIs: 'entropy',
  tells: { set: false, missing: false, mixed: false, passphrase: 'none' },
  readings,
  facts,
  state,
  combine: (texts) => toEntropy(combined(texts), 'english'),
  split: (secret, plan, draw) => [partsOf(phraseOf(secret), plan, draw)],
  refresh: (texts, plan, draw) => [partsOf(combined(texts), plan, draw)],
}

const LENGTHS = [16, 24, 32]

function readings(text: string): readonly Reading[] {
  const { language, words, problems } = checkPart(text)
  return language === null ? [] : [reading('bip39', { language, words, problems })]
}

function facts(text: string, position: number): ShareFacts {
  const nothing = { set: null, group: null, groups: null, groupsNeed: null, member: null, need: null }
  return { scheme: 'seedxor', ...nothing, bytes: entropyOf(text, position).length }
}

function state(texts: readonly string[]): Omit<RecoveryState, 'scheme' | 'set'> {
  const parts = distinct(texts).length
  const complete = parts >= 2
  const have = Array.from({ length: parts }, (_, i) => i + 1)
  const missing = complete
    ? ''
    : 'all parts are needed, at least 2, and 1 is there; nothing in it tells how many there are'
  return { groups: [{ group: 1, have, need: null, complete }], need: 1, complete, missing }
}

function combined(texts: readonly string[]): string {
  const { complete, missing } = state(texts)
  return complete ? combine(distinct(texts)) : fail('share-missing', { missing })
}

/**
 * The parts without repetitions: one that is given twice would take itself out again. Entropy of nothing but zeros or
 * ones is no part that was drawn: Coldcard's test vectors are made of it, and there each one counts.
 */
function distinct(texts: readonly string[]): readonly string[] {
  const parts = texts.map((text, i) => ({ text, entropy: entropyOf(text, i + 1) }))
  return [
    ...new Map(parts.map(({ text, entropy }, i) => [isPlain(entropy) ? i : hex(entropy), text])).values(),
  ]
}

function isPlain([first, ...others]: Uint8Array): boolean {
  return (first === 0 || first === 0xff) && others.every((byte) => byte === first)
}

function entropyOf(text: string, position: number): Uint8Array {
  try {
    return toEntropy(text, 'english')
  } catch (error) {
    if (!(error instanceof CairnError)) throw error
    return fail('seedxor-part', { part: position, reason: error.message })
  }
}

function partsOf(phrase: string, { groups }: SplitOptions, draw: Draw): readonly string[] {
  const [only, ...others] = groups
  if (!only || others.length > 0) return fail('share-plan', { reason: 'there are no groups in Seed XOR' })
  if (only.threshold !== only.count) fail('share-plan', { reason: 'in Seed XOR all parts are needed' })
  return splitWith(phrase, only.count, draw)
}

function phraseOf(secret: Uint8Array): string {
  if (!LENGTHS.includes(secret.length))
    fail('entropy-length', { bytes: secret.length, expected: '16, 24 or 32' })
  return fromEntropy(secret)
}
