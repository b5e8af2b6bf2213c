import { anyOf } from '@cairn/core/vault/policy.js'
import { describe, expect, it } from 'vitest'
import type { Disk } from '../../src/disk.js'
import { init } from '../../src/vault/init.js'
import { makeWorld } from '../sim/world.js'

/** A disk on which this user may neither make nor remove anything below a folder. */
function denies(disk: Disk, folder: string): Disk {
  const denied = async (path: string) => {
    if (path.startsWith(folder)) throw Object.assign(new Error('denied'), { code: 'EACCES' })
  }
  return {
    ...disk,
    makeFolder: async (path) => (await denied(path)) ?? disk.makeFolder(path),
    removeFolder: async (path) => (await denied(path)) ?? disk.removeFolder(path),
  }
}

describe('a vault that cannot be made', () => {
  it('says what stood in the way, also when it cannot tidy up', async () => {
    const { ports, disk } = await makeWorld()
    const plan = {
      home: '/elsewhere',
      folder: '/new',
      stores: [{ name: 'main', url: 'file:///new/store' }],
      policy: anyOf(2, [
        { kind: 'computer', name: 'computer' },
        { kind: 'sheet', name: 'sheet' },
      ]),
      deliver: async () => {},
      logN: 1,
    } as const
    const making = init(plan, { ...ports, disk: denies(disk, '/elsewhere') })
    await expect(making).rejects.toMatchObject({ code: 'file-denied' })
  })
})
