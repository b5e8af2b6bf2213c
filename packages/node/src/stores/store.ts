/**
 * A store: a place that keeps named bytes. One implementation a file, all behind this contract and all
 * passing the same suite (test/stores/contract.ts). Retry, deadline and bandwidth limit are wrappers with the same
 * interface (`wrap`).
 *
 * Contract:
 * - Keys are relative paths with forward slashes, as `vault/object.ts` of the core makes them.
 * - `put` returns only when the bytes are durable as far as the store can tell, and never leaves half an
 *   object under its key. Putting what is there again succeeds.
 * - `get` of a key that is not there throws `object-missing`; a store that cannot be asked throws
 *   `store-unreachable`, `store-denied` or `store-full`. Never one instead of the other. A store that answers and
 *   cannot give this one object may throw `object-unreadable`.
 * - `remove` of what is not there succeeds: gone is gone.
 * - `list` gives every key under a prefix that ends in `/` or is empty, in no order, and nothing that is half written.
 * - Nothing interprets the bytes; nothing is trusted because a store said it.
 */
import type { Setting } from '@cairn/core/plan/settings.js'

export interface Store {
  /** Short name that people gave it. */
  readonly name: string
  /** Where it is, for people to read; no credentials. */
  readonly place: string
  get(key: string): Promise<Uint8Array>
  put(key: string, bytes: Uint8Array): Promise<void>
  list(prefix: string): Promise<readonly StoredObject[]>
  remove(key: string): Promise<void>
  /** What the provider says of its own settings; absent where there is nothing to ask. */
  look?(): Promise<Traits>
  /** Removes the folder of a prefix in which nothing lies any more; absent where names need no folders. */
  tidy?(prefix: string): Promise<void>
}

/** Settings of a provider that matter to a backup; `unknown` when it does not say. */
export interface Traits {
  /** What is written over or removed can be brought back. */
  readonly versioning: Setting
  /** What is written cannot be removed for a time, by anybody. */
  readonly lock: Setting
  /** Everybody can read it. */
  readonly public: Setting
  /** How far the provider's clock is ahead of ours; absent when it does not tell the time. */
  readonly clockAheadMs?: number
}

export const NO_TRAITS: Traits = { versioning: 'unknown', lock: 'unknown', public: 'unknown' }

export interface StoredObject {
  readonly key: string
  readonly size: number
}
