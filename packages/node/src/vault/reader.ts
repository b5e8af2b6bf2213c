/**
 * Reading objects back from several stores: the first copy that is what its name says wins. A copy that is
 * damaged, missing or out of reach is passed over, and named only when no good one is left.
 */
import { CairnError, fail, isCairnError } from '@cairn/core/errors.js'
import type { Primitives } from '@cairn/core/types.js'
import type { SignedHead } from '@cairn/core/vault/head.js'
import { belongsTo, type Manifest, parseManifest } from '@cairn/core/vault/manifest.js'
import { objectKey } from '@cairn/core/vault/object.js'
import { objectId, open } from '@cairn/core/vault/seal.js'
import type { Store } from '../stores/store.js'

export interface Reading {
  readonly stores: readonly Store[]
  /** The vault secret as an age identity. */
  readonly identity: string
  /** Secrets that the vault had before it was rekeyed: its older objects are sealed to them. */
  readonly retired?: readonly string[]
  readonly primitives: Primitives
}

/**
 * The plain contents of an object.
 * @throws CairnError the most telling failure of all copies: damaged before missing before unreachable
 */
export async function readObject(reading: Reading, id: string): Promise<Uint8Array> {
  const failures: CairnError[] = []
  for (const store of reading.stores) {
    try {
      return await openAny(await store.get(objectKey(id)), reading, id)
    } catch (error) {
      if (!(error instanceof CairnError)) throw error
      failures.push(error)
    }
  }
  throw mostTelling(failures) ?? new CairnError('object-missing', { object: id })
}

export interface Copies {
  readonly stores: readonly Store[]
  readonly primitives: Primitives
}

/** The sealed bytes of an object from the first store that gives what its name says; null when none does. */
export async function goodCopy(id: string, { stores, primitives }: Copies): Promise<Uint8Array | null> {
  for (const store of stores) {
    const bytes = await getOrNull(store, objectKey(id))
    if (bytes !== null && objectId(bytes, primitives) === id) return bytes
  }
  return null
}

/** What the store gives under this key; null when it gives nothing, whatever the reason. */
export async function getOrNull(store: Store, key: string): Promise<Uint8Array | null> {
  try {
    return await store.get(key)
  } catch (error) {
    if (isCairnError(error)) return null
    throw error
  }
}

/** Opens with the secret of the vault, or with one of before. @throws CairnError as `open` */
export async function openAny(
  sealed: Uint8Array,
  { identity, retired = [], primitives }: Omit<Reading, 'stores'>,
  id: string,
): Promise<Uint8Array> {
  try {
    return await open(sealed, { id, identity, primitives })
  } catch (error) {
    const [next, ...rest] = retired
    if (next === undefined || !isCairnError(error, 'object-foreign')) throw error
    return openAny(sealed, { identity: next, retired: rest, primitives }, id)
  }
}

/** The manifest that a genuine head leads to; when it moved and cannot be read there, from where it was before. */
export async function readManifest(
  reading: Reading,
  { head, manifests }: Pick<SignedHead, 'head' | 'manifests'>,
): Promise<Manifest> {
  const [first = head.manifest, ...before] = manifests ?? []
  try {
    const plain = await readObject(reading, first)
    return belongsTo(await parseManifest(plain, head.manifest.slice(0, 12), reading.primitives), head)
  } catch (error) {
    if (!isCairnError(error) || before.length === 0) throw error
    return readManifest(reading, { head, manifests: before }).catch(() => Promise.reject(error))
  }
}

function mostTelling(failures: readonly CairnError[]): CairnError | undefined {
  const order = ['mismatch', 'damaged', 'absent', 'unreachable']
  return [...failures].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))[0]
}

/** True of what is read as the number of a snapshot, not as its id. */
export function isSequence(at: string): boolean {
  return /^\d{1,5}$/.test(at)
}

/** The snapshot a person means: `latest`, a sequence number, or the beginning of its id (6 digits or more). */
export function chooseHead(heads: readonly SignedHead[], at: string): SignedHead {
  const matches = heads.filter(({ head }) =>
    isSequence(at) ? head.seq === Number(at) : head.manifest.startsWith(at),
  )
  const clear = matches.length === 1 && (at.length >= 6 || isSequence(at))
  return clear ? (matches[0] as SignedHead) : fail('snapshot-absent')
}
