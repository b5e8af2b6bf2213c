/**
 * Padding of sealed contents to few distinct sizes, so that a store learns little from lengths.
 * Padmé (Nikitin et al., "Reducing Metadata Leakage from Encrypted Files and Communication with PURBs",
 * PoPETs 2019, section 4): a length keeps only its highest log2(log2(L))+1 bits. At most 12 % is added, under
 * 3 % above 1 MiB. Nothing is smaller than 4 KiB.
 */
export const SMALLEST_BYTES = 4096

/** The size that contents of `length` bytes are padded to. */
export function paddedLength(length: number): number {
  if (length <= SMALLEST_BYTES) return SMALLEST_BYTES
  const exponent = Math.floor(Math.log2(length))
  const kept = Math.floor(Math.log2(exponent)) + 1
  const unit = 2 ** (exponent - kept)
  return Math.ceil(length / unit) * unit
}

const HEADER_BYTES = 10 // RFC 1952, section 2.3: ID1 ID2 CM FLG MTIME(4) XFL OS
const FLAGS = 3
const FCOMMENT = 0x10

/**
 * One gzip member, made longer by a comment of spaces in its header (RFC 1952, section 2.3.1: "a zero-terminated
 * file comment … intended for human consumption"), so that every gunzip reads it as it is.
 * @param member has none of the optional header fields
 */
export function padMember(member: Uint8Array): Uint8Array {
  const padded = new Uint8Array(paddedLength(member.length + 1)).fill(0x20)
  const end = padded.length - (member.length - HEADER_BYTES)
  padded.set(member.subarray(0, HEADER_BYTES))
  padded[FLAGS] = FCOMMENT
  padded[end - 1] = 0
  padded.set(member.subarray(HEADER_BYTES), end)
  return padded
}
