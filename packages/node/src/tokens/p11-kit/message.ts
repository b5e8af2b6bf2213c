/**
 * The messages of p11-kit's remoting protocol, version 0: how `p11-kit remote` takes PKCS#11 calls on its standard
 * input and answers on its output (https://github.com/p11-glue/p11-kit, p11-kit/rpc-message.c; 0.23.20 to 0.26).
 * Numbers are big-endian, a CK_ULONG has 8 bytes. A frame is three 32-bit numbers (the number of the call, the length
 * of options, which are empty, the length of the message) and the message: which call it is, its signature, its
 * arguments. Only the calls that pkcs11.ts makes are here.
 */

/** Number, signature of the arguments, signature of the answer. */
const CALLS = {
  C_Initialize: [1, 'ayyay', ''],
  C_GetSlotList: [4, 'yfu', 'au'],
  C_GetTokenInfo: [6, 'u', 'ssssuuuuuuuuuuuvvs'],
  C_OpenSession: [10, 'uu', 'u'],
  C_Login: [18, 'uuay', ''],
  C_GetAttributeValue: [24, 'uufA', 'aAu'],
  C_FindObjectsInit: [26, 'uaA', ''],
  C_FindObjects: [27, 'ufu', 'au'],
  C_FindObjectsFinal: [28, 'u', ''],
  C_DecryptInit: [33, 'uMu', ''],
  C_Decrypt: [34, 'uayfy', 'ay'],
  C_DeriveKey: [62, 'uMuaA', 'u'],
} as const

export type Call = keyof typeof CALLS

const HEADER_BYTES = 12
/** More than any answer to these calls has. */
const MESSAGE_LIMIT_BYTES = 1024 * 1024

export function ulong(value: number): Uint8Array {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(BigInt(value))
  return bytes
}

export function uint32(value: number): Uint8Array {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

/** A length and the bytes; null is a pointer to nothing. */
export function sized(bytes: Uint8Array | null): Uint8Array {
  return bytes === null ? uint32(0xffffffff) : Buffer.concat([uint32(bytes.length), bytes])
}

/** `ay` of a signature. */
export function byteArray(bytes: Uint8Array | null): Uint8Array {
  return Buffer.concat([Uint8Array.of(1), sized(bytes)])
}

export type AttributeValue = number | boolean | Uint8Array

/** `aA`: attributes with their values, each in the form of its type. */
export function attributes(values: readonly (readonly [type: number, value: AttributeValue])[]): Uint8Array {
  const encoded = values.map(([type, value]) => Buffer.concat([uint32(type), ...valueParts(value)]))
  return Buffer.concat([uint32(values.length), ...encoded])
}

function valueParts(value: AttributeValue): readonly Uint8Array[] {
  const valid = Uint8Array.of(1)
  if (typeof value === 'number') return [valid, uint32(8), ulong(value)]
  if (typeof value === 'boolean') return [valid, uint32(1), Uint8Array.of(value ? 1 : 0)]
  return [valid, uint32(value.length), sized(value)]
}

/** `fA`: attributes that are asked for, with room for their values. */
export function wanted(types: readonly number[], roomBytes: number): Uint8Array {
  return Buffer.concat([uint32(types.length), ...types.flatMap((type) => [uint32(type), uint32(roomBytes)])])
}

/** A call as it goes over the pipe. */
export function frame(number: number, call: Call, args: readonly Uint8Array[]): Uint8Array {
  const [id, signature] = CALLS[call]
  const message = Buffer.concat([uint32(id), sized(Buffer.from(signature, 'latin1')), ...args])
  return Buffer.concat([uint32(number), uint32(0), uint32(message.length), message])
}

/**
 * The message of the first frame in these bytes and what follows it; null when it has not arrived in full, and
 * `broken` when it is none.
 */
export function firstMessage(
  bytes: Uint8Array,
): { readonly message: Uint8Array; readonly rest: Uint8Array } | null | 'broken' {
  if (bytes.length < HEADER_BYTES) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const [options, length] = [view.getUint32(4), view.getUint32(8)]
  if (options > MESSAGE_LIMIT_BYTES || length > MESSAGE_LIMIT_BYTES) return 'broken'
  const start = HEADER_BYTES + options
  if (bytes.length < start + length) return null
  return { message: bytes.subarray(start, start + length), rest: bytes.subarray(start + length) }
}

/** CK_RV: 0 is CKR_OK. */
export interface Answer {
  readonly rv: number
  readonly body: Reader
}

/** The answer to a call. @throws RangeError when it is not one */
export function parseAnswer(call: Call, message: Uint8Array): Answer {
  const body = reader(message)
  const id = body.uint32()
  const signature = Buffer.from(body.sized()).toString('latin1')
  if (id === 0 && signature === 'u') return { rv: body.ulong(), body }
  const [expected, , answer] = CALLS[call]
  if (id !== expected || signature !== answer) throw new RangeError('an answer to another call')
  return { rv: 0, body }
}

/** Reads on with each call. @throws RangeError beyond the end */
export interface Reader {
  byte(): number
  uint32(): number
  ulong(): number
  /** Empty for a pointer to nothing. */
  sized(): Uint8Array
  byteArray(): Uint8Array
  ulongs(): readonly number[]
  /** By type; those that the object does not have, or does not tell, are absent. */
  attributes(): ReadonlyMap<number, Uint8Array>
}

function reader(bytes: Uint8Array): Reader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  let at = 0
  const step = (count: number) => {
    if (count > bytes.length - at) throw new RangeError('an answer that ends too soon')
    at += count
    return at - count
  }
  const byte = () => view.getUint8(step(1))
  const uint32 = () => view.getUint32(step(4))
  const ulong = () => Number(view.getBigUint64(step(8)))
  const take = (count: number) => bytes.slice(step(count), at)
  const sized = () => {
    const length = uint32()
    return length === 0xffffffff ? new Uint8Array(0) : take(length)
  }
  const attribute = (): readonly [type: number, value: Uint8Array | null] => {
    const type = uint32()
    if (byte() === 0) return [type, null]
    const length = uint32()
    if (ULONG_ATTRIBUTES.has(type)) return [type, take(8)]
    return [type, BYTE_ATTRIBUTES.has(type) ? take(1) : sized().slice(0, length)]
  }
  /** Each of what is counted takes a byte at least, so that a wrong number is found before anything is allocated. */
  const many = <T>(count: number, read: () => T): readonly T[] =>
    count > bytes.length - at
      ? fail('an answer that ends too soon')
      : Array.from({ length: count }, () => read())
  return {
    byte,
    uint32,
    ulong,
    sized,
    // without a first byte of 1 only the length is told
    byteArray: () => (byte() === 1 ? sized() : take(4).slice(4)),
    ulongs: () => {
      const isThere = byte() === 1
      const count = uint32()
      return isThere ? many(count, ulong) : []
    },
    attributes: () => {
      const all = many(uint32(), attribute)
      return new Map(all.flatMap(([type, value]) => (value === null ? [] : [[type, value] as const])))
    },
  }
}

function fail(reason: string): never {
  throw new RangeError(reason)
}

/** Whose values do not come as bytes with a length: of those that are asked for. */
const ULONG_ATTRIBUTES = new Set([0x000, 0x100, 0x161]) // CKA_CLASS, CKA_KEY_TYPE, CKA_VALUE_LEN
const BYTE_ATTRIBUTES = new Set([0x105, 0x10c]) // CKA_DECRYPT, CKA_DERIVE
