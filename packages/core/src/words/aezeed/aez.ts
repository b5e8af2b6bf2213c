/**
 * AEZ v5, "Authenticated Encryption by Enciphering" (Hoang, Krovetz, Rogaway, March 2017), as far as aezeed needs
 * it: messages that have 16 to 31 bytes with their redundancy (AEZ-tiny). https://web.cs.ucdavis.edu/~rogaway/aez/
 * A message is extended by `tau` zero bytes and enciphered as a whole; the zeros are looked for when it is
 * deciphered, so that a wrong key passes once in 256^tau.
 *
 * Not here: AEZ-core for longer messages and AEZ-prf for empty ones. The rounds of AES are those of
 * @noble/ciphers, which uses tables: the time they take can depend on the key.
 */
import { unsafe } from '@noble/ciphers/aes.js'
import { blake2b } from '@noble/hashes/blake2.js'
import { wipe } from '../../bytes.js'

/** 16 bytes. */
type Block = Uint8Array

export interface AezContext {
  /** 48 bytes are I, J and L; any other length is hashed to them. */
  readonly key: Uint8Array
  /** The nonce, then each piece of associated data. */
  readonly header: readonly Uint8Array[]
  /** Bytes of redundancy. */
  readonly tau: number
}

const BLOCK_BYTES = 16
const KEY_BYTES = 3 * BLOCK_BYTES
/** "if 128 <= |M| < 256 […] ℓ <- 8; i <- 6" */
const TINY_ROUNDS = 8
const TINY_TWEAK = 6

export interface Subkeys {
  readonly I: Block
  readonly J: Block
  readonly L: Block
  /** Round keys of AES4 (0, J, I, L, 0), in little-endian words. */
  readonly rounds: Uint32Array
}

/** The enciphered message, longer by `tau`. @throws RangeError for a length that is not for AEZ-tiny */
export function encrypt(context: AezContext, message: Uint8Array): Uint8Array {
  const extended = new Uint8Array(message.length + context.tau)
  extended.set(message)
  const order = Array.from({ length: TINY_ROUNDS }, (_, round) => round)
  return tiny(context, extended, order)
}

/** The message, or null when its redundancy is not zero: the key, the header or the text is another one. */
export function decrypt(context: AezContext, ciphertext: Uint8Array): Uint8Array | null {
  const order = Array.from({ length: TINY_ROUNDS }, (_, round) => TINY_ROUNDS - 1 - round)
  const extended = tiny(context, ciphertext, order)
  const length = extended.length - context.tau
  const redundancy = extended.subarray(length).reduce((sum, byte) => sum | byte, 0)
  return redundancy === 0 ? extended.slice(0, length) : null
}

/** AEZ-hash of the header: "E(3, 1)([τ]) xor […]", τ in bits; row 4 is the nonce. */
export function hash(key: Uint8Array, tauBits: number, header: readonly Uint8Array[]): Uint8Array {
  const keys = extract(key)
  const sum = new Uint8Array(BLOCK_BYTES)
  const length = new Uint8Array(BLOCK_BYTES)
  new DataView(length.buffer).setUint32(12, tauBits)
  mix(sum, permute(keys, { j: 3, i: 1 }, length))
  header.forEach((piece, row) => {
    const whole = Math.floor(piece.length / BLOCK_BYTES)
    for (let i = 1; i <= whole; i++)
      mix(sum, permute(keys, { j: 4 + row, i }, piece.subarray((i - 1) * BLOCK_BYTES, i * BLOCK_BYTES)))
    const rest = piece.subarray(whole * BLOCK_BYTES)
    if (rest.length > 0 || whole === 0) mix(sum, permute(keys, { j: 4 + row, i: 0 }, padded(rest)))
  })
  return sum
}

/** "if |K| = 384 then return K else return BLAKE2b(K)" */
export function extract(key: Uint8Array): Subkeys {
  const bytes = key.length === KEY_BYTES ? key : blake2b(key, { dkLen: KEY_BYTES })
  const [I, J, L] = [0, 16, 32].map((at) => bytes.slice(at, at + BLOCK_BYTES)) as [Block, Block, Block]
  const zero = [0, 0, 0, 0]
  return { I, J, L, rounds: Uint32Array.from([...zero, ...words(J), ...words(I), ...words(L), ...zero]) }
}

/** A Feistel network over two halves of as many half bytes as the text has bytes, since a byte may be cut in two. */
function tiny(context: AezContext, text: Uint8Array, order: readonly number[]): Uint8Array {
  if (text.length < 16 || text.length > 31) throw new RangeError('AEZ-tiny here takes 16 to 31 bytes')
  const keys = extract(context.key)
  const delta = hash(context.key, context.tau * 8, context.header)
  const digits = nibbles(text)
  let left = digits.slice(0, text.length)
  let right = digits.slice(text.length)
  for (const round of order) {
    const block = packed([...right, 8], BLOCK_BYTES)
    mix(block, delta)
    block[15] = (block[15] as number) ^ round
    mix(left, nibbles(permute(keys, { j: 0, i: TINY_TWEAK }, block)))
    ;[left, right] = [right, left]
  }
  const result = packed([...right, ...left], text.length)
  wipe(digits, left, right, keys.I, keys.J, keys.L)
  return result
}

/** E^{j,i}: "AES4(X xor j·J xor 2^⌈i/8⌉·I xor (i mod 8)·L)" */
function permute(keys: Subkeys, { j, i }: { readonly j: number; readonly i: number }, block: Block): Block {
  const input = block.slice()
  mix(input, times(keys.J, j))
  mix(input, times(keys.I, 2 ** Math.ceil(i / 8)))
  mix(input, times(keys.L, i % 8))
  return aes4(keys.rounds, input)
}

/**
 * Four rounds of AES, all with MixColumns. The last round of noble's function comes without, as the standard
 * has it, and with the round key zero, so that MixColumns can follow.
 */
function aes4(rounds: Uint32Array, block: Block): Block {
  const [a, b, c, d] = words(block) as [number, number, number, number]
  const { s0, s1, s2, s3 } = unsafe.encrypt(rounds, a, b, c, d)
  const output = new DataView(new ArrayBuffer(BLOCK_BYTES))
  for (const [i, column] of [s0, s1, s2, s3].entries()) output.setUint32(i * 4, mixColumn(column), true)
  return new Uint8Array(output.buffer)
}

/** FIPS 197, section 5.1.3, for a column whose first byte is the lowest of the word. */
function mixColumn(column: number): number {
  const doubled = ((column & 0x7f7f7f7f) << 1) ^ (((column >>> 7) & 0x01010101) * 0x1b)
  return doubled ^ rotate(doubled ^ column, 8) ^ rotate(column, 16) ^ rotate(column, 24)
}

function rotate(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits))
}

/** n·X in GF(2^128) modulo x^128 + x^7 + x^2 + x + 1; n is public. */
function times(block: Block, n: number): Block {
  const product = new Uint8Array(BLOCK_BYTES)
  let power = block
  for (let rest = n; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) mix(product, power)
    power = double(power)
  }
  return product
}

function double(block: Block): Block {
  const doubled = block.map((byte, i) => (byte << 1) | ((block[i + 1] ?? 0) >> 7))
  doubled[15] = (doubled[15] as number) ^ (135 & -((block[0] as number) >> 7))
  return doubled
}

/** X10*: a one bit and zeros up to a block. */
function padded(piece: Uint8Array): Block {
  const block = new Uint8Array(BLOCK_BYTES)
  block.set(piece)
  block[piece.length] = 0x80
  return block
}

function mix(into: Uint8Array, other: Uint8Array): void {
  for (let i = 0; i < into.length; i++) into[i] = (into[i] as number) ^ (other[i] as number)
}

function words(block: Block): readonly number[] {
  const view = new DataView(block.buffer, block.byteOffset, BLOCK_BYTES)
  return [0, 4, 8, 12].map((at) => view.getUint32(at, true))
}

function nibbles(bytes: Uint8Array): Uint8Array {
  return Uint8Array.from(
    { length: bytes.length * 2 },
    (_, i) => ((bytes[i >> 1] as number) >> (4 - 4 * (i & 1))) & 15,
  )
}

/** Half bytes as bytes, followed by zeros. */
function packed(digits: readonly number[], length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  digits.forEach((digit, i) => {
    bytes[i >> 1] = (bytes[i >> 1] as number) | (digit << (4 - 4 * (i & 1)))
  })
  return bytes
}
