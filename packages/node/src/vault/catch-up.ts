/**
 * Brings a store that was away up to date from the others: sealed objects and heads are copied as they are,
 * so nothing needs to be opened. Objects first, several at once, heads last and in order, as in a backup. An object of which
 * no good copy is found stays missing; `check` names it. Heads of this device come from its own copies too,
 * so that a store never misses a link of the chain only because another store is away. What is copied is read back.
 */
import { fail } from '@cairn/core/errors.js'
import type { Primitives } from '@cairn/core/types.js'
import type { SignedHead } from '@cairn/core/vault/head.js'
import { headPlaceOf, objectKey } from '@cairn/core/vault/object.js'
import { PACK_BYTES } from '@cairn/core/vault/pack.js'
import { objectId } from '@cairn/core/vault/seal.js'
import type { Store } from '../stores/store.js'
import { aheadOf, atOnce } from './at-once.js'
import { type Copies, getOrNull, goodCopy } from './reader.js'
import { type BringingRecords, bringRecords } from './records.js'
import { type Target, toAll } from './stored.js'
import type { Survey } from './survey.js'

export interface CatchingUp {
  readonly surveys: ReadonlyMap<Target, Survey>
  /** The heads that this machine keeps of its own chain. */
  readonly own: { readonly store: Store; readonly survey: Survey }
  readonly primitives: Primitives
  /** Of the packs that this machine stored, by id. */
  readonly sizes: ReadonlyMap<string, number>
  /** True for the bytes of a head that a device of this vault signed for this key: a forged one is not spread. */
  readonly isGenuine: (key: string, bytes: Uint8Array) => boolean
  /** The same of a record of what was forgotten. */
  readonly isRecord: BringingRecords['isRecord']
}

export interface CaughtUp {
  /** The surveys as they are afterwards, of the stores that work. */
  readonly surveys: ReadonlyMap<Target, Survey>
  /** The newest head of this device that is known anywhere. */
  readonly last: SignedHead | undefined
}

export async function catchUp(catching: CatchingUp): Promise<CaughtUp> {
  const { surveys, own, primitives, sizes, isGenuine, isRecord } = catching
  const all = [own.survey, ...surveys.values()]
  const objects = new Set(all.flatMap((survey) => [...survey.objects]))
  const heads = new Set(all.flatMap((survey) => [...survey.heads]))
  const after = new Map<Target, Survey>()
  const bring = async (target: Target, survey: Survey) => {
    const missing = [...objects].filter((id) => !survey.objects.has(id))
    const missingHeads = [...heads].filter((key) => !survey.heads.has(key)).sort(bySeq)
    const others = [
      own.store,
      ...[...surveys.keys()].filter((other) => other !== target).map(({ store }) => store),
    ]
    const copied = new Set<string>()
    await toAll([target], async (store) => {
      const copy = async (id: string) => {
        if (await copyObject({ id, store, stores: others, primitives })) copied.add(id)
      }
      await atOnce(missing, copy, (id) => sizes.get(id) ?? PACK_BYTES)
      if (missing.length + missingHeads.length > 0) await bringRecords(store, { others, isRecord })
      await copyHeads(missingHeads, { store, others, isGenuine })
    }).catch(() => {}) // a store that fails here is marked; the others go on
    if (!target.failure) after.set(target, { objects: new Set([...survey.objects, ...copied]), heads })
  }
  await Promise.all([...surveys].map(([target, survey]) => bring(target, survey)))
  return { surveys: after, last: longest(all) }
}

/**
 * The stores that a snapshot of this machine can be put into as they are: they have every head of its chain, up to the
 * longest that any of them proves, and every pack of its own that any store has. A chain may be longer than this machine
 * remembers, when it was brought back from a backup: the next head in a store that lacks the one before would be a gap.
 * What others list beside it does not count: a store that makes up names would make all others wait for it.
 */
export function readyOnes(
  { surveys, own }: Pick<CatchingUp, 'surveys' | 'own'>,
  packs: ReadonlyMap<string, number>,
): CaughtUp {
  const all = [...surveys.values()]
  const last = longest([own.survey, ...all])
  const somewhere = [...packs.keys()].filter((id) => all.some(({ objects }) => objects.has(id)))
  const isReady = ({ objects, heads, last: newest }: Survey) =>
    newest?.head.seq === last?.head.seq &&
    somewhere.every((id) => objects.has(id)) &&
    [...own.survey.heads].every((key) => heads.has(key))
  const ready = [...surveys].filter(([, survey]) => isReady(survey))
  return { surveys: new Map(ready), last }
}

/** True when some store has something that another one lacks. */
export function differ({ surveys, own }: Pick<CatchingUp, 'surveys' | 'own'>): boolean {
  const all = [...surveys.values()]
  const lacks = (part: 'objects' | 'heads') =>
    [own.survey, ...all].some((some) =>
      [...some[part]].some((key) => all.some((other) => !other[part].has(key))),
    )
  return lacks('objects') || lacks('heads')
}

function longest(surveys: readonly Survey[]): SignedHead | undefined {
  return surveys.reduce<SignedHead | undefined>(
    (best, { last }) => ((last?.head.seq ?? 0) > (best?.head.seq ?? 0) ? last : best),
    undefined,
  )
}

interface Copying extends Copies {
  readonly id: string
  readonly store: Store
}

async function copyObject({ id, store, ...from }: Copying): Promise<boolean> {
  const bytes = await goodCopy(id, from)
  if (bytes === null) return false
  await store.put(objectKey(id), bytes)
  if (objectId(await store.get(objectKey(id)), from.primitives) !== id)
    fail('store-lies', { store: store.name })
  return true
}

interface CopyingHeads {
  readonly store: Store
  readonly others: readonly Store[]
  readonly isGenuine: CatchingUp['isGenuine']
}

/** @param keys in the order of their chain, in which they are put: one at a time, so that a cut leaves no gap */
async function copyHeads(keys: readonly string[], { store, others, isGenuine }: CopyingHeads): Promise<void> {
  const copied: [key: string, bytes: Uint8Array][] = []
  for await (const [key, bytes] of aheadOf(keys, (key) => genuineCopy(key, { others, isGenuine }))) {
    if (bytes === null) continue
    await store.put(key, bytes)
    copied.push([key, bytes])
  }
  await atOnce(copied, async ([key, bytes]) => {
    if (Buffer.compare(await store.get(key), bytes) !== 0) fail('store-lies', { store: store.name })
  })
}

async function genuineCopy(
  key: string,
  { others, isGenuine }: Omit<CopyingHeads, 'store'>,
): Promise<Uint8Array | null> {
  for (const other of others) {
    const bytes = await getOrNull(other, key)
    if (bytes !== null && isGenuine(key, bytes)) return bytes
  }
  return null
}

/** Order of a chain: a store that is cut off while it gets heads has no gap. */
export function bySeq(a: string, b: string): number {
  return (headPlaceOf(a)?.seq ?? 0) - (headPlaceOf(b)?.seq ?? 0)
}
