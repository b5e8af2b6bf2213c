/** What is done to a vault on real folders, by the process that is killed and by the one that looks on. */
import { utf8 } from '@cairn/core/bytes.js'
import type { Disk } from '../../src/disk.js'
import type { Machine } from '../../src/machine/open.js'
import type { Ports } from '../../src/ports.js'
import { realPorts } from '../../src/real.js'
import type { Source, View } from '../../src/sources/source.js'
import { openStore } from '../../src/stores/open.js'
import { backup } from '../../src/vault/backup.js'
import { check } from '../../src/vault/check.js'
import { prune } from '../../src/vault/prune.js'

export type Deed = 'backup' | 'prune' | 'repair'

/** Snapshots that a pruning keeps. */
export const KEEP = 4

export interface Doing {
  /** The vault secret, which a pruning needs. */
  readonly identity: string
  /** What the wallet holds now, and the number that the next snapshot has. */
  readonly version: number
  readonly next: number
}

/** What was reported: of a backup the number of the snapshot that every store has, of the others that they are done. */
export interface Told {
  readonly deed: Deed
  readonly seq: number
  readonly version: number
}

/** @throws Error when it did not do it in every store: nothing but the kill is to stop it */
export async function doing(
  deed: Deed,
  { machine, disk, identity, version, next }: Doing & { readonly machine: Machine; readonly disk: Disk },
): Promise<Told> {
  const ports = portsOn(disk, version)
  const told = { seq: next, version }
  if (deed === 'backup') {
    const { snapshot, stores } = await backup(machine, { names: [] }, ports)
    if (stores.some(({ state }) => state !== 'saved')) throw new Error('a store was left out')
    return { deed, seq: snapshot.seq, version }
  }
  if (deed === 'prune') {
    const { stores } = await prune(machine, { rules: { last: KEEP }, identity, mode: 'prune' }, ports)
    if (stores.some(({ state }) => state !== 'pruned')) throw new Error('a store was left out')
    return { deed, ...told }
  }
  const { ok, stores } = await check(machine, ports, { mode: 'repair' })
  if (!ok) throw new Error(`not repaired: ${JSON.stringify(stores)}`)
  return { deed, ...told }
}

/** The ports of production on this disk, with a wallet that holds a version. */
export function portsOn(disk: Disk, version: number): Ports {
  const { now, wait, ssh, keychain } = realPorts
  return {
    ...realPorts,
    disk,
    openStore: (place) => openStore(place, { disk, now, wait, ssh, keychain }),
    openSource: (spec) => versioned(spec, version),
  }
}

function versioned(spec: string, version: number): Source {
  const bytes = utf8(`version ${version}\n${`${version}`.repeat(5_000)}`)
  const file = { path: 'wallet', size: bytes.length, mode: 0o600, mtimeMs: 0, mark: '', settled: false }
  const view: View = {
    groups: [[file]],
    leftOut: [],
    read: async function* () {
      yield bytes
    },
    again: async (group) => group,
    close: async () => {},
  }
  return { spec, open: async () => view }
}
