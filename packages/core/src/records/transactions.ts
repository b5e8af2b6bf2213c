/**
 * Transactions as BIP-329 records of type `tx` with its additional fields, so that other programs can read them:
 * `height`, `time` (ISO 8601, UTC), `fee` and `value` (signed: what came into the wallet) in the smallest unit.
 * One departure: an amount beyond 2^53 - 1, which no number in JSON holds safely, is a decimal string.
 */
import { fail } from '../errors.js'
import type { TransactionRecord } from '../types.js'
import { type JsonObject, readLines, writeLines } from './jsonl.js'

const KEYS = ['fee', 'height', 'ref', 'time', 'type', 'value']
const AMOUNT = /^(?:0|-?[1-9]\d{0,77})$/ // 78 digits hold 2^256
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/
const MAX_TIME = 253_402_300_799 // the last second of the year 9999
const refuse = (line: number): never => fail('records-invalid', { line, what: 'transactions' })

/**
 * One line a transaction, in the order given.
 * @throws CairnError `records-invalid` for what its type does not allow: an amount that is not a decimal integer, a
 * height that is not one, a time before 1970.
 */
export function encodeTransactions(transactions: readonly TransactionRecord[]): Uint8Array {
  return writeLines(
    transactions.map((transaction, i) => toObject(transaction, i + 1)),
    KEYS,
    refuse,
  )
}

/**
 * Reads the recorded transactions, one JSON object a line.
 * @throws CairnError `records-invalid` with the number of the line.
 */
export function parseTransactions(bytes: Uint8Array): readonly TransactionRecord[] {
  return readLines(bytes, toTransaction, refuse)
}

function toObject({ txid, height, time, delta, fee }: TransactionRecord, line: number): JsonObject {
  if (txid === '' || !isHeight(height) || !isTime(time)) return refuse(line)
  return {
    type: 'tx',
    ref: txid,
    height,
    time: time === undefined ? undefined : toIso(time),
    value: toJsonAmount(delta, line),
    fee: toJsonAmount(fee, line),
  }
}

function toTransaction(object: JsonObject, line: number): TransactionRecord | null {
  if (object.type !== 'tx') return null
  const { ref, height } = object
  if (typeof ref !== 'string' || ref === '' || !isHeight(height)) return refuse(line)
  const time = toSeconds(object.time, line)
  const delta = toAmount(object.value, line)
  const fee = toAmount(object.fee, line)
  return {
    txid: ref,
    ...(height !== undefined && { height }),
    ...(time !== undefined && { time }),
    ...(delta !== undefined && { delta }),
    ...(fee !== undefined && { fee }),
  }
}

function toJsonAmount(amount: string | undefined, line: number): number | string | undefined {
  if (amount === undefined) return undefined
  if (!AMOUNT.test(amount)) return refuse(line)
  return Number.isSafeInteger(Number(amount)) ? Number(amount) : amount
}

function toAmount(value: unknown, line: number): string | undefined {
  if (value === undefined) return undefined
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value)
  return typeof value === 'string' && AMOUNT.test(value) ? value : refuse(line)
}

function toSeconds(value: unknown, line: number): number | undefined {
  if (value === undefined) return undefined
  if (typeof value !== 'string' || !TIME.test(value)) return refuse(line)
  const seconds = Date.parse(value) / 1000
  // the 30th of February is the 2nd of March to Date.parse
  return isTime(seconds) && toIso(seconds) === value ? seconds : refuse(line)
}

function toIso(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`
}

function isHeight(value: unknown): value is number | undefined {
  return value === undefined || (Number.isSafeInteger(value) && (value as number) >= 0)
}

function isTime(value: number | undefined): boolean {
  return value === undefined || (Number.isInteger(value) && value >= 0 && value <= MAX_TIME)
}
