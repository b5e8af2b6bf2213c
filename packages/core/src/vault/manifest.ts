/**
 * Manifests: what a snapshot holds. A manifest is one JSON text in one padded gzip member, sealed like a
 * pack; it stands alone, so that one head leads to one manifest, and that to every byte of the snapshot.
 */
import * as z from 'zod'
import { text, utf8 } from '../bytes.js'
import { CairnError, fail } from '../errors.js'
import type { Primitives } from '../types.js'
import { deviceId, hex32, instant, refuseNewer, vaultId } from './head.js'
import { CHUNK_BYTES } from './pack.js'
import { padMember } from './padding.js'
import { type Tagged, taggedList } from './tags.js'

/** Bounds on what a manifest may unfold to: some 400,000 chunks, 25 GiB of wallet files. */
export const MAX_MANIFEST_BYTES = 128 * 1024 * 1024

/** A relative path with forward slashes; no empty, `.` or `..` part, no control characters, no drive letter. */
export function isSafePath(path: string): boolean {
  if (path.length === 0 || path.length > 4096 || /^[a-zA-Z]:/.test(path) || path.includes('\\')) return false
  if ([...path].some((character) => character < ' ' || character === '\u007f')) return false
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..')
}

export const walletName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/)
const count = z.int().min(0)
const amount = z.string().regex(/^-?\d{1,80}$/)
const restoreRule = z.enum(['anytime', 'forward-only', 'once'])

export interface Chunk {
  readonly sha256: string
  /** Bytes of the contents. */
  readonly size: number
  /** Index into `packs`. */
  readonly pack: number
  /** Where the gzip member lies in the plain contents of the pack. */
  readonly offset: number
  readonly length: number
}

const CHUNK_FIELDS = 5

/** By hand, since a manifest is nearly all chunks: with a schema for each, 3,500 of them took a third longer to read. */
function isChunk(value: unknown): value is Chunk {
  if (typeof value !== 'object' || value === null) return false
  const { sha256, size, pack, offset, length } = value as Readonly<Record<string, unknown>>
  return (
    typeof sha256 === 'string' &&
    /^[0-9a-f]{64}$/.test(sha256) &&
    isCount(size, 1) &&
    size <= CHUNK_BYTES &&
    isCount(pack, 0) &&
    isCount(offset, 0) &&
    isCount(length, 1) &&
    Object.keys(value).length === CHUNK_FIELDS
  )
}

function isCount(value: unknown, least: number): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= least
}

export const artefactSchema = z.strictObject({
  path: z.string().refine(isSafePath),
  role: z.enum(['file', 'labels', 'addresses', 'transactions']),
  size: count,
  sha256: hex32,
  /** POSIX permission bits, and modification time in milliseconds since 1970; for role `file` only. */
  mode: z.int().min(0).max(0o777).optional(),
  mtime: z.int().optional(),
  restore: restoreRule,
  chunks: z.array(z.custom<Chunk>(isChunk)),
})

const identitySchema = z.strictObject({
  fingerprints: z.array(z.string().regex(/^[0-9a-f]{8}$/)),
  descriptors: z.array(z.string().max(20_000)),
  chain: z.enum(['bitcoin', 'ethereum']).nullable(),
  network: z.enum(['mainnet', 'testnet', 'signet', 'regtest']).nullable(),
  electrumOldMasterKey: z
    .string()
    .regex(/^[0-9a-f]{128}$/)
    .optional(),
})

export const walletSchema = z.strictObject({
  name: walletName,
  kind: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/),
  /** Where it was on the machine that saved it; only for people to read. */
  source: z.string().max(8192),
  encrypted: z.boolean(),
  opened: z.boolean(),
  restore: restoreRule,
  identity: identitySchema,
  /** How many the records list: what a drill must find again. */
  counts: z.strictObject({
    addresses: count,
    labels: count,
    transactions: count,
    imported_keys: count,
  }),
  beyond_seed: z.array(z.strictObject({ what: z.string().max(64), count })),
  balance: z.strictObject({ confirmed: amount, unconfirmed: amount }).optional(),
  tip: count.optional(),
  artefacts: z.array(artefactSchema),
})

const KNOWN_VERSION = 2

const fields = {
  format: z.literal('cairn-manifest'),
  vault: vaultId,
  device: deviceId,
  seq: z.int().min(1),
  time: instant,
  /** Object ids of the packs that the chunks point into. */
  packs: z.array(hex32),
  wallets: z.array(walletSchema),
  /** Wallets of this device that this snapshot does not hold, and the newest sequence that holds them. */
  elsewhere: z.array(z.strictObject({ name: walletName, seq: z.int().min(1) })),
}

/** Version 2 is written only when some snapshot of the device has tags, so that all others open with the first Cairn too. */
const manifestSchema = z.discriminatedUnion('version', [
  z.strictObject({ ...fields, version: z.literal(1) }),
  z.strictObject({ ...fields, version: z.literal(2), tags: taggedList }),
])

export type Manifest = z.infer<typeof manifestSchema>
export type ManifestWallet = z.infer<typeof walletSchema>
export type Artefact = z.infer<typeof artefactSchema>

/** What a manifest says of tags. */
export function taggedIn(manifest: Manifest): readonly Tagged[] {
  return manifest.version === 2 ? manifest.tags : []
}

/** The plain contents of a manifest object. */
export async function encodeManifest(
  manifest: Manifest,
  primitives: Pick<Primitives, 'gzip'>,
): Promise<Uint8Array> {
  return padMember(await primitives.gzip(utf8(JSON.stringify(manifest))))
}

/**
 * Reads the plain contents of a manifest object and checks everything in it that can be checked alone.
 * @throws CairnError `manifest-damaged`, `vault-newer`
 */
export async function parseManifest(
  plain: Uint8Array,
  snapshot: string,
  primitives: Pick<Primitives, 'gunzip'>,
): Promise<Manifest> {
  const damaged = (reason: string) => new CairnError('manifest-damaged', { snapshot, reason })
  const json = await primitives.gunzip(plain, MAX_MANIFEST_BYTES)
  if (json === null) throw damaged('it cannot be unpacked')
  const value = parseJson(json)
  refuseNewer(value, KNOWN_VERSION)
  const parsed = manifestSchema.safeParse(value)
  if (!parsed.success) throw damaged('a field is missing or wrong')
  const inconsistency = findInconsistency(parsed.data)
  if (inconsistency) throw damaged(inconsistency)
  return parsed.data
}

/** Holds a manifest against the head that led to it. @throws CairnError `manifest-damaged` */
export function belongsTo(
  manifest: Manifest,
  head: { vault: string; device: string; seq: number },
): Manifest {
  const same = manifest.vault === head.vault && manifest.device === head.device && manifest.seq === head.seq
  return same
    ? manifest
    : fail('manifest-damaged', { snapshot: String(head.seq), reason: 'it belongs to another head' })
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(text(bytes))
  } catch {
    return undefined
  }
}

function findInconsistency(manifest: Manifest): string | undefined {
  const tagged = taggedIn(manifest)
  if (tagged.some(({ seq }) => seq > manifest.seq)) return 'it has tags of later snapshots'
  if (new Set(tagged.map(({ seq }) => seq)).size !== tagged.length) return 'a snapshot has two lists of tags'
  const names = new Set(manifest.wallets.map(({ name }) => name))
  if (names.size !== manifest.wallets.length) return 'two wallets have the same name'
  for (const wallet of manifest.wallets) {
    const paths = new Set(wallet.artefacts.map(({ role, path }) => `${role === 'file'}/${path}`))
    if (paths.size !== wallet.artefacts.length) return 'two artefacts have the same path'
    for (const artefact of wallet.artefacts) {
      if (artefact.chunks.some(({ pack }) => pack >= manifest.packs.length)) return 'a chunk is in no pack'
      const size = artefact.chunks.reduce((sum, chunk) => sum + chunk.size, 0)
      if (size !== artefact.size) return 'an artefact is not as long as its chunks'
    }
  }
  return undefined
}
