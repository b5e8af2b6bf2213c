/**
 * codex32, BIP-93: the seed of BIP-32 in 48 to 127 characters that can be checked, corrected and shared by hand.
 * https://github.com/bitcoin/bips/blob/master/bip-0093.mediawiki
 *
 * A string of up to 96 characters has 13 characters of checksum, a longer one 15. The checksum finds up to 8 wrong
 * characters for sure; `correct` proposes what they were where the code allows it, for a person to confirm.
 *
 * Not here: the entropy of a BIP-39 phrase, which the BIP does not encode ("Not BIP-0039 Entropy"): seed and phrase
 * do not lead to each other. There is no passphrase. Prefixes of other applications than "ms" are not read.
 */
import { fail } from '../errors.js'
import { random } from '../random.js'
import { correct } from './codex32/correct.js'
import { elementOf } from './codex32/field.js'
import { distinct, recovery } from './codex32/recovery.js'
import { type Draw, INDEXES, identifierOf, interpolate, recoverSecret, shareOut } from './codex32/shares.js'
import {
  bytesOf,
  type Codex32,
  format,
  MAX_SEED_BYTES,
  MIN_SEED_BYTES,
  parse,
  payloadOf,
  problemsOf,
  SECRET_INDEX,
} from './codex32/string.js'
import type { Problem } from './problem.js'
import type { Reading } from './reading.js'
import { countWords } from './text.js'

export { type CharacterChange, type Correction, correct } from './codex32/correct.js'
export { type Codex32Recovery, recovery } from './codex32/recovery.js'
export { type Codex32, format, parse } from './codex32/string.js'

export interface SplitPlan {
  /** 16 to 64 bytes: the seed of BIP-32. */
  readonly seed: Uint8Array
  /** How many shares give it back: 2 to 9. */
  readonly threshold: number
  /** How many shares to make: the threshold to 31. */
  readonly count: number
  /** 4 bech32 characters that tell this set from others; drawn when absent. */
  readonly identifier?: string
}

/** A threshold of 0 and a count of 1 make one string, which is the secret itself. */
export interface MakePlan extends Omit<SplitPlan, 'seed'> {
  /** 16 to 64. */
  readonly bytes: number
}

export interface Codex32Check {
  readonly valid: boolean
  /** What the string says of its place, when it is valid; holds nothing of the secret. */
  readonly place: Pick<Codex32, 'threshold' | 'identifier' | 'index'> | null
  /** Of the seed; null when the string is not valid. */
  readonly bytes: number | null
  /** By the place of the character, from 1, spaces not counted. */
  readonly problems: readonly Problem[]
}

/**
 * Everything that is wrong with one string, without the others of its set. Where the checksum is wrong and a
 * correction exists, it points at each character that would change.
 * @throws CairnError `phrase-too-long`
 */
export function checkShare(text: string): Codex32Check {
  const problems = problemsOf(text)
  if (problems.length > 0)
    return { valid: false, place: null, bytes: null, problems: pointed(text, problems) }
  const { threshold, identifier, index, payload } = parse(text)
  const bytes = bytesOf(payload).length
  return { valid: true, place: { threshold, identifier, index }, bytes, problems: [] }
}

/** Its groups count as words; none for a text that does not begin with "ms1". @throws CairnError `phrase-too-long` */
export function readings(text: string): readonly Reading[] {
  const { problems } = checkShare(text)
  if (problems.some(({ code }) => code === 'codex32-prefix')) return []
  const words = countWords(text)
  const length = problems.some(({ code }) => code === 'codex32-length') ? 'wrong' : 'right'
  return [{ kind: 'codex32', language: null, words, known: words, length, problems }]
}

/**
 * The shares of a seed, in small letters.
 * @throws CairnError `codex32-plan`, `entropy-length`, `random-broken`
 */
export function split(plan: SplitPlan): readonly string[] {
  return splitWith(plan, random)
}

/** `split` with the random bytes of `draw`: 4 for an identifier that is not given, then those of the payloads. */
export function splitWith(plan: SplitPlan, draw: Draw): readonly string[] {
  const { seed, threshold, count } = plan
  checkSeedBytes(seed.length)
  if (!within(threshold, 2, 9)) refuse('the threshold is not 2 to 9')
  if (!within(count, threshold, INDEXES.length))
    refuse(`there must be ${threshold} to ${INDEXES.length} shares`)
  const secret = secretOf(seed, threshold, plan.identifier ?? identifierOf(draw(4)))
  return shareOut(secret, count, draw).map(format)
}

/** A new seed as its shares, or as one string. @throws CairnError as `split` */
export function make(plan: MakePlan): readonly string[] {
  return makeWith(plan, random)
}

/** `make` with the random bytes of `draw`: those of the seed, then as in `splitWith`. */
export function makeWith({ bytes, ...plan }: MakePlan, draw: Draw): readonly string[] {
  checkSeedBytes(bytes)
  const seed = draw(bytes)
  if (plan.threshold !== 0) return splitWith({ ...plan, seed }, draw)
  if (plan.count !== 1) refuse('a secret that is not shared is one string')
  return [encode(seed, plan.identifier ?? identifierOf(draw(4)))]
}

/**
 * A seed as one string that is the secret itself.
 * @throws CairnError `entropy-length`, `codex32-plan` for an identifier that is none
 */
export function encode(seed: Uint8Array, identifier: string): string {
  checkSeedBytes(seed.length)
  return format(secretOf(seed, 0, identifier))
}

/**
 * The seed under these shares, in any order, or under the secret itself. More shares than needed are welcome and must
 * agree with the others.
 * @throws CairnError as `parse` for a damaged share and as `recovery`; `share-missing` naming what is missing;
 * `codex32-misfit` when they do not fit together
 */
export function combine(texts: readonly string[]): Uint8Array {
  return combineShares(texts.map((text, i) => parse(text, i + 1)))
}

/** `combine` for shares that were parsed already. */
export function combineShares(shares: readonly Codex32[]): Uint8Array {
  const base = enough(shares)
  const secret = base.find(({ index }) => index === SECRET_INDEX) ?? recoverSecret(base)
  return bytesOf(secret.payload)
}

/**
 * One more share of the set, for instance in place of a lost one.
 * @throws CairnError as `combineShares`; `codex32-plan` for an index that no share has
 */
export function deriveShare(shares: readonly Codex32[], index: string): string {
  const lower = index.toLowerCase()
  if (!INDEXES.includes(lower)) refuse('the index of a share is a bech32 character other than S')
  const base = enough(shares)
  if (base.length === 1) refuse('further shares come from shares, not from the secret')
  return format(interpolate(base, lower))
}

/**
 * A new set of the same seed, with another identifier, so that old and new shares cannot be mixed; the old set opens
 * the seed for as long as enough of its shares exist.
 * @throws CairnError as `combineShares` and `split`
 */
export function refresh(shares: readonly Codex32[], plan: Omit<SplitPlan, 'seed'>): readonly string[] {
  return refreshWith(shares, plan, random)
}

/** `refresh` with the random bytes of `draw`, taken as in `splitWith`. */
export function refreshWith(
  shares: readonly Codex32[],
  plan: Omit<SplitPlan, 'seed'>,
  draw: Draw,
): readonly string[] {
  const seed = combineShares(shares)
  const old = shares[0]?.identifier
  const identifier = plan.identifier ?? another(identifierOf(draw(4)), old)
  if (identifier.toLowerCase() === old) refuse('the new set has the identifier of the old one')
  return splitWith({ ...plan, seed, identifier }, draw)
}

function another(identifier: string, old: string | undefined): string {
  if (identifier !== old) return identifier
  return (identifier[0] === 'q' ? 'p' : 'q') + identifier.slice(1)
}

/** As many strings of one set as are needed, after all were seen to lie on the same polynomials. */
function enough(shares: readonly Codex32[]): readonly Codex32[] {
  const state = recovery(shares)
  if (!state.complete) fail('share-missing', { missing: state.missing })
  const all = distinct(shares)
  const base = all.slice(0, state.need as number)
  const fits = (share: Codex32) =>
    interpolate(base, share.index).payload.every((value, i) => value === share.payload[i])
  return all.every(fits) ? base : fail('codex32-misfit')
}

function secretOf(seed: Uint8Array, threshold: number, identifier: string): Codex32 {
  const lower = identifier.toLowerCase()
  if (lower.length !== 4 || Array.from(lower).some((character) => elementOf(character) < 0))
    refuse('an identifier has 4 bech32 characters: letters but b, i, o, and digits but 1')
  return { threshold, identifier: lower, index: SECRET_INDEX, payload: payloadOf(seed) }
}

/** With the places that a correction would change, where there is one. */
function pointed(text: string, problems: readonly Problem[]): readonly Problem[] {
  const correctable = ['codex32-checksum', 'codex32-character']
  if (!problems.every(({ code }) => correctable.includes(code))) return problems
  const found = correct(text)
  if (!found) return problems
  const known = problems.map((one) => (one.position === null ? one : { ...one, suggestions: 1 }))
  const suspects = found.changes
    .filter(({ position }) => !problems.some((one) => one.position === position))
    .map(({ position }): Problem => ({ position, code: 'codex32-suspect', suggestions: 1 }))
  return [...known, ...suspects]
}

function checkSeedBytes(bytes: number): void {
  if (!within(bytes, MIN_SEED_BYTES, MAX_SEED_BYTES)) fail('entropy-length', { bytes, expected: '16 to 64' })
}

function refuse(reason: string): never {
  return fail('codex32-plan', { reason })
}

function within(n: number, least: number, most: number): boolean {
  return Number.isInteger(n) && n >= least && n <= most
}
