/**
 * RSA keys from the stream of BIP-85. "The RSA key generator should use BIP85-DRNG as the input RNG function", and the
 * BIP leaves open which generator; here it is that of PyCryptodome (3.11, `RSA.generate`), which the BIP's first
 * implementation used: the primes must be drawn, and tested, in just its way to come out the same.
 *
 * Not for keys of other origin: nothing here is constant in time, and the secret is drawn from a known stream.
 */
import { base64 } from '@scure/base'
import { concat } from '../../bytes.js'
import type { Drng } from './drng.js'

export interface RsaPrivateKey {
  readonly n: bigint
  readonly d: bigint
  /** The smaller prime, as PyCryptodome orders them. */
  readonly p: bigint
  readonly q: bigint
}

const E = 65537n

/** Of an even size of 1024 bits or more. Takes seconds for 2048 bits, and a minute or more for 4096. */
export function generateRsa(bits: number, read: Drng): RsaPrivateKey {
  const half = bits / 2
  const least = squareRoot(1n << BigInt(bits - 1))
  const fits = (prime: bigint) => prime > least && (prime - 1n) % E !== 0n
  for (;;) {
    const p = generatePrime(half, read, fits)
    const apart = (q: bigint) => (q > p ? q - p : p - q) > 1n << BigInt(half - 100)
    const q = generatePrime(half, read, (prime) => fits(prime) && apart(prime))
    const d = inverse(E, ((p - 1n) * (q - 1n)) / gcd(p - 1n, q - 1n))
    if (d >= 1n << BigInt(half)) return { n: p * q, d, p: p < q ? p : q, q: p < q ? q : p }
  }
}

/** RFC 8017, appendix A.1.2 (RSAPrivateKey), in PEM. */
export function formatRsaPrivateKey({ n, d, p, q }: RsaPrivateKey): string {
  const numbers = [0n, n, E, d, p, q, d % (p - 1n), d % (q - 1n), inverse(q, p)]
  const text = base64.encode(tagged(0x30, concat(...numbers.map((value) => tagged(0x02, signed(value))))))
  const lines = text.match(/.{1,64}/g) as string[]
  return ['-----BEGIN RSA PRIVATE KEY-----', ...lines, '-----END RSA PRIVATE KEY-----'].join('\n')
}

function generatePrime(bits: number, read: Drng, fits: (candidate: bigint) => boolean): bigint {
  for (;;) {
    const candidate = drawBits(bits, read, 1 << ((bits - 1) % 8)) | 1n
    if (fits(candidate) && isPrime(candidate, bits, read)) return candidate
  }
}

/** Rounds of Miller and Rabin below which error is 1e-30, by size (PyCryptodome, Primality.py). */
const ROUNDS = [
  [512, 10],
  [620, 7],
  [740, 6],
  [890, 5],
  [1200, 4],
  [1700, 3],
  [3700, 2],
] as const

/** A product of small primes: a candidate that shares one with it is composite, whatever base the test would draw. */
const SMALL = product(3, 2000)

function isPrime(candidate: bigint, bits: number, read: Drng): boolean {
  const rounds = ROUNDS.find(([size]) => bits < size)?.[1] ?? 1
  const composite = gcd(SMALL % candidate, candidate) !== 1n
  for (let round = 0; round < rounds; round++) {
    const base = drawBase(candidate, read)
    if (composite || !passes(candidate, base)) return false
  }
  return true
}

/** Between 2 and candidate - 2. */
function drawBase(candidate: bigint, read: Drng): bigint {
  const most = candidate - 4n
  const bits = most.toString(2).length
  for (;;) {
    const drawn = drawBits(bits, read, 0)
    if (drawn <= most) return drawn + 2n
  }
}

/** First the highest byte, with the bits of `set` in it, then all others. */
function drawBits(bits: number, read: Drng, set: number): bigint {
  const bytes = Math.ceil(bits / 8)
  const first = ((read(1)[0] as number) | set) & ((1 << (bits - (bytes - 1) * 8)) - 1)
  return read(bytes - 1).reduce((value, byte) => (value << 8n) | BigInt(byte), BigInt(first))
}

/** Miller and Rabin: the candidate is prime as far as this base can tell. */
function passes(candidate: bigint, base: bigint): boolean {
  const last = candidate - 1n
  let twos = 0
  while (((last >> BigInt(twos)) & 1n) === 0n) twos++
  let power = modPow(base, last >> BigInt(twos), candidate)
  if (power === 1n || power === last) return true
  for (let i = 1; i < twos; i++) {
    power = (power * power) % candidate
    if (power === last) return true
  }
  return false
}

function modPow(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n
  for (const bit of exponent.toString(2)) {
    result = (result * result) % modulus
    if (bit === '1') result = (result * base) % modulus
  }
  return result
}

function product(from: number, to: number): bigint {
  let all = 1n
  for (let i = from; i < to; i += 2) if (gcd(all, BigInt(i)) === 1n) all *= BigInt(i)
  return all
}

function gcd(a: bigint, b: bigint): bigint {
  return b === 0n ? a : gcd(b, a % b)
}

/** Of a number that has an inverse. */
function inverse(value: bigint, modulus: bigint): bigint {
  let [a, b, x, y] = [value, modulus, 1n, 0n]
  while (b !== 0n) {
    const quotient = a / b
    ;[a, b, x, y] = [b, a % b, y, x - quotient * y]
  }
  return ((x % modulus) + modulus) % modulus
}

/** Rounded down (Newton). */
function squareRoot(value: bigint): bigint {
  let guess = 1n << BigInt((value.toString(2).length + 1) >> 1)
  for (;;) {
    const next = (guess + value / guess) >> 1n
    if (next >= guess) return guess
    guess = next
  }
}

/** DER: a number in two's complement, as short as can be. */
function signed(value: bigint): Uint8Array {
  const digits = value.toString(16)
  const even = digits.length % 2 === 0 ? digits : `0${digits}`
  const bytes = Uint8Array.from(even.match(/../g) as string[], (pair) => Number.parseInt(pair, 16))
  return (bytes[0] as number) < 0x80 ? bytes : concat(Uint8Array.of(0), bytes)
}

function tagged(tag: number, content: Uint8Array): Uint8Array {
  const { length } = content
  if (length < 0x80) return concat(Uint8Array.of(tag, length), content)
  if (length < 0x100) return concat(Uint8Array.of(tag, 0x81, length), content)
  return concat(Uint8Array.of(tag, 0x82, length >> 8, length & 0xff), content)
}
