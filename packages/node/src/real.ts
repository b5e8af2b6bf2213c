/** The ports of production: this computer's disk, clock and processes. */
import { realDisk } from './disk.js'
import { withLock } from './machine/lock.js'
import type { Ports } from './ports.js'
import { native } from './primitives.js'
import { openSource } from './sources/open.js'
import { openStore } from './stores/open.js'

export const realPorts: Ports = {
  disk: realDisk,
  now: () => new Date(),
  primitives: native,
  openStore: (place) => openStore(place, realDisk),
  openSource,
  exclusively: withLock,
}
