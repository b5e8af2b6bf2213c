/**
 * Heads: one small signed file a snapshot. A device signs (Ed25519, RFC 8032) vault, device, sequence, the
 * hash of its previous head, time, manifest and when the next one is expected, so that heads form a chain
 * which a store can only cut off at its end, and a cut is noticed by whoever saw more of it.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import * as z from 'zod'
import { concat, hex, unhex, utf8 } from '../bytes.js'
import { fail } from '../errors.js'
import { random } from '../random.js'
import type { Ed25519 } from '../types.js'
import { canonicalFile, encodeCanonical, parseCanonicalFile, parseLoosely } from './canonical.js'
import { pureEd25519 } from './ed25519.js'

/** A head is about 600 bytes; nothing longer is read. */
export const MAX_HEAD_BYTES = 4096

/** Separates these signatures from any other use of the same key. */
const SIGNED_AS = utf8('cairn head 1\n')

export const hex32 = z.string().regex(/^[0-9a-f]{64}$/)
export const deviceId = z.string().regex(/^[0-9a-f]{16}$/)
export const vaultId = z.string().regex(/^[0-9a-f]{32}$/)
export const instant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)

const headSchema = z.strictObject({
  format: z.literal('cairn-head'),
  version: z.literal(1),
  type: z.literal('snapshot'),
  vault: vaultId,
  device: deviceId,
  /** 1 for the first head of a device, then one more each. */
  seq: z.int().min(1).max(999_999_999),
  /** SHA-256 of the bytes of the previous head's file; null for the first. */
  previous: hex32.nullable(),
  time: instant,
  /** Object id of the manifest. */
  manifest: hex32,
  next_expected_by: instant,
})
const signedSchema = headSchema.extend({ signature: z.string().regex(/^[0-9a-f]{128}$/) })

export type Head = z.infer<typeof headSchema>

/** A head with the bytes it was read from and their hash, which the next head names. */
export interface SignedHead {
  readonly head: Head
  readonly bytes: Uint8Array
  readonly hash: string
  /** Objects that hold its manifest, the one to read first; absent: the head says it (`movedManifests` of forgotten.ts). */
  readonly manifests?: readonly string[]
}

/** The object that holds the manifest of a head. */
export function manifestOf({ head, manifests }: SignedHead): string {
  return manifests?.[0] ?? head.manifest
}

/** An Ed25519 key pair of a device; the id is the first 8 bytes of the SHA-256 of the public key, in hex. */
export interface DeviceKey {
  readonly id: string
  readonly publicKey: string
  readonly secretKey: Uint8Array
}

/** A new signing key for a device. */
export function newDeviceKey(): DeviceKey {
  return deviceKeyWith(random(32))
}

/** The signing key with these 32 bytes. */
export function deviceKeyWith(secretKey: Uint8Array, ed25519: Ed25519 = pureEd25519): DeviceKey {
  const publicKey = ed25519.publicKey(secretKey)
  return { id: deviceIdOf(hex(publicKey)), publicKey: hex(publicKey), secretKey }
}

/** The id that belongs to a public key (64 hex digits). */
export function deviceIdOf(publicKey: string): string {
  return hex(sha256(unhex(publicKey)).subarray(0, 8))
}

/** The bytes of the signed head file. */
export function signHead(head: Head, key: DeviceKey, ed25519: Ed25519 = pureEd25519): SignedHead {
  const signature = hex(ed25519.sign(signedBytes(head), key.secretKey))
  const bytes = canonicalFile({ ...head, signature })
  return { head, bytes, hash: hex(sha256(bytes)) }
}

/** `name`: what errors call the file. */
export interface HeadReading {
  readonly name: string
  readonly ed25519?: Ed25519
}

/**
 * Reads a head file and checks its signature against the devices of the vault (id to public key).
 * @throws CairnError `head-damaged`, `head-forged`, `vault-newer`
 */
export function readHead(
  bytes: Uint8Array,
  devices: ReadonlyMap<string, string>,
  { name, ed25519 = pureEd25519 }: HeadReading,
): SignedHead {
  refuseNewer(parseLoosely(bytes, MAX_HEAD_BYTES))
  const value = parseCanonicalFile(bytes, MAX_HEAD_BYTES)
  if (value === null) fail('head-damaged', { head: name, reason: 'it is not canonical JSON' })
  const parsed = signedSchema.safeParse(value)
  if (!parsed.success) return fail('head-damaged', { head: name, reason: 'a field is missing or wrong' })
  const { signature, ...head } = parsed.data
  const publicKey = devices.get(head.device)
  const isGenuine =
    publicKey !== undefined && ed25519.verify(unhex(signature), signedBytes(head), unhex(publicKey))
  if (!isGenuine) return fail('head-forged', { head: name })
  return { head, bytes, hash: hex(sha256(bytes)) }
}

/**
 * Asked first: a later version may have other rules of what is canonical.
 * @throws CairnError `vault-newer` when a parsed file says that it has a later format version
 */
export function refuseNewer(value: unknown, known = 1): void {
  if (typeof value !== 'object' || value === null || !('version' in value)) return
  const { version } = value
  if (typeof version === 'number' && version > known) fail('vault-newer', { version, known })
}

function signedBytes(head: Head): Uint8Array {
  return concat(SIGNED_AS, utf8(encodeCanonical(head)))
}
