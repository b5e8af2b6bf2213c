/**
 * Folders that a program copies to a cloud by itself: a picture of a secret that lies there has left the house. Told by
 * the names that the programs give their folders, and by the marks that they leave in them. A folder may be copied
 * although nothing tells it: this only ever finds some.
 */
import { existsSync, realpathSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/** A part of the path, and whose it is. */
const NAMES: readonly (readonly [pattern: RegExp, service: string])[] = [
  [/^Dropbox(?: \(.*\))?$/i, 'Dropbox'],
  [/^OneDrive(?: ?-.*)?$/i, 'OneDrive'],
  [/^(?:Google ?Drive|GoogleDrive-.*|My Drive)$/i, 'Google Drive'],
  [/^(?:iCloud ?Drive|com~apple~CloudDocs|Mobile Documents)$/i, 'iCloud'],
  [/\.photoslibrary$/i, 'Photos, which iCloud may copy'],
  [/^CloudStorage$/, 'a cloud'],
  [/^Nextcloud\d*$/i, 'Nextcloud'],
  [/^ownCloud\d*$/i, 'ownCloud'],
  [/^pCloud ?(?:Drive|Sync)$/i, 'pCloud'],
  [/^MEGA(?:sync)?$/i, 'MEGA'],
  [/^(?:Proton ?Drive)$/i, 'Proton Drive'],
  [/^(?:Box|Box Sync)$/, 'Box'],
  [/^Yandex\.?Disk$/i, 'Yandex Disk'],
  [/^Seafile$/i, 'Seafile'],
  [/^Tresorit$/i, 'Tresorit'],
  [/^(?:Sync|Syncthing)$/, 'a folder of Sync'],
  [/^Camera Uploads$/i, 'Camera Uploads'],
]

/** A file in the folder, or in one above. */
const MARKS: readonly (readonly [name: string, service: string])[] = [
  ['.dropbox', 'Dropbox'],
  ['.stfolder', 'Syncthing'],
  ['.sync_journal.db', 'Nextcloud or ownCloud'],
  ['.owncloudsync.log', 'Nextcloud or ownCloud'],
  ['.nextcloudsync.log', 'Nextcloud or ownCloud'],
  ['.SyncArchive', 'Resilio Sync'],
  ['.tresorit', 'Tresorit'],
]

/** The service that copies the folder of a file, or null where nothing tells of one. */
export function syncedBy(file: string): string | null {
  const path = realOf(file)
  const folders = foldersOf(path)
  for (const folder of folders) {
    const [, named] = NAMES.find(([pattern]) => pattern.test(folder.name)) ?? []
    const [, marked] = MARKS.find(([name]) => existsSync(join(folder.path, name))) ?? []
    if (named ?? marked) return named ?? marked ?? null
  }
  return null
}

/** Where a link leads is where the bytes are. */
function realOf(file: string): string {
  try {
    return realpathSync(file)
  } catch {
    return resolve(file)
  }
}

/** The nearest first. */
function foldersOf(path: string): readonly { readonly path: string; readonly name: string }[] {
  const above = dirname(path)
  if (above === path) return []
  return [{ path: above, name: above.split(/[\\/]/).at(-1) ?? '' }, ...foldersOf(above)]
}
