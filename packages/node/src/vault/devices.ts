/**
 * The devices of a vault: which there are, what each saved last, and taking one out. A device that is removed keeps what it
 * saved: its heads count up to the last one that a store showed when it was removed, by number and hash, and no later one.
 */
import { type CairnError, fail } from '@cairn/core/errors.js'
import {
  authenticate,
  type Device,
  parseDescription,
  type VaultDescription,
  writeDescription,
} from '@cairn/core/vault/description.js'
import { deviceNamed, revised, standing, withoutDevice } from '@cairn/core/vault/devices.js'
import type { SignedHead } from '@cairn/core/vault/head.js'
import { secretFromIdentity } from '@cairn/core/vault/identity.js'
import type { Given } from '@cairn/core/vault/unlock.js'
import type { Machine } from '../machine/open.js'
import { recallSeen } from '../machine/recall.js'
import { writeLocal } from '../machine/state.js'
import type { Ports } from '../ports.js'
import { readClaim, readPast } from './open.js'
import { openStores } from './open-stores.js'
import { knownDevices, type SentTo, saidBy, sendDescription } from './send-description.js'
import { ownHeads } from './survey.js'
import { type UnlockedHere, unlockHere } from './unlock-here.js'

export interface DeviceRow extends Device {
  /** This computer. */
  readonly self: boolean
  /** The newest snapshot of it that any store shows. */
  readonly last: { readonly seq: number; readonly time: string; readonly next_expected_by: string } | null
}

export interface DeviceList {
  readonly devices: readonly DeviceRow[]
  /** Names of stores that show another list, which only an unlock can tell from a lie. */
  readonly newer: readonly string[]
  readonly failures: readonly CairnError[]
}

/** Needs no secret. A store that cannot be asked is passed over. */
export async function listDevices(machine: Machine, ports: Ports): Promise<DeviceList> {
  const stores = openStores(machine, ports)
  const claims = await Promise.all(stores.map(readClaim))
  const { chain, stores: shown } = await readPast(stores, machine.description, {
    own: ownHeads(machine, ports.disk),
  })
  const newer = claims.filter(({ signed }) => signed && standing(signed, machine) === 'newer')
  return {
    devices: machine.description.devices.map((device) => ({
      ...device,
      self: device.id === machine.device.id,
      last: lastOf(chain, device.id),
    })),
    newer: newer.map(({ store }) => store.name),
    failures: shown.flatMap(({ failure }) => (failure ? [failure] : [])),
  }
}

function lastOf(chain: readonly SignedHead[], device: string): DeviceRow['last'] {
  const last = newestOf(chain, device)?.head
  return last ? { seq: last.seq, time: last.time, next_expected_by: last.next_expected_by } : null
}

function newestOf(chain: readonly SignedHead[], device: string): SignedHead | undefined {
  return chain.filter(({ head }) => head.device === device).sort((a, b) => b.head.seq - a.head.seq)[0]
}

export interface RemoveDevice {
  readonly given: Given
  /** Its name or id. */
  readonly device: string
}

export interface RemovedDevice {
  readonly device: Device
  readonly description: VaultDescription
  readonly stores: readonly SentTo[]
  /** Names of stores that could not be asked which snapshots of it they have: later ones there will not count. */
  readonly unasked: readonly string[]
}

/** @throws CairnError of `unlock`; `device-absent`, `device-own`, `vault-overtaken` */
export function removeDevice(machine: Machine, plan: RemoveDevice, ports: Ports): Promise<RemovedDevice> {
  return ports.exclusively(machine.home.lock, async () => {
    const opened = await unlockHere(machine, plan.given, ports)
    const { claims } = opened
    if (claims.every(({ failure }) => failure !== undefined)) throw claims[0]?.failure
    const devices = knownDevices(opened, [...saidBy(claims), machine])
    const device = deviceNamed({ devices }, plan.device)
    if (device.id === machine.device.id) fail('device-own')
    if (device.removed) return { device, description: opened.description, stores: [], unasked: [] }
    const { chain, stores: shown } = await pastOf(machine, opened, ports)
    const last = newestOf(chain, device.id)
    const removed = {
      time: ports.now().toISOString(),
      seq: last?.head.seq ?? 0,
      hash: last?.hash ?? null,
    }
    const description = revised(opened, { devices: withoutDevice(devices, device.id, removed) })
    const file = sealed(description, opened.identity)
    await writeLocal(ports.disk, machine.home.description, file)
    return {
      device: { ...device, removed },
      description,
      stores: await sendDescription(claims, file),
      unasked: shown.filter(({ failure }) => failure).map(({ store }) => store.name),
    }
  })
}

async function pastOf(
  machine: Machine,
  { description, identity, retired, claims }: UnlockedHere,
  ports: Ports,
) {
  const { stores: seen } = await recallSeen(machine, ports.disk)
  const identities = [identity, ...retired.map((ending) => ending.identity)]
  return readPast(
    claims.map(({ store }) => store),
    description,
    { seen, own: ownHeads(machine, ports.disk), identities },
  )
}

/** Read back as a stranger will. */
function sealed(description: VaultDescription, identity: string): Uint8Array {
  const secret = secretFromIdentity(identity)
  const file = writeDescription(description, secret)
  authenticate(parseDescription(file), secret)
  secret.fill(0)
  return file
}
