/**
 * Output scripts (scriptPubKey) of the standard templates, from public keys: P2PK, P2PKH, P2SH (BIP-16), P2WPKH and
 * P2WSH (BIP-141), P2TR (BIP-341, BIP-86), OP_CHECKMULTISIG and OP_CHECKSIGADD (BIP-342). Not a script interpreter.
 */
import { schnorr, secp256k1 } from '@noble/curves/secp256k1.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { concat, hex } from '../bytes.js'
import { fail } from '../errors.js'
import { hash160 } from './hash.js'

const OP = {
  dup: 0x76,
  equal: 0x87,
  equalverify: 0x88,
  hash160: 0xa9,
  checksig: 0xac,
  checkmultisig: 0xae,
  checksigadd: 0xba,
  numequal: 0x9c,
}
const OP_1 = 0x51
const LEAF_VERSION = 0xc0 // BIP-342 "Specification": tapscript

/** `publicKey` has 33 or 65 bytes. */
export function p2pk(publicKey: Uint8Array): Uint8Array {
  return concat(push(publicKey), Uint8Array.of(OP.checksig))
}

/** Pays to the hash of a public key. */
export function p2pkh(publicKey: Uint8Array): Uint8Array {
  return p2pkhOfHash(hash160(publicKey))
}

/** `hash` is HASH160 of the public key, 20 bytes. */
export function p2pkhOfHash(hash: Uint8Array): Uint8Array {
  return concat(Uint8Array.of(OP.dup, OP.hash160), push(hash), Uint8Array.of(OP.equalverify, OP.checksig))
}

/** Pays to the hash of a script. */
export function p2sh(redeemScript: Uint8Array): Uint8Array {
  return p2shOfHash(hash160(redeemScript))
}

/** `hash` is HASH160 of the redeem script, 20 bytes. */
export function p2shOfHash(hash: Uint8Array): Uint8Array {
  return concat(Uint8Array.of(OP.hash160), push(hash), Uint8Array.of(OP.equal))
}

/** BIP-143: the key is compressed. */
export function p2wpkh(publicKey: Uint8Array): Uint8Array {
  return witness(0, hash160(publicKey))
}

/** Pays to a script by witness version 0. */
export function p2wsh(witnessScript: Uint8Array): Uint8Array {
  return witness(0, sha256(witnessScript))
}

/** The output that pays to a key (32 or 33 bytes), or to a script whose leaf the root commits to; no root, no script path. */
export function p2tr(internalKey: Uint8Array, merkleRoot?: Uint8Array): Uint8Array {
  return witness(1, taprootOutputKey(internalKey, merkleRoot))
}

/** BIP-341 "Constructing and spending Taproot outputs", the hash of one tapscript. */
export function tapLeaf(script: Uint8Array): Uint8Array {
  return schnorr.utils.taggedHash('TapLeaf', Uint8Array.of(LEAF_VERSION), compactSize(script.length), script)
}

/** The same of two branches, in any order. */
export function tapBranch(a: Uint8Array, b: Uint8Array): Uint8Array {
  const [first, second] = hex(a) < hex(b) ? [a, b] : [b, a]
  return schnorr.utils.taggedHash('TapBranch', first, second)
}

/** BIP-141: a version from 0 to 16 and a program of 2 to 40 bytes. */
export function witness(version: number, program: Uint8Array): Uint8Array {
  return concat(smallNumber(version), push(program))
}

/** `keys` of 33 or 65 bytes, in this order; `threshold` from 1 to their number, at most 20. */
export function multisig(threshold: number, keys: readonly Uint8Array[]): Uint8Array {
  return concat(
    smallNumber(threshold),
    ...keys.map(push),
    smallNumber(keys.length),
    Uint8Array.of(OP.checkmultisig),
  )
}

/** BIP-387: `keys` of 32 or 33 bytes, at most 999; in this order. */
export function multisigA(threshold: number, keys: readonly Uint8Array[]): Uint8Array {
  const adds = keys.map((key, i) =>
    concat(push(xOnly(key)), Uint8Array.of(i === 0 ? OP.checksig : OP.checksigadd)),
  )
  return concat(...adds, scriptNumber(threshold), Uint8Array.of(OP.numequal))
}

/** A tapscript that one key (32 or 33 bytes) spends. */
export function tapscriptKey(publicKey: Uint8Array): Uint8Array {
  return concat(push(xOnly(publicKey)), Uint8Array.of(OP.checksig))
}

/**
 * BIP-341 "Constructing and spending Taproot outputs": Q = P + hash_TapTweak(P || root)·G, 32 bytes.
 * @throws CairnError `key-invalid` when the key is no point of the curve.
 */
export function taprootOutputKey(
  internalKey: Uint8Array,
  merkleRoot: Uint8Array = new Uint8Array(),
): Uint8Array {
  const { Point } = secp256k1
  const x = xOnly(internalKey)
  const tweak = schnorr.utils.taggedHash('TapTweak', x, merkleRoot)
  try {
    const even = Point.fromBytes(concat(Uint8Array.of(0x02), x))
    return xOnly(even.add(Point.BASE.multiplyUnsafe(Point.Fn.fromBytes(tweak))).toBytes(true))
  } catch {
    return fail('key-invalid', { what: 'public key' })
  }
}

/** BIP-340: a public key by its x coordinate alone, 32 bytes, of a key of 32, 33 or 65. */
export function xOnly(publicKey: Uint8Array): Uint8Array {
  return publicKey.length === 32 ? publicKey : publicKey.subarray(1, 33)
}

/** Of data of 1 to 75 bytes, whose length is its opcode. */
export function push(data: Uint8Array): Uint8Array {
  return concat(Uint8Array.of(data.length), data)
}

/** CScriptNum (Bitcoin Core, script.h) of a number from 0 to 2^31: an opcode up to 16, else the fewest bytes, least first. */
export function scriptNumber(value: number): Uint8Array {
  if (value <= 16) return smallNumber(value)
  const bytes = []
  for (let rest = value; rest > 0; rest = Math.floor(rest / 256)) bytes.push(rest % 256)
  // the highest bit of the last byte is the sign
  if ((bytes.at(-1) as number) >= 0x80) bytes.push(0)
  return push(Uint8Array.from(bytes))
}

/** The length before a serialised script: one byte below 253, else 0xfd and two bytes, least first. */
function compactSize(length: number): Uint8Array {
  return length < 0xfd ? Uint8Array.of(length) : Uint8Array.of(0xfd, length & 0xff, length >> 8)
}

/** OP_0, OP_1 to OP_16; above that a push of one byte. */
function smallNumber(value: number): Uint8Array {
  if (value === 0) return Uint8Array.of(0)
  return value <= 16 ? Uint8Array.of(OP_1 + value - 1) : Uint8Array.of(1, value)
}
