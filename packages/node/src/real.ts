/** The ports of production: this computer's disk, clock and processes. */
import { setTimeout } from 'node:timers/promises'
import { realDisk } from './disk.js'
import { withLock } from './machine/lock.js'
import type { Ports, Wait } from './ports.js'
import { native } from './primitives.js'
import { openSource } from './sources/open.js'
import { openStore } from './stores/open.js'

const wait: Wait = (ms, signal) => setTimeout(ms, undefined, signal ? { signal } : {}).catch(() => {})
const now = () => new Date()

export const realPorts: Ports = {
  disk: realDisk,
  now,
  wait,
  primitives: native,
  openStore: (place) => openStore(place, { disk: realDisk, wait, now }),
  openSource,
  exclusively: withLock,
}
