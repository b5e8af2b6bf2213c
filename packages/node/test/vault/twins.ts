/** Writers with a step left out, which the harness of faults must catch. */
import { dirname } from 'node:path'
import type { Disk } from '../../src/disk.js'
import { onDisk } from '../sim/world.js'
import type { Twin } from './faults.js'

/** The same disk with one step of the writing procedure left out. */
export function without(step: 'sync' | 'syncFolder'): Twin {
  return (world) => {
    const { disk } = world
    const create: Disk['create'] = async (path) => {
      const file = await disk.create(path)
      return step === 'sync' ? { ...file, sync: async () => {} } : file
    }
    const broken: Disk = { ...disk, create, ...(step === 'syncFolder' ? { syncFolder: async () => {} } : {}) }
    return onDisk(world, broken)
  }
}

/** Removes objects for good before the record that they were forgotten is durable. */
export const removesBeforeItRecords: Twin = (world) => {
  const { disk } = world
  const isRecord = (path: string) => path.includes('/forgotten')
  const broken: Disk = {
    ...disk,
    create: async (path) => {
      const file = await disk.create(path)
      return isRecord(path) ? { ...file, sync: async () => {} } : file
    },
    syncFolder: async (path) => (isRecord(path) ? undefined : disk.syncFolder(path)),
    remove: async (path) => {
      await disk.remove(path)
      await disk.syncFolder(dirname(path))
    },
  }
  return onDisk(world, broken)
}
