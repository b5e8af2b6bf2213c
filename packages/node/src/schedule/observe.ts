/** Changes of files and folders, as chokidar sees them (inotify, FSEvents, ReadDirectoryChangesW). */
import { watch } from 'chokidar'
import type { Watcher } from './watch.js'

/**
 * Files need not exist yet. What is there at the start is no change.
 * @param onChange given the path that was written, made or removed
 */
export function observe(paths: readonly string[], onChange: (path: string) => void): Promise<Watcher> {
  const watcher = watch([...paths], { ignoreInitial: true, ignorePermissionErrors: true, atomic: false })
  watcher.on('all', (_, path) => onChange(path))
  watcher.on('error', () => {}) // what cannot be watched any more is saved by the schedule, or found late
  return new Promise((resolve) => watcher.once('ready', () => resolve(watcher)))
}
