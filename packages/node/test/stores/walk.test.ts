import { describe, expect, it } from 'vitest'
import { type Entry, realDisk } from '../../src/disk.js'
import { folderStore } from '../../src/stores/folder.js'
import type { Store } from '../../src/stores/store.js'
import { MOST_NAMES, walk } from '../../src/stores/walk.js'
import { codeOf } from './contract.js'

/** A folder in which each folder shows these names again. */
function endless(names: number, kind: Entry['kind']) {
  const entries = Array.from({ length: names }, (_, i): Entry => ({ name: `${i}`, kind, size: 1, ageMs: 0 }))
  return async () => entries
}

const withNames = (list: () => Promise<readonly Entry[]>): Store =>
  folderStore({ name: 'drive', path: '/media/usb', disk: { ...realDisk, list } })

const unreachable = {
  code: 'store-unreachable',
  details: { reason: 'its listing does not come to an end' },
}

describe('a listing of folders', () => {
  it('ends where folders are in folders without end', async () => {
    await expect(withNames(endless(1, 'folder')).list('objects/')).rejects.toMatchObject(unreachable)
  })

  it('ends where there are more names than a vault can have, in many folders or in one', async () => {
    await expect(withNames(endless(1000, 'folder')).list('objects/')).rejects.toMatchObject(unreachable)
    expect(await codeOf(withNames(endless(MOST_NAMES + 1, 'file')).list('heads/'))).toBe(unreachable.code)
  })

  it('gives every file of a folder with as many as there may be, and of steps as deep', async () => {
    const entriesOf = async (folder: string): Promise<readonly Entry[]> =>
      folder.split('/').length === 15
        ? endless(200_000, 'file')()
        : [{ name: 'a', kind: 'folder', size: 0, ageMs: 0 }]
    const { found } = await walk('objects/', { store: 'drive', width: 1, entriesOf })
    expect(found).toHaveLength(200_000)
    expect(found[0]?.key).toBe(`objects/${'a/'.repeat(14)}0`)
  })

  it('goes on with as many folders as there may be', async () => {
    const entriesOf = async (folder: string): Promise<readonly Entry[]> =>
      folder === 'objects' ? endless(300_000, 'folder')() : []
    const { found } = await walk('objects/', { store: 'drive', width: 1000, entriesOf })
    expect(found).toEqual([])
  })
})
