/**
 * CashAddr, the addresses of Bitcoin Cash and eCash: a prefix that may be left out, a version byte and a hash in base 32,
 * and a checksum of 40 bits (https://github.com/bitcoincashorg/bitcoincash.org/blob/master/spec/cashaddr.md).
 * Hashes of 160 bits only, as every key has one; not the token-aware types of CHIP-2022-02.
 */
import { bech32 } from '@scure/base'
import { concat } from '../bytes.js'

const CHARSET = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'
const TYPES = { p2pkh: 0x00, p2sh: 0x08 } as const // the type bits of the version byte; size bits 0: 160 bits
const CHECK_SYMBOLS = 8
const ADDRESS_SYMBOLS = 42 // (1 + 20 bytes) / 5 bits, and the checksum

export type CashAddressType = keyof typeof TYPES

export interface CashAddress {
  readonly type: CashAddressType
  /** HASH160, 20 bytes. */
  readonly hash: Uint8Array
}

/** With the prefix in front. */
export function encodeCashAddress({ type, hash }: CashAddress, prefix: string): string {
  const words = bech32.toWords(concat(Uint8Array.of(TYPES[type]), hash))
  const sum = polymod([...prefixWords(prefix), ...words, ...new Array<number>(CHECK_SYMBOLS).fill(0)])
  const check = Array.from({ length: CHECK_SYMBOLS }, (_, i) => Number((sum >> BigInt(5 * (7 - i))) & 31n))
  return `${prefix}:${[...words, ...check].map((word) => CHARSET[word]).join('')}`
}

/** With or without the prefix, in lower or upper case; null when it is none of this prefix. */
export function decodeCashAddress(text: string, prefix: string): CashAddress | null {
  const lower = text === text.toUpperCase() ? text.toLowerCase() : text
  const body = lower.startsWith(`${prefix}:`) ? lower.slice(prefix.length + 1) : lower
  const words = [...body].map((symbol) => CHARSET.indexOf(symbol))
  if (words.length !== ADDRESS_SYMBOLS || words.includes(-1)) return null
  if (polymod([...prefixWords(prefix), ...words]) !== 0n) return null
  const bytes = bech32.fromWordsUnsafe(words.slice(0, -CHECK_SYMBOLS)) // null when the padding bits are not zero
  const type = (['p2pkh', 'p2sh'] as const).find((type) => TYPES[type] === bytes?.[0])
  return bytes instanceof Uint8Array && type ? { type, hash: bytes.slice(1) } : null
}

// "The lower 5 bits of each character of the prefix", and a zero for the separator.
function prefixWords(prefix: string): readonly number[] {
  return [...[...prefix].map((letter) => letter.charCodeAt(0) & 31), 0]
}

const GENERATOR = [0x98f2bc8e61n, 0x79b76d99e2n, 0xf33e5fb3c4n, 0xae2eabe2a8n, 0x1e4f43e470n]

function polymod(words: readonly number[]): bigint {
  let c = 1n
  for (const word of words) {
    const top = c >> 35n
    c = ((c & 0x07ffffffffn) << 5n) ^ BigInt(word)
    for (const [i, generator] of GENERATOR.entries()) if ((top >> BigInt(i)) & 1n) c ^= generator
  }
  return c ^ 1n
}
