/**
 * Opening stores for the vault: each with a deadline, so that one that does not answer holds nobody up for ever, and a
 * folder only while its own drive is plugged in.
 */
import { withCredentials } from '../machine/credentials.js'
import type { Device } from '../machine/device.js'
import type { Ports, StorePlace } from '../ports.js'
import { withDrive } from '../stores/drive.js'
import type { Store } from '../stores/store.js'
import { withDeadline } from '../stores/wrap/deadline.js'
import { withLimit } from '../stores/wrap/limit.js'

/** The stores of this machine, in the order of the configuration. */
export function openStores(
  { config, home }: Pick<Device, 'config' | 'home'>,
  ports: Ports,
): readonly Store[] {
  return config.stores.map((place) => openPlace(placeIn({ config, home }, place), ports))
}

/** A store of the configuration with what opens it and who shares its place. */
export function placeIn({ config, home }: Pick<Device, 'config' | 'home'>, place: StorePlace): StorePlace {
  const there = config.stores.filter(({ url, name }) => url === place.url && name !== place.name)
  const others = Object.fromEntries(there.flatMap(({ drive, name }) => (drive ? [[drive, name]] : [])))
  return { ...withCredentials(home, place), others }
}

export function openPlace(place: StorePlace, ports: Pick<Ports, 'openStore' | 'wait' | 'now'>): Store {
  const { drive: id, others = {}, limit: bytesPerSecond } = place
  const store = withDeadline(ports.openStore(place), ports.wait)
  const own = id === undefined ? store : withDrive(store, { id, others })
  // outside of the deadline: a pause that is meant is no silence
  return bytesPerSecond === undefined
    ? own
    : withLimit(own, { bytesPerSecond, now: ports.now, wait: ports.wait })
}
