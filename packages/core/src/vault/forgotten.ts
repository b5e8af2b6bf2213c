/**
 * Records of what was forgotten on purpose, so that a snapshot whose objects are gone can be told from one that was
 * stolen. A device forgets its own snapshots only, and signs (Ed25519); an HMAC under a key derived from the vault secret
 * (HKDF-SHA256, RFC 5869) shows that the vault was open when it did. A store can make neither; who has the key of the
 * device and not the secret is found out as soon as the vault is opened.
 *
 * A record may also say that manifests moved: the chunks of a snapshot that is kept were written again into other packs,
 * so that those with little in them can go, and another manifest of the same snapshot says where they are now. Heads
 * are signed and chained and go on to name the first one.
 */
import { hkdf } from '@noble/hashes/hkdf.js'
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import * as z from 'zod'
import { concat, equal, hex, unhex, utf8 } from '../bytes.js'
import type { Ed25519 } from '../types.js'
import { canonicalFile, encodeCanonical, parseCanonicalFile } from './canonical.js'
import { pureEd25519 } from './ed25519.js'
import { type DeviceKey, deviceId, type Head, hex32, instant, vaultId } from './head.js'

/** Nothing longer is read. */
export const MAX_FORGOTTEN_BYTES = 1024 * 1024

/** Snapshots in one record, and packs: some 780 KiB of JSON. */
export const MAX_FORGOTTEN_SNAPSHOTS = 1000
export const MAX_FORGOTTEN_PACKS = 10_000

const SIGNED_AS = utf8('cairn forgotten 1\n')

const fields = {
  format: z.literal('cairn-forgotten'),
  vault: vaultId,
  device: deviceId,
  time: instant,
  /** Heads of this device that lead nowhere any more. */
  snapshots: z.array(z.strictObject({ seq: z.int().min(1), manifest: hex32 })).max(MAX_FORGOTTEN_SNAPSHOTS),
  /** Ids of other objects that no snapshot needs any more: packs, and manifests that moved. */
  packs: z.array(hex32).max(MAX_FORGOTTEN_PACKS),
}
/** Of a snapshot of this device: its manifest, which was the object `from`, is `to` now. */
const moved = z.array(z.strictObject({ from: hex32, to: hex32 })).max(MAX_FORGOTTEN_SNAPSHOTS)

/** Version 2 is written only when manifests moved. */
const versions = {
  1: z.strictObject({ ...fields, version: z.literal(1) }),
  2: z.strictObject({ ...fields, version: z.literal(2), moved }),
}
const signed = { mac: hex32, signature: z.string().regex(/^[0-9a-f]{128}$/) }
const writtenSchema = z.discriminatedUnion('version', [
  versions[1].extend(signed),
  versions[2].extend(signed),
])

export type Forgotten = z.infer<(typeof versions)[1]> | z.infer<(typeof versions)[2]>

/** A record as it was read, with what it takes to tell that the vault was open. */
export interface ForgottenFile {
  readonly record: Forgotten
  readonly mac: string
  readonly bytes: Uint8Array
  /** SHA-256 of the file. */
  readonly id: string
}

export interface ForgetKeys {
  readonly device: DeviceKey
  /** The vault secret, 32 bytes. */
  readonly secret: Uint8Array
  readonly ed25519?: Ed25519
}

/** The bytes of a signed record of forgotten snapshots. */
export function writeForgotten(
  record: Forgotten,
  { device, secret, ed25519 = pureEd25519 }: ForgetKeys,
): ForgottenFile {
  const mac = hex(macOf(record, secret))
  const signature = hex(ed25519.sign(signedBytes(record, mac), device.secretKey))
  const bytes = canonicalFile({ ...record, mac, signature })
  return { record, mac, bytes, id: hex(sha256(bytes)) }
}

export interface ForgottenReading {
  readonly vault: string
  /** Public keys by device id, from an authenticated vault.json. */
  readonly devices: ReadonlyMap<string, string>
  /** The vault secret and those of before a rekey, when the vault is open. */
  readonly secrets?: readonly Uint8Array[]
  readonly ed25519?: Ed25519
}

/** The record; null when no device of this vault wrote it, or, with the secrets at hand, not while the vault was open. */
export function readForgotten(
  bytes: Uint8Array,
  { vault, devices, secrets, ed25519 = pureEd25519 }: ForgottenReading,
): ForgottenFile | null {
  const parsed = writtenSchema.safeParse(parseCanonicalFile(bytes, MAX_FORGOTTEN_BYTES))
  if (!parsed.success || parsed.data.vault !== vault) return null
  const { mac, signature, ...record } = parsed.data
  const key = devices.get(record.device)
  if (key === undefined || !ed25519.verify(unhex(signature), signedBytes(record, mac), unhex(key)))
    return null
  const isOurs = (secret: Uint8Array) => equal(macOf(record, secret), unhex(mac))
  if (secrets !== undefined && !secrets.some(isOurs)) return null
  return { record, mac, bytes, id: hex(sha256(bytes)) }
}

/** Tells whether one of the records is about a head. */
export function forgottenHeads(files: readonly ForgottenFile[]): (head: Head) => boolean {
  const name = (device: string, seq: number, manifest: string) => `${device}/${seq}/${manifest}`
  const all = files.flatMap(({ record: { device, snapshots } }) =>
    snapshots.map(({ seq, manifest }) => name(device, seq, manifest)),
  )
  const names = new Set(all)
  return ({ device, seq, manifest }) => names.has(name(device, seq, manifest))
}

/** Ids of all objects that were forgotten: manifests and packs. */
export function forgottenObjects(files: readonly ForgottenFile[]): ReadonlySet<string> {
  const ids = files.flatMap(({ record: { snapshots, packs } }) => [
    ...packs,
    ...snapshots.map(({ manifest }) => manifest),
  ])
  return new Set(ids)
}

/** Says of a head which objects hold its manifest, the newest first, the one that the head names last. */
export function movedManifests(files: readonly ForgottenFile[]): (head: Head) => readonly string[] {
  const moves = new Map<string, string>()
  for (const { record } of files)
    if (record.version === 2)
      for (const { from, to } of record.moved) moves.set(`${record.device}/${from}`, to)
  return ({ device, manifest }) => {
    const ids = [manifest]
    for (;;) {
      const next = moves.get(`${device}/${ids[0]}`)
      if (next === undefined || ids.includes(next)) return ids
      ids.unshift(next)
    }
  }
}

function macOf(record: Forgotten, secret: Uint8Array): Uint8Array {
  const key = hkdf(sha256, secret, unhex(record.vault), utf8('cairn forgotten 1'), 32)
  return hmac(sha256, key, utf8(encodeCanonical(record)))
}

function signedBytes(record: Forgotten, mac: string): Uint8Array {
  return concat(SIGNED_AS, utf8(encodeCanonical({ ...record, mac })))
}
