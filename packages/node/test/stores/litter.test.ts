import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { utf8 } from '@cairn/core/bytes.js'
import { forgottenKey, headKey, objectKey } from '@cairn/core/vault/object.js'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { realDisk } from '../../src/disk.js'
import { folderStore } from '../../src/stores/folder.js'
import { isLitter } from '../../src/stores/litter.js'
import { systemError } from '../sim/disk.js'

let root = ''
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'cairn-litter-'))
})
afterEach(() => rm(root, { recursive: true }))

it('what file managers left in the folders of a vault is not listed', async () => {
  const store = folderStore({ name: 'usb', path: root })
  const key = headKey('0123456789abcdef', 1)
  await store.put(key, utf8('head'))
  for (const path of ['heads/.DS_Store', `${key.slice(0, -6)}._1.json`, 'heads/Thumbs.db', 'desktop.ini'])
    await writeFile(join(root, path), 'x')
  await mkdir(join(root, '.Trash-1000'))
  await writeFile(join(root, '.Trash-1000/old.json'), 'x')
  expect((await store.list('')).map((found) => found.key)).toEqual([key])
})

it('at the root of a drive, what nobody may look into is not looked into', async () => {
  const list: typeof realDisk.list = async (path) =>
    path.endsWith('lost+found') ? Promise.reject(systemError('EACCES')) : realDisk.list(path)
  await mkdir(join(root, 'lost+found'))
  expect(await folderStore({ name: 'usb', path: root, disk: { ...realDisk, list } }).list('')).toEqual([])
})

it('no name of a vault is taken for litter', () => {
  const id = 'ab'.repeat(32)
  const keys = [objectKey(id), headKey('0123456789abcdef', 1), forgottenKey(id), 'vault.json', 'README.txt']
  const steps = [...keys, 'drive.json', 'probe/0123'].flatMap((key) => key.split('/'))
  expect(steps.filter(isLitter)).toEqual([])
})
