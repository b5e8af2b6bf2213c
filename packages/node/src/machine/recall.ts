/**
 * What this machine remembers of its snapshots, also when the file that says so is damaged: then its own heads tell
 * which snapshots it made. What each store acknowledged and which wallets a snapshot holds is lost with the file; the
 * next backup writes it anew.
 */
import { join } from 'node:path'
import { isCairnError } from '@cairn/core/errors.js'
import { deviceIdOf, readHead } from '@cairn/core/vault/head.js'
import { type Disk, errno } from '../disk.js'
import { nativeEd25519 } from '../ed25519.js'
import type { Device } from './device.js'
import { readSeen, type Seen, type Snapshot } from './memory.js'
import { localError } from './state.js'

export interface Recalled extends Seen {
  /** Of a snapshot that was recalled from its head, neither wallets nor stores are known. */
  readonly from: 'memory' | 'own heads'
}

/** @throws CairnError `file-denied`, `file-unreadable` */
export async function recallSeen(device: Pick<Device, 'home' | 'publicKey'>, disk: Disk): Promise<Recalled> {
  try {
    return { ...(await readSeen(disk, device.home)), from: 'memory' }
  } catch (error) {
    if (!isCairnError(error, 'memory-damaged')) throw error
  }
  return { stores: {}, snapshots: await ownSnapshots(device, disk), from: 'own heads' }
}

async function ownSnapshots({ home, publicKey }: Pick<Device, 'home' | 'publicKey'>, disk: Disk) {
  const id = deviceIdOf(publicKey)
  const folder = join(home.folder, 'heads', id)
  const snapshots: Snapshot[] = []
  for (const name of await namesIn(disk, folder)) {
    try {
      const { head } = readHead(await disk.read(join(folder, name)), new Map([[id, publicKey]]), {
        name,
        ed25519: nativeEd25519,
      })
      const { manifest, seq, time, next_expected_by } = head
      snapshots.push({ id: manifest, seq, time, next_expected_by, wallets: [], stores: [] })
    } catch (error) {
      if (!isCairnError(error)) return localError(error, join(folder, name))
    }
  }
  return snapshots.sort((a, b) => a.seq - b.seq)
}

async function namesIn(disk: Disk, folder: string): Promise<readonly string[]> {
  try {
    return (await disk.list(folder)).map(({ name }) => name)
  } catch (error) {
    return errno(error) === 'ENOENT' ? [] : localError(error, folder)
  }
}
