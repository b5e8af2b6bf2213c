import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { syncedBy } from '@cairn/node/sheets/synced.js'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'cairn-synced-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const fileIn = (folder: string) => {
  mkdirSync(join(root, folder), { recursive: true })
  writeFileSync(join(root, folder, 'photo.jpg'), '')
  return join(root, folder, 'photo.jpg')
}

describe('a folder that a cloud copies', () => {
  test.each([
    ['Dropbox/a/b', 'Dropbox'],
    ['OneDrive - Work', 'OneDrive'],
    ['Library/Mobile Documents/com~apple~CloudDocs', 'iCloud'],
    ['Library/CloudStorage/GoogleDrive-me@example.org', 'Google Drive'],
    ['Nextcloud/InstantUpload', 'Nextcloud'],
  ])('is told by its name: %s', (folder, service) => {
    expect(syncedBy(fileIn(folder))).toBe(service)
  })

  test('is told by the mark that the program leaves in it', () => {
    const file = fileIn('papers/deep')
    mkdirSync(join(root, 'papers/.stfolder'))
    expect(syncedBy(file)).toBe('Syncthing')
  })

  test('is told behind a link too', () => {
    const file = fileIn('Dropbox')
    symlinkSync(file, join(root, 'link.jpg'))
    expect(syncedBy(join(root, 'link.jpg'))).toBe('Dropbox')
  })

  test('is none where only the file is called so', () => {
    expect(syncedBy(fileIn('papers'))).toBeNull()
    expect(syncedBy(join(fileIn('Dropboxes'), '..', 'Dropbox'))).toBeNull()
  })
})
