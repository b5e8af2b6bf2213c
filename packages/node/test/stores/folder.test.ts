import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CairnError } from '@cairn/core/errors.js'
import { afterAll, describe, expect, it } from 'vitest'
import { type Disk, realDisk } from '../../src/disk.js'
import { folderStore } from '../../src/stores/folder.js'
import { probe } from '../../src/stores/probe.js'
import { systemError } from '../sim/disk.js'
import { fakeClock } from './clock.js'
import { codeOf, storeContract } from './contract.js'

const made: string[] = []
afterAll(() => Promise.all(made.map((path) => rm(path, { recursive: true }))))

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'cairn-store-'))
  made.push(path)
  return path
}

/** A disk whose every operation below a folder fails: permissions do not bind root, so they are not tried. */
function failing(code: string, operations: readonly (keyof Disk)[]): Disk {
  const broken = operations.map((operation) => [operation, async () => Promise.reject(systemError(code))])
  return { ...realDisk, ...Object.fromEntries(broken) }
}

const everything = ['create', 'read', 'rename', 'makeFolder', 'syncFolder', 'list', 'remove'] as const

storeContract('folder', {
  fresh: async () => {
    const path = await folder()
    const open = () => folderStore({ name: 'folder', path })
    return { store: open(), again: open }
  },
  failing: {
    'store-unreachable': async () =>
      folderStore({ name: 'drive', path: join(await folder(), 'not-plugged-in') }),
    'store-denied': async () =>
      folderStore({ name: 'drive', path: await folder(), disk: failing('EACCES', everything) }),
    'store-full': async () =>
      folderStore({ name: 'drive', path: await folder(), disk: failing('ENOSPC', ['create']) }),
  },
})

describe('a folder', () => {
  it('that is a file is unreachable', async () => {
    const path = join(await folder(), 'file')
    await writeFile(path, 'x')
    expect(await codeOf(folderStore({ name: 'drive', path }).list(''))).toBe('store-unreachable')
  })

  it('says what is in the way of a file or folder of its own', async () => {
    const path = await folder()
    await writeFile(join(path, 'heads'), 'x')
    await mkdir(join(path, 'vault.json'))
    const store = folderStore({ name: 'drive', path })
    const said = async (work: Promise<unknown>) =>
      work.catch((error: CairnError) => [error.code, error.details.reason])
    expect(await said(store.list('heads/'))).toEqual([
      'store-unreachable',
      'heads/ is not a folder, or lies below one that is none',
    ])
    const inTheWay = ['store-unreachable', 'a folder is in the way of vault.json']
    expect(await said(store.get('vault.json'))).toEqual(inTheWay)
    expect(await said(store.put('vault.json', new Uint8Array(1)))).toEqual(inTheWay)
  })

  it('is as it was after a probe', async () => {
    const path = await folder()
    expect((await probe(folderStore({ name: 'drive', path }), fakeClock())).ok).toBe(true)
    expect(await readdir(path)).toEqual([])
  })

  it('is never made: a drive that is away is not written to under its mount point', async () => {
    const path = join(await folder(), 'mount')
    const store = folderStore({ name: 'drive', path })
    expect(await codeOf(store.put('vault.json', new Uint8Array(1)))).toBe('store-unreachable')
    expect(await codeOf(store.get('vault.json'))).toBe('store-unreachable')
  })
})
