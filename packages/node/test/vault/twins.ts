/** Writers with a step left out, which the harness of faults must catch. */
import type { Disk } from '../../src/disk.js'
import { openStore } from '../../src/stores/open.js'
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
    return {
      ...world,
      ports: {
        ...world.ports,
        disk: broken,
        openStore: (place) => openStore(place, { ...world.ports, disk: broken }),
      },
    }
  }
}
