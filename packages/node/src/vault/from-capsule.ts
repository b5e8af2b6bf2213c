/**
 * From a capsule to what a restore takes. A store in memory shows its vault.json, so that it is unlocked as any vault is;
 * opened, its wallets lie there as objects of a snapshot, under heads that nobody signed: the capsule itself was
 * authenticated. So one restore serves stores and paper.
 */
import { concat, hex } from '@cairn/core/bytes.js'
import { fail } from '@cairn/core/errors.js'
import type { Primitives } from '@cairn/core/types.js'
import {
  type Capsule,
  type CapsuleWallet,
  capsulePath,
  openCapsule,
  parseCapsule,
} from '@cairn/core/vault/capsule.js'
import type { SignedHead } from '@cairn/core/vault/head.js'
import {
  type Artefact,
  type Chunk,
  encodeManifest,
  type Manifest,
  type ManifestWallet,
} from '@cairn/core/vault/manifest.js'
import { objectKey, VAULT_FILE } from '@cairn/core/vault/object.js'
import { CHUNK_BYTES } from '@cairn/core/vault/pack.js'
import { objectId, seal } from '@cairn/core/vault/seal.js'
import type { Store } from '../stores/store.js'
import type { OpenVault } from './open.js'

/** A capsule before it is unlocked. */
export interface CapsuleStore {
  /** Shows vault.json; objects once it was opened. */
  readonly store: Store
  readonly sealed: Uint8Array
}

/** @throws CairnError `capsule-damaged` */
export async function capsuleStore(
  bytes: Uint8Array,
  primitives: Pick<Primitives, 'gunzip'>,
): Promise<CapsuleStore> {
  const { vault, sealed } = await parseCapsule(bytes, primitives)
  return { store: memoryStore('paper', new Map([[VAULT_FILE, vault]])), sealed }
}

/**
 * Puts the wallets of the capsule into its store, and gives the heads that lead to them.
 * @throws CairnError of `openCapsule`
 */
export async function openCapsuleStore(
  { store, sealed }: CapsuleStore,
  { description, reading }: OpenVault,
): Promise<readonly SignedHead[]> {
  const { identity, retired = [], primitives } = reading
  const opening = { vault: description.id, identities: [identity, ...retired], primitives }
  const capsule = await openCapsule(sealed, opening)
  const snapshots = new Map<string, CapsuleWallet[]>()
  for (const wallet of capsule.manifest.wallets) {
    const { device, seq } = wallet.snapshot
    snapshots.set(`${device}/${seq}`, [...(snapshots.get(`${device}/${seq}`) ?? []), wallet])
  }
  const putting = { store, capsule, recipient: description.recipient, primitives }
  return Promise.all([...snapshots.values()].map((wallets) => putSnapshot(wallets, putting)))
}

interface Putting {
  readonly store: Store
  readonly capsule: Capsule
  readonly recipient: string
  readonly primitives: Primitives
}

/** Wallets of one snapshot, as a pack and a manifest. */
async function putSnapshot(wallets: readonly CapsuleWallet[], putting: Putting): Promise<SignedHead> {
  const { capsule } = putting
  const { snapshot } = wallets[0] as CapsuleWallet
  const { device, seq, time } = snapshot
  const members: Uint8Array[] = []
  const packed: ManifestWallet[] = []
  for (const { snapshot: _, ...wallet } of wallets) {
    const artefacts: Artefact[] = []
    for (const artefact of wallet.artefacts) {
      const contents = capsule.files.get(capsulePath(wallet.name, artefact)) as Uint8Array
      artefacts.push({ ...artefact, chunks: await addChunks(members, contents, putting.primitives) })
    }
    packed.push({ ...wallet, artefacts })
  }
  const { vault } = capsule.manifest
  const common = { format: 'cairn-manifest', version: 1, vault, device, seq, time } as const
  const packs = [await put(concat(...members), putting)]
  const manifest = { ...common, packs, wallets: packed, elsewhere: othersOf(capsule, snapshot) }
  return unsigned(manifest, {
    id: snapshot.id,
    at: await put(await encodeManifest(manifest, putting.primitives), putting),
  })
}

/** Wallets of the device that another snapshot in the capsule has. */
function othersOf({ manifest }: Capsule, { device, seq }: CapsuleWallet['snapshot']): Manifest['elsewhere'] {
  return manifest.wallets
    .filter(({ snapshot }) => snapshot.device === device && snapshot.seq !== seq)
    .map(({ name, snapshot }) => ({ name, seq: snapshot.seq }))
}

async function addChunks(
  members: Uint8Array[],
  contents: Uint8Array,
  { gzip, sha256 }: Primitives,
): Promise<Chunk[]> {
  const chunks: Chunk[] = []
  let offset = members.reduce((sum, { length }) => sum + length, 0)
  for (let at = 0; at < contents.length; at += CHUNK_BYTES) {
    const piece = contents.subarray(at, at + CHUNK_BYTES)
    const member = await gzip(piece)
    chunks.push({ sha256: hex(sha256(piece)), size: piece.length, pack: 0, offset, length: member.length })
    members.push(member)
    offset += member.length
  }
  return chunks
}

/** Seals to the vault, since a restore opens what it reads; gives the id. */
async function put(plain: Uint8Array, { store, recipient, primitives }: Putting): Promise<string> {
  const { bytes } = await seal(plain, recipient, primitives)
  const id = objectId(bytes, primitives)
  await store.put(objectKey(id), bytes)
  return id
}

const EMPTY_HEAD = { format: 'cairn-head', version: 1, type: 'snapshot', previous: null } as const

/** A head as it was in the vault, which leads to the manifest `at`. It was not signed: nothing reads it but a restore. */
function unsigned(
  { vault, device, seq, time }: Manifest,
  { id, at }: Record<'id' | 'at', string>,
): SignedHead {
  const head = { ...EMPTY_HEAD, vault, device, seq, time, manifest: id, next_expected_by: time }
  return { head, bytes: new Uint8Array(), hash: id, manifests: [at, id] }
}

function memoryStore(name: string, files: Map<string, Uint8Array>): Store {
  return {
    name,
    place: name,
    get: async (key) => files.get(key) ?? fail('object-missing', { object: key }),
    put: async (key, bytes) => {
      files.set(key, bytes)
    },
    list: async (prefix) =>
      [...files].flatMap(([key, { length }]) => (key.startsWith(prefix) ? [{ key, size: length }] : [])),
    remove: async (key) => {
      files.delete(key)
    },
  }
}
