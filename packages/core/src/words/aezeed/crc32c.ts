/**
 * CRC-32C (Castagnoli), RFC 3720 section 12.1 and appendix B.4: reflected, starting from and ending with all bits
 * inverted. Finds every error within 32 neighbouring bits, and others but once in 2^32.
 */
const POLYNOMIAL = 0x82f63b78 // 0x1edc6f41 with its bits in reverse order

/** The checksum as an unsigned 32-bit number. Masks instead of branches: the bytes may be a secret. */
export function crc32c(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (POLYNOMIAL & -(crc & 1))
  }
  return ~crc >>> 0
}
