/**
 * The checksum of an output descriptor, BIP-380 "Checksum": eight symbols of a BCH code over 2^40, after `#`.
 * It finds any three wrong symbols in a descriptor; Cairn never guesses a correction.
 */
import { fail } from '../../errors.js'

const INPUT =
  '0123456789()[],\'/*abcdefgh@:$%{}IJKLMNOPQRSTUVWXYZ&+-.;<=>?!^_|~ijklmnopqrstuvwxyzABCDEFGH`#"\\ '
const SYMBOLS = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'
const GENERATOR = [0xf5dee51989n, 0xa9fdca3312n, 0x1bab10e32dn, 0x3706b1677an, 0x644d626ffdn]

/**
 * The checksum of a descriptor without one.
 * @throws CairnError `descriptor-invalid` when a character cannot stand in a descriptor.
 */
export function descriptorChecksum(payload: string): string {
  const check = polymod([...expand(payload), 0, 0, 0, 0, 0, 0, 0, 0]) ^ 1n
  return Array.from({ length: 8 }, (_, i) => SYMBOLS[Number((check >> BigInt(5 * (7 - i))) & 31n)]).join('')
}

/** A descriptor without a checksum, with it. */
export function addChecksum(payload: string): string {
  return `${payload}#${descriptorChecksum(payload)}`
}

/** True when `checksum` is the one of `payload`. */
export function checksumHolds(payload: string, checksum: string): boolean {
  return descriptorChecksum(payload) === checksum
}

/** BIP-380, `descsum_polymod`. */
function polymod(symbols: readonly number[]): bigint {
  let check = 1n
  for (const symbol of symbols) {
    const top = check >> 35n
    check = ((check & 0x7ffffffffn) << 5n) ^ BigInt(symbol)
    GENERATOR.forEach((generator, i) => {
      if ((top >> BigInt(i)) & 1n) check ^= generator
    })
  }
  return check
}

/** BIP-380, `descsum_expand`: the place within its group for each character, and the groups of each three together. */
function expand(payload: string): number[] {
  const values = Array.from(payload, (character) => INPUT.indexOf(character))
  if (values.includes(-1)) return fail('descriptor-invalid', { reason: 'it has a character that none has' })
  const symbols: number[] = []
  for (let i = 0; i < values.length; i += 3) {
    const three = values.slice(i, i + 3)
    symbols.push(...three.map((value) => value & 31))
    symbols.push(three.reduce((groups, value) => groups * 3 + (value >> 5), 0))
  }
  return symbols
}
