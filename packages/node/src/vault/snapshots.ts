/** Which snapshots there are: from the heads of the stores, with what this machine remembers of each. */
import { deviceName } from '@cairn/core/vault/devices.js'
import type { SignedHead } from '@cairn/core/vault/head.js'
import { newestFirst } from '@cairn/core/vault/history.js'
import { readTags } from '../machine/memory.js'
import type { Machine } from '../machine/open.js'
import { recallSeen } from '../machine/recall.js'
import type { Ports } from '../ports.js'
import { asked, readPast } from './open.js'
import { openStores } from './open-stores.js'
import { ownHeads } from './survey.js'

export interface SnapshotRow {
  readonly id: string
  readonly device: string
  /** What the vault calls the device. */
  readonly device_name: string
  readonly seq: number
  readonly time: string
  /** Names of the wallets in it; absent when this machine does not remember them: only the opened vault tells. */
  readonly wallets?: readonly string[]
  /** As this machine remembers them; absent of a snapshot of another one: only the opened vault tells. */
  readonly tags?: readonly string[]
  /** Stores that show it now. */
  readonly stores: readonly string[]
}

/** Newest first. A store that cannot be asked is simply not named; `check` says why. */
export async function listSnapshots(machine: Machine, ports: Ports): Promise<readonly SnapshotRow[]> {
  const stores = openStores(machine, ports)
  const seen = await recallSeen(machine, ports.disk)
  const past = asked(
    await readPast(stores, machine.description, { seen: seen.stores, own: ownHeads(machine, ports.disk) }),
  )
  const known = new Map(seen.snapshots.map((snapshot) => [snapshot.id, snapshot.wallets]))
  const tags = await readTags(ports.disk, machine.home)
  const shows = ({ hash }: SignedHead) =>
    past.stores.filter(({ heads }) => heads.some((head) => head.hash === hash)).map(({ store }) => store.name)
  return newestFirst(past.heads).map((signed): SnapshotRow => {
    const { manifest: id, device, seq, time } = signed.head
    const wallets = known.get(id) ?? []
    const held = wallets.length > 0 ? { wallets } : {}
    const tagged = device === machine.device.id ? { tags: tags.get(seq) ?? [] } : {}
    const device_name = deviceName(machine.description, device)
    return { id, device, device_name, seq, time, ...held, ...tagged, stores: shows(signed) }
  })
}
