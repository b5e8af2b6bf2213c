/** Disks for the process that is killed: one that kills at an operation, and twins that break the rules of writing. */
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs'
import { type Disk, PART } from '../../src/disk.js'

/** At which operation of the disk, counted from 0, and where in it; of those that are killed in the middle, at which write. */
export interface Death {
  readonly at: number
  readonly when: 'before' | 'during' | 'after'
}

export interface Counts {
  readonly operations: number
  readonly writes: number
}

/** Counts operations and ends this process at one of them. Half of a write is done when it ends during it. */
export function deadly(
  disk: Disk,
  death: Death | undefined,
): { readonly disk: Disk; readonly counts: () => Counts } {
  const counts = { operations: 0, writes: 0 }
  const counted =
    <A extends readonly unknown[], T>(
      work: (...args: A) => Promise<T>,
      half?: (...args: A) => Promise<void>,
    ) =>
    async (...args: A): Promise<T> => {
      const at = counts.operations++
      const write = half ? counts.writes++ : undefined
      if (death?.when === 'during' && death.at === write) {
        await half?.(...args)
        die()
      }
      if (death?.when === 'before' && death.at === at) die()
      const done = await work(...args)
      if (death?.when === 'after' && death.at === at) die()
      return done
    }
  return {
    counts: () => counts,
    disk: {
      ...disk,
      create: counted(async (path: string) => {
        const file = await disk.create(path)
        return {
          write: counted(file.write, (bytes, offset) =>
            file.write(bytes.subarray(0, bytes.length >> 1), offset),
          ),
          mark: counted(file.mark),
          sync: counted(file.sync),
          close: counted(file.close),
        }
      }),
      read: counted(disk.read),
      rename: counted(disk.rename),
      makeFolder: counted(disk.makeFolder),
      syncFolder: counted(disk.syncFolder),
      list: counted(disk.list),
      remove: counted(disk.remove),
    },
  }
}

function die(): void {
  process.kill(process.pid, 'SIGKILL')
}

export type Twin = 'writesInPlace' | 'reportsFirst' | 'none'

/** `reportsFirst` is a matter of the process, not of its disk. */
export const TWINS: Readonly<Record<Twin, (disk: Disk) => Disk>> = {
  none: (disk) => disk,
  reportsFirst: (disk) => disk,
  writesInPlace,
}

/** Writes under the final name at once, as a program does that calls `writeFile`. */
function writesInPlace(disk: Disk): Disk {
  const isPart = (path: string) => path.endsWith(PART)
  return {
    ...disk,
    create: async (path) => {
      if (!isPart(path)) return disk.create(path)
      const file = openSync(path.replace(/\.[0-9a-f]{12}\.part$/, ''), 'w', 0o600)
      return {
        write: async (bytes, offset) => {
          writeSync(file, bytes, 0, bytes.length, offset)
        },
        mark: async () => {},
        sync: async () => fsyncSync(file),
        close: async () => closeSync(file),
      }
    },
    rename: async (from, to) => (isPart(from) ? undefined : disk.rename(from, to)),
  }
}
