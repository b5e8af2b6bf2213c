/**
 * A disk with a page cache: what was written is read back at once, and survives a power cut only as far as
 * it was synced. On `cut`, each un-synced write of a file is kept, lost, or torn at a sector, each un-synced
 * name is kept or lost, in any combination: writes reach the medium in no order.
 * Any operation can be made to fail, or to be the last before the power goes.
 */
import { dirname, join, resolve } from 'node:path'
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

type Node = Inode | 'folder'

/** Names by path, and the paths in each folder. */
interface Names {
  readonly nodes: Map<string, Node>
  readonly inside: Map<string, Set<string>>
}

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
  /** The disk as it is now, to cut the power from as often as one likes; the same one until something changes. */
  moment(): Moment
}

/** A disk at one moment of its life. */
export interface Moment {
  cut(random: () => number): Survivor
}

/** What a power cut leaves. */
export interface Survivor {
  /** What survived: the same for every cut of this moment that leaves the same. */
  readonly key: string
  disk(): SimDisk
}

/** Systems errors look like those of Node. */
export function systemError(code: string): Error {
  return Object.assign(new Error(code), { code })
}

export function simDisk(contents: ReadonlyMap<string, Uint8Array | 'folder'> = new Map()): SimDisk {
  const durable = noNames()
  setName(durable, '/', 'folder')
  for (const [path, bytes] of contents)
    setName(durable, path, bytes === 'folder' ? bytes : { durable: bytes, current: bytes, unsynced: [] })
  let names = copyNames(durable)
  let changes: NameChange[] = []
  /** Of now; undefined when something changed since. */
  let now: Moment | undefined

  const change = (folder: string, apply: (names: Names) => void) => {
    now = undefined
    apply(names)
    changes.push({ folder, apply })
  }
  const inode = (path: string): Inode => {
    const found = names.nodes.get(path)
    if (found === undefined) throw systemError('ENOENT')
    if (found === 'folder') throw systemError('EISDIR')
    return found
  }
  const requireFolder = (path: string) => {
    const found = names.nodes.get(path)
    if (found === undefined) throw systemError('ENOENT')
    if (found !== 'folder') throw systemError('ENOTDIR')
  }
  const op = (operation: string, path: string) => disk.fault(operation, path)
  const settle = (folder: string) => {
    now = undefined
    for (const { folder: at, apply } of changes) if (at === folder) apply(durable)
    changes = changes.filter(({ folder: at }) => at !== folder)
  }

  const disk: SimDisk = {
    fault: () => {},
    create: async (path) => {
      op('create', path)
      requireFolder(dirname(path))
      if (names.nodes.has(path)) throw systemError('EEXIST')
      const node: Inode = { durable: NOTHING, current: NOTHING, unsynced: [] }
      change(dirname(path), (all) => setName(all, path, node))
      return simFile(node, (operation) => {
        op(operation, path)
        now = undefined
      })
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
      if (!names.nodes.has(from)) throw systemError('ENOENT')
      requireFolder(dirname(to))
      change(dirname(to), (all) => moveAll(all, from, to))
    },
    makeFolder: async (path) => {
      op('makeFolder', path)
      for (const folder of parents(path)) {
        if (names.nodes.has(folder)) requireFolder(folder)
        else change(dirname(folder), (all) => setName(all, folder, 'folder'))
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
      return [...(names.inside.get(path) ?? [])].map((name) => entryOf(name, names.nodes.get(name) as Node))
    },
    realPath: async (path) => {
      const real = resolve(path)
      if (!names.nodes.has(real)) throw systemError('ENOENT')
      return real
    },
    remove: async (path) => {
      op('remove', path)
      inode(path)
      change(dirname(path), (all) => deleteName(all, path))
    },
    removeFolder: async (path) => {
      op('removeFolder', path)
      change(dirname(path), (all) => {
        for (const name of subtree(all, path)) deleteName(all, name)
      })
    },
    cut: (random) => {
      now = undefined
      for (const { apply } of changes) if (random() < 0.5) apply(durable)
      changes = []
      for (const node of durable.nodes.values()) {
        if (node === 'folder') continue
        node.durable = torn(node, random).bytes
        node.current = node.durable
        node.unsynced = []
      }
      names = copyNames(durable)
    },
    copy: () =>
      simDisk(
        new Map([...names.nodes].map(([path, node]) => [path, node === 'folder' ? node : node.current])),
      ),
    files: () =>
      new Map([...names.nodes].flatMap(([path, node]) => (node === 'folder' ? [] : [[path, node.current]]))),
    moment: () => {
      now ??= momentOf({ durable, changes, names })
      return now
    },
  }
  return disk
}

interface State {
  readonly durable: Names
  readonly changes: readonly NameChange[]
  readonly names: Names
}

/** Keeps the state as it is while the disk goes on. */
function momentOf({ durable, changes, names }: State): Moment {
  const base = copyNames(durable)
  const pending = [...changes]
  const before = new Map<Inode, Inode>()
  for (const node of [...durable.nodes.values(), ...names.nodes.values()])
    if (node !== 'folder') before.set(node, { ...node, unsynced: [...node.unsynced] })
  return {
    cut: (random) => {
      const kept = pending.filter(() => random() < 0.5)
      const after = kept.length === 0 ? base : copyNames(base)
      for (const { apply } of kept) apply(after)
      const contents = new Map<string, Uint8Array | 'folder'>()
      const fates = [kept.map((change) => pending.indexOf(change)).join()]
      for (const [path, node] of after.nodes) {
        // one that has no name at this moment, durable or not, is not written to any more
        const was = node === 'folder' ? node : (before.get(node) ?? node)
        if (was === 'folder' || was.unsynced.length === 0) {
          contents.set(path, was === 'folder' ? was : was.durable)
          continue
        }
        const { bytes, fate } = torn(was, random)
        contents.set(path, bytes)
        fates.push(`${path} ${fate}`)
      }
      return { key: fates.join(';'), disk: () => simDisk(contents) }
    },
  }
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
function torn(node: Inode, random: () => number): { readonly bytes: Uint8Array; readonly fate: string } {
  let bytes = node.durable
  const sectors: number[] = []
  for (const write of node.unsynced) {
    const fate = random()
    const all = Math.ceil(write.bytes.length / SECTOR_BYTES)
    const kept =
      fate < 0.4 ? 0 : fate < 0.7 ? all : Math.floor((random() * write.bytes.length) / SECTOR_BYTES)
    sectors.push(kept)
    if (fate >= 0.4) bytes = written(bytes, write.bytes.subarray(0, kept * SECTOR_BYTES), write.offset)
  }
  return { bytes, fate: sectors.join() }
}

function written(before: Uint8Array, bytes: Uint8Array, offset: number): Uint8Array {
  const after = new Uint8Array(Math.max(before.length, offset + bytes.length))
  after.set(before)
  after.set(bytes, offset)
  return after
}

const NOTHING = new Uint8Array(0)

function noNames(): Names {
  return { nodes: new Map(), inside: new Map() }
}

function copyNames({ nodes, inside }: Names): Names {
  return {
    nodes: new Map(nodes),
    inside: new Map([...inside].map(([folder, paths]) => [folder, new Set(paths)])),
  }
}

function setName({ nodes, inside }: Names, path: string, node: Node): void {
  nodes.set(path, node)
  if (path === '/') return
  const paths = inside.get(dirname(path)) ?? new Set()
  inside.set(dirname(path), paths.add(path))
}

function deleteName({ nodes, inside }: Names, path: string): void {
  nodes.delete(path)
  inside.get(dirname(path))?.delete(path)
}

/** A name, and all that lies below it. */
function subtree(names: Names, path: string): readonly string[] {
  const below = [...(names.inside.get(path) ?? [])].flatMap((inner) => subtree(names, inner))
  return names.nodes.has(path) ? [path, ...below] : below
}

function moveAll(names: Names, from: string, to: string): void {
  for (const name of subtree(names, from)) {
    const node = names.nodes.get(name) as Node
    deleteName(names, name)
    setName(names, join(to, name.slice(from.length)), node)
  }
}

function parents(path: string): string[] {
  const all: string[] = []
  for (let folder = path; folder !== '/'; folder = dirname(folder)) all.unshift(folder)
  return all
}

function entryOf(path: string, node: Node): Entry {
  const name = path.slice(path.lastIndexOf('/') + 1)
  return node === 'folder'
    ? { name, kind: 'folder', size: 0, ageMs: 0 }
    : { name, kind: 'file', size: node.current.length, ageMs: AGE_MS }
}
