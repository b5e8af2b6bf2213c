/**
 * Everything that may happen to a sealed object on its way, and what an opener does about it. Used by the tests in
 * a short form and by `npm run figures` in full; the broken twins show that the attacks would be noticed.
 */
import { concat } from '../../src/bytes.js'
import { isCairnError } from '../../src/errors.js'
import { parseHeader, unwrap } from '../../src/vault/age-header.js'
import { chunkNonce, decryptPayload, NONCE_BYTES, payloadKey } from '../../src/vault/age-payload.js'
import { pure } from '../../src/vault/primitives.js'

export type Opener = (sealed: Uint8Array) => Promise<Uint8Array>

export interface Attack {
  readonly name: string
  readonly bytes: Uint8Array
}

export interface Tally {
  tried: number
  /** By error code; everything that is no catalogued error is `uncatalogued`, everything opened `released`. */
  readonly outcomes: Record<string, number>
}

export async function tally(attacks: Iterable<Attack>, opener: Opener): Promise<Tally> {
  const result: Tally = { tried: 0, outcomes: {} }
  for (const { bytes } of attacks) {
    const name = await outcome(bytes, opener)
    result.tried++
    result.outcomes[name] = (result.outcomes[name] ?? 0) + 1
  }
  return result
}

export async function outcome(bytes: Uint8Array, opener: Opener): Promise<string> {
  try {
    await opener(bytes)
    return 'released'
  } catch (error) {
    return isCairnError(error) ? error.code : 'uncatalogued'
  }
}

/** One flipped bit each, from `from` to before `to` in bits, every `step`-th. */
export function* flips(
  sealed: Uint8Array,
  range: { readonly from?: number; readonly to?: number; readonly step?: number } = {},
): Generator<Attack> {
  const { from = 0, to = sealed.length * 8, step = 1 } = range
  for (let bit = from; bit < to; bit += step) {
    const bytes = sealed.slice()
    bytes[bit >> 3] = (bytes[bit >> 3] as number) ^ (1 << (bit & 7))
    yield { name: `bit ${bit}`, bytes }
  }
}

export function* truncations(sealed: Uint8Array, { step = 1 } = {}): Generator<Attack> {
  for (let length = 0; length < sealed.length; length += step) {
    yield { name: `cut to ${length}`, bytes: sealed.subarray(0, length) }
  }
}

/** One more byte, at every `step`-th place and at the end; a zero, a line feed, and a copy of the byte after it. */
export function* insertions(sealed: Uint8Array, { step = 1 } = {}): Generator<Attack> {
  for (
    let at = 0;
    at <= sealed.length;
    at = at === sealed.length ? at + 1 : Math.min(at + step, sealed.length)
  ) {
    for (const byte of new Set([0, 10, sealed[at] ?? 255])) {
      yield {
        name: `${byte} at ${at}`,
        bytes: concat(sealed.subarray(0, at), Uint8Array.of(byte), sealed.subarray(at)),
      }
    }
  }
}

/** Chunks left out, repeated, exchanged and appended, within one object. */
export function* rearrangements(sealed: Uint8Array): Generator<Attack> {
  const { head, chunks } = dissect(sealed)
  const build = (name: string, order: readonly number[]) => ({
    name,
    bytes: concat(head, ...order.map((i) => chunks[i] as Uint8Array)),
  })
  const all = chunks.map((_, i) => i)
  for (const i of all) {
    yield build(
      `without chunk ${i}`,
      all.filter((each) => each !== i),
    )
    yield build(
      `chunk ${i} twice`,
      all.flatMap((each) => (each === i ? [i, i] : [each])),
    )
    yield build(`cut before chunk ${i}`, all.slice(0, i))
    if (i > 0) yield build(`from chunk ${i} on`, all.slice(i))
    for (const j of all.slice(i + 1)) {
      yield build(
        `chunks ${i} and ${j} exchanged`,
        all.map((each) => (each === i ? j : each === j ? i : each)),
      )
    }
  }
}

/** Parts of one object in another one that was sealed to the same recipient. */
export function* splices(a: Uint8Array, b: Uint8Array): Generator<Attack> {
  const [one, two] = [dissect(a), dissect(b)]
  const nonceOf = (head: Uint8Array) => head.subarray(-NONCE_BYTES)
  const headerOf = (head: Uint8Array) => head.subarray(0, -NONCE_BYTES)
  yield { name: 'the payload of the other', bytes: concat(one.head, ...two.chunks) }
  yield {
    name: 'nonce and payload of the other',
    bytes: concat(headerOf(one.head), nonceOf(two.head), ...two.chunks),
  }
  yield {
    name: 'the nonce of the other',
    bytes: concat(headerOf(one.head), nonceOf(two.head), ...one.chunks),
  }
  for (const i of one.chunks.keys()) {
    const chunks = one.chunks.map((chunk, j) => (i === j ? (two.chunks[j] ?? new Uint8Array(0)) : chunk))
    yield { name: `chunk ${i} of the other`, bytes: concat(one.head, ...chunks) }
  }
  yield { name: 'the other one after it', bytes: concat(a, b) }
}

/** Headers that carry the right file key and say something else: only the MAC tells. */
export function* headerForgeries(sealed: Uint8Array): Generator<Attack> {
  const text = new TextDecoder('latin1').decode(sealed)
  const forge = (name: string, changed: string) => ({
    name,
    bytes: Uint8Array.from(changed, (character) => character.charCodeAt(0)),
  })
  const macAt = text.indexOf('\n--- ') + 1
  const stanzas = text.slice(text.indexOf('\n') + 1, macAt)
  yield forge('a stanza more', `${text.slice(0, macAt)}-> other\n\n${text.slice(macAt)}`)
  yield forge('a stanza before', text.replace('\n-> ', '\n-> other\n\n-> '))
  yield forge('its stanza twice', text.replace(stanzas, stanzas + stanzas))
  yield forge('another MAC', `${text.slice(0, macAt)}--- ${'A'.repeat(43)}${text.slice(macAt + 47)}`)
}

/** Opens what it should not: does not check the MAC of the header. */
export function ignoringMac(fileKey: Uint8Array): Opener {
  return async (sealed) => {
    const header = parseHeader(sealed)
    if (header === null) throw new Error('header')
    const start = header.bytes.length + NONCE_BYTES
    const key = payloadKey(fileKey, sealed.subarray(header.bytes.length, start))
    const plain = decryptPayload(sealed.subarray(start), key, pure)
    if (plain === null) throw new Error('payload')
    return plain
  }
}

/** Opens what it should not: deciphers without looking at the tags. */
export function ignoringTags(fileKey: Uint8Array): Opener {
  return async (sealed) => {
    const { head, chunks } = dissect(sealed)
    const key = payloadKey(fileKey, head.subarray(-NONCE_BYTES))
    const decipher = (chunk: Uint8Array, i: number) =>
      pure.encrypt(key, chunkNonce(i, { last: false }), chunk.subarray(0, -16)).subarray(0, -16)
    return concat(...chunks.map(decipher))
  }
}

/** Opens what it should not: takes any chunk as the last one. */
export function ignoringLastChunk(identity: string): Opener {
  return async (sealed) => {
    const header = parseHeader(sealed)
    const fileKey = header && (await unwrap(header, { identity }))
    if (header === null || !(fileKey instanceof Uint8Array)) throw new Error('header')
    const { head, chunks } = dissect(sealed)
    const key = payloadKey(fileKey, head.subarray(-NONCE_BYTES))
    const opened = chunks.map(
      (chunk, i) =>
        pure.decrypt(key, chunkNonce(i, { last: false }), chunk) ??
        pure.decrypt(key, chunkNonce(i, { last: true }), chunk),
    )
    if (opened.some((chunk) => chunk === null)) throw new Error('payload')
    return concat(...(opened as Uint8Array[]))
  }
}

/** Opens what it should not: hands out what was decrypted before the first bad chunk. */
export function releasingEarly(identity: string): Opener {
  const open = ignoringLastChunk(identity)
  return async (sealed) => {
    const { head, chunks } = dissect(sealed)
    for (let count = chunks.length; count > 0; count--) {
      const part = await open(concat(head, ...chunks.slice(0, count))).catch(() => null)
      if (part !== null) return part
    }
    throw new Error('payload')
  }
}

function dissect(sealed: Uint8Array): { readonly head: Uint8Array; readonly chunks: readonly Uint8Array[] } {
  const header = parseHeader(sealed)
  const start = (header?.bytes.length ?? 0) + NONCE_BYTES
  const chunks: Uint8Array[] = []
  for (let at = start; at < sealed.length; at += 65_552) chunks.push(sealed.subarray(at, at + 65_552))
  return { head: sealed.subarray(0, start), chunks }
}
