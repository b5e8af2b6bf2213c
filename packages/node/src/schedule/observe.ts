/**
 * Changes of files and folders: on Linux by watching folders (`observe-folders.ts`), elsewhere as chokidar sees them
 * (FSEvents, ReadDirectoryChangesW).
 */
import { observeFolders } from './observe-folders.js'
import type { Watcher } from './watch.js'

/**
 * Files need not exist yet. What is there at the start is no change.
 * @param onChange given a path that was written, made or removed: the file itself, or the one of `paths` that holds it
 */
export async function observe(paths: readonly string[], onChange: (path: string) => void): Promise<Watcher> {
  return process.platform === 'linux' ? observeFolders(paths, onChange) : observeWithChokidar(paths, onChange)
}

async function observeWithChokidar(
  paths: readonly string[],
  onChange: (path: string) => void,
): Promise<Watcher> {
  const { watch } = await import('chokidar')
  const watcher = watch([...paths], { ignoreInitial: true, ignorePermissionErrors: true, atomic: false })
  watcher.on('all', (_, path) => onChange(path))
  watcher.on('error', () => {}) // what cannot be watched any more is saved by the schedule, or found late
  return new Promise((resolve) => watcher.once('ready', () => resolve(watcher)))
}
