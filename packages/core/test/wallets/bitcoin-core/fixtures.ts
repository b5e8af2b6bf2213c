/** The wallets of `fixtures/wallets/bitcoin-core`, what the node said of them, and ways to change them. */
import { readFileSync } from 'node:fs'
import initSqlJs, { type Database } from 'sql.js'
import { concat, utf8 } from '../../../src/bytes.js'
import type { Wallet } from '../../../src/types.js'
import { bitcoinCore } from '../../../src/wallets/bitcoin-core.js'

const url = (name: string) => new URL(`../../fixtures/wallets/bitcoin-core/${name}`, import.meta.url)

export const walletBytes = (name: string): Uint8Array => new Uint8Array(readFileSync(url(`${name}.dat`)))
export const listBytes = (name: string): Uint8Array => new Uint8Array(readFileSync(url(`${name}.json`)))

/** Amounts in bitcoin, as the node writes them. */
interface Entry {
  readonly txid: string
  readonly amount: number
  readonly fee?: number
  readonly time: number
  readonly comment?: string
}

export interface NodeFacts {
  readonly descriptors: readonly { readonly desc: string; readonly internal?: boolean }[]
  readonly addresses: readonly (readonly string[])[]
  readonly labels: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  readonly balances: {
    readonly mine: { readonly trusted: number; readonly untrusted_pending: number; readonly immature: number }
  }
  readonly locked: readonly { readonly txid: string; readonly vout: number }[]
  readonly transactions: readonly Entry[]
}

const expected = JSON.parse(readFileSync(url('expected.json'), 'utf8')) as {
  readonly passphrase: string
  readonly wallets: Readonly<Record<string, NodeFacts>>
}

export const PASSPHRASE = expected.passphrase
export const NAMES = Object.keys(expected.wallets)
export const factsOf = (name: string): NodeFacts => expected.wallets[name] as NodeFacts

export const read = (bytes: Uint8Array, password?: string): Promise<Wallet> =>
  bitcoinCore.read({ path: 'wallet.dat', bytes }, password === undefined ? {} : { password })

/** Exact: amounts of the node have eight digits and lie far below 2^53 satoshi. */
export const sats = (bitcoin: number): bigint => BigInt(Math.round(bitcoin * 1e8))

/** The file after some SQL. */
export async function edited(bytes: Uint8Array, change: (database: Database) => void): Promise<Uint8Array> {
  const { Database } = await initSqlJs()
  const database = new Database(bytes)
  change(database)
  const result = database.export()
  database.close()
  return result
}

/** A string as records have it; below 253 bytes. */
export function text(content: string): Uint8Array {
  const bytes = utf8(content)
  return Uint8Array.of(bytes.length, ...bytes)
}

/** The key of a record: its name, then the fields. */
export function recordKey(name: string, fields: Uint8Array = new Uint8Array()): Uint8Array {
  return concat(text(name), fields)
}

export function put(database: Database, key: Uint8Array, value: Uint8Array): void {
  database.run('INSERT OR REPLACE INTO main VALUES (?, ?)', [key, value])
}

/** Keys and values of all records of a name. */
export function recordsOf(database: Database, name: string): readonly (readonly [Uint8Array, Uint8Array])[] {
  const [found] = database.exec('SELECT key, value FROM main')
  const prefix = recordKey(name)
  return ((found?.values ?? []) as (readonly [Uint8Array, Uint8Array])[]).filter(([key]) =>
    prefix.every((byte, i) => byte === key[i]),
  )
}
