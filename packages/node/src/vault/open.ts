/**
 * Opening a vault: from what the stores say and what a person brings to an authenticated description and the
 * key of every object. On a machine that never saw the vault nothing else is needed.
 */
import { CairnError, fail, isCairnError } from '@cairn/core/errors.js'
import type { Primitives } from '@cairn/core/types.js'
import {
  authenticate,
  parseDescription,
  type SignedDescription,
  type VaultDescription,
  vaultFingerprint,
} from '@cairn/core/vault/description.js'
import { byRank, type Trusted, trusted } from '@cairn/core/vault/devices.js'
import {
  type ForgottenFile,
  type ForgottenReading,
  forgottenHeads,
  forgottenObjects,
  MAX_FORGOTTEN_BYTES,
  movedManifests,
  readForgotten,
} from '@cairn/core/vault/forgotten.js'
import { MAX_HEAD_BYTES, type SignedHead } from '@cairn/core/vault/head.js'
import {
  type HeadFile,
  type Known as HeldAgainst,
  type History,
  type HistoryReport,
  readHistory,
  type SeenHead,
} from '@cairn/core/vault/history.js'
import { identityFromSecret, secretFromIdentity } from '@cairn/core/vault/identity.js'
import { VAULT_FILE } from '@cairn/core/vault/object.js'
import { type Ending, openRetired } from '@cairn/core/vault/retired.js'
import { type Given, unlock } from '@cairn/core/vault/unlock.js'
import { nativeEd25519 } from '../ed25519.js'
import { native } from '../primitives.js'
import type { Store, StoredObject } from '../stores/store.js'
import { atOnce } from './at-once.js'
import { compareStores, isLie, type StoreHistory } from './compare.js'
import type { Reading } from './reader.js'

/** What one store says it is; not authenticated. */
export interface Claim {
  readonly store: Store
  readonly signed?: SignedDescription
  /** The bytes that say so. */
  readonly bytes?: Uint8Array
  /** Why there is no description. */
  readonly failure?: CairnError
}

/**
 * Asks every store for vault.json. Which of two vaults is meant only a person can say: nothing is proven before it is
 * unlocked, and factors are asked for by what one of them claims.
 * @throws CairnError the first failure, when none has a readable one; `stores-differ`
 */
export async function readClaims(stores: readonly Store[]): Promise<readonly Claim[]> {
  const claims = await Promise.all(stores.map(readClaim))
  if (claims.every(({ failure }) => failure !== undefined)) throw claims[0]?.failure
  const shown = claims.flatMap(({ store, signed }) => (signed ? [{ store, ...signed.description }] : []))
  if (new Set(shown.map(({ id }) => id)).size > 1)
    fail('stores-differ', {
      vaults: shown.map((vault) => `${vault.store.name} ${vaultFingerprint(vault)}`).join(', '),
    })
  return claims
}

/** What one store says; never an error. */
export async function readClaim(store: Store): Promise<Claim> {
  try {
    const bytes = await store.get(VAULT_FILE)
    return { store, signed: parseDescription(bytes), bytes }
  } catch (error) {
    if (!(error instanceof CairnError)) throw error
    const failure =
      error.code === 'object-missing' ? new CairnError('store-absent', { store: store.place }) : error
    return { store, failure }
  }
}

export interface OpenVault {
  readonly description: VaultDescription
  /** Its authentication code. */
  readonly mac: string
  readonly reading: Reading
}

/**
 * Unlocks with the newest description that the factors prove genuine; a store that shows a forged one loses
 * its say, but its objects are still read: they prove themselves.
 * @throws CairnError of `unlock`, or `vault-forged` when no description is genuine
 */
export async function openVault(
  claims: readonly Claim[],
  given: Given,
  primitives: Primitives,
): Promise<OpenVault> {
  const different = new Map(claims.flatMap(({ signed }) => (signed ? [[signed.mac, signed] as const] : [])))
  const order = [...different.values()].sort(byRank)
  let failure: unknown
  for (const signed of order) {
    try {
      const { policy, recipient } = signed.description
      const secret = await unlock(policy, given, recipient)
      const description = authenticate(signed, secret)
      const identity = identityFromSecret(secret)
      secret.fill(0)
      const retired = await openRetired(description.retired, identity)
      const stores = claims.map(({ store }) => store)
      return {
        description,
        mac: signed.mac,
        reading: { stores, identity, retired: retired.map(identityIn), primitives },
      }
    } catch (error) {
      if (!(error instanceof CairnError)) throw error
      failure ??= error
    }
  }
  throw failure
}

function identityIn(ending: Ending): string {
  return ending.identity
}

export interface Past {
  /** Genuine heads of all stores, each once, but those of snapshots that were forgotten. */
  readonly heads: readonly SignedHead[]
  /** All genuine heads: those of forgotten snapshots stay, as links of their chain. */
  readonly chain: readonly SignedHead[]
  /** Genuine records of what was forgotten. */
  readonly forgotten: readonly ForgottenFile[]
  readonly stores: readonly StoreHistory[]
  /** `lost`: this machine could not hold the stores against what it saw before. */
  readonly memory?: 'lost'
  /** A change of vault.json that this machine knew was made at the same time as another one, and does not count. */
  readonly overtaken?: true
}

export interface Known {
  /** What each store has acknowledged to this machine, by its name. */
  readonly seen?: Readonly<Record<string, readonly SeenHead[]>>
  /** The copies that this machine keeps itself, of heads and of records of what was forgotten. */
  readonly own?: Store
  /**
   * The vault secret and those of before as age identities, when the vault is open: records that none of them made are
   * passed over.
   */
  readonly identities?: readonly string[]
}

/**
 * Reads the heads of every store. Genuine heads count from whichever store has them, so that of two stores one
 * honest one is enough to see the newest snapshot; so do records of what was forgotten.
 */
export async function readPast(
  stores: readonly Store[],
  description: VaultDescription,
  known: Known = {},
): Promise<Past> {
  const { own, seen = {} } = known
  const heads = new Map<string, SignedHead>()
  const forgotten = new Map<string, ForgottenFile>()
  const reading = readingOf(description, known)
  const addForgotten = async (store: Store) => {
    for (const file of await readRecords(store, reading)) forgotten.set(file.id, file)
  }
  const past = await Promise.all(
    stores.map(async (store): Promise<StoreHistory> => {
      try {
        const { files, unreadable } = await readHeads(store)
        const report = await historyOf(store, files, { ...reading, seen: seen[store.name] ?? [] })
        for (const head of report.heads) heads.set(head.hash, head)
        await addForgotten(store)
        return { store, ...(unreadable.length === 0 ? report : withGaps(report, unreadable)) }
      } catch (error) {
        if (!(error instanceof CairnError)) throw error
        return { store, history: 'unknown', heads: [], failure: error }
      }
    }),
  )
  const compared = await compareStores(past, {
    own,
    seen: Object.values(seen).flat(),
    sha256: native.sha256,
  })
  if (own) await addForgotten(own)
  for (const secret of reading.secrets ?? []) secret.fill(0)
  const manifestsOf = movedManifests([...forgotten.values()])
  const chain = [...heads.values()].map((signed) => ({ ...signed, manifests: manifestsOf(signed.head) }))
  const isGone = forgottenHeads([...forgotten.values()])
  return {
    heads: chain.filter(({ head }) => !isGone(head)),
    chain,
    forgotten: [...forgotten.values()],
    stores: compared,
  }
}

function readingOf(description: VaultDescription, { identities = [] }: Known): ForgottenReading & Trusted {
  const secrets = identities.length === 0 ? {} : { secrets: identities.map(secretFromIdentity) }
  return { ...trusted(description), ed25519: nativeEd25519, ...secrets }
}

/** What a store shows; of heads that nobody known here signed, whether a newer vault.json names their device. */
async function historyOf(
  store: Store,
  files: readonly HeadFile[],
  known: HeldAgainst,
): Promise<HistoryReport> {
  const report = readHistory(files, known)
  if (report.history !== 'forged') return report
  const { signed } = await readClaim(store)
  const claimed =
    signed?.description.id === known.vault ? trusted(signed.description).devices : new Map<string, string>()
  const unknown = new Map([...claimed].filter(([id]) => !known.devices.has(id)))
  return unknown.size === 0 ? report : readHistory(files, { ...known, claimed: unknown })
}

/** Daily pruning of ten computers for 27 years. */
export const MOST_RECORDS = 100_000
/** What names four million packs. */
export const MOST_RECORDS_BYTES = 256 * 1024 * 1024

/**
 * The genuine records in a store. What comes is counted and not what was listed, since a store may give more than it
 * lists, or one record under many names.
 * @throws CairnError `store-unreachable` for more than a vault can have
 */
export async function readRecords(
  store: Store,
  reading: ForgottenReading,
): Promise<readonly ForgottenFile[]> {
  const listed = await store.list('forgotten/')
  const keys = listed.filter(({ size }) => size <= MAX_FORGOTTEN_BYTES)
  if (keys.length > MOST_RECORDS) tooMany(store, 'records')
  let bytes = 0
  const files = await atOnce(keys, async ({ key }) => {
    const file = await store.get(key)
    bytes += file.length
    return bytes > MOST_RECORDS_BYTES ? tooMany(store, 'records') : readForgotten(file, reading)
  })
  return files.filter((file) => file !== null)
}

function tooMany({ name: store }: Store, what: 'heads' | 'records'): never {
  return fail('store-unreachable', { store, reason: `it shows more ${what} than a vault can have` })
}

/**
 * Ids of the objects that this machine forgot, by its own copies of the records. Records alone: the heads beside them are
 * one a snapshot. Copies that cannot be read forget nothing, and what was forgotten is only kept a while longer.
 */
export async function forgottenHere(own: Store, description: VaultDescription): Promise<ReadonlySet<string>> {
  try {
    return forgottenObjects(await readRecords(own, readingOf(description, {})))
  } catch (error) {
    if (isCairnError(error)) return new Set()
    throw error
  }
}

/**
 * What other devices forgot, by their records in the stores, so that it is not copied back. Never what this device counts
 * on, whatever they say: without the secret nobody can tell whether the vault was open when they said it.
 * @param mine ids of the objects of this device
 */
export async function forgottenElsewhere(
  targets: readonly { readonly store: Store; readonly failure?: CairnError }[],
  description: VaultDescription,
  mine: ReadonlySet<string>,
): Promise<ReadonlySet<string>> {
  if (description.devices.length === 1) return new Set()
  const reading = readingOf(description, {})
  const files = await Promise.all(
    targets.map(async ({ store, failure }) => {
      try {
        return failure ? [] : await readRecords(store, reading)
      } catch (error) {
        if (error instanceof CairnError) return []
        throw error
      }
    }),
  )
  return new Set([...forgottenObjects(files.flat())].filter((id) => !mine.has(id)))
}

/** For work that needs a store. @throws CairnError the first failure, when no store could be asked */
export function asked(past: Past): Past {
  if (past.stores.every(({ failure }) => failure !== undefined)) throw past.stores[0]?.failure
  return past
}

/**
 * For work that needs a snapshot: a store that shows nothing genuine and lies is to be told of, before that nothing is there.
 * @throws CairnError `store-history`
 */
export function requireSnapshots({ heads, stores }: Past): void {
  const liar = stores.find(({ history }) => isLie(history))
  if (heads.length === 0 && liar) fail('store-history', { store: liar.store.name, history: liar.history })
}

/** Heads of daily snapshots of ten computers for a hundred years; each has some 600 bytes. */
export const MOST_HEADS = 400_000
const MOST_HEADS_BYTES = 256 * 1024 * 1024

/**
 * What is no head for its size is empty: it is not read, or, where the store lists it smaller than it is, not kept. All of
 * them together are held in memory, and how many there are the store decides.
 * @throws CairnError `store-unreachable` for more than a vault can have
 */
export async function readHeads(store: Store) {
  const unreadable: string[] = []
  const listed = await store.list('heads/')
  let total = 0
  const read = async ({ key, size }: StoredObject): Promise<readonly HeadFile[]> => {
    if (size > MAX_HEAD_BYTES) return [{ key, bytes: new Uint8Array() }]
    try {
      const bytes = await store.get(key)
      if (bytes.length > MAX_HEAD_BYTES) return [{ key, bytes: new Uint8Array() }]
      total += bytes.length
      return total > MOST_HEADS_BYTES ? tooMany(store, 'heads') : [{ key, bytes }]
    } catch (error) {
      if (!isCairnError(error, 'object-unreadable')) throw error
      unreadable.push(key)
      return []
    }
  }
  if (listed.length > MOST_HEADS) tooMany(store, 'heads')
  const files = await atOnce(listed, read)
  return { files: files.flat(), unreadable }
}

/** What heads that cannot be read may explain is no lie of the store. */
const GAPS: readonly History[] = ['intact', 'hidden', 'rolled-back']

function withGaps({ at, ...report }: HistoryReport, unreadable: readonly string[]) {
  if (GAPS.includes(report.history)) return { ...report, unreadable, history: 'unknown' as const }
  return { ...report, unreadable, ...(at === undefined ? {} : { at }) }
}
