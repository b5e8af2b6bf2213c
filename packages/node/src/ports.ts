/**
 * Everything that is not a function of its arguments enters here: disk, clock, primitives, stores. Production
 * and simulated faults run the same code with other ports.
 */
import type { Primitives } from '@cairn/core/types.js'
import type { Disk } from './disk.js'
import type { Keychain } from './machine/keychain.js'
import type { Source } from './sources/source.js'
import type { Store } from './stores/store.js'

export interface Ports {
  readonly disk: Disk
  readonly now: () => Date
  readonly wait: Wait
  readonly primitives: Primitives
  readonly ssh: SshHere
  readonly keychain: Keychain
  /** Opens a configured store; never touches it yet. */
  readonly openStore: (place: StorePlace) => Store
  /** Opens where a wallet comes from, by its path or `bitcoin-rpc:…`; never touches it yet. */
  readonly openSource: (spec: string) => Source
  /** Runs work while nobody else holds the lock. @throws CairnError `vault-busy` */
  readonly exclusively: <T>(lock: string, work: () => Promise<T>) => Promise<T>
}

/** Resolves after so many milliseconds, or at once when it is aborted; keeps no process alive once aborted. */
export type Wait = (ms: number, signal?: AbortSignal) => Promise<void>

/** What this machine has for SSH. */
export interface SshHere {
  /** Folder of the keys by which servers are known again. */
  readonly hostKeys: string
  /** Path of the agent's socket, where one runs. */
  readonly agent: string | undefined
}

/** A store as the configuration names it. `url` holds no credentials. */
export interface StorePlace {
  readonly name: string
  readonly url: string
  /** Path of the file that holds what opens it, or beside which the keychain is pointed at; absent when nothing does. */
  readonly credentials?: string
  /** Which drive a folder is on; it may be any without. */
  readonly drive?: string | undefined
  /** Bytes a second that it may take and give; as many as it can without. */
  readonly limit?: number | undefined
  /** Names of the stores that are at the same place in turn, by their drives. */
  readonly others?: Readonly<Record<string, string>>
}

/** Told now and then during long work: how much of how much is done, in bytes. */
export type Progress = (step: {
  readonly what: string
  readonly done: number
  readonly total: number
}) => void

export const silent: Progress = () => {}
