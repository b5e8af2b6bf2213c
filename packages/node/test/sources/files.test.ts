import { spawnSync } from 'node:child_process'
import {
  appendFileSync,
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ErrorCode } from '@cairn/core/errors.js'
import { type Access, realAccess, type Stat } from '@cairn/node/sources/access.js'
import { fileSource } from '@cairn/node/sources/files.js'
import { collect, copyGroup, type FileEntry, type View } from '@cairn/node/sources/source.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cairn-source-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

function write(path: string, content: string | Uint8Array): string {
  const full = join(folder, path)
  mkdirSync(join(full, '..'), { recursive: true })
  writeFileSync(full, content)
  return full
}

const paths = (view: View) => view.groups.map((group) => group.map(({ path }) => path).join('+'))

async function bytesOf(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = []
  for await (const piece of pieces) all.push(piece)
  return Buffer.concat(all)
}

/** Copies everything as a backup would, and gives what arrived by path. */
async function copyAll(view: View): Promise<Record<string, string>> {
  const copies: Record<string, string> = {}
  for (const group of view.groups) {
    for (const { entry, value } of await copyGroup(view, group, (_, pieces) => bytesOf(pieces))) {
      copies[entry.path] = value.toString('latin1')
    }
  }
  return copies
}

const failsWith = (code: ErrorCode) => expect.objectContaining({ name: 'CairnError', code })

/** The real disk, with `during` called after each read. */
function disturbed(during: (read: number) => void): Access {
  let reads = 0
  return {
    ...realAccess,
    open: async (path) => {
      const file = await realAccess.open(path)
      return {
        ...file,
        read: async (into, offset) => {
          const filled = await file.read(into, offset)
          reads += 1
          during(reads)
          return filled
        },
      }
    },
  }
}

describe('listing', () => {
  it('gives a single file under its own name, with size, mode and time', async () => {
    const path = write('wallet', 'contents')
    chmodSync(path, 0o640)
    utimesSync(path, 1_700_000_000, 1_700_000_000)
    const view = await fileSource(path).open()
    expect(view.groups).toHaveLength(1)
    expect(view.groups[0]).toMatchObject([
      { path: 'wallet', size: 8, mode: 0o640, mtimeMs: 1_700_000_000_000 },
    ])
    expect(view.leftOut).toEqual([])
    await view.close()
  })

  it('gives a folder in the order of its paths, whatever the disk says', async () => {
    for (const name of ['b/z', 'a', 'b/a', 'Z', 'b.c', 'ä/ö']) write(name, name)
    expect(paths(await fileSource(folder).open())).toEqual(['Z', 'a', 'b.c', 'b/a', 'b/z', 'ä/ö'])
  })

  it('lists 2,000 files and copies each of them', async () => {
    for (let i = 0; i < 2000; i++) write(`${i % 40}/${i}`, `file ${i}`)
    const copies = await copyAll(await fileSource(folder).open())
    expect(Object.keys(copies)).toHaveLength(2000)
    expect(copies['39/1999']).toBe('file 1999')
  })

  it('calls a file settled only when it was left alone for some seconds', async () => {
    const path = write('wallet', 'contents')
    const { ctimeMs } = statSync(path)
    const isSettled = async (afterMs: number) =>
      (await fileSource(path, { ...realAccess, now: () => ctimeMs + afterMs }).open()).groups[0]?.[0]?.settled
    expect(await isSettled(1000)).toBe(false)
    expect(await isSettled(10_000)).toBe(true)
    // a file from the future: a later write could bring its mark back
    expect(await isSettled(-60_000)).toBe(false)
  })

  it('gives another mark after any write, also one that sets size and time back', async () => {
    const path = write('wallet', 'contents')
    utimesSync(path, 1_700_000_000, 1_700_000_000)
    const mark = async () => (await fileSource(path).open()).groups[0]?.[0]?.mark
    const before = await mark()
    expect(await mark()).toBe(before)
    await new Promise((done) => setTimeout(done, 20))
    writeFileSync(path, 'CONTENTS')
    utimesSync(path, 1_700_000_000, 1_700_000_000)
    expect(await mark()).not.toBe(before)
  })

  it('puts a SQLite database and its journals together, from a file and from a folder', async () => {
    for (const name of ['a.db', 'a.db-wal', 'a.db-shm', 'a.db-journal', 'b.db', 'lonely-wal'])
      write(name, name)
    const together = 'a.db+a.db-journal+a.db-shm+a.db-wal'
    expect(paths(await fileSource(folder).open())).toEqual([together, 'b.db', 'lonely-wal'])
    expect(paths(await fileSource(join(folder, 'a.db')).open())).toEqual(['a.db+a.db-journal+a.db-wal'])
    expect(paths(await fileSource(join(folder, 'b.db')).open())).toEqual(['b.db'])
  })

  it('puts a LevelDB folder together', async () => {
    for (const name of ['db/CURRENT', 'db/MANIFEST-000001', 'db/000003.log', 'wallet']) write(name, name)
    expect(paths(await fileSource(folder).open())).toEqual([
      'db/000003.log+db/CURRENT+db/MANIFEST-000001',
      'wallet',
    ])
  })

  it('follows a link that was named, and copies what it leads to', async () => {
    write('real/wallet', 'contents')
    symlinkSync(join(folder, 'real'), join(folder, 'link'))
    expect(await copyAll(await fileSource(join(folder, 'link')).open())).toEqual({ wallet: 'contents' })
    expect(await copyAll(await fileSource(join(folder, 'link/wallet')).open())).toEqual({
      wallet: 'contents',
    })
  })

  it('never follows a link inside a folder: it says what it left out, also of a loop', async () => {
    write('secret', 'of somebody else')
    write('wallets/wallet', 'contents')
    symlinkSync('wallet', join(folder, 'wallets/inside'))
    symlinkSync('../secret', join(folder, 'wallets/outside'))
    symlinkSync('.', join(folder, 'wallets/loop'))
    symlinkSync('round', join(folder, 'wallets/round'))
    symlinkSync('/nowhere', join(folder, 'wallets/dangling'))
    const view = await fileSource(join(folder, 'wallets')).open()
    expect(paths(view)).toEqual(['wallet'])
    expect(view.leftOut).toEqual([
      { path: 'dangling', why: 'link-outside' },
      { path: 'inside', why: 'link-inside' },
      { path: 'loop', why: 'link-inside' },
      { path: 'outside', why: 'link-outside' },
      { path: 'round', why: 'link-outside' },
    ])
  })

  it('leaves pipes and sockets out of a folder without waiting for them, and says so', async () => {
    write('wallet', 'contents')
    expect(spawnSync('mkfifo', [join(folder, 'pipe')]).status).toBe(0)
    const server = createServer().listen(join(folder, 'socket'))
    await new Promise((done) => server.once('listening', done))
    const view = await fileSource(folder).open()
    server.close()
    expect(paths(view)).toEqual(['wallet'])
    expect(view.leftOut).toEqual([
      { path: 'pipe', why: 'special' },
      { path: 'socket', why: 'special' },
    ])
  })
})

describe('refusing', () => {
  it('refuses a pipe, a socket and a device that were named', async () => {
    expect(spawnSync('mkfifo', [join(folder, 'pipe')]).status).toBe(0)
    for (const path of [join(folder, 'pipe'), '/dev/zero']) {
      await expect(fileSource(path).open()).rejects.toEqual(failsWith('file-special'))
    }
  })

  it('names a path where nothing is', async () => {
    const path = join(folder, 'nothing')
    await expect(fileSource(path).open()).rejects.toMatchObject({ code: 'file-absent', details: { path } })
    write('file', '')
    await expect(fileSource(join(folder, 'file/below')).open()).rejects.toEqual(failsWith('file-absent'))
    symlinkSync('gone', join(folder, 'link'))
    await expect(fileSource(join(folder, 'link')).open()).rejects.toEqual(failsWith('file-absent'))
  })

  it('names a file that may not be read, and copies nothing in its place', async () => {
    write('a', 'contents')
    const denied = write('b', 'contents')
    const access: Access = {
      ...realAccess,
      open: (path) => (path === denied ? refuse('EACCES') : realAccess.open(path)),
    }
    const view = await fileSource(folder, access).open()
    await expect(copyAll(view)).rejects.toMatchObject({ code: 'file-denied', details: { path: denied } })
  })

  it('tells a failing disk from a file that may not be read or is not there', async () => {
    write('a', 'contents')
    for (const method of ['open', 'list', 'stat'] as const) {
      const access: Access = { ...realAccess, [method]: () => refuse('EIO') }
      const copied = fileSource(folder, access).open().then(copyAll)
      await expect(copied).rejects.toEqual(failsWith('file-unreadable'))
    }
  })

  it.runIf(process.getuid?.() === 0)('meets the permissions of the system as an ordinary user', async () => {
    chmodSync(folder, 0o755)
    chmodSync(write('wallet', 'contents'), 0o600)
    // as another user in this process: the effective user id is what the system asks for
    process.seteuid?.(65_534)
    try {
      const view = await fileSource(folder).open()
      await expect(copyAll(view)).rejects.toEqual(failsWith('file-denied'))
    } finally {
      process.seteuid?.(0)
    }
  })

  it('refuses a name that is not UTF-8 instead of writing another one down', async () => {
    write('wallet', 'contents')
    const access: Access = { ...realAccess, list: async () => [Buffer.from([0x77, 0xff])] }
    await expect(fileSource(folder, access).open()).rejects.toEqual(failsWith('file-name'))
  })

  it('refuses a folder with more than 100,000 entries', async () => {
    const stat = await realAccess.stat(write('wallet', 'contents'))
    const names = Array.from({ length: 50_001 }, (_, i) => Buffer.from(`${i}`))
    const access: Access = {
      ...realAccess,
      list: async () => names,
      stat: async (path) => (path === folder || path.endsWith('/7') ? { ...stat, kind: 'folder' } : stat),
    }
    await expect(fileSource(folder, access).open()).rejects.toEqual(failsWith('folder-too-large'))
  })
})

describe('copying', () => {
  it('reads in pieces of 1 MiB that begin at multiples of 64 KiB', async () => {
    const bytes = Buffer.alloc(2 * 1024 * 1024 + 5, 'piece')
    const view = await fileSource(write('wallet', bytes)).open()
    const sizes: number[] = []
    for await (const piece of view.read(view.groups[0]?.[0] as FileEntry)) sizes.push(piece.length)
    expect(sizes).toEqual([1024 * 1024, 1024 * 1024, 5])
    expect((await copyAll(view)).wallet).toBe(bytes.toString('latin1'))
  })

  it('copies an empty file', async () => {
    expect(await copyAll(await fileSource(write('wallet', '')).open())).toEqual({ wallet: '' })
  })

  it('copies again when the file was written to meanwhile, and keeps the last copy only', async () => {
    const path = write('wallet', 'first')
    const access = disturbed((read) => {
      if (read === 1) writeFileSync(path, 'second, longer')
    })
    const view = await fileSource(path, access).open()
    const [taken] = await copyGroup(view, view.groups[0] ?? [], (_, pieces) => bytesOf(pieces))
    expect(taken?.value.toString()).toBe('second, longer')
    expect(taken?.entry.size).toBe(14)
  })

  it('notices a file that changed between listing and copying, and one that was replaced', async () => {
    const path = write('wallet', 'first')
    const view = await fileSource(path).open()
    writeFileSync(`${path}.temporary`, 'other')
    renameSync(`${path}.temporary`, path)
    await expect(bytesOf(view.read(view.groups[0]?.[0] as FileEntry))).rejects.toEqual(
      failsWith('file-changing'),
    )
    expect(await copyAll(view)).toEqual({ wallet: 'other' })
  })

  it('gives up after three copies of a file that never stands still', async () => {
    const path = write('wallet', 'contents')
    let reads = 0
    const access = disturbed((read) => {
      reads = read
      appendFileSync(path, '.')
    })
    const view = await fileSource(path, access).open()
    await expect(copyAll(view)).rejects.toEqual(failsWith('file-changing'))
    expect(reads).toBe(3)
  })

  it('copies a database again when its journal changed while the database was read', async () => {
    const database = write('wallet.dat', 'old pages')
    const journal = write('wallet.dat-journal', 'undo')
    // The database is copied in the middle of a transaction, which then ends: journal gone.
    const access = disturbed((read) => {
      if (read !== 2) return
      writeFileSync(database, 'new pages')
      rmSync(journal)
    })
    expect(await copyAll(await fileSource(database, access).open())).toEqual({ 'wallet.dat': 'new pages' })
  })

  it('leaves a file out that went away from a folder, but not the one file of a wallet', async () => {
    write('temporary', 'contents')
    const view = await fileSource(folder).open()
    const single = await fileSource(join(folder, 'temporary')).open()
    rmSync(join(folder, 'temporary'))
    expect(await copyAll(view)).toEqual({})
    await expect(copyAll(single)).rejects.toEqual(failsWith('file-absent'))
  })

  it('opens nothing when the taker knows the bytes already', async () => {
    write('wallet', 'contents')
    const access: Access = { ...realAccess, open: () => refuse('EIO') }
    const view = await fileSource(folder, access).open()
    const taken = await copyGroup(view, view.groups[0] ?? [], async (entry) => entry.mark)
    expect(taken.map(({ value }) => value)).toEqual([view.groups[0]?.[0]?.mark])
  })

  it('does not swallow an error of the taker', async () => {
    const view = await fileSource(write('wallet', 'contents')).open()
    const taking = copyGroup(view, view.groups[0] ?? [], () => Promise.reject(new RangeError('mine')))
    await expect(taking).rejects.toThrow(RangeError)
  })

  it.runIf(process.platform === 'linux')('leaves no file open, whatever happened', async () => {
    const path = write('wallet', Buffer.alloc(3 * 1024 * 1024))
    const view = await fileSource(path).open()
    for await (const _ of view.read(view.groups[0]?.[0] as FileEntry)) break
    appendFileSync(path, '.')
    await bytesOf(view.read(view.groups[0]?.[0] as FileEntry)).catch(() => {})
    await view.close()
    expect(openFiles().filter((name) => name.startsWith(folder))).toEqual([])
  })
})

describe('collecting', () => {
  it('gives the files of a small wallet at once, and null above the limit', async () => {
    write('a', 'one')
    write('b/c', 'two')
    const view = await fileSource(folder).open()
    expect(await collect(view, 6)).toEqual([
      { path: 'a', bytes: new Uint8Array(Buffer.from('one')) },
      { path: 'b/c', bytes: new Uint8Array(Buffer.from('two')) },
    ])
    expect(await collect(view, 5)).toBeNull()
  })
})

/**
 * What programs do to a wallet of three pieces while it is copied, after the given read. Every version is of one
 * letter, so that a copy of two versions shows.
 */
const disturbances: Readonly<Record<string, (path: string, letter: string) => void>> = {
  'written in place': (path, letter) => overwrite(path, 0, VERSION_BYTES, letter),
  'written at its start': (path, letter) => overwrite(path, 0, 10, letter),
  'written at its end': (path, letter) => overwrite(path, VERSION_BYTES - 10, 10, letter),
  'written and given its old time': (path, letter) => {
    overwrite(path, 0, VERSION_BYTES, letter)
    utimesSync(path, OLD_TIME, OLD_TIME)
  },
  'cut off': (path) => truncateSync(path, VERSION_BYTES / 2),
  lengthened: (path, letter) => appendFileSync(path, letter),
  'replaced by another': (path, letter) => {
    writeFileSync(`${path}.new`, letter.repeat(VERSION_BYTES))
    renameSync(`${path}.new`, path)
  },
  removed: (path) => rmSync(path),
}

const VERSION_BYTES = 2 * 1024 * 1024 + 100
const OLD_TIME = 1_700_000_000

function overwrite(path: string, offset: number, length: number, letter: string): void {
  const file = openSync(path, 'r+')
  writeSync(file, letter.repeat(length), offset)
  closeSync(file)
}

/** What this process has open; a process has other things open and closes them when it will. */
function openFiles(): readonly string[] {
  return readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      return [readlinkSync(`/proc/self/fd/${fd}`)]
    } catch {
      return [] // the listing itself, which is over
    }
  })
}

type Distort = (access: Access) => Access

/** How each disturbance ended: a copy of what lay there at one moment, an error of the catalogue, or `torn`. */
async function outcomes(distort: Distort = (access) => access): Promise<Record<string, Set<string>>> {
  const all: Record<string, Set<string>> = {}
  for (const [name, disturb] of Object.entries(disturbances)) {
    for (const moment of [1, 2, 3]) {
      const path = write('wallet', 'a'.repeat(VERSION_BYTES))
      utimesSync(path, OLD_TIME, OLD_TIME)
      const versions = [readFileSync(path)]
      const access = disturbed((read) => {
        if (read !== moment) return
        disturb(path, 'b')
        if (existsSync(path)) versions.push(readFileSync(path))
      })
      const view = await fileSource(path, distort(access)).open()
      const outcome = await copyGroup(view, view.groups[0] ?? [], (_, pieces) => bytesOf(pieces)).then(
        ([taken]) =>
          versions.some((version) => version.equals(taken?.value ?? Buffer.of())) ? 'whole' : 'torn',
        (error: { code: string }) => error.code,
      )
      all[name] = (all[name] ?? new Set()).add(outcome)
    }
  }
  return all
}

describe('copying while the program writes', () => {
  it('gives a copy of one moment, or says that the file is gone', async () => {
    const { removed, ...others } = await outcomes()
    expect([...(removed ?? [])]).toEqual(['file-absent'])
    for (const ends of Object.values(others)) expect([...ends]).toEqual(['whole'])
  })

  /** A source whose marks are made of less than what changes. */
  const blunt =
    (mark: (stat: Stat) => string): Distort =>
    (access) => ({
      ...access,
      stat: async (path) => bluntly(await access.stat(path), mark),
      open: async (path) => {
        const file = await access.open(path)
        return { ...file, stat: async () => bluntly(await file.stat(), mark) }
      },
    })

  it.each<readonly [string, Distort]>([
    ['looks at nothing', blunt(() => '')],
    ['looks at the size', blunt(({ size }) => `${size}`)],
    ['looks at size and modification time', blunt(({ size, mtimeMs }) => `${size} ${mtimeMs}`)],
    [
      'looks at size and whole minutes',
      blunt(({ size, ctimeMs }) => `${size} ${Math.floor(ctimeMs / 60_000)}`),
    ],
  ])('catches a twin that %s', async (_, distort) => {
    const ends = Object.values(await outcomes(distort)).flatMap((set) => [...set])
    expect(ends).toContain('torn')
  })
})

function bluntly(stat: Stat, mark: (stat: Stat) => string): Stat {
  return { ...stat, mark: mark(stat) }
}

function refuse(code: string): Promise<never> {
  return Promise.reject(Object.assign(new Error('a message with a path in it'), { code }))
}
