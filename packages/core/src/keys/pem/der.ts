/**
 * The part of DER (ITU-T X.690) that private keys are written in: definite lengths in their shortest form, tags below 31.
 * A node is read when it is asked for; content is a view of the input. What is wrong is told by the caller.
 */
import { concat, hex } from '../../bytes.js'

export interface DerNode {
  readonly tag: number
  readonly content: Uint8Array
}

export const TAG = { integer: 0x02, bits: 0x03, octets: 0x04, null: 0x05, oid: 0x06, sequence: 0x30 } as const

/** Key files have a few hundred bytes. */
const MAX_BYTES = 16_384

/** All nodes of a text of bytes, one behind the other; null when they are malformed. */
export function readNodes(bytes: Uint8Array): readonly DerNode[] | null {
  if (bytes.length > MAX_BYTES) return null
  const nodes: DerNode[] = []
  for (let at = 0; at < bytes.length; ) {
    const head = readHead(bytes, at)
    if (!head || head.end > bytes.length) return null
    nodes.push({ tag: bytes[at] as number, content: bytes.subarray(head.start, head.end) })
    at = head.end
  }
  return nodes
}

/** The children of the one sequence that the bytes hold; null when they hold anything else. */
export function readSequence(bytes: Uint8Array): readonly DerNode[] | null {
  const [node, ...rest] = readNodes(bytes) ?? []
  return node?.tag === TAG.sequence && rest.length === 0 ? readNodes(node.content) : null
}

/** X.690, section 8.1.3: one byte below 128, else a count of bytes and the length in them. */
function readHead(bytes: Uint8Array, at: number): { readonly start: number; readonly end: number } | null {
  const [tag, first] = [bytes[at], bytes[at + 1]]
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f) return null
  if (first < 0x80) return { start: at + 2, end: at + 2 + first }
  const count = first & 0x7f
  if (count < 1 || count > 2 || at + 2 + count > bytes.length) return null
  const length = bytes.subarray(at + 2, at + 2 + count).reduce((sum, byte) => sum * 256 + byte, 0)
  const isShortest = count === 1 ? length >= 0x80 : length >= 0x100
  return isShortest ? { start: at + 2 + count, end: at + 2 + count + length } : null
}

/** A whole number from 0 to 2^32; null for any other. */
export function readInteger(node: DerNode | undefined): number | null {
  if (node?.tag !== TAG.integer || node.content.length < 1 || node.content.length > 5) return null
  const [first = 0, second] = node.content
  const isShortest = first !== 0 || second === undefined || second >= 0x80
  return first < 0x80 && isShortest ? Number.parseInt(hex(node.content), 16) : null
}

/** The bytes of an octet string; null for any other node. */
export function readOctets(node: DerNode | undefined): Uint8Array | null {
  return node?.tag === TAG.octets ? node.content : null
}

/** A bit string of whole bytes. */
export function readBits(node: DerNode | undefined): Uint8Array | null {
  return node?.tag === TAG.bits && node.content[0] === 0 ? node.content.subarray(1) : null
}

/** The dotted form of an object identifier. */
export function readOid(node: DerNode | undefined): string | null {
  if (node?.tag !== TAG.oid || node.content.length === 0 || node.content.length > 32) return null
  const arcs: number[] = []
  let value = 0
  for (const byte of node.content) {
    value = value * 128 + (byte & 0x7f)
    if (byte < 0x80) {
      arcs.push(value)
      value = 0
    }
  }
  const [first = 0, ...rest] = arcs
  const top = Math.min(Math.floor(first / 40), 2)
  return [top, first - 40 * top, ...rest].join('.')
}

export function writeNode(tag: number, ...content: readonly Uint8Array[]): Uint8Array {
  const body = concat(...content)
  const { length } = body
  const long = length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return concat(Uint8Array.of(tag, ...(length < 0x80 ? [length] : long)), body)
}

export function writeSequence(...children: readonly Uint8Array[]): Uint8Array {
  return writeNode(TAG.sequence, ...children)
}

/** A number from 0 to 2^31. */
export function writeInteger(value: number): Uint8Array {
  const digits = value.toString(16)
  const bytes = digits.padStart(digits.length + (digits.length % 2), '0').match(/../g) as string[]
  const body = bytes.map((byte) => Number.parseInt(byte, 16))
  return writeNode(TAG.integer, Uint8Array.from((body[0] as number) < 0x80 ? body : [0, ...body]))
}

export function writeOctets(bytes: Uint8Array): Uint8Array {
  return writeNode(TAG.octets, bytes)
}

export function writeBits(bytes: Uint8Array): Uint8Array {
  return writeNode(TAG.bits, Uint8Array.of(0), bytes)
}

export function writeOid(text: string): Uint8Array {
  const [top = 0, second = 0, ...rest] = text.split('.').map(Number)
  const bytes = [40 * top + second, ...rest].flatMap((arc) => {
    const groups = [arc & 0x7f]
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128))
      groups.unshift((left & 0x7f) | 0x80)
    return groups
  })
  return writeNode(TAG.oid, Uint8Array.from(bytes))
}
