/**
 * Reads the tables of a SQLite 3 database from its bytes (https://www.sqlite.org/fileformat2.html), every length and
 * page number checked. Not SQL: nothing in the file is executed, so the views and generated columns of a hostile file
 * can do nothing. No write-ahead log and no rollback journal: the file must be at rest (`sqlite/rest.ts`).
 */
import { fail } from '../errors.js'
import { type DatabaseFile, openPage, readPayload, uint32At, varintAt, type Walk } from './sqlite/page.js'
import { type Column, readRecord } from './sqlite/record.js'

export type { Column } from './sqlite/record.js'

/** One entry of `sqlite_schema`: a table, an index, a view or a trigger. */
export interface SchemaEntry {
  readonly type: string
  readonly name: string
  /** Number of the first page of its tree; 0 for views and triggers. */
  readonly root: number
  /** Null for the index that a PRIMARY KEY makes. */
  readonly sql: string | null
}

export interface Row {
  readonly id: bigint
  readonly columns: readonly Column[]
}

/** All throw `wallet-unreadable` where the bytes are damaged. */
export interface Sqlite {
  /** `PRAGMA application_id`, unsigned. */
  readonly applicationId: number
  readonly schema: readonly SchemaEntry[]
  /** The rows of a table, by row id. */
  rows(root: number): Generator<Row>
  /** The entries of an index, in its order: the indexed columns, then the row id. */
  entries(root: number): Generator<readonly Column[]>
}

const MAGIC = 'SQLite format 3\0'
const TABLE = { leaf: 0x0d, interior: 0x05 }
const INDEX = { leaf: 0x0a, interior: 0x02 }

/** True when the bytes begin like a SQLite database. */
export function isSqlite(bytes: Uint8Array): boolean {
  return (
    bytes.length >= 512 && Array.from(MAGIC).every((character, i) => bytes[i] === character.charCodeAt(0))
  )
}

/**
 * Opens a database; `kind` names the wallet in errors.
 * @throws CairnError `wallet-unreadable`.
 */
export function openSqlite(bytes: Uint8Array, kind: string): Sqlite {
  const damaged = (reason = 'the database is damaged') => fail('wallet-unreadable', { kind, reason })
  const file = readHeader(bytes, damaged)
  return {
    applicationId: file.view.getUint32(68),
    schema: Array.from(rowsOf(file, 1), ({ columns }) => toEntry(columns) ?? damaged()),
    rows: (root) => rowsOf(file, root),
    entries: (root) => entriesOf({ file, seen: new Set() }, root, 1),
  }
}

/** Section 1.3 "The Database Header". */
function readHeader(bytes: Uint8Array, damaged: (reason?: string) => never): DatabaseFile {
  if (!isSqlite(bytes)) return damaged('it is no SQLite database')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const size = view.getUint16(16)
  const pageSize = size === 1 ? 65_536 : size
  const usable = pageSize - view.getUint8(20)
  if (pageSize < 512 || (pageSize & (pageSize - 1)) !== 0 || usable < 480) return damaged()
  // "Read format version": 2 says that there is a write-ahead log
  if (view.getUint8(19) !== 1) return damaged('its newest content is in another file')
  // "In-header database size": valid only when it was written together with the change counter
  const known = view.getUint32(24) === view.getUint32(92)
  const pages = known ? view.getUint32(28) : Math.floor(bytes.length / pageSize)
  if (pages * pageSize > bytes.length) return damaged('the file is cut off')
  return { bytes, view, pageSize, usable, pages, damaged }
}

function toEntry(columns: readonly Column[]): SchemaEntry | null {
  const [type, name, , root, sql] = columns
  if (typeof type !== 'string' || typeof name !== 'string' || typeof root !== 'bigint') return null
  if (typeof sql !== 'string' && sql !== null) return null
  return { type, name, root: Number(root), sql }
}

function* rowsOf(file: DatabaseFile, root: number): Generator<Row> {
  let last: bigint | null = null
  for (const row of rowsBelow({ file, seen: new Set() }, root, 1)) {
    if (last !== null && row.id <= last) file.damaged()
    last = row.id
    yield row
  }
}

function* rowsBelow(walk: Walk, number: number, depth: number): Generator<Row> {
  const { file } = walk
  const page = openPage(walk, { number, depth, ...TABLE })
  for (const cell of page.cells) {
    if (page.interior) yield* rowsBelow(walk, uint32At(file, cell, page.end), depth + 1)
    else yield rowAt(walk, cell, page.end)
  }
  if (page.interior) yield* rowsBelow(walk, page.last, depth + 1)
}

/** "Table B-Tree Leaf Cell": the length of the payload, the row id, the payload. */
function rowAt(walk: Walk, cell: number, end: number): Row {
  const { bytes, usable, damaged } = walk.file
  const [length, idStart] = varintAt(bytes, cell, end) ?? damaged()
  const [id, start] = varintAt(bytes, idStart, end) ?? damaged()
  const payload = readPayload(walk, { start, end, length, most: usable - 35 })
  return { id: BigInt.asIntN(64, id), columns: readRecord(payload) ?? damaged() }
}

/** "Index B-Tree" cells: the left child of an interior one, the length of the payload, the payload. */
function* entriesOf(walk: Walk, number: number, depth: number): Generator<readonly Column[]> {
  const { file } = walk
  const { bytes, usable, damaged } = file
  const most = Math.floor(((usable - 12) * 64) / 255) - 23
  const { interior, cells, end, last } = openPage(walk, { number, depth, ...INDEX })
  for (const cell of cells) {
    if (interior) yield* entriesOf(walk, uint32At(file, cell, end), depth + 1)
    const [length, start] = varintAt(bytes, interior ? cell + 4 : cell, end) ?? damaged()
    yield readRecord(readPayload(walk, { start, end, length, most })) ?? damaged()
  }
  if (interior) yield* entriesOf(walk, last, depth + 1)
}
