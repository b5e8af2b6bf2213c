/**
 * The sixteen coefficients of a polyseed phrase over GF(2^11): a checksum first, then fifteen of ten bits of the secret
 * and one bit of features or birthday each, the second of them mixed with the number of the coin.
 * https://github.com/tevador/polyseed#encoding, src/gf.c. One word wrong is always found.
 */
export interface PolyseedData {
  /** 150 bits in 19 bytes; the highest two bits of the last byte are zero. */
  readonly secret: Uint8Array
  /** Months of 2,629,746 seconds since November 2021: 0 to 1,023. */
  readonly birthday: number
  /** 0 to 31; 16 for an encrypted seed, the others reserved or of the wallet. */
  readonly features: number
}

export const WORDS = 16
export const SECRET_BYTES = 19
/** Bits of the last byte of the secret. */
export const LAST_BYTE = 0x3f

const SECRET_BITS = 150
const SHARE_BITS = 10
const BIRTHDAY_BITS = 10
const EXTRA_BITS = 15

/** x^11 + x^2 + 1 */
const POLYNOMIAL = 0x805

/** The coefficients of a phrase, checksum first. */
export function encode(data: PolyseedData, coin: number): readonly number[] {
  const bits = secretBits(data.secret)
  const extra = (data.features << BIRTHDAY_BITS) | data.birthday
  const values = Array.from({ length: EXTRA_BITS }, (_, i) => {
    const share = bits.slice(i * SHARE_BITS, (i + 1) * SHARE_BITS)
    return (toNumber(share) << 1) | ((extra >> (EXTRA_BITS - 1 - i)) & 1)
  })
  const coefficients = [evaluate([0, ...values]), ...values]
  return coefficients.with(1, (coefficients[1] as number) ^ coin)
}

/** The data of sixteen coefficients; null when the checksum is wrong for this coin. */
export function decode(coefficients: readonly number[], coin: number): PolyseedData | null {
  const values = coefficients.with(1, (coefficients[1] as number) ^ coin)
  if (evaluate(values) !== 0) return null
  const shares = values.slice(1)
  const extra = shares.reduce((sum, value) => (sum << 1) | (value & 1), 0)
  const bits = shares.flatMap((value) => toBits(value >> 1, SHARE_BITS))
  return {
    secret: fromBits(bits),
    birthday: extra & ((1 << BIRTHDAY_BITS) - 1),
    features: extra >> BIRTHDAY_BITS,
  }
}

/** The polynomial at x = 2, by Horner's method. */
function evaluate(coefficients: readonly number[]): number {
  return coefficients.reduceRight((sum, coefficient) => double(sum) ^ coefficient, 0)
}

function double(x: number): number {
  return (x << 1) ^ (POLYNOMIAL & -(x >> 10))
}

/** Eight bits of each byte, and six of the last. */
function secretBits(secret: Uint8Array): readonly number[] {
  return [...secret].flatMap((byte, i) => toBits(byte, i === SECRET_BYTES - 1 ? SECRET_BITS % 8 : 8))
}

function fromBits(bits: readonly number[]): Uint8Array {
  return Uint8Array.from({ length: SECRET_BYTES }, (_, i) => toNumber(bits.slice(i * 8, i * 8 + 8)))
}

function toBits(value: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => (value >> (count - 1 - i)) & 1)
}

function toNumber(bits: readonly number[]): number {
  return bits.reduce((sum, bit) => (sum << 1) | bit, 0)
}
