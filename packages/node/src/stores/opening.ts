/** What each kind of store exports: a function from an opening to a store. */
import type { Disk } from '../disk.js'
import type { Ports } from '../ports.js'
import type { Credentials } from './credentials.js'
import type { Store } from './store.js'

export interface StorePorts extends Pick<Ports, 'disk' | 'wait' | 'now' | 'ssh' | 'keychain'> {
  /** Where folders lie, when it is not the disk of this machine's own files: it may hang. */
  readonly drives?: Disk
}

/** What a kind is given to make a store of. */
export interface Opening {
  readonly name: string
  /** As it is configured; a kind parses it itself, since not every one is a URL to the letter. */
  readonly url: string
  /** Empty when none were given. @throws CairnError `credentials-invalid` */
  readonly credentials: () => Promise<Credentials>
  readonly ports: StorePorts
}

/** @throws CairnError `usage` for a URL that it cannot read, `credentials-missing` */
export type Kind = (opening: Opening) => Promise<Store>
