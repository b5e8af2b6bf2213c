/**
 * The certificate of a drill: what was restored and compared, what was not, what differed; dated, and signed
 * by the device that did it (Ed25519 over canonical JSON, as heads are). It proves what this device found, to
 * whoever trusts the device; it holds names of wallets and no secret.
 */
import * as z from 'zod'
import { concat, hex, unhex, utf8 } from '../bytes.js'
import type { Ed25519 } from '../types.js'
import { canonicalFile, encodeCanonical, parseCanonicalFile } from '../vault/canonical.js'
import { pureEd25519 } from '../vault/ed25519.js'
import { type DeviceKey, deviceId, hex32, instant, vaultId } from '../vault/head.js'

const MAX_CERTIFICATE_BYTES = 4 * 1024 * 1024
const SIGNED_AS = utf8('cairn drill 1\n')

/** The name of the check of the paper, by which the others can be told from it. */
export const WORDS_CHECK = 'the words on the paper'

const result = z.enum(['proven', 'differs', 'incomplete'])

const checkSchema = z.strictObject({
  /** What was compared, in plain words. */
  what: z.string().max(200),
  expected: z.string().max(1000),
  found: z.string().max(1000),
  ok: z.boolean(),
})

const walletSchema = z.strictObject({
  name: z.string(),
  result,
  /** Manifest and sequence of the snapshot it was restored from, and when that was made. */
  snapshot: hex32,
  seq: z.int().min(1),
  saved: instant,
  checks: z.array(checkSchema),
  /** What this drill did not look at, in plain words. */
  not_covered: z.array(z.string().max(300)),
})

const certificateSchema = z.strictObject({
  format: z.literal('cairn-drill'),
  version: z.literal(1),
  vault: vaultId,
  device: deviceId,
  time: instant,
  result,
  wallets: z.array(walletSchema),
})
const signedSchema = certificateSchema.extend({ signature: z.string().regex(/^[0-9a-f]{128}$/) })

export type DrillCheck = z.infer<typeof checkSchema>
export type DrilledWallet = z.infer<typeof walletSchema>
export type Certificate = z.infer<typeof certificateSchema>
export type DrillResult = Certificate['result']

/** `differs` weighs most, then `incomplete`; no wallet at all proves nothing. */
export function overall(wallets: readonly DrilledWallet[]): DrillResult {
  if (wallets.some((wallet) => wallet.result === 'differs')) return 'differs'
  return wallets.length === 0 || wallets.some((wallet) => wallet.result === 'incomplete')
    ? 'incomplete'
    : 'proven'
}

/** The bytes of the signed certificate file. */
export function signCertificate(
  certificate: Certificate,
  key: DeviceKey,
  ed25519: Ed25519 = pureEd25519,
): Uint8Array {
  const signature = hex(ed25519.sign(signedBytes(certificate), key.secretKey))
  return canonicalFile({ ...certificate, signature })
}

/** The certificate, or null when it is damaged or was not signed by this device. @param publicKey 64 hex digits */
export function readCertificate(
  bytes: Uint8Array,
  publicKey: string,
  ed25519: Ed25519 = pureEd25519,
): Certificate | null {
  const parsed = signedSchema.safeParse(parseCanonicalFile(bytes, MAX_CERTIFICATE_BYTES))
  if (!parsed.success) return null
  const { signature, ...certificate } = parsed.data
  const isGenuine = ed25519.verify(unhex(signature), signedBytes(certificate), unhex(publicKey))
  return isGenuine ? certificate : null
}

function signedBytes(certificate: Certificate): Uint8Array {
  return concat(SIGNED_AS, utf8(encodeCanonical(certificate)))
}
