/**
 * SS58: account addresses of Substrate chains, an account of 32 bytes behind the number of a network, in base58 with two
 * bytes of BLAKE2b as checksum. https://docs.polkadot.com/polkadot-protocol/parachain-basics/accounts/#address-format
 * Not the short forms for account indexes.
 */
import { blake2b } from '@noble/hashes/blake2.js'
import { base58 } from '@scure/base'
import { concat, equal, utf8 } from '../../bytes.js'
import { fail } from '../../errors.js'

export interface Ss58 {
  /** Of the registry https://github.com/paritytech/ss58-registry: 0 Polkadot, 2 Kusama, 42 any; below 16,384. */
  readonly network: number
  readonly account: Uint8Array
}

const ACCOUNT_BYTES = 32
const CHECKSUM_BYTES = 2
const MAX_NETWORK = 16_383
const RESERVED = [46, 47]

export function encodeSs58({ network, account }: Ss58): string {
  const body = concat(prefix(network), account)
  return base58.encode(concat(body, checksum(body)))
}

/** @throws CairnError `address-invalid` */
export function decodeSs58(text: string): Ss58 {
  if (!/^[1-9A-HJ-NP-Za-km-z]{46,50}$/.test(text)) return fail('address-invalid')
  const bytes = base58.decode(text)
  const body = bytes.subarray(0, -CHECKSUM_BYTES)
  if (!equal(bytes.subarray(-CHECKSUM_BYTES), checksum(body))) return fail('address-invalid')
  const account = body.slice(-ACCOUNT_BYTES)
  const network = networkOf(body.subarray(0, -ACCOUNT_BYTES))
  return network === null ? fail('address-invalid') : { network, account }
}

/** "64 ..= 127: the address type is made of the 6 lower bits of the first byte and the second" in a twisted order. */
function prefix(network: number): Uint8Array {
  if (!Number.isInteger(network) || network < 0 || network > MAX_NETWORK || RESERVED.includes(network))
    return fail('usage', { reason: `the number of an SS58 network goes from 0 to ${MAX_NETWORK}` })
  if (network < 64) return Uint8Array.of(network)
  return Uint8Array.of(((network & 0xfc) >> 2) | 0x40, (network >> 8) | ((network & 3) << 6))
}

function networkOf(bytes: Uint8Array): number | null {
  const [first = 0, second = 0] = bytes
  if (bytes.length === 1) return first < 64 && !RESERVED.includes(first) ? first : null
  if (bytes.length !== 2 || first < 64 || first > 127) return null
  const network = ((first & 0x3f) << 2) | (second >> 6) | ((second & 0x3f) << 8)
  return network < 64 ? null : network
}

function checksum(body: Uint8Array): Uint8Array {
  return blake2b(concat(utf8('SS58PRE'), body)).subarray(0, CHECKSUM_BYTES)
}
