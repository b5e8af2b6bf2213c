/**
 * The file of a timelock recovery plan: BIP-128, "JSON format" and "Checksum Calculation"
 * (https://github.com/bitcoin/bips/blob/master/bip-0128.mediawiki). Every field with the bounds that the BIP gives it;
 * fields that it does not name are let be, and count in the checksum. Not here: whether the transactions are what it says.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import * as z from 'zod'
import { hex, text, utf8 } from '../../bytes.js'

/** Two transactions of 800,000 digits, 10,000 outputs and 10,000 anchors with what belongs to each. */
export const MAX_PLAN_BYTES = 8 * 1024 * 1024
const MAX_WEIGHT = 400_000
const MIN_CHECKSUM = 8

const short = z.string().max(100)
const address = z.string().min(1).max(100)
const txid = z.string().regex(/^[0-9a-f]{64}$/)
const transaction = z
  .string()
  .min(2)
  .max(800_000)
  .regex(/^(?:[0-9A-F]{2})+$/)
const sats = z.int().min(0)
const weight = z.int().min(1).max(MAX_WEIGHT)

const schema = z.looseObject({
  kind: z.literal('timelock-recovery-plan'),
  id: z.string().min(1).max(100),
  name: z.string().max(200).optional(),
  description: z.string().max(10_000).optional(),
  /** ISO 8601 with its offset. */
  created_at: z.iso.datetime({ offset: true }).max(100),
  plugin_version: short,
  wallet_version: short,
  wallet_name: short,
  wallet_kind: short,
  /** "More than 388 days of cancellation-period will overflow the nSequence field bits". */
  timelock_days: z.int().min(2).max(388),
  anchor_amount_sats: sats,
  anchor_addresses: z.array(address).max(10_000),
  alert_address: address,
  alert_inputs: z.array(z.string().regex(/^[0-9a-f]{64}:\d{1,6}$/)).max(2439),
  alert_tx: transaction,
  alert_txid: txid,
  alert_fee: sats,
  alert_weight: weight,
  recovery_tx: transaction,
  recovery_txid: txid,
  recovery_fee: sats,
  recovery_weight: weight,
  recovery_outputs: z
    .array(
      z.union([
        z.tuple([address, z.int().min(1)]),
        z.tuple([address, z.int().min(1), z.string().max(200).nullish()]),
      ]),
    )
    .max(10_000),
  metadata: z.string().max(10_000).optional(),
  checksum: z
    .string()
    .min(MIN_CHECKSUM)
    .max(64)
    .regex(/^[0-9a-f]+$/),
})

export type PlanFile = z.infer<typeof schema>

/** The fields of a plan, or null where one is missing or out of its bounds. */
export function parsePlanFile(bytes: Uint8Array): PlanFile | null {
  if (bytes.length > MAX_PLAN_BYTES) return null
  const parsed = schema.safeParse(parseJson(bytes))
  return parsed.success ? parsed.data : null
}

/**
 * "converting the top-level JSON object to an array of [key, value] pairs, sorting the array, stringifying, calculating the
 * SHA256 hash of the result": all 64 digits, over everything but the checksum. The sort is that of JavaScript, by the text
 * of each pair.
 */
export function planChecksum({ checksum: _, ...plan }: Readonly<Record<string, unknown>>): string {
  return hex(sha256(utf8(JSON.stringify(Object.entries(plan).sort()))))
}

/** True of JSON that calls itself a plan, so that one that is cut off is still recognised, and reported. */
export function looksLikePlan(bytes: Uint8Array): boolean {
  if (bytes.length > MAX_PLAN_BYTES) return false
  const json = new TextDecoder().decode(bytes)
  return /^\s*\{/.test(json) && /"kind"\s*:\s*"timelock-recovery-plan"/.test(json)
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(text(bytes))
  } catch {
    return undefined
  }
}
