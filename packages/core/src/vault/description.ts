/**
 * vault.json: the public description of a vault, the only file that must be understood to begin a restore.
 * It holds no secret: the age recipient, the unlock policy with its locks, and the devices that may sign
 * heads. An HMAC under a key derived from the vault secret (HKDF-SHA256, RFC 5869) lets whoever unlocks the
 * vault see that nobody else wrote it: a store that adds a device or a factor is found out.
 */
import { hkdf } from '@noble/hashes/hkdf.js'
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import * as z from 'zod'
import { equal, hex, unhex, utf8 } from '../bytes.js'
import { fail } from '../errors.js'
import { canonicalFile, encodeCanonical, type Json, parseCanonicalFile, parseLoosely } from './canonical.js'
import { deviceId, deviceIdOf, hex32, instant, refuseNewer, vaultId } from './head.js'
import { FIRST_KINDS } from './locks/table.js'
import { type Policy, parsePolicy } from './policy.js'
import { type Retired, retiredSchema } from './retired.js'

/** Locks take about 1 KiB each; 16 groups of 16 factors stay far below. */
export const MAX_VAULT_FILE_BYTES = 1024 * 1024

const deviceSchema = z.strictObject({
  id: deviceId,
  name: z.string().min(1).max(128),
  key: hex32,
  added: instant,
})

/** A device whose heads count up to the last one that was there when it was removed. */
const endedSchema = deviceSchema.extend({
  removed: z
    .strictObject({
      time: instant,
      /** 0 and null when there was no head of it. */
      seq: z.int().min(0).max(999_999_999),
      hash: hex32.nullable(),
    })
    .optional(),
})

const KNOWN_VERSION = 4

/** So many ancestors are named: a computer that was away for more changes than that cannot tell what became of its own. */
export const MAX_BEFORE = 64

export const MAX_DEVICES = 256

const fields = {
  format: z.literal('cairn-vault'),
  id: vaultId,
  created: instant,
  /** Counts the changes of this file; a lower number than one seen before is a rolled-back store. */
  revision: z.int().min(1),
  recipient: z.string().regex(/^age1[0-9a-z]{20,100}$/),
  policy: z.unknown(),
  devices: z.array(deviceSchema).max(MAX_DEVICES),
  mac: hex32,
}

/**
 * Version 2 is written only for a vault that was rekeyed, version 3 only for one with a kind of factor that came after
 * them, version 4 only for one that several devices write to, so that all others open with the first Cairn too.
 */
const vaultSchema = z.discriminatedUnion('version', [
  z.strictObject({ ...fields, version: z.literal(1) }),
  z.strictObject({ ...fields, version: z.literal(2), retired: retiredSchema }),
  z.strictObject({ ...fields, version: z.literal(3), retired: retiredSchema.optional() }),
  z.strictObject({
    ...fields,
    version: z.literal(4),
    devices: z.array(endedSchema).max(MAX_DEVICES),
    before: z.array(z.string().regex(/^[0-9a-f]{16}$/)).max(MAX_BEFORE),
    retired: retiredSchema.optional(),
  }),
])

export type Device = z.infer<typeof endedSchema>

export interface VaultDescription {
  readonly format: 'cairn-vault'
  readonly version: 1 | 2 | 3 | 4
  readonly id: string
  readonly created: string
  readonly revision: number
  readonly recipient: string
  readonly policy: Policy
  readonly devices: readonly Device[]
  /** Secrets of before, newest first; from version 2 on. */
  readonly retired?: readonly Retired[]
  /** The first 16 digits of the `mac` of the revisions before, newest first; in version 4 only. */
  readonly before?: readonly string[]
}

/** A description with its authentication code, as read from a store; not yet authenticated. */
export interface SignedDescription {
  readonly description: VaultDescription
  readonly mac: string
}

/** The version of a description with this policy, these secrets of before and these ancestors: the lowest that says it. */
export function versionFor(
  policy: Policy,
  retired: readonly unknown[] = [],
  before?: readonly unknown[],
): VaultDescription['version'] {
  if (before !== undefined) return 4
  const factors = policy.groups.flatMap((group) => group.factors)
  if (factors.some(({ kind }) => !FIRST_KINDS.has(kind))) return 3
  return retired.length > 0 ? 2 : 1
}

/** The bytes of vault.json. `secret` is the vault secret, 32 bytes. */
export function writeDescription(description: VaultDescription, secret: Uint8Array): Uint8Array {
  return canonicalFile({ ...toJson(description), mac: hex(macOf(description, secret)) })
}

/** Reads vault.json without a secret. @throws CairnError `vault-damaged`, `vault-newer` */
export function parseDescription(bytes: Uint8Array): SignedDescription {
  refuseNewer(parseLoosely(bytes, MAX_VAULT_FILE_BYTES), KNOWN_VERSION)
  const value = parseCanonicalFile(bytes, MAX_VAULT_FILE_BYTES)
  if (value === null) fail('vault-damaged', { reason: 'it is not canonical JSON' })
  const parsed = vaultSchema.safeParse(value)
  if (!parsed.success) return fail('vault-damaged', { reason: 'a field is missing or wrong' })
  const { mac, ...read } = parsed.data
  if (new Set(read.devices.map(({ id }) => id)).size !== read.devices.length) {
    fail('vault-damaged', { reason: 'a device is listed twice' })
  }
  if (read.devices.some(({ id, key }) => id !== deviceIdOf(key))) {
    fail('vault-damaged', { reason: 'a device has a key that is not its own' })
  }
  const { retired, before, ...rest } = { retired: undefined, before: undefined, ...read }
  const policy = parsePolicy(read.policy)
  if (read.version !== versionFor(policy, retired, before))
    fail('vault-damaged', { reason: 'its version is not that of what is in it' })
  const more = { ...(retired ? { retired } : {}), ...(before ? { before } : {}) }
  return { description: { ...rest, policy, ...more } as VaultDescription, mac }
}

/** The description, once the vault secret proves it genuine. @throws CairnError `vault-forged` */
export function authenticate(signed: SignedDescription, secret: Uint8Array): VaultDescription {
  if (!equal(macOf(signed.description, secret), unhex(signed.mac))) fail('vault-forged')
  return signed.description
}

/** Public keys of the devices by their id, as `readHead` wants them. */
export function deviceKeys(description: VaultDescription): Map<string, string> {
  return new Map(description.devices.map(({ id, key }) => [id, key]))
}

/**
 * What people compare: five groups of four hex digits (80 bits) of the SHA-256 over id and recipient. It
 * stays the same when factors and devices change, and becomes another one when the vault is rekeyed.
 */
export function vaultFingerprint({ id, recipient }: Pick<VaultDescription, 'id' | 'recipient'>): string {
  const digits = hex(sha256(utf8(`cairn vault fingerprint 1\n${id}\n${recipient}\n`))).slice(0, 20)
  return (digits.match(/.{4}/g) as string[]).join('-')
}

function macOf(description: VaultDescription, secret: Uint8Array): Uint8Array {
  const key = hkdf(sha256, secret, unhex(description.id), utf8('cairn vault.json 1'), 32)
  return hmac(sha256, key, utf8(encodeCanonical(toJson(description))))
}

function toJson(description: VaultDescription): { readonly [key: string]: Json } {
  return description as unknown as { readonly [key: string]: Json }
}
