/**
 * What lies in one store, without a key: every object held against its name, vault.json against the one that this
 * machine authenticated. Heads are read before, for all stores (`readPast`).
 */
import { CairnError, fail, isCairnError } from '@cairn/core/errors.js'
import { authenticate, parseDescription, type SignedDescription } from '@cairn/core/vault/description.js'
import { standing } from '@cairn/core/vault/devices.js'
import { secretFromIdentity } from '@cairn/core/vault/identity.js'
import { headPlaceOf, objectIdOf, VAULT_FILE } from '@cairn/core/vault/object.js'
import { objectId } from '@cairn/core/vault/seal.js'
import type { Machine } from '../machine/open.js'
import type { Ports, Progress } from '../ports.js'
import type { Store } from '../stores/store.js'
import { atOnce } from './at-once.js'
import type { StoreHistory } from './compare.js'

/**
 * `stale`: of before the last change of the policy, as in a store that was away then. `newer`: it says that it was
 * changed since this machine opened the vault, which only the vault secret can prove.
 */
export type DescriptionState = 'whole' | 'damaged' | 'missing' | 'unreadable' | 'stale' | 'newer'

export interface Look {
  readonly past: StoreHistory
  readonly description: DescriptionState
  /** Ids of the objects that are there, damaged or not. */
  readonly objects: ReadonlySet<string>
  /** Keys below `objects/` whose bytes are not what their name says. */
  readonly damaged: readonly string[]
  /** Keys below `objects/` that the store cannot give, while it gives others. */
  readonly unreadable: readonly string[]
  /** Why the first of those cannot be read. */
  readonly trouble?: CairnError
  /** Keys below `objects/` that the store lists and says it does not have. */
  readonly notGiven?: readonly string[]
  /** Sizes by key of those that are what their name says; absent where the store could not be looked at. */
  readonly whole?: ReadonlyMap<string, number>
  /** Why the store could not be looked at. */
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
    return { past, description: 'whole', objects: new Set(), damaged: [], unreadable: [], failure: error }
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
    const stands = standing(signed, machine)
    if (revision === machine.description.revision && stands === 'older') return 'damaged'
    // of another secret: the vault was rekeyed, which this one cannot tell from a lie; nothing is written over it
    const isOfAnother = signed.description.recipient !== machine.description.recipient
    if (identity !== undefined && !isOfAnother && !isAuthentic(signed, identity)) return 'damaged'
    return stands === 'older' ? 'stale' : 'newer'
  } catch (error) {
    if (!isCairnError(error, 'vault-damaged', 'object-missing', 'object-unreadable')) throw error
    if (await isOurs(past, looking)) return stateWithout(error)
    return error.code === 'object-missing'
      ? fail('store-absent', { store: store.place })
      : Promise.reject(error)
  }
}

function stateWithout({ code }: CairnError): DescriptionState {
  if (code === 'object-missing') return 'missing'
  return code === 'object-unreadable' ? 'unreadable' : 'damaged'
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
  let done = 0
  progress({ what: store.name, done, total })
  const found = await atOnce(
    listed,
    async ({ key, size }): Promise<Found> => {
      const state = await lookAt(store, key, ports)
      done += size
      progress({ what: store.name, done, total })
      return { key, size, ...state }
    },
    ({ size }) => size,
  )
  const keysOf = (wanted: Found['state']) =>
    found.filter(({ state }) => state === wanted).map(({ key }) => key)
  const there = found.filter(({ state }) => state !== 'missing').map(({ key }) => objectIdOf(key))
  const trouble = found.find(({ why }) => why !== undefined)?.why
  const unreadable = keysOf('unreadable')
  // a drive that gives nothing any more is away, whatever its names still say
  if (trouble && unreadable.length === found.length && unreadable.length > 1) throw trouble
  return {
    objects: new Set(there.filter((id) => id !== null)),
    damaged: keysOf('damaged'),
    unreadable,
    notGiven: keysOf('missing'),
    whole: new Map(found.filter(({ state }) => state === 'whole').map(({ key, size }) => [key, size])),
    ...(trouble ? { trouble } : {}),
  }
}

interface Found {
  readonly key: string
  readonly size: number
  readonly state: 'whole' | 'damaged' | 'missing' | 'unreadable'
  /** Why it is unreadable. */
  readonly why?: CairnError
}

async function lookAt(
  store: Store,
  key: string,
  { primitives }: Ports,
): Promise<Omit<Found, 'key' | 'size'>> {
  const id = objectIdOf(key)
  if (id === null) return { state: 'damaged' }
  try {
    return { state: objectId(await store.get(key), primitives) === id ? 'whole' : 'damaged' }
  } catch (error) {
    if (!(error instanceof CairnError)) throw error
    // it went away since it was listed, or the store lists what it does not have
    if (error.code === 'object-missing') return { state: 'missing' }
    if (error.kind === 'unreachable' && (await answers(store))) return { state: 'unreadable', why: error }
    throw error
  }
}

/** True when it gives something, or says that it has it not: then it is not the store that is out of reach. */
async function answers(store: Store): Promise<boolean> {
  return (await knock(store)) === undefined
}

/** Asks for vault.json, which is small. @returns why the store cannot be asked */
export async function knock(store: Store): Promise<CairnError | undefined> {
  try {
    await store.get(VAULT_FILE)
  } catch (error) {
    if (!(error instanceof CairnError)) throw error
    if (error.kind === 'unreachable' && error.code !== 'object-unreadable') return error
  }
  return undefined
}
