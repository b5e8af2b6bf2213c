/**
 * The keys of Electrum's first seeds, before version 2.0 and BIP-32 (electrum/keystore.py, `Old_KeyStore`): one master
 * key, and each child is the master plus a hash of its place and the master public key. Public keys are written
 * uncompressed and paid to by P2PKH. Knowing the master public key and one child private key reveals all others.
 */
import { secp256k1 } from '@noble/curves/secp256k1.js'
import { concat, hex, unhex, utf8 } from '../bytes.js'
import { fail } from '../errors.js'
import { hash256 } from './hash.js'

const { Point } = secp256k1
const { Fn } = Point

/** `branch` 0 receives, 1 takes change. */
export interface OldPlace {
  readonly branch: 0 | 1
  readonly index: number
}

/** The master public key, 64 bytes: both coordinates, without the 0x04 in front. */
export function oldMasterPublicKey(masterPrivateKey: Uint8Array): Uint8Array {
  return guarded(() => secp256k1.getPublicKey(masterPrivateKey, false).slice(1))
}

/**
 * Reads a master public key as Electrum writes it: 128 hex digits.
 * @throws CairnError `key-invalid`.
 */
export function parseOldMasterPublicKey(text: string): Uint8Array {
  if (!/^[0-9a-fA-F]{128}$/.test(text)) return fail('key-invalid', { what: 'Electrum master public key' })
  const bytes = unhex(text)
  guarded(() => pointOf(bytes))
  return bytes
}

/** The public key (65 bytes) at a place. */
export function oldPublicKey(masterPublicKey: Uint8Array, place: OldPlace): Uint8Array {
  const tweak = Point.BASE.multiplyUnsafe(sequence(masterPublicKey, place))
  return guarded(() => pointOf(masterPublicKey).add(tweak).toBytes(false))
}

/** The private key (32 bytes) at a place. */
export function oldPrivateKey(masterPrivateKey: Uint8Array, place: OldPlace): Uint8Array {
  const tweak = sequence(oldMasterPublicKey(masterPrivateKey), place)
  return Fn.toBytes(Fn.add(Fn.fromBytes(masterPrivateKey), tweak))
}

/** HASH256 of "index:branch:" and the master public key, as a number. */
function sequence(masterPublicKey: Uint8Array, { branch, index }: OldPlace): bigint {
  const digest = hash256(concat(utf8(`${index}:${branch}:`), masterPublicKey))
  return Fn.create(BigInt(`0x${hex(digest)}`))
}

function pointOf(masterPublicKey: Uint8Array): InstanceType<typeof Point> {
  return Point.fromBytes(concat(Uint8Array.of(0x04), masterPublicKey))
}

function guarded<T>(run: () => T): T {
  try {
    return run()
  } catch {
    return fail('key-invalid', { what: 'Electrum master key' })
  }
}
