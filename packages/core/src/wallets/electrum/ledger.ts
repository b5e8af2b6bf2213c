/**
 * What the transactions in an Electrum wallet add up to. All versions keep them raw, so amounts are added up from
 * these and not from `txi` and `txo`, whose form changed. Heights and times are as the wallet verified them.
 */
import { hex } from '../../bytes.js'
import { parseAddress } from '../../keys/address.js'
import type { AddressRecord, Balance, TransactionRecord } from '../../types.js'
import type { Outpoint, Output, Transaction } from '../bitcoin/transaction.js'
import { at, entriesAt, isList, type Json, type JsonObject, positive } from './json.js'
import { readTransaction } from './transaction.js'

/** An output that the wallet owns or owned. */
export interface Coin {
  /** `txid:index` */
  readonly name: string
  readonly address: string
  readonly value: bigint
  readonly isSpent: boolean
  /** Of the transaction that made it. */
  readonly isConfirmed: boolean
}

export interface Ledger {
  /** By height; those without one last, in the order of the file. */
  readonly transactions: readonly TransactionRecord[]
  readonly coins: readonly Coin[]
  /** Absent when the wallet never met its chain. */
  readonly balance?: Balance
  readonly tip?: number
  /** How many transactions were never seen on the network: nothing but this file has them. */
  readonly local: number
}

interface Mined {
  readonly height: number
  readonly time?: number
  /** Within its block. */
  readonly position: number
}

interface Book {
  readonly raw: ReadonlyMap<string, Transaction>
  readonly mined: ReadonlyMap<string, Mined>
  /** Output script in hex -> own address. */
  readonly own: ReadonlyMap<string, string>
  readonly spent: ReadonlySet<string>
}

export function readLedger(db: JsonObject, addresses: readonly AddressRecord[]): Ledger {
  const heights = readHeights(db)
  const mined = readMined(db, heights)
  const raw = readRaw(db)
  const spent = new Set([...raw.values()].flatMap(({ inputs }) => inputs.map(nameOf)))
  const own = new Map(addresses.map(({ address }) => [hex(parseAddress(address).script), address]))
  const book: Book = { raw, mined, own, spent }
  const known = entriesAt(db, 'transactions').map(([txid]) => txid)
  const txids = [...new Set([...known, ...heights.keys(), ...mined.keys()])].filter(
    (txid) => isTxid(txid) && isRelated(txid, book),
  )
  const tip = positive(at(db, 'stored_height'))
  const coins = coinsOf(book)
  const isMet = tip !== undefined || txids.length > 0
  return {
    transactions: sortByHeight(txids, mined).map((txid) => toRecord(txid, { db, book })),
    coins,
    ...(isMet && { balance: balanceOf(book, coins) }),
    ...(tip !== undefined && { tip }),
    local: txids.filter((txid) => !heights.has(txid) && !mined.has(txid)).length,
  }
}

const nameOf = ({ txid, index }: Outpoint) => `${txid}:${index}`

function isTxid(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text)
}

function readRaw(db: JsonObject): ReadonlyMap<string, Transaction> {
  return new Map(
    entriesAt(db, 'transactions').flatMap(([txid, text]) => {
      const transaction = typeof text === 'string' ? readTransaction(text) : null
      return transaction?.txid === txid ? [[txid, transaction] as const] : []
    }),
  )
}

/** What the server said: address -> transactions with their heights, 0 or less in the memory pool. */
function readHeights(db: JsonObject): ReadonlyMap<string, Json | undefined> {
  const items = entriesAt(db, 'addr_history').flatMap(([, history]) => (isList(history) ? history : []))
  return new Map(
    items.flatMap((item) =>
      isList(item) && typeof item[0] === 'string' ? [[item[0], item[1]] as const] : [],
    ),
  )
}

/** What the wallet verified: `[height, time, position]`, and since 3.3 the hash of the block. */
function readMined(
  db: JsonObject,
  heights: ReadonlyMap<string, Json | undefined>,
): ReadonlyMap<string, Mined> {
  const mined = new Map<string, Mined>()
  for (const [txid, value] of heights) {
    const height = positive(value)
    if (height !== undefined) mined.set(txid, { height, position: 0 })
  }
  for (const [txid, entry] of entriesAt(db, 'verified_tx3')) {
    const [height, time, position] = isList(entry) ? entry.map(positive) : []
    if (height === undefined) continue
    const isTime = time !== undefined && time < 2 ** 32 // the time of a block has 32 bits
    mined.set(txid, { height, ...(isTime && { time }), position: position ?? 0 })
  }
  return mined
}

function sortByHeight(txids: readonly string[], mined: Book['mined']): readonly string[] {
  const height = (txid: string) => mined.get(txid)?.height ?? Number.MAX_SAFE_INTEGER
  const position = (txid: string) => mined.get(txid)?.position ?? 0
  return txids.toSorted((a, b) => height(a) - height(b) || position(a) - position(b))
}

/** Channels bring transactions along that move nothing of the wallet; Electrum does not show them either. */
function isRelated(txid: string, book: Book): boolean {
  const transaction = book.raw.get(txid)
  if (transaction === undefined) return true
  const { inputs, outputs } = transaction
  return [...outputs, ...inputs.map((input) => outputAt(book, input))].some((output) => isOwn(book, output))
}

function toRecord(txid: string, { db, book }: { db: JsonObject; book: Book }): TransactionRecord {
  const { height, time } = book.mined.get(txid) ?? {}
  const transaction = book.raw.get(txid)
  const fee = (transaction && feeOf(transaction, book)) ?? recordedFee(db, txid)
  return {
    txid,
    ...(height !== undefined && { height }),
    ...(time !== undefined && { time }),
    ...(transaction && { delta: String(deltaOf(transaction, book)) }),
    ...(fee !== undefined && { fee: String(fee) }),
  }
}

function deltaOf({ inputs, outputs }: Transaction, book: Book): bigint {
  const spent = inputs.map((input) => outputAt(book, input))
  return (
    sum(outputs.filter((output) => isOwn(book, output))) - sum(spent.filter((output) => isOwn(book, output)))
  )
}

/** Only where the file has everything that the transaction spends. */
function feeOf({ inputs, outputs }: Transaction, book: Book): bigint | undefined {
  const spent = inputs.map((input) => outputAt(book, input))
  if (spent.length === 0 || spent.includes(undefined)) return undefined
  const fee = sum(spent) - sum(outputs)
  return fee < 0n ? undefined : fee
}

/** A number until 3.1; then a list of the fee, whether the wallet added it up itself, and the number of inputs. */
function recordedFee(db: JsonObject, txid: string): number | undefined {
  const entry = at(at(db, 'tx_fees'), txid)
  return positive(isList(entry) ? entry[0] : entry)
}

function outputAt({ raw }: Book, { txid, index }: Outpoint): Output | undefined {
  return raw.get(txid)?.outputs[index]
}

function isOwn({ own }: Book, output: Output | undefined): boolean {
  return output !== undefined && own.has(hex(output.script))
}

function sum(outputs: readonly (Output | undefined)[]): bigint {
  return outputs.reduce((total, output) => total + (output?.value ?? 0n), 0n)
}

function coinsOf({ raw, mined, own, spent }: Book): readonly Coin[] {
  return [...raw.values()].flatMap(({ txid, outputs }) =>
    outputs.flatMap(({ script, value }, index): Coin[] => {
      const address = own.get(hex(script))
      const name = nameOf({ txid, index })
      return address === undefined
        ? []
        : [{ name, address, value, isSpent: spent.has(name), isConfirmed: mined.has(txid) }]
    }),
  )
}

/**
 * As Electrum shows it (electrum/address_synchronizer.py, `get_balance`): what an unconfirmed transaction pays to the
 * wallet counts as confirmed as far as it comes from confirmed coins of the wallet, as change does.
 */
function balanceOf({ raw }: Book, coins: readonly Coin[]): Balance {
  const settled = new Map(
    coins.filter(({ isConfirmed }) => isConfirmed).map(({ name, value }) => [name, value]),
  )
  const fromSettled = ({ name, value }: Coin) => {
    const inputs = raw.get(name.slice(0, 64))?.inputs ?? []
    const own = inputs.reduce((total, input) => total + (settled.get(nameOf(input)) ?? 0n), 0n)
    return own > value ? value : own
  }
  const unspent = coins.filter(({ isSpent }) => !isSpent)
  const total = unspent.reduce((sum, { value }) => sum + value, 0n)
  const confirmed = unspent.reduce(
    (sum, coin) => sum + (coin.isConfirmed ? coin.value : fromSettled(coin)),
    0n,
  )
  return { confirmed: String(confirmed), unconfirmed: String(total - confirmed) }
}
