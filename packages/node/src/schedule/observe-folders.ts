/**
 * Changes of files and folders by watching folders only: inotify(7) tells of every file in a folder that it watches, so
 * that ten thousand files take one watch. For Linux; elsewhere the system watches whole trees by itself.
 *
 * A path may be a file, a folder with all below it, a link to either, or nothing yet. Links inside a folder are not
 * followed, as its source does not follow them either.
 */
import { type FSWatcher, watch as listen, lstatSync, readdirSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Watcher } from './watch.js'

/** @param onChange given the one of the paths that was written, made or removed, or below which that happened */
export function observeFolders(paths: readonly string[], onChange: (path: string) => void): Watcher {
  const folders = makeFolders()
  const closing = paths.map((path) => observePath(path, { folders, onChange }))
  return {
    close: async () => {
      for (const close of closing) close()
    },
  }
}

interface Observing {
  readonly folders: Folders
  readonly onChange: (path: string) => void
}

/** @returns what ends it */
function observePath(path: string, { folders, onChange }: Observing): () => void {
  let ends: (() => void)[] = []
  const end = () => {
    for (const each of ends.splice(0)) each()
  }
  /** What lies there may be another kind of thing now, or be elsewhere. What is watched still is watched all the time. */
  const again = () => {
    const before = ends
    ends = []
    arm()
    for (const each of before) each()
    onChange(path)
  }
  const arm = () => {
    const real = realOf(path)
    if (real !== null && isFolder(real))
      ends.push(observeTree(real, { folders, onChange: () => onChange(path) }))
    for (const each of new Set([path, real ?? path]))
      ends.push(observeName(each, { folders, again, onChange: () => onChange(path) }))
  }
  arm()
  return end
}

interface Naming {
  readonly folders: Folders
  /** It was made, removed, or replaced. */
  readonly again: () => void
  readonly onChange: () => void
}

/** One name in its folder; while that folder is missing, whatever happens in the nearest one that is there. */
function observeName(path: string, { folders, again, onChange }: Naming): () => void {
  const folder = dirname(path)
  const name = basename(path)
  if (isFolder(folder))
    return folders.listen(folder, (event, changed) => {
      if (event === 'self' || (event === 'rename' && (changed === null || changed === name))) again()
      else if (changed === null || changed === name) onChange()
    })
  if (dirname(folder) === folder) return () => {}
  return observeName(folder, { folders, again, onChange: () => {} })
}

interface Growing {
  readonly folders: Folders
  readonly onChange: () => void
}

/** A folder and those below it, also such as are made later. */
function observeTree(root: string, { folders, onChange }: Growing): () => void {
  const ends = new Map<string, () => void>()
  const add = (top: string) => {
    const waiting = [top]
    for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
      const at = folder
      ends.get(at)?.()
      ends.set(
        at,
        folders.listen(at, (event, name) => {
          const path = name === null || event === 'self' ? at : join(at, name)
          if (event === 'self' || (event === 'rename' && path !== at)) (isRealFolder(path) ? add : drop)(path)
          onChange()
        }),
      )
      waiting.push(...foldersIn(at))
    }
  }
  const drop = (path: string) => {
    for (const [folder, end] of ends) {
      if (folder !== path && !folder.startsWith(join(path, '/'))) continue
      end()
      ends.delete(folder)
    }
  }
  add(root)
  return () => {
    for (const end of ends.values()) end()
    ends.clear()
  }
}

/**
 * `rename`: a name in the folder was made, removed or replaced; `self`: the folder may have been, so that what is heard of
 * its name from now on must be listened to anew.
 */
type Heard = (event: 'rename' | 'change' | 'self', name: string | null) => void

interface Folders {
  /** @returns what ends it */
  listen(folder: string, heard: Heard): () => void
}

interface Watched {
  readonly watcher: FSWatcher
  readonly all: Set<Heard>
  /** Another folder may take its name. */
  readonly ino: number
}

/** One watch a folder, for all who listen to it. */
function makeFolders(): Folders {
  const open = new Map<string, Watched>()
  const watchFolder = (folder: string) => {
    const { ino } = statSync(folder)
    const known = open.get(folder)
    if (known?.ino === ino) return known
    const all = new Set<Heard>()
    const watcher = listen(folder, (event, name) => {
      // Of itself a folder is told by its own name, as of something in it by that name. Another one may be in its place by
      // now, even under its number.
      const isSelf = event === 'rename' && name === basename(folder)
      if (isSelf && open.get(folder) === entry) open.delete(folder)
      for (const heard of [...all]) heard(event, name)
      if (isSelf) for (const heard of [...all]) heard('self', name)
    })
    watcher.on('error', () => {}) // it is gone: the folder above tells of that
    const entry: Watched = { watcher, all, ino }
    open.set(folder, entry)
    return entry
  }
  return {
    listen: (folder, heard) => {
      const entry = tried(() => watchFolder(folder))
      // what cannot be watched is found by the look at all wallets, or saved by a schedule
      if (entry === null) return () => {}
      entry.all.add(heard)
      return () => {
        entry.all.delete(heard)
        if (entry.all.size > 0) return
        entry.watcher.close()
        if (open.get(folder) === entry) open.delete(folder)
      }
    },
  }
}

function foldersIn(folder: string): readonly string[] {
  const entries = tried(() => readdirSync(folder, { withFileTypes: true })) ?? []
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name))
}

function realOf(path: string): string | null {
  return tried(() => realpathSync(path))
}

function isFolder(path: string): boolean {
  return tried(() => statSync(path).isDirectory()) ?? false
}

function isRealFolder(path: string): boolean {
  return tried(() => lstatSync(path).isDirectory()) ?? false
}

/** Null for what is not there, or may not be looked at. */
function tried<T>(look: () => T): T | null {
  try {
    return look()
  } catch {
    return null
  }
}
