/**
 * The encryption of the master secret in SLIP-0039: a four-round Feistel network with PBKDF2-HMAC-SHA256 as
 * its round function. Any passphrase decrypts to something: a wrong one cannot be told from the right one.
 */
import { pbkdf2 as noblePbkdf2 } from '@noble/hashes/pbkdf2.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { concat, utf8 } from '../../bytes.js'
import type { Pbkdf2 } from '../pbkdf2.js'

/** What encryption depends on besides the secret. */
export interface CipherOptions {
  /** Printable ASCII. */
  readonly passphrase: string
  /** 0 to 15: 10,000 * 2^exponent iterations, a quarter of them in each round. */
  readonly iterationExponent: number
  /** 15 bits; salts the encryption only when the shares are not extendable. */
  readonly identifier: number
  readonly extendable: boolean
  /** Pure JavaScript unless given. */
  readonly pbkdf2?: Pbkdf2 | undefined
}

const purePbkdf2: Pbkdf2 = (password, salt, { iterations, bytes }) =>
  noblePbkdf2(sha256, password, salt, { c: iterations, dkLen: bytes })

const ITERATIONS = 2_500 // of each round, at exponent 0
const ROUNDS = [0, 1, 2, 3]

/** Encrypts a master secret of even length. Section "Encryption of the master secret". */
export function encrypt(secret: Uint8Array, options: CipherOptions): Uint8Array {
  return feistel(secret, ROUNDS, options)
}

/** Section "Decryption of the master secret": the same with the rounds reversed. */
export function decrypt(encrypted: Uint8Array, options: CipherOptions): Uint8Array {
  return feistel(encrypted, [...ROUNDS].reverse(), options)
}

function feistel(input: Uint8Array, rounds: readonly number[], options: CipherOptions): Uint8Array {
  const half = input.length / 2
  let left = input.slice(0, half)
  let right = input.slice(half)
  for (const round of rounds) {
    const mask = roundFunction(round, right, options)
    const mixed = left.map((byte, i) => byte ^ (mask[i] as number))
    left = right
    right = mixed
  }
  return concat(right, left)
}

/** F(i, R) = PBKDF2(HMAC-SHA256, i || passphrase, salt || R, 2500 << e, n/2 bytes) */
function roundFunction(round: number, right: Uint8Array, options: CipherOptions): Uint8Array {
  const password = concat(Uint8Array.of(round), utf8(options.passphrase))
  const cost = { iterations: ITERATIONS * 2 ** options.iterationExponent, bytes: right.length }
  const { pbkdf2 = purePbkdf2 } = options
  return pbkdf2(password, concat(saltPrefix(options), right), cost)
}

function saltPrefix({ extendable, identifier }: CipherOptions): Uint8Array {
  if (extendable) return new Uint8Array()
  return concat(utf8('shamir'), Uint8Array.of(identifier >> 8, identifier & 0xff))
}
