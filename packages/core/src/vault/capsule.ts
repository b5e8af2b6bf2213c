/**
 * Capsules: some wallets of a snapshot as one small file that stands by itself, made to be printed. A gzipped tar of
 * vault.json, which says how the vault is unlocked, and of `snapshot.age`: another gzipped tar, sealed to the vault,
 * with the files of the wallets and a manifest. docs/paper-pages.md, section "What the pages hold".
 *
 * Anybody can seal to a recipient, so the manifest bears an HMAC under a key derived from the vault secret
 * (HKDF-SHA256, RFC 5869), as vault.json does: who made it had the vault open. Not here: pages, and unlocking.
 */
import { hkdf } from '@noble/hashes/hkdf.js'
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { packTar, unpackTar } from 'modern-tar'
import * as z from 'zod'
import { equal, hex, unhex, utf8 } from '../bytes.js'
import { fail, isCairnError } from '../errors.js'
import type { Primitives } from '../types.js'
import { canonicalFile, encodeCanonical, type Json, parseCanonicalFile, parseLoosely } from './canonical.js'
import { MAX_VAULT_FILE_BYTES } from './description.js'
import { deviceId, hex32, instant, refuseNewer, vaultId } from './head.js'
import { secretFromIdentity } from './identity.js'
import { type Artefact, artefactSchema, walletSchema } from './manifest.js'
import { VAULT_FILE } from './object.js'
import { open, seal } from './seal.js'

/** 255 codes of the largest kind bear less, so nothing longer comes from paper. */
const MAX_CAPSULE_BYTES = 2 * 1024 * 1024
/** What is unpacked from it at most. Wallet files shrink to a tenth at best. */
const MAX_UNPACKED_BYTES = 64 * 1024 * 1024
const MAX_MANIFEST_BYTES = 8 * 1024 * 1024

const SEALED_FILE = 'snapshot.age'
const MANIFEST_FILE = 'manifest.json'
/** Records of a wallet lie in this folder beside its files, here as in a restored folder. */
export const RECORDS_FOLDER = 'cairn-records'

const capsuleSchema = z.strictObject({
  format: z.literal('cairn-capsule'),
  version: z.literal(1),
  vault: vaultId,
  /** When it was made. */
  time: instant,
  wallets: z
    .array(
      walletSchema.extend({
        artefacts: z.array(artefactSchema.omit({ chunks: true })),
        /** The snapshot that it was taken from. */
        snapshot: z.strictObject({ id: hex32, device: deviceId, seq: z.int().min(1), time: instant }),
      }),
    )
    .min(1),
})
const authenticated = capsuleSchema.extend({ mac: hex32 })

export type CapsuleManifest = z.infer<typeof capsuleSchema>
export type CapsuleWallet = CapsuleManifest['wallets'][number]
type CapsuleArtefact = CapsuleWallet['artefacts'][number]

export interface Capsule {
  readonly manifest: CapsuleManifest
  /** Contents by their path in the capsule, `capsulePath`. */
  readonly files: ReadonlyMap<string, Uint8Array>
}

/** What a capsule shows without being opened. */
export interface SealedCapsule {
  /** The bytes of vault.json. */
  readonly vault: Uint8Array
  readonly sealed: Uint8Array
}

export interface CapsuleKeys {
  /** The bytes of vault.json, to go along. */
  readonly vault: Uint8Array
  readonly recipient: string
  /** The vault secret as an age identity. */
  readonly identity: string
  readonly primitives: Primitives
}

/** Where a file or record of a wallet lies in the sealed tar. */
export function capsulePath(wallet: string, { role, path }: Pick<Artefact, 'role' | 'path'>): string {
  return `wallets/${wallet}/${role === 'file' ? '' : `${RECORDS_FOLDER}/`}${path}`
}

/** The bytes of a capsule; compressed, then sealed. @throws CairnError as `seal` */
export async function sealCapsule({ manifest, files }: Capsule, keys: CapsuleKeys): Promise<Uint8Array> {
  const { primitives, identity, recipient, vault } = keys
  const mac = hex(macOf(manifest, identity))
  const marked = manifest.wallets.flatMap(({ name, artefacts }) =>
    artefacts.map((artefact) =>
      entry(capsulePath(name, artefact), contentsIn(files, name, artefact), artefact),
    ),
  )
  const plain = await packTar([entry(MANIFEST_FILE, canonicalFile({ ...toJson(manifest), mac })), ...marked])
  const { bytes } = await seal(await primitives.gzip(plain), recipient, primitives)
  return primitives.gzip(await packTar([entry(VAULT_FILE, vault), entry(SEALED_FILE, bytes)]))
}

/** What a capsule is made of; nothing in it is believed yet. @throws CairnError `capsule-damaged` */
export async function parseCapsule(
  bytes: Uint8Array,
  primitives: Pick<Primitives, 'gunzip'>,
): Promise<SealedCapsule> {
  const files = await unpack(bytes, MAX_CAPSULE_BYTES + MAX_VAULT_FILE_BYTES, primitives)
  const [vault, sealed] = [files.get(VAULT_FILE), files.get(SEALED_FILE)]
  if (!vault || !sealed) return damaged(`${VAULT_FILE} or ${SEALED_FILE} is not in it`)
  return { vault, sealed }
}

export interface CapsuleOpening {
  /** Id of the vault, from an authenticated vault.json. */
  readonly vault: string
  /** The vault secret and those of before a rekey, as age identities. */
  readonly identities: readonly string[]
  readonly primitives: Primitives
}

/**
 * The wallets in a capsule, every file compared with its hash.
 * @throws CairnError `capsule-damaged`, `capsule-forged`, `vault-newer`, and those of `open`
 */
export async function openCapsule(sealed: Uint8Array, opening: CapsuleOpening): Promise<Capsule> {
  const { plain, identity } = await openAny(sealed, opening)
  const files = await unpack(plain, MAX_UNPACKED_BYTES, opening.primitives)
  const manifest = parseManifest(files.get(MANIFEST_FILE), identity)
  if (manifest.vault !== opening.vault) damaged('it is of another vault')
  const wanted = manifest.wallets.flatMap(({ name, artefacts }) =>
    artefacts.map((artefact) => ({ path: capsulePath(name, artefact), artefact })),
  )
  if (new Set(wanted.map(({ path }) => path)).size !== wanted.length) damaged('two files have the same name')
  for (const { path, artefact } of wanted) requireFile(files.get(path), artefact, opening)
  return { manifest, files: new Map(wanted.map(({ path }) => [path, files.get(path) as Uint8Array])) }
}

async function openAny(sealed: Uint8Array, { identities, primitives }: CapsuleOpening) {
  const [identity = '', ...rest] = identities
  try {
    return { identity, plain: await open(sealed, { identity, primitives }) }
  } catch (error) {
    if (rest.length === 0 || !isCairnError(error, 'object-foreign')) throw error
    return openAny(sealed, { vault: '', identities: rest, primitives })
  }
}

function parseManifest(bytes: Uint8Array | undefined, identity: string): CapsuleManifest {
  if (!bytes) return damaged(`${MANIFEST_FILE} is not in it`)
  refuseNewer(parseLoosely(bytes, MAX_MANIFEST_BYTES))
  const parsed = authenticated.safeParse(parseCanonicalFile(bytes, MAX_MANIFEST_BYTES))
  if (!parsed.success) return damaged('a field of its manifest is missing or wrong')
  const { mac, ...manifest } = parsed.data
  return equal(macOf(manifest, identity), unhex(mac)) ? manifest : fail('capsule-forged')
}

function requireFile(
  contents: Uint8Array | undefined,
  { size, sha256: expected }: CapsuleArtefact,
  { primitives }: CapsuleOpening,
): void {
  if (contents?.length !== size || hex(primitives.sha256(contents)) !== expected)
    damaged('a file in it is not what its manifest says')
}

function entry(name: string, body: Uint8Array, { mode = 0o600, mtime = 0 }: Partial<Artefact> = {}) {
  return {
    header: { name, size: body.length, type: 'file' as const, mode, mtime: new Date(Math.max(mtime, 0)) },
    body,
  }
}

function contentsIn(
  files: Capsule['files'],
  wallet: string,
  artefact: Pick<Artefact, 'role' | 'path'>,
): Uint8Array {
  const contents = files.get(capsulePath(wallet, artefact))
  if (!contents) throw new RangeError('a capsule without one of its files')
  return contents
}

/** Regular files by name. The tar reader's own errors are not passed on. */
async function unpack(
  bytes: Uint8Array,
  limit: number,
  primitives: Pick<Primitives, 'gunzip'>,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const tar = await primitives.gunzip(bytes, limit)
  if (tar === null) return damaged('it cannot be unpacked')
  try {
    const entries = await unpackTar(tar, { strict: true })
    return new Map(entries.flatMap(({ header, data }) => (data ? [[header.name, data] as const] : [])))
  } catch {
    return damaged('it is no tar')
  }
}

function damaged(reason: string): never {
  return fail('capsule-damaged', { reason })
}

function macOf(manifest: CapsuleManifest, identity: string): Uint8Array {
  const key = hkdf(sha256, secretFromIdentity(identity), unhex(manifest.vault), utf8('cairn capsule 1'), 32)
  return hmac(sha256, key, utf8(encodeCanonical(toJson(manifest))))
}

function toJson(manifest: CapsuleManifest): { readonly [key: string]: Json } {
  return manifest as unknown as { readonly [key: string]: Json }
}
