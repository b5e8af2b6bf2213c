/**
 * The database of a Bitcoin Core wallet since 0.21: one SQLite table of keys and values (Bitcoin Core,
 * wallet/sqlite.cpp). Older wallets are Berkeley DB files; those are only recognised.
 */
import { equal, hex } from '../../bytes.js'
import { fail } from '../../errors.js'
import { type Column, isSqlite, openSqlite, type Sqlite } from '../sqlite.js'

export const KIND = 'Bitcoin Core'

export interface DatabaseRecord {
  readonly key: Uint8Array
  readonly value: Uint8Array
}

export interface Database {
  /** The message start of its network (SQLiteDatabase::Open writes it as `application_id`). */
  readonly magic: number
  readonly records: readonly DatabaseRecord[]
}

// As SQLiteDatabase::Open creates it. Any other schema is no wallet of Bitcoin Core.
const TABLE = 'CREATE TABLE main(key BLOB PRIMARY KEY NOT NULL, value BLOB NOT NULL)'
const INDEX = 'sqlite_autoindex_main_1'

const PAGE_BYTES_MOST = 65_536
const BDB_BTREE_MAGIC = [0x62, 0x31, 0x05, 0x00] // 0x00053162, at byte 12 in the order of the machine that wrote it

/** True for a SQLite database whose first page, the schema, has the table of Bitcoin Core. */
export function isDescriptorWallet(bytes: Uint8Array): boolean {
  return isSqlite(bytes) && includes(bytes.subarray(0, PAGE_BYTES_MOST), TABLE)
}

/** True for a Berkeley DB b-tree, in which wallets lay before 0.21 and legacy wallets after. */
export function isLegacyWallet(bytes: Uint8Array): boolean {
  const magic = [...bytes.subarray(12, 16)]
  return [magic, magic.toReversed()].some((bytes) => BDB_BTREE_MAGIC.every((byte, i) => byte === bytes[i]))
}

/**
 * All records, in the order of their keys. The table must agree with its index entry by entry, so a page that
 * went missing is found.
 * @throws CairnError `wallet-unreadable`.
 */
export function readDatabase(bytes: Uint8Array): Database {
  const database = openSqlite(bytes, KIND)
  const [table, index] = ['main', INDEX].map((name) => database.schema.find((entry) => entry.name === name))
  if (table?.sql !== TABLE || index?.sql !== null || database.schema.length !== 2) {
    return fail('wallet-unreadable', { kind: KIND, reason: 'it has other tables' })
  }
  return { magic: database.applicationId, records: readRecords(database, table.root, index.root) }
}

function readRecords(database: Sqlite, table: number, index: number): DatabaseRecord[] {
  const rows = new Map<bigint, DatabaseRecord>()
  for (const { id, columns } of database.rows(table)) {
    const [key, value] = columns
    if (!(key instanceof Uint8Array && value instanceof Uint8Array)) return damaged()
    rows.set(id, { key, value })
  }
  const records = Array.from(database.entries(index), ([key, id]) => rowOf(rows, key, id))
  const ascending = records.every(
    ({ key }, i) => i === 0 || hex((records[i - 1] as DatabaseRecord).key) < hex(key),
  )
  return ascending && records.length === rows.size ? records : damaged()
}

function rowOf(rows: ReadonlyMap<bigint, DatabaseRecord>, key: Column | undefined, id: Column | undefined) {
  const row = typeof id === 'bigint' ? rows.get(id) : undefined
  return row && key instanceof Uint8Array && equal(row.key, key) ? row : damaged()
}

function damaged(): never {
  return fail('wallet-unreadable', { kind: KIND, reason: 'the database is damaged' })
}

function includes(bytes: Uint8Array, ascii: string): boolean {
  return new TextDecoder('latin1').decode(bytes).includes(ascii)
}
