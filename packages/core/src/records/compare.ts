/**
 * Holds what was recorded of a wallet against what was found when it was restored and read again. Plain data for a
 * report; it decides nothing beyond equal or not, and the order of lists never matters.
 */
import type { Wallet } from '../types.js'
import type { Recorded } from './records.js'
import type { ToldField } from './told.js'

export type Subject =
  | 'kind'
  | 'identity'
  | 'addresses'
  | 'labels'
  | 'transactions'
  | 'imported-keys'
  | 'beyond-seed'
  | 'balance'
  | 'tip'
  | 'keys'

export interface Difference {
  readonly why: 'missing' | 'extra' | 'changed'
  /** What it is about: an address, a transaction id, a label's type and ref, the name of a field. */
  readonly item: string
}

export interface Comparison {
  readonly what: Subject
  /** How many items were recorded, and how many were found. */
  readonly expected: number
  readonly found: number
  readonly missing: number
  readonly extra: number
  readonly changed: number
  /** Recorded items that this reading could not give again: neither proven nor refuted. */
  readonly uncovered: number
  /** The first five, in the order of their items. */
  readonly first: readonly Difference[]
  /** Nothing is missing, extra or changed; `uncovered` may still say that not everything was looked at. */
  readonly ok: boolean
}

export interface CompareOptions {
  /** Fields that a program had told (`withTold`), which the file alone may lack. Where it has them, they count. */
  readonly mayLack?: readonly ToldField[]
}

const FIRST = 5

/**
 * One comparison a subject, always all of them. When only one of the two readings had the password, what the other
 * could not see is no difference: more may be found than was recorded under a closed lock, and what was recorded
 * under an open one is `uncovered` while the lock is closed.
 */
export function compareWallets(
  recorded: Recorded,
  found: Wallet,
  options: CompareOptions = {},
): readonly Comparison[] {
  const allowed: Allowed = {
    missing: recorded.opened && !found.opened,
    extra: found.opened && !recorded.opened,
    lacking: new Set<string>(options.mayLack),
  }
  return [
    ...SUBJECTS.map(([what, itemsOf]) => compareItems(what, itemsOf(recorded), itemsOf(found), allowed)),
    keyComparison(found),
  ]
}

/** What an item is called, and its fields. */
type Item = readonly [name: string, fields: Readonly<Record<string, unknown>>]

/** What may differ without being a difference. */
interface Allowed {
  readonly missing: boolean
  readonly extra: boolean
  readonly lacking: ReadonlySet<string>
}

const SUBJECTS: readonly (readonly [Subject, (wallet: Recorded) => readonly Item[]])[] = [
  ['kind', ({ kind }) => [[kind, {}]]],
  ['identity', identityItems],
  ['addresses', ({ addresses }) => addresses.map(({ address, ...fields }) => [address, fields])],
  ['labels', ({ labels }) => labels.map(labelItem)],
  ['transactions', ({ transactions }) => transactions.map(({ txid, ...fields }) => [txid, fields])],
  [
    'imported-keys',
    ({ importedKeys }) => Array.from({ length: importedKeys }, (_, i) => [`key ${i + 1}`, {}]),
  ],
  ['beyond-seed', ({ beyondSeed }) => beyondSeed.map(({ what, count }) => [what, { count }])],
  ['balance', ({ balance }) => (balance ? [['balance', { ...balance }]] : [])],
  ['tip', ({ tip }) => (tip === undefined ? [] : [['tip', { tip }]])],
]

function identityItems({ identity: { fingerprints, descriptors, ...fields } }: Recorded): readonly Item[] {
  return [
    ...fingerprints.map((fingerprint): Item => [`fingerprint ${fingerprint}`, {}]),
    ...descriptors.map((descriptor): Item => [descriptor, {}]),
    ...Object.entries(fields).flatMap(([name, value]): Item[] => (value === null ? [] : [[name, { value }]])),
  ]
}

function labelItem({ type, ref, origin, ...fields }: Recorded['labels'][number]): Item {
  return [`${type} ${ref}${origin === undefined ? '' : ` of ${origin}`}`, fields]
}

function compareItems(
  what: Subject,
  recorded: readonly Item[],
  found: readonly Item[],
  allowed: Allowed,
): Comparison {
  const expected = byName(recorded)
  const actual = byName(found)
  const differences = findDifferences(expected, actual, allowed)
  const count = (why: Difference['why']) => differences.filter((difference) => difference.why === why).length
  const mayMiss = (name: string) => allowed.missing || allowed.lacking.has(name)
  return {
    what,
    expected: expected.size,
    found: actual.size,
    missing: count('missing'),
    extra: count('extra'),
    changed: count('changed'),
    uncovered: [...expected.keys()].filter((name) => !actual.has(name) && mayMiss(name)).length,
    first: differences.sort((a, b) => (a.item < b.item ? -1 : 1)).slice(0, FIRST),
    ok: differences.length === 0,
  }
}

function findDifferences(expected: Items, actual: Items, allowed: Allowed): Difference[] {
  const differences: Difference[] = []
  for (const [item, fields] of expected) {
    const other = actual.get(item)
    if (other && differ(fields, other, allowed)) differences.push({ why: 'changed', item })
    if (!other && !allowed.missing && !allowed.lacking.has(item)) differences.push({ why: 'missing', item })
  }
  for (const item of actual.keys()) {
    if (!expected.has(item) && !allowed.extra) differences.push({ why: 'extra', item })
  }
  return differences
}

function differ(expected: Item[1], actual: Item[1], { missing, extra, lacking }: Allowed): boolean {
  for (const name of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
    if (name === 'count' && (missing || extra)) continue
    if (!(name in actual) && lacking.has(name)) continue
    if (!equal(expected[name], actual[name])) return true
  }
  return false
}

/** Of what records hold: strings, numbers, booleans, and objects of these. */
function equal(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b
  return !differ(a as Item[1], b as Item[1], NOTHING)
}

const NOTHING: Allowed = { missing: false, extra: false, lacking: new Set() }

type Items = ReadonlyMap<string, Item[1]>

/** Two items of the same name stay two. */
function byName(items: readonly Item[]): Items {
  const named = new Map<string, Item[1]>()
  const seen = new Map<string, number>()
  for (const [name, fields] of items) {
    const count = (seen.get(name) ?? 0) + 1
    seen.set(name, count)
    named.set(count === 1 ? name : `${name} (${count})`, fields)
  }
  return named
}

/** Whether each private key that was decrypted leads to the public key or address that the wallet says. */
function keyComparison({ keys }: Wallet): Comparison {
  return {
    what: 'keys',
    expected: keys.private,
    found: keys.private,
    missing: 0,
    extra: 0,
    changed: keys.failed.length,
    uncovered: 0,
    first: keys.failed.slice(0, FIRST).map((item) => ({ why: 'changed', item })),
    ok: keys.failed.length === 0,
  }
}
