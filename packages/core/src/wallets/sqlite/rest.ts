/**
 * A SQLite database as it is at rest: what a program that was stopped left beside it is taken into account, as SQLite
 * itself does when it opens the file (https://www.sqlite.org/fileformat2.html, section 3 "The Rollback Journal" and
 * section 4 "The Write-Ahead Log"). The bytes that were given stay as they are. Not a repair: where SQLite would stop
 * reading a journal, this stops too.
 */
import { concat } from '../../bytes.js'
import { isSqlite } from '../sqlite.js'

/** Files beside the database; absent or empty when there is none. */
export interface Beside {
  readonly journal?: Uint8Array | undefined
  readonly wal?: Uint8Array | undefined
}

/** The database with an unfinished transaction rolled back, and finished ones of the log in their place. */
export function atRest(database: Uint8Array, { journal, wal }: Beside): Uint8Array {
  if (!isSqlite(database)) return database
  if (view(database).getUint8(19) === 2) return inOneFile(wal ? withLog(database, wal) : database)
  return journal ? rolledBack(database, journal) : database
}

const JOURNAL_MAGIC = [0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7]
const JOURNAL_HEADER_BYTES = 28

/** Pages go back to what they were; the database gets the length that it had. */
function rolledBack(database: Uint8Array, journal: Uint8Array): Uint8Array {
  const data = view(journal)
  const first = journalHeader(journal, 0)
  // "valid only if": a journal of a finished transaction has its header overwritten or cut off
  if (!first || first.pages * first.pageSize > database.length + journal.length) return database
  const back = new Uint8Array(first.pages * first.pageSize)
  back.set(database.subarray(0, back.length))
  for (let at = 0, header: JournalHeader | null = first; header; header = journalHeader(journal, at)) {
    const { pageSize, records, nonce, sector } = header
    at += sector
    for (let i = 0; i < records; i++, at += pageSize + 8) {
      const page = journal.subarray(at + 4, at + 4 + pageSize)
      if (at + pageSize + 8 > journal.length) return back
      if (data.getUint32(at + 4 + pageSize) !== journalSum(page, nonce)) return back
      const offset = (data.getUint32(at) - 1) * pageSize
      if (offset >= 0 && offset < back.length) back.set(page, offset)
    }
    at = Math.ceil(at / sector) * sector
  }
  return back
}

interface JournalHeader {
  readonly records: number
  readonly nonce: number
  /** Of the database before the transaction. */
  readonly pages: number
  readonly sector: number
  readonly pageSize: number
}

function journalHeader(journal: Uint8Array, at: number): JournalHeader | null {
  if (at + JOURNAL_HEADER_BYTES > journal.length) return null
  if (JOURNAL_MAGIC.some((byte, i) => journal[at + i] !== byte)) return null
  const field = (offset: number) => view(journal).getUint32(at + offset)
  const [records, nonce, pages, sector, pageSize] = [field(8), field(12), field(16), field(20), field(24)]
  if (!isSize(sector, 32) || !isSize(pageSize, 512)) return null
  // "If the value is -1 then the number of pages … is computed by dividing the remaining size of the journal"
  const room = Math.floor((journal.length - at - sector) / (pageSize + 8))
  return { records: Math.min(records, Math.max(room, 0)), nonce, pages, sector, pageSize }
}

/** "The checksum": every 200th byte, from the end of the page, added to the nonce. */
function journalSum(page: Uint8Array, nonce: number): number {
  let sum = nonce
  for (let i = page.length - 200; i > 0; i -= 200) sum = (sum + (page[i] as number)) >>> 0
  return sum
}

const WAL_HEADER_BYTES = 32
const FRAME_HEADER_BYTES = 24
const WAL_MAGIC = 0x377f0682

/** The pages of all transactions of the log that were committed, in the order in which they were. */
function withLog(database: Uint8Array, wal: Uint8Array): Uint8Array {
  if (wal.length < WAL_HEADER_BYTES) return database
  const data = view(wal)
  const pageSize = data.getUint32(8)
  const order = data.getUint32(0) === WAL_MAGIC ? 'little' : 'big'
  let sum = walSum(wal.subarray(0, 24), [0, 0], order)
  if ((data.getUint32(0) & ~1) >>> 0 !== WAL_MAGIC || !isSize(pageSize, 512) || !isSum(data, 24, sum))
    return database
  const salts = [data.getUint32(16), data.getUint32(20)] as const
  const frame = FRAME_HEADER_BYTES + pageSize
  let committed = database
  let pending: (readonly [number: number, page: Uint8Array])[] = []
  for (let at = WAL_HEADER_BYTES; at + frame <= wal.length; at += frame) {
    const page = wal.subarray(at + FRAME_HEADER_BYTES, at + frame)
    sum = walSum(page, walSum(wal.subarray(at, at + 8), sum, order), order)
    const isValid = data.getUint32(at + 8) === salts[0] && data.getUint32(at + 12) === salts[1]
    if (!isValid || !isSum(data, at + 16, sum)) break
    pending.push([data.getUint32(at), page])
    const pages = data.getUint32(at + 4)
    if (pages === 0) continue
    if (pages * pageSize > database.length + wal.length) break
    committed = commit(committed, { pending, length: pages * pageSize, pageSize })
    pending = []
  }
  return committed
}

interface Transaction {
  readonly pending: readonly (readonly [number: number, page: Uint8Array])[]
  readonly length: number
  readonly pageSize: number
}

function commit(database: Uint8Array, { pending, length, pageSize }: Transaction): Uint8Array {
  const after = concat(database.subarray(0, length), new Uint8Array(Math.max(length - database.length, 0)))
  for (const [number, page] of pending) {
    const offset = (number - 1) * pageSize
    if (offset >= 0 && offset < length) after.set(page, offset)
  }
  return after
}

type Sum = readonly [number, number]

/** "Checksum Algorithm": a Fibonacci-weighted sum over pairs of 32-bit words. */
function walSum(bytes: Uint8Array, [first, second]: Sum, order: 'big' | 'little'): Sum {
  const data = view(bytes)
  let [s0, s1] = [first, second]
  for (let i = 0; i + 8 <= bytes.length; i += 8) {
    s0 = (s0 + data.getUint32(i, order === 'little') + s1) >>> 0
    s1 = (s1 + data.getUint32(i + 4, order === 'little') + s0) >>> 0
  }
  return [s0, s1]
}

function isSum(data: DataView, at: number, [s0, s1]: Sum): boolean {
  return data.getUint32(at) === s0 && data.getUint32(at + 4) === s1
}

/** "File format version numbers": 1 says that everything is in this file. */
function inOneFile(database: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(database)
  copy.set([1, 1], 18)
  return copy
}

function isSize(value: number, least: number): boolean {
  return value >= least && value <= 65_536 && (value & (value - 1)) === 0
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
}
