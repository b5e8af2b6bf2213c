import { mkdir, mkdtemp, realpath, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { type Disk, realDisk } from '../../src/disk.js'
import { requireApart } from '../../src/vault/apart.js'

const made: string[] = []
afterAll(() => Promise.all(made.map((path) => rm(path, { recursive: true }))))

const at = (path: string, name = path) => ({ name, url: pathToFileURL(path).href })
const never = () => new Promise<never>(() => {})

describe('a folder', () => {
  it('is known by what its links lead to, also where it is not made yet', async () => {
    const root = await realpath(await mkdtemp(join(tmpdir(), 'cairn-apart-')))
    made.push(root)
    await mkdir(join(root, 'drive'))
    await symlink('drive', join(root, 'link'))
    const refused = (place: string, other: string) =>
      requireApart(at(join(root, place)), [at(join(root, other), 'usb')], { disk: realDisk, wait: never })
    for (const [place, other] of [
      ['link', 'drive'],
      ['link/new', 'drive/new'],
    ] as const)
      await expect(refused(place, other)).rejects.toMatchObject({ code: 'store-known' })
    for (const [place, other] of [
      ['link/new/deep', 'drive/new'],
      ['drive', 'link/new'],
    ] as const)
      await expect(refused(place, other)).rejects.toMatchObject({ code: 'store-nested' })
    await refused('drive-2', 'drive')
    await refused('drive/a', 'link/b')
  })

  it('on a drive that does not answer is taken at its word', async () => {
    const disk: Disk = { ...realDisk, realPath: never }
    const ports = { disk, wait: async () => {} }
    await requireApart(at('/media/b'), [at('/media/a')], ports)
    await expect(requireApart(at('/media/a/b'), [at('/media/a')], ports)).rejects.toMatchObject({
      code: 'store-nested',
      details: { name: '/media/a' },
    })
  })
})
