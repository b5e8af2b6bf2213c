/**
 * A disk with a page cache: what was written is read back at once, and survives a power cut only as far as
 * it was synced. On `cut`, each un-synced write of a file is kept, lost, or torn at a sector, each un-synced
 * name is kept or lost, in any combination: writes reach the medium in no order.
 * Any operation can be made to fail, or to be the last before the power goes.
 */
import { dirname, join } from 'node:path'
import type { Disk, DiskFile, Entry } from '../../src/disk.js'

const SECTOR_BYTES = 512
/** Every file looks a day old, so that what a power cut left is tidied up by the next backup, as far as it may be. */
const AGE_MS = 86_400_000

export class PowerCut extends Error {}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

interface Inode {
  durable: Uint8Array
  current: Uint8Array
  unsynced: { readonly offset: number; readonly bytes: Uint8Array }[]
}

type Names = Map<string, Inode | 'folder'>

/** A change of names that is not durable yet. */
interface NameChange {
  readonly folder: string
  apply(names: Names): void
}

export type Fault = (operation: string, path: string) => void

export interface SimDisk extends Disk {
  /** Called before every operation; throws to make it fail. */
  fault: Fault
  /** The power goes and comes back: un-synced state is lost or torn at random. */
  cut(random: () => number): void
  /** All files as they are now. */
  files(): ReadonlyMap<string, Uint8Array>
  /** Another disk with the same contents, all of it durable. */
  copy(): SimDisk
}

/** Systems errors look like those of Node. */
export function systemError(code: string): Error {
  return Object.assign(new Error(code), { code })
}

export function simDisk(contents: ReadonlyMap<string, Uint8Array | 'folder'> = new Map()): SimDisk {
  let durable: Names = new Map<string, Inode | 'folder'>([['/', 'folder']])
  for (const [path, bytes] of contents) {
    durable.set(path, bytes === 'folder' ? bytes : { durable: bytes, current: bytes, unsynced: [] })
  }
  let names: Names = new Map(durable)
  let changes: NameChange[] = []

  const change = (folder: string, apply: (names: Names) => void) => {
    apply(names)
    changes.push({ folder, apply })
  }
  const inode = (path: string): Inode => {
    const found = names.get(path)
    if (found === undefined) throw systemError('ENOENT')
    if (found === 'folder') throw systemError('EISDIR')
    return found
  }
  const requireFolder = (path: string) => {
    const found = names.get(path)
    if (found === undefined) throw systemError('ENOENT')
    if (found !== 'folder') throw systemError('ENOTDIR')
  }
  const op = (operation: string, path: string) => disk.fault(operation, path)

  const disk: SimDisk = {
    fault: () => {},
    create: async (path) => {
      op('create', path)
      requireFolder(dirname(path))
      if (names.has(path)) throw systemError('EEXIST')
      const node: Inode = { durable: new Uint8Array(0), current: new Uint8Array(0), unsynced: [] }
      change(dirname(path), (all) => all.set(path, node))
      return simFile(node, (operation) => op(operation, path))
    },
    read: async (path) => {
      op('read', path)
      return Uint8Array.from(inode(path).current)
    },
    pieces: async function* (path) {
      op('read', path)
      yield Uint8Array.from(inode(path).current)
    },
    rename: async (from, to) => {
      op('rename', from)
      if (!names.has(from)) throw systemError('ENOENT')
      requireFolder(dirname(to))
      change(dirname(to), (all) => moveAll(all, from, to))
    },
    makeFolder: async (path) => {
      op('makeFolder', path)
      for (const folder of parents(path)) {
        if (names.has(folder)) requireFolder(folder)
        else change(dirname(folder), (all) => all.set(folder, 'folder'))
      }
      // as the real one: the new names are durable when it returns
      for (const folder of parents(path)) settle(dirname(folder))
    },
    syncFolder: async (path) => {
      op('syncFolder', path)
      requireFolder(path)
      settle(path)
    },
    list: async (path) => {
      op('list', path)
      requireFolder(path)
      return [...names].filter(([name]) => name !== '/' && dirname(name) === path).map(entryOf)
    },
    remove: async (path) => {
      op('remove', path)
      inode(path)
      change(dirname(path), (all) => all.delete(path))
    },
    removeFolder: async (path) => {
      op('removeFolder', path)
      change(dirname(path), (all) => {
        for (const name of [...all.keys()]) if (name === path || name.startsWith(`${path}/`)) all.delete(name)
      })
    },
    cut: (random) => {
      for (const { apply } of changes) if (random() < 0.5) apply(durable)
      changes = []
      for (const node of durable.values()) if (node !== 'folder') tear(node, random)
      names = new Map(durable)
    },
    copy: () =>
      simDisk(new Map([...names].map(([path, node]) => [path, node === 'folder' ? node : node.current]))),
    files: () =>
      new Map([...names].flatMap(([path, node]) => (node === 'folder' ? [] : [[path, node.current]]))),
  }
  const settle = (folder: string) => {
    for (const { folder: at, apply } of changes) if (at === folder) apply(durable)
    changes = changes.filter(({ folder: at }) => at !== folder)
  }
  durable = new Map(durable)
  return disk
}

function simFile(node: Inode, op: (operation: string) => void): DiskFile {
  return {
    write: async (bytes, offset) => {
      op('write')
      const copy = Uint8Array.from(bytes)
      node.current = written(node.current, copy, offset)
      node.unsynced.push({ offset, bytes: copy })
    },
    mark: async () => op('mark'),
    sync: async () => {
      op('sync')
      node.durable = node.current
      node.unsynced = []
    },
    close: async () => op('close'),
  }
}

/** Un-synced writes reach the medium or not, whole or up to some sector. */
function tear(node: Inode, random: () => number): void {
  for (const { offset, bytes } of node.unsynced) {
    const fate = random()
    if (fate < 0.4) continue
    const sectors = Math.floor((random() * bytes.length) / SECTOR_BYTES)
    const kept = fate < 0.7 ? bytes : bytes.subarray(0, sectors * SECTOR_BYTES)
    node.durable = written(node.durable, kept, offset)
  }
  node.current = node.durable
  node.unsynced = []
}

function written(before: Uint8Array, bytes: Uint8Array, offset: number): Uint8Array {
  const after = new Uint8Array(Math.max(before.length, offset + bytes.length))
  after.set(before)
  after.set(bytes, offset)
  return after
}

function moveAll(names: Names, from: string, to: string): void {
  for (const [name, node] of [...names]) {
    if (name !== from && !name.startsWith(`${from}/`)) continue
    names.delete(name)
    names.set(join(to, name.slice(from.length)), node)
  }
}

function parents(path: string): string[] {
  const all: string[] = []
  for (let folder = path; folder !== '/'; folder = dirname(folder)) all.unshift(folder)
  return all
}

function entryOf([path, node]: readonly [string, Inode | 'folder']): Entry {
  const name = path.slice(path.lastIndexOf('/') + 1)
  return node === 'folder'
    ? { name, kind: 'folder', size: 0, ageMs: 0 }
    : { name, kind: 'file', size: node.current.length, ageMs: AGE_MS }
}
