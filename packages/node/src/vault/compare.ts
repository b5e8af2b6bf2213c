/**
 * Stores held against each other. Heads of one device form one chain: where two stores show different heads with the same
 * number, somebody who has the key of that device made another past, and no store that shows it is called intact, but for
 * one that shows what this machine keeps itself or saw before. That one store shows less than another is no lie yet: it may have been away.
 */
import { hex } from '@cairn/core/bytes.js'
import type { CairnError } from '@cairn/core/errors.js'
import type { Primitives } from '@cairn/core/types.js'
import type { SignedHead } from '@cairn/core/vault/head.js'
import { type History, isOthersDoing, type SeenHead } from '@cairn/core/vault/history.js'
import { headKey } from '@cairn/core/vault/object.js'
import type { Store } from '../stores/store.js'
import { getOrNull } from './reader.js'

export interface StoreHistory {
  readonly store: Store
  readonly history: History | 'unknown'
  /** The file that shows it. */
  readonly at?: string
  /** Genuine heads in this store. */
  readonly heads: readonly SignedHead[]
  /** Keys of files that should be heads and are none. */
  readonly damaged?: readonly string[]
  /** Keys of heads that the store cannot give: what they say is not known. */
  readonly unreadable?: readonly string[]
  /** Why it is unknown. */
  readonly failure?: CairnError
}

export interface Comparing {
  /** The heads that this machine keeps itself. */
  readonly own?: Store | undefined
  /** Heads that any store showed before. */
  readonly seen: readonly SeenHead[]
  readonly sha256: Primitives['sha256']
}

/** The same histories; those that show a fork say so. */
export async function compareStores(
  stores: readonly StoreHistory[],
  { own, seen, sha256 }: Comparing,
): Promise<readonly StoreHistory[]> {
  const forks = forkedKeys(stores.flatMap(({ heads }) => heads))
  if (forks.size === 0) return stores
  const kept = new Map(seen.map(({ device, seq, hash }) => [headKey(device, seq), hash]))
  for (const key of forks) {
    const bytes = own ? await getOrNull(own, key) : null
    if (bytes) kept.set(key, hex(sha256(bytes)))
  }
  const isOther = (head: SignedHead) => forks.has(keyOf(head)) && kept.get(keyOf(head)) !== head.hash
  return stores.map((store) => {
    const other = store.heads.find(isOther)
    if (!other || store.history === 'unknown' || isLie(store.history)) return store
    return { ...store, history: 'forked', at: keyOf(other) }
  })
}

/** A history that an honest store does not show. */
export function isLie(history: StoreHistory['history']): boolean {
  const isNone = history === 'intact' || history === 'unknown' || history === 'frozen'
  return !isNone && !isOthersDoing(history)
}

export interface Expecting {
  /** Ids of the devices that are to save now and then. */
  readonly devices: readonly string[]
  readonly now: Date
}

/**
 * The key of the newest head of a device of which more should have come by now, and no store shows it: the device was not
 * on, or everybody hides what it saved.
 */
export function frozenAt(heads: readonly SignedHead[], { devices, now }: Expecting): string | undefined {
  for (const device of devices) {
    const own = heads.filter(({ head }) => head.device === device)
    const newest = own.sort((a, b) => b.head.seq - a.head.seq)[0]
    if (newest && Date.parse(newest.head.next_expected_by) < now.getTime()) return keyOf(newest)
  }
  return undefined
}

function forkedKeys(heads: readonly SignedHead[]): ReadonlySet<string> {
  const hashes = new Map<string, string>()
  const forks = new Set<string>()
  for (const head of heads) {
    const key = keyOf(head)
    if ((hashes.get(key) ?? head.hash) !== head.hash) forks.add(key)
    hashes.set(key, head.hash)
  }
  return forks
}

function keyOf({ head }: SignedHead): string {
  return headKey(head.device, head.seq)
}

/** How many genuine heads other stores show that this one does not. */
export function lacks({ heads }: StoreHistory, stores: readonly StoreHistory[]): number {
  const here = new Set(heads.map(({ hash }) => hash))
  const others = new Set(stores.flatMap((store) => store.heads.map(({ hash }) => hash)))
  return [...others].filter((hash) => !here.has(hash)).length
}
