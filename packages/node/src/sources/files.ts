/**
 * A file or a folder as a source. A SQLite database goes together with its `-journal` and `-wal`
 * (https://www.sqlite.org/tempfiles.html: without them the database may be corrupt), a LevelDB folder as a whole.
 * A file counts as copied when inode, size, modification and change time were the same before and after;
 * a program that writes through a memory map and never syncs it can escape that.
 */
import { createHash } from 'node:crypto'
import { basename, dirname, join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fail, isCairnError } from '@cairn/core/errors.js'
import { ownBuffers, SLAB_BYTES, type Slabs } from '../slabs.js'
import { type Access, type OpenFile, reach, realAccess, type Stat } from './access.js'
import type { Appearance, FileEntry, FileGroup, LeftOut, Source, View } from './source.js'

/** Above what any wallet has: a backup of a home folder is not what was meant. */
const MAX_ENTRIES = 100_000
/** FAT keeps times to two seconds; younger times may be kept by a later write. */
const SETTLED_MS = 3000
/** Linux keeps times to its timer's tick, 1 to 10 ms. */
const TICK_MS = 20
export const SQLITE_COMPANIONS = ['-journal', '-wal']

/** The file or folder at `path`; a link at `path` itself is followed, links inside a folder are not. */
export function fileSource(path: string, access: Access = realAccess): Source {
  return {
    spec: path,
    open: (slabs = ownBuffers) => openFiles(resolve(path), { access, slabs }),
    look: () => lookAtFiles(resolve(path), { access, slabs: ownBuffers }),
  }
}

/** How files are read. */
interface Reading {
  readonly access: Access
  readonly slabs: Slabs
}

async function openFiles(path: string, reading: Reading): Promise<View> {
  const tree = await treeAt(path, reading)
  const view = await toView(tree)
  if (tree.holds === 'folder') return view
  return { ...view, again: async (group) => orAbsent(path, await view.again(group)) }
}

async function treeAt(path: string, reading: Reading): Promise<Tree> {
  const { access } = reading
  const real = await reach(path, () => access.resolve(path))
  const { kind } = await reach(path, () => access.stat(real))
  if (kind === 'folder')
    return { ...reading, root: real, holds: 'folder', names: (folder) => list(folder, access) }
  if (kind !== 'file') return fail('file-special', { path })
  const name = basename(real)
  const names = [name, ...SQLITE_COMPANIONS.map((suffix) => name + suffix)]
  return { ...reading, root: dirname(real), holds: 'file', names: async () => names }
}

/** One file after the other, so that ten thousand of them take little more memory than one. */
async function lookAtFiles(path: string, reading: Reading): Promise<Appearance> {
  const tree = await treeAt(path, reading)
  const namesIn = (folder: string) => reach(folder, () => tree.access.names(folder))
  const hash = createHash('sha256')
  let newestMs = 0
  const waiting = ['']
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    const at = join(tree.root, folder)
    for (const name of [...(await (tree.holds === 'folder' ? namesIn(at) : tree.names(at)))].sort(order)) {
      const path = folder === '' ? name : `${folder}/${name}`
      const stat = await statIfThere(tree, path)
      if (stat?.kind === 'folder') waiting.push(path)
      if (stat?.kind !== 'file') continue
      hash.update(`${path}\0${stat.mark}\n`)
      newestMs = Math.max(newestMs, stat.mtimeMs)
    }
  }
  return { mark: hash.digest('hex'), newestMs }
}

/** In a folder a file may come and go; the one file of a wallet may not. */
function orAbsent(path: string, group: FileGroup): FileGroup {
  return group.length > 0 ? group : fail('file-absent', { path })
}

/** The tree to copy. `names` tells what to look for in a folder; what is not there is left out silently. */
interface Tree extends Reading {
  readonly root: string
  /** What was asked for: a folder with all in it, or one file. */
  readonly holds: 'folder' | 'file'
  readonly names: (folder: string) => Promise<readonly string[]>
}

async function toView(tree: Tree): Promise<View> {
  const found = await walk(tree)
  const groups = found.folders.flatMap(groupFiles)
  return {
    groups: groups.sort(([a], [b]) => order(a?.path ?? '', b?.path ?? '')),
    leftOut: found.leftOut,
    read: (entry) => readPieces(join(tree.root, entry.path), entry, tree),
    again: (group) => groupAgain(tree, group),
    close: async () => {},
  }
}

interface Found {
  /** The files of each folder. */
  readonly folders: readonly (readonly FileEntry[])[]
  readonly leftOut: readonly LeftOut[]
}

async function walk(tree: Tree): Promise<Found> {
  const folders: (readonly FileEntry[])[] = []
  const leftOut: LeftOut[] = []
  const waiting = ['']
  for (let count = 0, folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    const content = await lookInto(tree, folder)
    count += content.files.length + content.folders.length + content.leftOut.length
    if (count > MAX_ENTRIES) fail('folder-too-large', { path: tree.root, limit: MAX_ENTRIES })
    folders.push(content.files)
    leftOut.push(...content.leftOut)
    waiting.push(...content.folders)
  }
  return { folders, leftOut: leftOut.sort((a, b) => order(a.path, b.path)) }
}

interface Content {
  readonly files: FileEntry[]
  readonly folders: string[]
  readonly leftOut: LeftOut[]
}

async function lookInto(tree: Tree, folder: string): Promise<Content> {
  const content: Content = { files: [], folders: [], leftOut: [] }
  for (const name of [...(await tree.names(join(tree.root, folder)))].sort(order)) {
    const path = folder === '' ? name : `${folder}/${name}`
    const stat = await statIfThere(tree, path)
    if (stat === null) continue
    if (stat.kind === 'file') content.files.push(toEntry(path, stat, tree.access.now()))
    else if (stat.kind === 'folder') content.folders.push(path)
    else content.leftOut.push({ path, why: stat.kind === 'link' ? await whereTo(tree, path) : 'special' })
  }
  return content
}

/** Null when it went away between listing and looking, as temporary files do. */
async function statIfThere(tree: Tree, path: string): Promise<Stat | null> {
  const full = join(tree.root, path)
  try {
    return await reach(full, () => tree.access.stat(full))
  } catch (error) {
    if (isCairnError(error, 'file-absent')) return null
    throw error
  }
}

async function whereTo(tree: Tree, path: string): Promise<'link-inside' | 'link-outside'> {
  const target = await tree.access.resolve(join(tree.root, path)).catch(() => '')
  return target === tree.root || target.startsWith(join(tree.root, '/')) ? 'link-inside' : 'link-outside'
}

async function list(folder: string, access: Access): Promise<readonly string[]> {
  const names = await reach(folder, () => access.list(folder))
  return names.map((bytes) => {
    const name = bytes.toString('utf8')
    return Buffer.from(name, 'utf8').equals(bytes) ? name : fail('file-name', { path: folder })
  })
}

function toEntry(path: string, stat: Stat, now: number): FileEntry {
  const { size, mode, mtimeMs, ctimeMs, mark } = stat
  return { path, size, mode, mtimeMs, mark, settled: Math.max(mtimeMs, ctimeMs) < now - SETTLED_MS }
}

function groupFiles(files: readonly FileEntry[]): FileGroup[] {
  if (files.length === 0) return []
  if (isLevelDb(files)) return [files]
  const groups = new Map<string, FileEntry[]>()
  const paths = new Set(files.map(({ path }) => path))
  for (const file of files) {
    const main = mainOf(file.path, paths)
    const group = groups.get(main)
    if (group) group.push(file)
    else groups.set(main, [file])
  }
  return [...groups.values()]
}

/** The database that a file is the journal of, when that is there; otherwise the file itself. */
function mainOf(path: string, paths: ReadonlySet<string>): string {
  const suffix = [...SQLITE_COMPANIONS, '-shm'].find((ending) => path.endsWith(ending))
  const main = suffix === undefined ? path : path.slice(0, -suffix.length)
  return paths.has(main) ? main : path
}

/** https://github.com/google/leveldb/blob/main/doc/impl.md: CURRENT names the MANIFEST, that names the rest. */
function isLevelDb(files: readonly FileEntry[]): boolean {
  const names = files.map(({ path }) => path.slice(path.lastIndexOf('/') + 1))
  return names.includes('CURRENT') && names.some((name) => name.startsWith('MANIFEST-'))
}

async function groupAgain(tree: Tree, group: FileGroup): Promise<FileGroup> {
  const first = group[0]
  if (first === undefined) return []
  const folder = first.path.slice(0, Math.max(0, first.path.lastIndexOf('/')))
  const { files } = await lookInto(tree, folder)
  const paths = new Set(group.map(({ path }) => path))
  return groupFiles(files)
    .filter((files) => files.some(({ path }) => paths.has(path)))
    .flat()
}

async function* readPieces(
  path: string,
  entry: FileEntry,
  { access, slabs }: Reading,
): AsyncGenerator<Uint8Array> {
  const file = await reach(path, () => access.open(path))
  try {
    await letClockPass(await reach(path, () => file.stat()), access)
    await refuseChange(path, entry, file)
    for (let offset = 0; offset < entry.size; offset += SLAB_BYTES) {
      const piece = await slabs.take(Math.min(SLAB_BYTES, entry.size - offset))
      try {
        const filled = await reach(path, () => file.read(piece, offset))
        if (filled < piece.length) fail('file-changing', { path })
      } catch (error) {
        slabs.release(piece)
        throw error
      }
      yield piece
    }
    await refuseChange(path, entry, file)
  } finally {
    await file.close()
  }
}

/**
 * Until a later write cannot have the same time as the last one: otherwise a file that is written to twice within a
 * tick, before and while it is read, would seem to have stood still.
 */
async function letClockPass({ ctimeMs }: Stat, access: Access): Promise<void> {
  const tick = Number.isInteger(ctimeMs / 1000) ? SETTLED_MS : TICK_MS
  const age = access.now() - ctimeMs
  if (age >= 0 && age < tick) await wait(tick - age)
}

async function refuseChange(path: string, entry: FileEntry, file: OpenFile): Promise<void> {
  const { kind, mark } = await reach(path, () => file.stat())
  if (kind !== 'file' || mark !== entry.mark) fail('file-changing', { path })
}

/** By UTF-16 code unit, the same everywhere. */
function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
