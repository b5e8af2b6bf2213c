import fc from 'fast-check'
import initSqlJs, { type Database } from 'sql.js'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Column, isSqlite, openSqlite, type Sqlite } from '../../src/wallets/sqlite.js'
import { SEED } from '../keys/fuzz.js'
import { codeOf, refusal } from '../refusal.js'

/** The real SQLite, compiled to WebAssembly; here it is the oracle. */
let open: (bytes?: Uint8Array) => Database
beforeAll(async () => {
  const { Database } = await initSqlJs()
  open = (bytes) => new Database(bytes)
})

type Value = null | number | bigint | string | Uint8Array

/** Bytes of a database with one table; some of its rows are deleted again, so that it has free pages. */
function make(rows: readonly (readonly [Value, Value])[], { pageSize = 4096, gone = 0 } = {}): Uint8Array {
  const database = open()
  database.exec(
    `PRAGMA page_size = ${pageSize}; CREATE TABLE t(id INTEGER PRIMARY KEY, a, b); CREATE INDEX i ON t(a)`,
  )
  for (const [a, b] of rows) database.run('INSERT INTO t(a, b) VALUES (?, ?)', [a, b])
  if (gone > 0) database.run('DELETE FROM t WHERE id % ? = 0', [gone])
  const bytes = database.export()
  database.close()
  return bytes
}

const root = ({ schema }: Sqlite, name: string) => schema.find((entry) => entry.name === name)?.root ?? 0

function read(bytes: Uint8Array): readonly (readonly (bigint | Column)[])[] {
  const sqlite = openSqlite(bytes, 'test')
  return Array.from(sqlite.rows(root(sqlite, 't')), ({ id, columns: [, a, b] }) => [id, a ?? null, b ?? null])
}

/** What the real SQLite reads of it, with its integers as bigint like ours. */
function oracle(bytes: Uint8Array, order = 'id'): readonly (readonly unknown[])[] {
  const database = open(bytes)
  const [result] = database.exec(`SELECT id, a, b, typeof(a), typeof(b) FROM t ORDER BY ${order}`)
  database.close()
  const typed = (value: unknown, type: unknown) => (type === 'integer' ? BigInt(value as number) : value)
  return (result?.values ?? []).map(([id, a, b, typeA, typeB]) => [
    typed(id, 'integer'),
    typed(a, typeA),
    typed(b, typeB),
  ])
}

const value: fc.Arbitrary<Value> = fc.oneof(
  fc.constant(null),
  fc.integer(),
  fc.integer({ min: 2 ** 40, max: 2 ** 52 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }).filter((number) => !Number.isInteger(number)),
  fc.string({ unit: 'grapheme' }),
  fc.uint8Array({ maxLength: 40 }),
  fc.tuple(fc.nat(255), fc.nat(20_000)).map(([byte, length]) => new Uint8Array(length).fill(byte)),
)

describe('sqlite', () => {
  it('reads the rows that SQLite reads: every type, every page size, overflow, deleted rows', () => {
    const rows = fc.array(fc.tuple(value, value), { maxLength: 60 })
    const pageSize = fc.constantFrom(512, 1024, 4096, 65_536)
    fc.assert(
      fc.property(rows, pageSize, fc.constantFrom(0, 2, 3), (rows, pageSize, gone) => {
        const bytes = make(rows, { pageSize, gone })
        expect(read(bytes)).toEqual(oracle(bytes))
      }),
      { seed: SEED, numRuns: 20 },
    )
  })

  it('reads trees of several levels', () => {
    const bytes = make(
      Array.from({ length: 5000 }, (_, i) => [`row ${i}`, i]),
      { pageSize: 512 },
    )
    expect(read(bytes)).toEqual(oracle(bytes))
  })

  it('reads an index in its order', () => {
    const bytes = make(
      Array.from({ length: 2000 }, (_, i) => [`row ${(i * 7919) % 2000}`, i]),
      { pageSize: 512 },
    )
    const sqlite = openSqlite(bytes, 'test')
    const entries = Array.from(sqlite.entries(root(sqlite, 'i')))
    expect(entries).toEqual(oracle(bytes, 'a').map(([id, a]) => [a, id]))
  })

  it('tells the application id and what is in the schema', () => {
    const database = open()
    database.exec('CREATE TABLE t(a); CREATE VIEW v AS SELECT a FROM t; PRAGMA application_id = 0x7abfb5da')
    const { applicationId, schema } = openSqlite(database.export(), 'test')
    expect(applicationId).toBe(0x7abfb5da)
    expect(schema).toEqual([
      { type: 'table', name: 't', root: 2, sql: 'CREATE TABLE t(a)' },
      { type: 'view', name: 'v', root: 0, sql: 'CREATE VIEW v AS SELECT a FROM t' },
    ])
  })

  it('refuses a file that is cut off, at every page and within', () => {
    const bytes = make(
      Array.from({ length: 50 }, (_, i) => [i, new Uint8Array(300)]),
      { pageSize: 512 },
    )
    for (let length = 0; length < bytes.length; length += 256) {
      expect(codeOf(() => read(bytes.subarray(0, length)))).toBe('wallet-unreadable')
    }
    expect(refusal(() => read(bytes.subarray(0, bytes.length / 2))).message).toContain('cut off')
  })

  it('refuses pages that point back, so that it always ends', () => {
    const bytes = make(
      Array.from({ length: 400 }, (_, i) => [`row ${i}`, i]),
      { pageSize: 512 },
    )
    const sqlite = openSqlite(bytes, 'test')
    const page = root(sqlite, 't')
    new DataView(bytes.buffer).setUint32((page - 1) * 512 + 8, page) // its right-most child is itself
    expect(codeOf(() => read(bytes))).toBe('wallet-unreadable')
  })

  it('refuses a database whose newest content lies in a write-ahead log', () => {
    const bytes = make([[1, 2]])
    bytes[18] = bytes[19] = 2
    expect(refusal(() => read(bytes)).message).toContain('another file')
  })

  it('knows a database by its first bytes', () => {
    expect(isSqlite(make([]))).toBe(true)
    expect(isSqlite(new Uint8Array(4096))).toBe(false)
    expect(isSqlite(new Uint8Array())).toBe(false)
  })
})
