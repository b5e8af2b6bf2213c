/**
 * Shares, whatever their scheme: split, combine, check one, ask what is missing, make a new set. The scheme is
 * recognised from the shares themselves. What each scheme is and is not lies in its own file.
 */
import { fail } from '../errors.js'
import { random } from '../random.js'
import { problem } from './problem.js'
import { isBetter, type Reading } from './reading.js'
import type { Draw } from './shamir/sharing.js'
import type {
  CombineOptions,
  Correction,
  RecoveryState,
  Scheme,
  SchemeName,
  ShareFacts,
  ShareReport,
  SplitOptions,
} from './shares/scheme.js'
import { SCHEMES, schemeNamed } from './shares/schemes.js'
import type { ShareForm } from './sskr.js'
import { countWords } from './text.js'

export type {
  CombineOptions,
  Correction,
  GroupState,
  RecoveryState,
  Scheme,
  SchemeName,
  ShareFacts,
  ShareReport,
} from './shares/scheme.js'
export { SCHEMES, schemeNamed } from './shares/schemes.js'

export interface SharePlan extends SplitOptions {
  readonly scheme: SchemeName
}

/**
 * The shares of a secret, one list a group.
 * @throws CairnError `share-plan`, `entropy-length`, `share-passphrase`, `usage` for a passphrase where the scheme has
 * none, `random-broken`
 */
export function split(secret: Uint8Array, plan: SharePlan): readonly (readonly string[])[] {
  return splitWith(secret, plan, random)
}

/** `split` with the random bytes of `draw`, all of which end up in the shares but for spare bits of a name. */
export function splitWith(secret: Uint8Array, plan: SharePlan, draw: Draw): readonly (readonly string[])[] {
  const scheme = schemeNamed(plan.scheme)
  checkOptions(scheme, plan)
  return scheme.split(secret, plan, draw)
}

/** The scheme is recognised from the shares unless it is named. */
export interface Named {
  readonly scheme?: SchemeName | undefined
}

export type RefreshPlan = SplitOptions & Named

export interface Combined {
  readonly scheme: Scheme
  readonly secret: Uint8Array
}

/**
 * The secret under shares of one scheme and set, in any order; the same one may be there twice.
 * @throws CairnError `share-unreadable`, `share-foreign`, `share-missing`, and what the scheme throws
 */
export function combine(texts: readonly string[], options: CombineOptions & Named = {}): Combined {
  const scheme =
    schemeOfAll(texts, options.scheme) ?? fail('share-missing', { missing: 'no share was given' })
  checkOptions(scheme, options)
  return { scheme, secret: scheme.combine(texts, options) }
}

/**
 * What these shares are and what is still missing.
 * @throws CairnError as `combine`, but for `share-missing` and what only combining shows
 */
export function recovery(texts: readonly string[], named?: SchemeName): RecoveryState {
  const scheme = schemeOfAll(texts, named)
  if (!scheme)
    return { scheme: null, set: null, groups: [], need: null, complete: false, missing: 'no share was given' }
  const state = scheme.state(texts)
  return { ...state, scheme: scheme.name, set: scheme.facts(texts[0] as string, 1).set }
}

/**
 * What one share is, without the others, and everything that is wrong with it.
 * @throws CairnError `phrase-too-long`
 */
export function check(text: string, named?: SchemeName): ShareReport {
  const guess = recognise(text, named)
  if (!guess) {
    const problems = [problem('share-unreadable')]
    return { scheme: null, valid: false, words: countWords(text), problems, facts: null, correction: null }
  }
  const { scheme, reading } = guess
  const { words, problems } = reading
  const valid = problems.length === 0
  const correction = valid ? null : (scheme.correct?.(text)?.changes.length ?? null)
  return {
    scheme: scheme.name,
    valid,
    words,
    problems,
    facts: valid ? scheme.facts(text, 1) : null,
    correction,
  }
}

/** A correction that the code of a damaged share proposes; null where there is none. */
export function correct(text: string, named?: SchemeName): Correction | null {
  const guess = recognise(text, named)
  return guess && guess.reading.problems.length > 0 ? (guess.scheme.correct?.(text) ?? null) : null
}

export interface Refreshed {
  readonly scheme: Scheme
  /** One list a group. */
  readonly shares: readonly (readonly string[])[]
  /**
   * What the old shares, as they were given, are. The old set opens the same secret for as long as enough of its
   * shares exist: a new set replaces it only when they are destroyed.
   */
  readonly old: RecoveryState
  /** Of the new set; null where the scheme has no name for a set. */
  readonly set: string | null
}

/**
 * A new set of the secret under these shares; old and new ones cannot be mixed where the scheme tells sets apart.
 * Without a passphrase the one that the shares have stays, where that can be.
 * @throws CairnError as `combine` and `split`; `share-passphrase-needed`
 */
export function refresh(texts: readonly string[], plan: RefreshPlan): Refreshed {
  return refreshWith(texts, plan, random)
}

/** `refresh` with the random bytes of `draw`. */
export function refreshWith(texts: readonly string[], plan: RefreshPlan, draw: Draw): Refreshed {
  const old = recovery(texts, plan.scheme)
  if (old.scheme === null || !old.complete) return fail('share-missing', { missing: old.missing })
  const scheme = schemeNamed(old.scheme)
  checkOptions(scheme, plan)
  const shares = scheme.refresh(texts, plan, draw)
  return { scheme, shares, old, set: scheme.facts(shares[0]?.[0] as string, 1).set }
}

/** What a share says of itself. @throws CairnError `share-unreadable` and what reading it throws */
export function factsOf(text: string, position = 1): ShareFacts {
  return schemeOf(text, position).facts(text, position)
}

/**
 * The scheme whose share this is, or is meant to be.
 * @throws CairnError `share-unreadable`, `phrase-too-long`
 */
export function schemeOf(text: string, position = 1, named?: SchemeName): Scheme {
  return recognise(text, named)?.scheme ?? fail('share-unreadable', { share: position })
}

/** Null for no shares. */
function schemeOfAll(texts: readonly string[], named?: SchemeName): Scheme | null {
  const [first, ...others] = texts.map((text, i) => schemeOf(text, i + 1, named))
  const other = others.findIndex((scheme) => scheme !== first)
  if (first && other >= 0)
    fail('share-foreign', {
      reason: `share 1 is one of ${first.title}, share ${other + 2} one of ${others[other]?.title}`,
    })
  return first ?? null
}

interface Guess {
  readonly scheme: Scheme
  readonly reading: Reading
}

/** The first scheme in which it is valid, else the one with most words of its list, if that are more than half or it is named. */
function recognise(text: string, named?: SchemeName): Guess | null {
  const schemes = named ? [schemeNamed(named)] : SCHEMES
  let best: Guess | null = null
  for (const scheme of schemes)
    for (const reading of scheme.readings(text)) {
      if (reading.problems.length === 0) return { scheme, reading }
      if (!best || isBetter(reading, best.reading)) best = { scheme, reading }
    }
  return best && (named || best.reading.known * 2 > best.reading.words) ? best : null
}

function checkOptions(
  scheme: Scheme,
  { passphrase, form }: { readonly passphrase?: string | undefined; readonly form?: ShareForm },
): void {
  if (passphrase !== undefined && passphrase !== '' && scheme.tells.passphrase === 'none')
    fail('usage', { reason: `shares of ${scheme.title} have no passphrase` })
  if (form !== undefined && !scheme.forms?.includes(form))
    fail('usage', { reason: `shares of ${scheme.title} are not written in that form` })
}
