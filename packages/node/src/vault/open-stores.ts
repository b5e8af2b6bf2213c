/** Opening stores for the vault: each with a deadline, so that one that does not answer holds nobody up for ever. */
import { withCredentials } from '../machine/credentials.js'
import type { Device } from '../machine/device.js'
import type { Ports, StorePlace } from '../ports.js'
import type { Store } from '../stores/store.js'
import { withDeadline } from '../stores/wrap/deadline.js'

/** The stores of this machine, in the order of the configuration. */
export function openStores(
  { config, home }: Pick<Device, 'config' | 'home'>,
  ports: Ports,
): readonly Store[] {
  return config.stores.map((place) => openPlace(withCredentials(home, place), ports))
}

export function openPlace(place: StorePlace, ports: Pick<Ports, 'openStore' | 'wait'>): Store {
  return withDeadline(ports.openStore(place), ports.wait)
}
