/**
 * Records of what was forgotten go with the snapshots: a store that has the heads and not the record that says where a
 * manifest moved could not restore that snapshot alone.
 */
import { deviceKeys } from '@cairn/core/vault/description.js'
import { MAX_FORGOTTEN_BYTES, readForgotten } from '@cairn/core/vault/forgotten.js'
import { forgottenKey } from '@cairn/core/vault/object.js'
import { nativeEd25519 } from '../ed25519.js'
import type { Machine } from '../machine/open.js'
import type { Store } from '../stores/store.js'
import { MOST_RECORDS } from './open.js'
import { getOrNull } from './reader.js'
import { putPlain } from './stored.js'

/** True for the bytes of a record that a device of this vault signed, under its own name. */
export function isRecord({ description }: Machine, key: string, bytes: Uint8Array): boolean {
  const reading = { vault: description.id, devices: deviceKeys(description), ed25519: nativeEd25519 }
  const file = readForgotten(bytes, reading)
  return file !== null && forgottenKey(file.id) === key
}

export interface BringingRecords {
  readonly others: readonly Store[]
  readonly isRecord: (key: string, bytes: Uint8Array) => boolean
}

/** Brings the records that a store lacks; one that nobody gives stays away, and so do those of a store that shows more than a vault can have. */
export async function bringRecords(store: Store, { others, isRecord }: BringingRecords): Promise<void> {
  const here = new Set((await store.list('forgotten/')).map(({ key }) => key))
  for (const other of others) {
    const there = await other.list('forgotten/').catch(() => [])
    const likely = there.filter(({ key, size }) => size <= MAX_FORGOTTEN_BYTES && !here.has(key))
    if (likely.length > MOST_RECORDS) continue
    for (const { key } of likely) {
      const bytes = await getOrNull(other, key)
      if (bytes === null || !isRecord(key, bytes)) continue
      await putPlain([{ store }], key, bytes)
      here.add(key)
    }
  }
}
