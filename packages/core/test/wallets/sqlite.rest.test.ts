import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { leaveOut } from '../../../../test/left-out.js'
import { hex } from '../../src/bytes.js'
import { isCairnError } from '../../src/errors.js'
import { atRest, type Beside } from '../../src/wallets/sqlite/rest.js'
import { openSqlite } from '../../src/wallets/sqlite.js'
import { SEED } from '../keys/fuzz.js'

/**
 * A program that is stopped in the middle of a transaction, by the real SQLite of Python: argv is the file, the journal
 * mode, the page size and how it syncs (without, a journal does not count its pages). Prints what SQLite then makes of a copy of the files.
 */
const PROGRAM = `
import json, os, shutil, sqlite3, sys
path, mode, size, sync = sys.argv[1:5]
if os.fork() == 0:
    db = sqlite3.connect(path, isolation_level=None)
    for text in ('page_size=' + size, 'journal_mode=' + mode, 'wal_autocheckpoint=0', 'cache_size=2', 'cache_spill=2', 'synchronous=' + sync):
        db.execute('pragma ' + text)
    db.execute('create table t(id integer primary key, a)')
    fill = lambda n, c: db.executemany('insert into t(a) values(?)', [(c * (i % 900),) for i in range(n)])
    fill(300, 'x')
    db.execute('pragma wal_checkpoint')
    fill(50, 'y')
    db.execute("delete from t where id < 20")
    db.execute('begin')
    fill(300, 'z')
    db.execute("update t set a = 'changed' where id % 3 = 0")
    os._exit(0)
os.wait()
copy = path + '.copy'
for end in ('', '-journal', '-wal'):
    if os.path.exists(path + end): shutil.copy(path + end, copy + end)
print(json.dumps(sqlite3.connect(copy).execute('select id, a from t order by id').fetchall()))
`

type Rows = readonly (readonly [number, string])[]

interface Stopped extends Beside {
  readonly database: Uint8Array
  readonly rows: Rows
}

const folder = mkdtempSync(join(tmpdir(), 'cairn-sqlite-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const made = new Map<string, Stopped | null>()

/** Made once; null where there is no Python. */
function stopped(mode: 'delete' | 'wal', pageSize: number): Stopped | null {
  const key = `${mode} ${pageSize}`
  const known = made.get(key)
  if (known !== undefined) return known
  const fresh = stop(mode, pageSize)
  made.set(key, fresh)
  return fresh
}

function stop(mode: 'delete' | 'wal', pageSize: number): Stopped | null {
  const path = join(folder, `${mode}-${pageSize}`)
  const args = ['-c', PROGRAM, path, mode, `${pageSize}`, pageSize === 1024 ? 'off' : 'normal']
  const { stdout, error } = spawnSync('python3', args, { encoding: 'utf8', maxBuffer: 2 ** 26 })
  if (error) return null
  const beside = (end: string) => (existsSync(path + end) ? readFileSync(path + end) : undefined)
  const rows = JSON.parse(stdout) as Rows
  return { database: readFileSync(path), journal: beside('-journal'), wal: beside('-wal'), rows }
}

function read(bytes: Uint8Array): Rows {
  const sqlite = openSqlite(bytes, 'test')
  const [table] = sqlite.schema
  return Array.from(sqlite.rows(table?.root ?? 0), ({ id, columns }) => [Number(id), String(columns[1])])
}

function readOrRefused(bytes: Uint8Array): Rows | 'refused' {
  try {
    return read(bytes)
  } catch (error) {
    if (isCairnError(error)) return 'refused'
    throw error
  }
}

describe('a database whose program was stopped', () => {
  it.each([
    ['delete', 1024],
    ['delete', 4096],
    ['wal', 1024],
    ['wal', 4096],
  ] as const)('reads as the real SQLite reads it (%s, pages of %i)', (mode, pageSize) => {
    const found = stopped(mode, pageSize)
    if (!found) return leaveOut('the real SQLite after a crash', { because: 'there is no python3' })
    expect(found.rows.length).toBeGreaterThan(300)
    expect(read(atRest(found.database, found))).toEqual(found.rows)
    // the twin that looks at the file alone sees another table, or none
    expect(readOrRefused(atRest(found.database, {}))).not.toEqual(found.rows)
    return undefined
  })

  it('is never changed by what is no journal of it, and by nothing that ends in an error of another kind', () => {
    const found = (['delete', 'wal'] as const).map((mode) => stopped(mode, 1024))
    fc.assert(
      fc.property(fc.nat(1), fc.nat(), fc.nat(255), fc.boolean(), (which, at, value, cut) => {
        const { database, journal, wal } = found[which] ?? { database: new Uint8Array(512) }
        const beside = Uint8Array.from((which === 0 ? journal : wal) ?? new Uint8Array(64))
        const place = at % beside.length
        beside[place] = value
        const harmed = cut ? beside.subarray(0, place) : beside
        const before = hex(database.subarray(0, 64))
        readOrRefused(atRest(database, which === 0 ? { journal: harmed } : { wal: harmed }))
        expect(hex(database.subarray(0, 64))).toBe(before)
      }),
      { seed: SEED, numRuns: 200 },
    )
  })

  it('is at rest when nothing lies beside it', () => {
    const bytes = new Uint8Array(1024)
    expect(atRest(bytes, { journal: bytes })).toBe(bytes)
  })
})
