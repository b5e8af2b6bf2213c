/**
 * Pruning one store: it gets the records of what is forgotten, then what they name is removed. Nothing is, unless the
 * store shows the whole chain and everything that is kept; which objects go is decided in `prune.ts`.
 */
import { CairnError, isCairnError } from '@cairn/core/errors.js'
import type { ForgottenFile } from '@cairn/core/vault/forgotten.js'
import type { SignedHead } from '@cairn/core/vault/head.js'
import { forgottenKey, objectIdOf } from '@cairn/core/vault/object.js'
import type { Progress } from '../ports.js'
import type { Store } from '../stores/store.js'
import type { StoreHistory } from './compare.js'
import { putPlain } from './stored.js'

/**
 * `pruned`: nothing that was forgotten lies there any more. `marked`: the store lets nothing be removed, and has the
 * record. `incomplete`: something that is kept is missing there, or its history is broken, so that nothing was removed.
 */
export type PruneState = 'pruned' | 'marked' | 'incomplete' | 'unreachable' | 'refused'

export interface PrunedStore {
  readonly name: string
  readonly state: PruneState
  /** Objects that were removed. */
  readonly removed: number
  /** Their size sealed. */
  readonly bytes: number
  readonly error?: CairnError
}

export interface Pruning {
  readonly past: StoreHistory
  /** All that it must show before anything is removed. */
  readonly chain: readonly SignedHead[]
  /** Of what is forgotten; it gets those that it lacks. */
  readonly records: readonly ForgottenFile[]
  /** Objects that snapshots lead to. */
  readonly needed: ReadonlySet<string>
  /** Objects that go. */
  readonly forgotten: ReadonlySet<string>
  readonly progress: Progress
}

export async function pruneStore(pruning: Pruning): Promise<PrunedStore> {
  const { past, records } = pruning
  const { name } = past.store
  try {
    if (past.failure) throw past.failure
    const listed = await past.store.list('objects/')
    if (!isComplete(pruning, new Set(listed.map(({ key }) => objectIdOf(key)))))
      return { name, state: 'incomplete', removed: 0, bytes: 0 }
    const there = new Set((await past.store.list('forgotten/')).map(({ key }) => key))
    for (const { id, bytes } of records)
      if (!there.has(forgottenKey(id))) await putPlain([{ store: past.store }], forgottenKey(id), bytes)
    return { name, ...(await removeFrom(pruning, listed)) }
  } catch (error) {
    if (!(error instanceof CairnError)) throw error
    const state = error.kind === 'unreachable' ? 'unreachable' : 'refused'
    return { name, state, removed: 0, bytes: 0, error }
  }
}

function isComplete({ past, chain, needed }: Pruning, objects: ReadonlySet<string | null>): boolean {
  const here = new Set(past.heads.map(({ hash }) => hash))
  const hasAll = [...needed].every((id) => objects.has(id)) && chain.every(({ hash }) => here.has(hash))
  return past.history === 'intact' && hasAll
}

async function removeFrom(
  { past, forgotten, progress }: Pruning,
  listed: Awaited<ReturnType<Store['list']>>,
): Promise<Omit<PrunedStore, 'name'>> {
  const going = listed.filter(({ key }) => forgotten.has(objectIdOf(key) ?? ''))
  let [removed, bytes] = [0, 0]
  for (const { key, size } of going) {
    try {
      await past.store.remove(key)
    } catch (error) {
      if (!isCairnError(error, 'object-missing')) return cannotRemove(error, { removed, bytes })
    }
    removed++
    bytes += size
    progress({ what: `prune ${past.store.name}`, done: removed, total: going.length })
  }
  return { state: 'pruned', removed, bytes }
}

/** A store that says no keeps the objects and has the record. */
function cannotRemove(
  error: unknown,
  done: { readonly removed: number; readonly bytes: number },
): Omit<PrunedStore, 'name'> {
  if (!(error instanceof CairnError)) throw error
  if (error.code === 'store-denied') return { ...done, state: 'marked' }
  return { ...done, state: error.kind === 'unreachable' ? 'unreachable' : 'refused', error }
}
