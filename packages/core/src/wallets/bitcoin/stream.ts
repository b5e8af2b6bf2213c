/**
 * Bitcoin's serialisation read from bytes (Bitcoin Core, serialize.h): little-endian integers, CompactSize lengths,
 * vectors and strings. What it asks for is checked against what is left before anything is taken.
 */
/** Reads from front to back. Each call throws the error it was made with when the bytes do not have that form. */
export interface Stream {
  u8(): number
  /** The next byte, which stays. */
  peek(): number
  u32(): number
  i32(): number
  u64(): bigint
  /** CompactSize, at most 32 MiB as in Bitcoin Core; refused unless in its shortest form. */
  size(): number
  take(count: number): Uint8Array
  /** A vector of bytes. */
  blob(): Uint8Array
  /** The same as UTF-8; what is malformed becomes U+FFFD, since labels of old wallets may be in any encoding. */
  text(): string
  /** A vector of anything; `least` bytes is the shortest an element can be. */
  list<T>(least: number, read: () => T): T[]
  /** How many bytes are left. */
  left(): number
  /** What was read since an earlier value of `left()`. */
  since(left: number): Uint8Array
  damaged(): never
}

const MAX_SIZE = 0x0200_0000 // serialize.h: "the maximum size of a serialized object in bytes or number of elements"

export function streamOf(bytes: Uint8Array, damaged: () => never): Stream {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  let at = 0
  const skip = (count: number): number => {
    if (count > bytes.length - at) return damaged()
    at += count
    return at - count
  }
  const u8 = () => view.getUint8(skip(1))
  const u16 = () => view.getUint16(skip(2), true)
  const u32 = () => view.getUint32(skip(4), true)
  const u64 = () => view.getBigUint64(skip(8), true)
  const size = () => {
    const first = u8()
    const [value, least] = first < 0xfd ? [first, 0] : first === 0xfd ? [u16(), 0xfd] : [u32(), 0x1_0000]
    return first === 0xff || value < least || value > MAX_SIZE ? damaged() : value
  }
  const take = (count: number) => {
    const start = skip(count)
    return bytes.subarray(start, start + count)
  }
  const list = <T>(least: number, read: () => T): T[] => {
    const count = size()
    if (count * least > bytes.length - at) return damaged()
    return Array.from({ length: count }, read)
  }
  return {
    u8,
    peek: () => bytes[at] ?? damaged(),
    u32,
    i32: () => view.getInt32(skip(4), true),
    u64,
    size,
    take,
    blob: () => take(size()),
    text: () => new TextDecoder('utf-8', { ignoreBOM: true }).decode(take(size())),
    list,
    left: () => bytes.length - at,
    since: (left) => bytes.subarray(bytes.length - left, at),
    damaged,
  }
}
