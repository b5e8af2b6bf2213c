/**
 * What lies in one store, without a key: every object held against its name, vault.json against the one that this
 * machine authenticated. Heads are read before, for all stores (`readPast`).
 */
import { CairnError, fail, isCairnError } from '@cairn/core/errors.js'
import { authenticate, parseDescription, type SignedDescription } from '@cairn/core/vault/description.js'
import { secretFromIdentity } from '@cairn/core/vault/identity.js'
import { headPlaceOf, objectIdOf, VAULT_FILE } from '@cairn/core/vault/object.js'
import { objectId } from '@cairn/core/vault/seal.js'
import type { Machine } from '../machine/open.js'
import type { Ports, Progress } from '../ports.js'
import type { Store } from '../stores/store.js'
import type { StoreHistory } from './open.js'

/** `newer`: it says that it was changed since this machine opened the vault, which only the vault secret can prove. */
export type DescriptionState = 'whole' | 'damaged' | 'missing' | 'newer'

export interface Look {
  readonly past: StoreHistory
  readonly description: DescriptionState
  /** Ids of the objects that are there, damaged or not. */
  readonly objects: ReadonlySet<string>
  /** Keys below `objects/` whose bytes are not what their name says. */
  readonly damaged: readonly string[]
  /** Why it could not be looked at. */
  readonly failure?: CairnError
}

export interface Looking {
  readonly machine: Machine
  readonly ports: Ports
  readonly progress: Progress
  /** Ids of objects that this vault is known to have. */
  readonly known: ReadonlySet<string>
  /** The vault secret as an age identity, when the vault is open. */
  readonly identity?: string
}

/** Changes nothing. A store that fails has no objects and says why. */
export async function look(past: StoreHistory, looking: Looking): Promise<Look> {
  try {
    if (past.failure) throw past.failure
    const description = await lookAtDescription(past, looking)
    return { past, description, ...(await lookAtObjects(past.store, looking)) }
  } catch (error) {
    if (!(error instanceof CairnError)) throw error
    return { past, description: 'whole', objects: new Set(), damaged: [], failure: error }
  }
}

/** @throws CairnError `store-absent`, `store-foreign`, `vault-damaged`, `vault-newer` */
async function lookAtDescription(past: StoreHistory, looking: Looking): Promise<DescriptionState> {
  const { store } = past
  const { machine, identity } = looking
  try {
    const bytes = await store.get(VAULT_FILE)
    const signed = parseDescription(bytes)
    const { id, revision } = signed.description
    if (id !== machine.description.id) fail('store-foreign', { store: store.name })
    if (Buffer.compare(bytes, machine.descriptionBytes) === 0) return 'whole'
    if (revision <= machine.description.revision) return 'damaged'
    // of another secret: the vault was rekeyed, which this one cannot tell from a lie; nothing is written over it
    const isOfAnother = signed.description.recipient !== machine.description.recipient
    return identity === undefined || isOfAnother || isAuthentic(signed, identity) ? 'newer' : 'damaged'
  } catch (error) {
    if (!isCairnError(error, 'vault-damaged', 'object-missing')) throw error
    const isGone = error.code === 'object-missing'
    if (await isOurs(past, looking)) return isGone ? 'missing' : 'damaged'
    return isGone ? fail('store-absent', { store: store.place }) : Promise.reject(error)
  }
}

/**
 * A store that names a head of a device of this vault, or an object of it, is of this vault, also when its vault.json is
 * gone or no longer readable. An empty folder is not: it may be the place where a drive should be.
 */
async function isOurs({ store }: StoreHistory, { machine, known }: Looking): Promise<boolean> {
  const devices = new Set(machine.description.devices.map(({ id }) => id))
  const heads = (await store.list('heads/')).map(({ key }) => headPlaceOf(key)?.device ?? '')
  if (heads.some((device) => devices.has(device))) return true
  return (await store.list('objects/')).some(({ key }) => known.has(objectIdOf(key) ?? ''))
}

function isAuthentic(signed: SignedDescription, identity: string): boolean {
  const secret = secretFromIdentity(identity)
  try {
    authenticate(signed, secret)
    return true
  } catch (error) {
    if (isCairnError(error, 'vault-forged')) return false
    throw error
  } finally {
    secret.fill(0)
  }
}

async function lookAtObjects(store: Store, { ports, progress }: Looking) {
  const listed = await store.list('objects/')
  const total = listed.reduce((sum, { size }) => sum + size, 0)
  const objects = new Set<string>()
  const damaged: string[] = []
  let done = 0
  for (const { key, size } of listed) {
    const id = objectIdOf(key)
    const found = id === null ? 'damaged' : await lookAt(store, key, { id, ports })
    if (id !== null && found !== 'missing') objects.add(id)
    if (found === 'damaged') damaged.push(key)
    done += size
    progress({ what: `check ${store.name}`, done, total })
  }
  return { objects, damaged }
}

async function lookAt(
  store: Store,
  key: string,
  { id, ports }: { readonly id: string; readonly ports: Ports },
): Promise<'whole' | 'damaged' | 'missing'> {
  try {
    return objectId(await store.get(key), ports.primitives) === id ? 'whole' : 'damaged'
  } catch (error) {
    // it went away since it was listed, or the store lists what it does not have
    if (isCairnError(error, 'object-missing')) return 'missing'
    throw error
  }
}
