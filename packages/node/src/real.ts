/** The ports of production: this computer's disk, clock and processes. */

import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { realDisk } from './disk.js'
import { driveDisk } from './drive-disk.js'
import { homeFolder } from './machine/home.js'
import { systemKeychain } from './machine/keychain.js'
import { withLock } from './machine/lock.js'
import type { Ports, SshHere, Wait } from './ports.js'
import { native } from './primitives.js'
import { openSource } from './sources/open.js'
import { openStore } from './stores/open.js'

const wait: Wait = (ms, signal) => setTimeout(ms, undefined, signal ? { signal } : {}).catch(() => {})
const now = () => new Date()

/** A host key belongs to this machine, not to a vault. */
const ssh: SshHere = {
  hostKeys: join(homeFolder(process.env), 'host-keys'),
  agent: process.env.SSH_AUTH_SOCK || undefined,
}

export const realPorts: Ports = {
  disk: realDisk,
  now,
  wait,
  ssh,
  keychain: systemKeychain,
  primitives: native,
  openStore: (place) =>
    openStore(place, { disk: realDisk, drives: driveDisk, wait, now, ssh, keychain: systemKeychain }),
  openSource,
  exclusively: withLock,
}
