/**
 * Healing: what is damaged, missing or unreadable in a store is put back from any other one, as it is; nothing is opened. Each
 * thing proves itself before it is copied: an object by its hash, a head by its signature, vault.json by being the one
 * that this machine authenticated. A copy counts as put back when it was read back. In this order, so that a cut leaves
 * a store that is no worse, and that the next run goes on with:
 *  1. objects, over the damaged ones
 *  2. vault.json, and records of what was forgotten
 *  3. heads, oldest first
 *  4. of a store that is to be believed again: what lies under `heads/` and is none is set aside
 *
 * A store that lied gets objects and no heads: with its chain made whole nobody would see any more that it lied.
 * Only when the person names it does it get them, and counts as any other from then on. What a device of this vault
 * signed is never removed, also not from a store that shows another chain than others do.
 */
import { join } from 'node:path'
import { hex } from '@cairn/core/bytes.js'
import { CairnError, fail } from '@cairn/core/errors.js'
import type { ForgottenFile } from '@cairn/core/vault/forgotten.js'
import type { SignedHead } from '@cairn/core/vault/head.js'
import type { SeenHead } from '@cairn/core/vault/history.js'
import { forgottenKey, headKey, objectIdOf, objectKey, VAULT_FILE } from '@cairn/core/vault/object.js'
import { PACK_BYTES } from '@cairn/core/vault/pack.js'
import { localError, writeLocal } from '../machine/state.js'
import type { Store } from '../stores/store.js'
import { atOnce } from './at-once.js'
import { bySeq } from './catch-up.js'
import type { StoreHistory } from './compare.js'
import type { Look, Looking } from './look.js'
import { readPast } from './open.js'
import { goodCopy } from './reader.js'
import { putPlain } from './stored.js'

export interface Healing extends Looking {
  readonly looks: readonly Look[]
  /** Ids of the objects that should be everywhere. */
  readonly needed: ReadonlySet<string>
  /** Of the packs that this machine stored, by id. */
  readonly sizes: ReadonlyMap<string, number>
  /** Genuine heads, of any store and of this machine. */
  readonly heads: readonly SignedHead[]
  /** Heads that each store acknowledged, by its name. */
  readonly seen: Readonly<Record<string, readonly SeenHead[]>>
  /** Genuine records of what was forgotten, and of manifests that moved. */
  readonly records: readonly ForgottenFile[]
  /** Names of the stores that are to be believed again. */
  readonly accept: readonly string[]
}

export interface Healed {
  /** The store as it is now. */
  readonly look: Look
  /** Keys that were put back. */
  readonly repaired: readonly string[]
  /** Keys of files that are no heads of this vault; they lie on this machine now. */
  readonly setAside: readonly string[]
  /** Why it was not gone on with. */
  readonly failure?: CairnError
}

/** One store, and what was done to it so far. */
interface Patient {
  readonly look: Look
  readonly repaired: string[]
  readonly setAside: string[]
}

/** Puts back in one store what can be. A store that could not be looked at gets nothing. */
export async function heal(healing: Healing, look: Look): Promise<Healed> {
  const patient: Patient = { look, repaired: [], setAside: [] }
  if (look.failure) return patient
  try {
    await healObjects(healing, patient)
    await healDescription(healing, patient)
    await healRecords(healing, patient)
    await healHeads(healing, patient)
    return { ...patient, look: await lookAgain(healing, patient) }
  } catch (error) {
    if (!(error instanceof CairnError)) throw error
    return { ...patient, look: await lookAgain(healing, patient), failure: error }
  }
}

async function put({ look, repaired }: Patient, key: string, bytes: Uint8Array): Promise<void> {
  await putPlain([{ store: look.past.store }], key, bytes)
  repaired.push(key)
}

async function healObjects({ looks, needed, ports, sizes }: Healing, patient: Patient): Promise<void> {
  const { look } = patient
  const wrong = [...look.damaged, ...look.unreadable].map(objectIdOf).filter((id) => id !== null)
  const missing = [...needed].filter((id) => !look.objects.has(id))
  const putBack = async (id: string) => {
    const holders = looks.filter((other) => other !== look && other.objects.has(id))
    const stores = holders.map(({ past }) => past.store)
    const bytes = await goodCopy(id, { stores, primitives: ports.primitives })
    if (bytes !== null) await put(patient, objectKey(id), bytes)
  }
  await atOnce([...wrong, ...missing], putBack, (id) => sizes.get(id) ?? PACK_BYTES)
}

async function healDescription({ machine }: Healing, patient: Patient): Promise<void> {
  const { description } = patient.look
  if (description !== 'whole' && description !== 'newer')
    await put(patient, VAULT_FILE, machine.descriptionBytes)
}

async function healRecords({ records }: Healing, patient: Patient): Promise<void> {
  const here = new Set((await patient.look.past.store.list('forgotten/')).map(({ key }) => key))
  for (const { id, bytes } of records)
    if (!here.has(forgottenKey(id))) await put(patient, forgottenKey(id), bytes)
}

async function healHeads(healing: Healing, patient: Patient): Promise<void> {
  const { past } = patient.look
  const chain = chainOf(healing.heads)
  const damaged = [...(past.damaged ?? []), ...(past.unreadable ?? [])].filter((key) => chain.has(key))
  for (const key of damaged.sort(bySeq)) await put(patient, key, chain.get(key) as Uint8Array)
  const now = damaged.length === 0 ? past : await readAgain(healing, past.store)
  const isAccepted = healing.accept.includes(past.store.name)
  if (isAccepted) await accept(healing, patient, { chain, now })
  else if (now.history === 'intact') await putMissing(patient, { chain, now })
}

interface Chain {
  /** Bytes of the heads that should be there, by their key. */
  readonly chain: ReadonlyMap<string, Uint8Array>
  /** What the store shows. */
  readonly now: StoreHistory
}

async function putMissing(patient: Patient, { chain, now }: Chain): Promise<void> {
  const here = new Set(now.heads.map(keyOf))
  for (const key of [...chain.keys()].sort(bySeq))
    if (!here.has(key)) await put(patient, key, chain.get(key) as Uint8Array)
}

/** @throws CairnError `store-history` when another machine may have added devices that this one does not know */
async function accept(healing: Healing, patient: Patient, { chain, now }: Chain): Promise<void> {
  const { store, history } = now
  if (healing.looks.some(({ description }) => description === 'newer'))
    fail('store-history', { store: store.name, history })
  const here = new Set(now.heads.map(keyOf))
  const keys = (await store.list('heads/')).map(({ key }) => key)
  const strange = keys.filter((key) => !here.has(key))
  for (const key of strange) await keep(healing, await store.get(key))
  await putMissing(patient, { chain, now })
  for (const key of strange) {
    if (!chain.has(key)) await store.remove(key)
    patient.setAside.push(key)
  }
}

/** Where this machine keeps what a store passed off as heads, by SHA-256. */
export const REFUSED_FOLDER = 'refused'

async function keep({ machine, ports }: Healing, bytes: Uint8Array): Promise<void> {
  const folder = join(machine.home.folder, REFUSED_FOLDER)
  await ports.disk.makeFolder(folder).catch((error) => localError(error, folder))
  await writeLocal(ports.disk, join(folder, hex(ports.primitives.sha256(bytes))), bytes)
}

/** Of each device the heads from the first on, as far as each names the one before and no other claims its place. */
function chainOf(heads: readonly SignedHead[]): ReadonlyMap<string, Uint8Array> {
  const chain = new Map<string, Uint8Array>()
  const known = new Map(heads.map((signed) => [signed.hash, signed]))
  for (const device of new Set(heads.map(({ head }) => head.device))) {
    const own = [...known.values()].filter(({ head }) => head.device === device)
    let last: SignedHead | undefined
    for (let seq = 1; ; seq++) {
      const [next, other] = own.filter(({ head }) => head.seq === seq)
      if (next === undefined || other !== undefined || next.head.previous !== (last?.hash ?? null)) break
      chain.set(keyOf(next), next.bytes)
      last = next
    }
  }
  return chain
}

function keyOf({ head }: SignedHead): string {
  return headKey(head.device, head.seq)
}

async function readAgain({ machine, seen }: Healing, store: Store): Promise<StoreHistory> {
  const { stores } = await readPast([store], machine.description, { seen })
  return stores[0] as StoreHistory
}

/** What a look would show now. What was put back was read back. */
async function lookAgain(healing: Healing, { look, repaired }: Patient): Promise<Look> {
  const back = new Set(repaired)
  const ids = repaired.map(objectIdOf).filter((id) => id !== null)
  const unreadable = look.unreadable.filter((key) => !back.has(key))
  return {
    past: await readAgain(healing, look.past.store),
    description: back.has(VAULT_FILE) ? 'whole' : look.description,
    objects: new Set([...look.objects, ...ids]),
    damaged: look.damaged.filter((key) => !back.has(key)),
    unreadable,
    ...(unreadable.length > 0 && look.trouble ? { trouble: look.trouble } : {}),
  }
}
