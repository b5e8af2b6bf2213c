/**
 * Putting sealed objects into several stores at once, and reading each back before anything counts on it.
 * A store that fails is left out from then on and named; one that is much slower than another one is left behind and
 * caught up later; the others go on. Only when none is left is it an error.
 */
import { CairnError, fail } from '@cairn/core/errors.js'
import type { Primitives } from '@cairn/core/types.js'
import { objectKey } from '@cairn/core/vault/object.js'
import { objectId, openWithFileKey, seal } from '@cairn/core/vault/seal.js'
import type { Store } from '../stores/store.js'

export interface Target {
  readonly store: Store
  /** Why the store is left out; absent while it works. */
  failure?: CairnError
  /** It lacks something that other stores have, and is brought up to date when those are safe. */
  behind?: boolean
  /** How long the others have waited for it, all in all. */
  lagMs?: number
  /** Keys of files that were damaged or gone and are put back. */
  mended?: readonly string[]
  /** Sizes by key of the objects and heads that it listed last. */
  listed?: ReadonlyMap<string, number>
  /** Keys of what was found damaged or missing when a part of it was read again. */
  damaged?: readonly string[]
  /** It shows a vault.json with a higher revision: another computer changed the policy, or the store lies. */
  policy?: 'newer'
  /** That vault.json says that this device was removed. */
  self?: 'removed'
}

/** Something sealed, with what is needed to check it on a machine that cannot open it later. */
export interface Sealed {
  readonly id: string
  readonly size: number
}

/** Checks the plain contents of an object as a restore would see them. */
export type Check = (plain: Uint8Array) => Promise<void>

export interface SealedWriter {
  readonly recipient: string
  readonly targets: readonly Target[]
  readonly primitives: Primitives
  readonly now: () => Date
}

/** How much longer than with its quickest store alone a backup may take before a slow one is left behind. */
export const PATIENCE_MS = 300_000

/**
 * Seals, sends and reads back one object: what comes out of each store is hashed, opened with the file key
 * that is still in memory, and checked as a restore would check it.
 */
export async function putSealed(writer: SealedWriter, plain: Uint8Array, check: Check): Promise<Sealed> {
  const { bytes, fileKey } = await seal(plain, writer.recipient, writer.primitives)
  const id = objectId(bytes, writer.primitives)
  let back = bytes
  await inStep(writer, async (store) => {
    await store.put(objectKey(id), bytes)
    const copy = await store.get(objectKey(id))
    if (objectId(copy, writer.primitives) !== id) fail('store-lies', { store: store.name })
    back = copy
  })
  // what came back is what was meant: a fault between sealing and hashing shows here
  await check(await openWithFileKey(back, { fileKey, primitives: writer.primitives }))
  fileKey.fill(0)
  return { id, size: bytes.length }
}

/** Sends a small plain file (a head, vault.json) and reads it back. */
export async function putPlain(targets: readonly Target[], key: string, bytes: Uint8Array): Promise<void> {
  await toAll(targets, async (store) => {
    await store.put(key, bytes)
    const back = await store.get(key)
    if (Buffer.compare(back, bytes) !== 0) fail('store-lies', { store: store.name })
  })
}

/** Does the same with every store that works. @throws CairnError the first failure, when none works */
export async function toAll(
  targets: readonly Target[],
  work: (store: Store) => Promise<void>,
): Promise<void> {
  const working = targets.filter(isWorking)
  await Promise.all(
    working.map(async (target) => {
      try {
        await work(target.store)
      } catch (error) {
        if (!(error instanceof CairnError)) throw error
        target.failure = error
      }
    }),
  )
  if (!targets.some(isWorking)) throw targets.find(({ failure }) => failure !== undefined)?.failure
}

export function isWorking({ failure, behind }: Target): boolean {
  return failure === undefined && behind !== true
}

/** As `toAll`, and takes the time: whoever the others have waited for too long is left behind. */
async function inStep({ targets, now }: SealedWriter, work: (store: Store) => Promise<void>): Promise<void> {
  const ended = new Map<Store, number>()
  await toAll(targets, async (store) => {
    await work(store)
    ended.set(store, now().getTime())
  })
  const first = Math.min(...ended.values())
  for (const target of targets) {
    const lag = (ended.get(target.store) ?? first) - first
    target.lagMs = (target.lagMs ?? 0) + lag
    if (lag > 0 && target.lagMs > PATIENCE_MS) target.behind = true
  }
}
