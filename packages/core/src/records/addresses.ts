/**
 * Addresses as the vault records them: JSON Lines with the fields of `AddressRecord`. A form of our own: BIP-329 has
 * labels of addresses, but no place for where an address comes from.
 */
import { fail } from '../errors.js'
import type { AddressRecord } from '../types.js'
import { type JsonObject, readLines, writeLines } from './jsonl.js'

const KEYS = ['address', 'branch', 'change', 'descriptor', 'from', 'index', 'origin']
const ORIGINS: readonly string[] = ['derived', 'imported', 'watched'] satisfies AddressRecord['origin'][]
const refuse = (line: number): never => fail('records-invalid', { line, what: 'addresses' })

/** One line an address, keys in alphabetical order, in the order given. @throws CairnError `records-invalid` */
export function encodeAddresses(addresses: readonly AddressRecord[]): Uint8Array {
  return writeLines(addresses as readonly (AddressRecord & JsonObject)[], KEYS, refuse)
}

/**
 * Reads the recorded addresses, one JSON object a line.
 * @throws CairnError `records-invalid` with the number of the line.
 */
export function parseAddresses(bytes: Uint8Array): readonly AddressRecord[] {
  return readLines(bytes, toAddress, refuse)
}

function toAddress(object: JsonObject, line: number): AddressRecord {
  const { address, origin, change } = object
  if (typeof address !== 'string' || address === '') return refuse(line)
  if (typeof origin !== 'string' || !isOrigin(origin)) return refuse(line)
  if (change !== undefined && change !== true) return refuse(line)
  const from = toFrom(object.from, line)
  return { address, ...(from && { from }), origin, ...(change && { change }) }
}

function toFrom(from: unknown, line: number): AddressRecord['from'] {
  if (from === undefined) return undefined
  if (typeof from !== 'object' || from === null) return refuse(line)
  const { descriptor, branch, index } = from as JsonObject
  if (!isCount(descriptor) || !isCount(branch) || !isCount(index)) return refuse(line)
  return { descriptor, branch, index }
}

function isOrigin(origin: string): origin is AddressRecord['origin'] {
  return ORIGINS.includes(origin)
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}
