/**
 * What stands behind the phrase in a secret URI of Substrate, `//hard/soft///password`:
 * https://docs.polkadot.com/polkadot-protocol/basics/accounts/#derive-accounts and sp-core, src/crypto.rs.
 * Not the phrase itself, and not the short forms `//Alice` without one.
 */
import { blake2b } from '@noble/hashes/blake2.js'
import { concat, utf8 } from '../../bytes.js'
import { fail } from '../../errors.js'
import { isWellFormed } from '../../words/text.js'

export interface Junction {
  readonly hard: boolean
  /** 32 bytes that stand for the number or the text. */
  readonly chainCode: Uint8Array
}

export interface SecretUri {
  readonly junctions: readonly Junction[]
  readonly password: string
}

const MAX_CHARACTERS = 1_000
const URI = /^((?:\/\/?[^/]+)*)(?:\/\/\/(.*))?$/s
const JUNCTION = /\/(\/?)([^/]+)/g
const U64 = 2n ** 64n

/** @throws CairnError `path-invalid` */
export function parseSecretUri(text: string): SecretUri {
  const match = text.length <= MAX_CHARACTERS && isWellFormed(text) ? URI.exec(text) : null
  if (!match) return fail('path-invalid')
  const [, path = '', password = ''] = match
  const junctions = [...path.matchAll(JUNCTION)].map(([, second, name]) => ({
    hard: second === '/',
    chainCode: chainCodeOf(name as string),
  }))
  return { junctions, password }
}

/** A number below 2^64 is written little-endian, any other text in SCALE; what is longer than 32 bytes is hashed. */
function chainCodeOf(name: string): Uint8Array {
  const code = /^\+?\d+$/.test(name) && BigInt(name) < U64 ? uint64(BigInt(name)) : scaleText(name)
  if (code.length > 32) return blake2b(code, { dkLen: 32 })
  return concat(code, new Uint8Array(32 - code.length))
}

function uint64(value: bigint): Uint8Array {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, value, true)
  return bytes
}

/** SCALE: the length in one byte below 64 and in two below 16,384, four times as large for the mode in two bits. */
export function scaleText(text: string): Uint8Array {
  const bytes = utf8(text)
  const mode = bytes.length << 2
  const head = bytes.length < 64 ? [mode] : [(mode | 1) & 0xff, mode >> 8]
  return concat(Uint8Array.from(head), bytes)
}
