/**
 * `ur:seed` (BCR-2020-006, CBOR tag 40300), `ur:crypto-seed` in its first version: the bytes of a seed, with a date, a
 * name and a note. https://github.com/BlockchainCommons/Research/blob/master/papers/bcr-2020-006-urtypes.md
 *
 * The bytes are entropy, as those behind BIP-39 words; they are no BIP-32 seed. Other fields are left as they are.
 */
import { fail } from '../../errors.js'
import type { Ur } from '../ur.js'
import { type Cbor, isMap } from './cbor.js'

export interface UrSeed {
  /** 1 to 64 bytes. */
  readonly payload: Uint8Array
  readonly name?: string
  readonly note?: string
}

export const SEED_TYPES: readonly string[] = ['seed', 'crypto-seed']

const PAYLOAD = 1
const NAME = 3
const NOTE = 4

/** @throws CairnError `ur-invalid` */
export function parseSeed({ type, item }: Ur): UrSeed {
  const payload = isMap(item) ? item.get(PAYLOAD) : undefined
  if (!SEED_TYPES.includes(type) || !isMap(item) || !(payload instanceof Uint8Array))
    return fail('ur-invalid', { reason: 'it holds no seed' })
  if (payload.length < 1 || payload.length > 64)
    fail('ur-invalid', { reason: `a seed of ${payload.length} bytes is none` })
  const [name, note] = [item.get(NAME), item.get(NOTE)]
  return {
    payload,
    ...(typeof name === 'string' ? { name } : {}),
    ...(typeof note === 'string' ? { note } : {}),
  }
}

/** A UR of version 2; of version 1, which older wallets read, for the type `crypto-seed`. */
export function makeSeed({ payload, name, note }: UrSeed, type: 'seed' | 'crypto-seed' = 'seed'): Ur {
  const fields: readonly [number, Cbor][] = [
    [PAYLOAD, payload],
    ...(name === undefined ? [] : [[NAME, name] as [number, Cbor]]),
    ...(note === undefined ? [] : [[NOTE, note] as [number, Cbor]]),
  ]
  return { type, item: new Map(fields) }
}
