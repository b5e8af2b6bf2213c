/**
 * The devices of a vault, and what follows when several of them change vault.json. Each device signs a chain of its own,
 * so that no two ever write the same head; only vault.json is shared. It is replaced whole, by whoever holds the secret,
 * and without locks: of two that were made from the same revision all readers prefer the same one, and whoever made the
 * other sees from `before` that it is not among the ancestors and does it again.
 */
import { fail } from '../errors.js'
import { encodeCanonical, type Json } from './canonical.js'
import {
  type Device,
  MAX_BEFORE,
  MAX_DEVICES,
  type SignedDescription,
  type VaultDescription,
  versionFor,
} from './description.js'

/** A device that may write, as the description lists it. */
export type NewDevice = Pick<Device, 'id' | 'name' | 'key' | 'added'>

/** What is trusted to read a history: of an authenticated description. */
export interface Trusted {
  readonly vault: string
  /** Public keys by device id, those of removed ones included. */
  readonly devices: ReadonlyMap<string, string>
  /** The last head that counts of each device that was removed. */
  readonly ended: ReadonlyMap<string, Ended>
}

export interface Ended {
  readonly seq: number
  readonly hash: string | null
}

/** What an authenticated description says of who may sign what. */
export function trusted({ id, devices }: VaultDescription): Trusted {
  return {
    vault: id,
    devices: new Map(devices.map((device) => [device.id, device.key])),
    ended: new Map(devices.flatMap(({ id, removed }) => (removed ? [[id, removed] as const] : []))),
  }
}

/** Those that may write. */
export function liveDevices({ devices }: Pick<VaultDescription, 'devices'>): readonly Device[] {
  return devices.filter(({ removed }) => removed === undefined)
}

/** The device with this name, in any case, or this id; those that may write first. @throws CairnError `device-absent` */
export function deviceNamed({ devices }: Pick<VaultDescription, 'devices'>, name: string): Device {
  const isIt = (device: Device) => device.id === name || device.name.toLowerCase() === name.toLowerCase()
  const found = devices.filter(isIt)
  const live = liveDevices({ devices: found })
  const [only, other] = live.length > 0 ? live : found
  if (only !== undefined && other === undefined) return only
  return fail('device-absent', { device: name, known: devices.map((device) => device.name).join(', ') })
}

/** What people call a device; its id when the description does not list it. */
export function deviceName({ devices }: Pick<VaultDescription, 'devices'>, id: string): string {
  return devices.find((device) => device.id === id)?.name ?? id
}

/** A name that no device has: the one that was wanted, or with a number after it. */
export function freeName({ devices }: Pick<VaultDescription, 'devices'>, wanted: string): string {
  const used = new Set(devices.map(({ name }) => name.toLowerCase()))
  const base = wanted.slice(0, 120) || 'computer'
  for (let n = 1; ; n++) {
    const name = n === 1 ? base : `${base}-${n}`
    if (!used.has(name.toLowerCase())) return name
  }
}

/**
 * The devices with one more. One that is there already may write again, with a chain that goes on.
 * @throws CairnError `device-known` for a name that another one has, `devices-many`
 */
export function withDevice(devices: readonly Device[], device: NewDevice): readonly Device[] {
  const others = devices.filter(({ id }) => id !== device.id)
  if (others.some(({ name }) => name.toLowerCase() === device.name.toLowerCase()))
    fail('device-known', { device: device.name })
  if (others.length >= MAX_DEVICES) fail('devices-many', { limit: MAX_DEVICES })
  return [...others, device]
}

/** The devices with one that may write no more. */
export function withoutDevice(
  devices: readonly Device[],
  id: string,
  removed: NonNullable<Device['removed']>,
): readonly Device[] {
  return devices.map((device) => (device.id === id ? { ...device, removed } : device))
}

/**
 * All devices that these descriptions know, each once: the first one that lists a device says what it is, and a removal
 * that any of them knows counts, the earliest where there are several.
 */
export function mergedDevices(descriptions: readonly Pick<VaultDescription, 'devices'>[]): readonly Device[] {
  const merged = new Map<string, Device>()
  for (const device of descriptions.flatMap(({ devices }) => devices)) {
    const known = merged.get(device.id) ?? device
    const removed = [known.removed, device.removed]
      .filter((each) => each !== undefined)
      .sort((a, b) => a.seq - b.seq)[0]
    merged.set(device.id, removed ? { ...known, removed } : known)
  }
  return [...merged.values()]
}

/** What a change of vault.json may set. */
export type Change = Partial<Pick<VaultDescription, 'recipient' | 'policy' | 'devices' | 'retired'>>

/** The next revision: its version is the lowest that can say what is in it. */
export function revised({ description, mac }: SignedDescription, change: Change): VaultDescription {
  const { before = [], version: _, retired: __, ...rest } = { ...description, ...change }
  const retired = change.retired ?? description.retired
  const isShared = description.before !== undefined || rest.devices.length > 1
  const all = [shortMac(mac), ...before].slice(0, MAX_BEFORE)
  const ancestors: Pick<VaultDescription, 'before'> = isShared ? { before: all } : {}
  return {
    ...rest,
    version: versionFor(rest.policy, retired, ancestors.before),
    revision: description.revision + 1,
    ...(retired ? { retired } : {}),
    ...ancestors,
  }
}

function shortMac(mac: string): string {
  return mac.slice(0, 16)
}

/** True when `one` is to be taken rather than `other`: of the same revision all take the one with the higher `mac`. */
export function outranks(one: SignedDescription, other: SignedDescription): boolean {
  const [a, b] = [one.description.revision, other.description.revision]
  return a === b ? one.mac > other.mac : a > b
}

/**
 * How a shown description stands to a known genuine one. One of the same revision that says the same under another `mac`, or
 * something else under the same, is no other change but a damaged copy: `older`.
 */
export function standing(shown: SignedDescription, known: SignedDescription): 'same' | 'older' | 'newer' {
  const isSame = encodeCanonical(asJson(shown)) === encodeCanonical(asJson(known))
  if (isSame && shown.mac === known.mac) return 'same'
  return !isSame && outranks(shown, known) ? 'newer' : 'older'
}

function asJson({ description }: SignedDescription): Json {
  return description as unknown as Json
}

/** For sorting, the one to be taken first. */
export function byRank(one: SignedDescription, other: SignedDescription): number {
  return outranks(one, other) ? -1 : outranks(other, one) ? 1 : 0
}

/**
 * What became of a revision in one that outranks it. `lost`: another device changed the vault at the same time, and this
 * one is not among the ancestors. `unknown`: too many changes ago, or in a description that names no ancestors.
 */
export function fateIn(
  later: VaultDescription,
  { description, mac }: SignedDescription,
): 'kept' | 'lost' | 'unknown' {
  const { before } = later
  if (before === undefined) return 'unknown'
  if (before.includes(shortMac(mac))) return 'kept'
  return later.revision - description.revision > before.length ? 'unknown' : 'lost'
}
