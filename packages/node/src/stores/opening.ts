/** What a kind of store is given to make a store of. */
import type { Ports } from '../ports.js'
import type { Credentials } from './credentials.js'

export type StorePorts = Pick<Ports, 'disk' | 'wait' | 'now' | 'ssh'>

export interface Opening {
  readonly name: string
  /** As it is configured; a kind parses it itself, since not every one is a URL to the letter. */
  readonly url: string
  /** Empty when none were given. @throws CairnError `credentials-invalid` */
  readonly credentials: () => Promise<Credentials>
  readonly ports: StorePorts
}
