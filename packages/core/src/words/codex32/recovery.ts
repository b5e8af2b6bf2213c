/**
 * The state of a recovery from codex32 shares: which are there, whether they belong together, what is missing. Plain
 * data that any face can ask after every share; it holds no share value.
 */
import { fail } from '../../errors.js'
import { type Codex32, SECRET_INDEX } from './string.js'

export interface Codex32Recovery {
  /** What all shares of the set have in common; null while no share is there. */
  readonly identifier: string | null
  /** Indexes of the shares that are there, in the order they came. */
  readonly have: readonly string[]
  /** How many are needed: 2 to 9, 1 for the secret itself; null while no share is there. */
  readonly need: number | null
  /** The secret can be recovered. */
  readonly complete: boolean
  /** What is missing in words, empty when complete; "set CASH needs 3 shares and has 2 (A, C)". */
  readonly missing: string
}

/**
 * The state that these shares make; the same share may be there twice, and more than are needed may be there.
 * @throws CairnError `share-foreign` for shares of different sets, naming them by their place in the list;
 * `codex32-conflict` for two different shares with one index; `codex32-secret` for the secret among shares
 */
export function recovery(shares: readonly Codex32[]): Codex32Recovery {
  const [first] = shares
  if (!first)
    return { identifier: null, have: [], need: null, complete: false, missing: 'no share was given' }
  shares.forEach((share, i) => {
    belongs(first, share, i + 1)
  })
  const { identifier } = first
  const have = distinct(shares).map(({ index }) => index)
  const secret = have.indexOf(SECRET_INDEX)
  if (secret >= 0 && have.length > 1) fail('codex32-secret', { share: placeOf(shares, SECRET_INDEX) })
  const need = secret >= 0 ? 1 : first.threshold
  const complete = have.length >= need
  const names = have.map((index) => index.toUpperCase()).join(', ')
  const lack = `set ${identifier.toUpperCase()} needs ${need} shares and has ${have.length} (${names})`
  return { identifier, have, need, complete, missing: complete ? '' : lack }
}

/** The shares without repetitions. @throws CairnError `codex32-conflict` */
export function distinct(shares: readonly Codex32[]): readonly Codex32[] {
  const found = new Map<string, Codex32>()
  for (const share of shares) {
    const same = found.get(share.index)
    if (same?.payload.some((value, i) => value !== share.payload[i]))
      fail('codex32-conflict', { index: share.index.toUpperCase() })
    found.set(share.index, share)
  }
  return [...found.values()]
}

/** "All shares have the same threshold value, the same identifier, and the same length." */
function belongs(first: Codex32, share: Codex32, position: number): void {
  const differs = (what: string) =>
    fail('share-foreign', { reason: `share ${position} has another ${what} than share 1` })
  if (share.identifier !== first.identifier) differs('identifier')
  if (share.threshold !== first.threshold) differs('threshold')
  if (share.payload.length !== first.payload.length) differs('length')
}

function placeOf(shares: readonly Codex32[], index: string): number {
  return shares.findIndex((share) => share.index === index) + 1
}
