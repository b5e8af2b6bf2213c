/**
 * Labels in the Wallet Labels Export Format, BIP-329. Written strictly; read with what the BIP asks an importer to
 * bear: unknown types and additional fields are passed over. Not a policy for importing: nothing is matched or cut.
 */
import { fail } from '../errors.js'
import type { Label } from '../types.js'
import { type JsonObject, readLines, writeLines } from './jsonl.js'

const TYPES: readonly string[] = ['tx', 'addr', 'pubkey', 'input', 'output', 'xpub'] satisfies Label['type'][]
const KEYS = ['label', 'origin', 'ref', 'spendable', 'type'] satisfies (keyof Label)[]
const refuse = (line: number): never => fail('labels-invalid', { line })

/**
 * One line a label, keys in alphabetical order, in the order given.
 * @throws CairnError `labels-invalid` for an empty `ref` and for `spendable` without the type `output`.
 */
export function encodeLabels(labels: readonly Label[]): Uint8Array {
  labels.forEach((label, i) => {
    if (label.ref === '' || (label.spendable !== undefined && label.type !== 'output')) refuse(i + 1)
  })
  return writeLines(labels as readonly (Label & JsonObject)[], KEYS, refuse)
}

/**
 * Reads any BIP-329 file.
 * @throws CairnError `labels-invalid` with the number of the line.
 */
export function parseLabels(bytes: Uint8Array): readonly Label[] {
  return readLines(bytes, toLabel, refuse)
}

function toLabel(object: JsonObject, line: number): Label | null {
  const { type, ref, label, origin } = object
  if (typeof type !== 'string' || typeof ref !== 'string' || ref === '') return refuse(line)
  // "importing wallets complying to this specification should ignore types not defined here"
  if (!isType(type)) return null
  if (!isOptionalString(label) || !isOptionalString(origin)) return refuse(line)
  const spendable = type === 'output' ? toSpendable(object.spendable, line) : undefined
  return {
    type,
    ref,
    ...(label !== undefined && { label }),
    ...(origin !== undefined && { origin }),
    ...(spendable !== undefined && { spendable }),
  }
}

/** Until February 2025 the BIP's own example had the word in quotes, and there are files like that. */
function toSpendable(value: unknown, line: number): boolean | undefined {
  if (value === true || value === 'true') return true
  if (value === false || value === 'false') return false
  return value === undefined ? undefined : refuse(line)
}

function isType(type: string): type is Label['type'] {
  return TYPES.includes(type)
}

function isOptionalString(value: unknown): value is string | undefined {
  return value === undefined || typeof value === 'string'
}
