/**
 * One page of a set, as bytes and as text for a QR code: docs/paper-pages.md, section "A page". What it bears is
 * ciphertext; the hashes find damage and mixed papers, and are no proof of who made them.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { concat, equal, hex, unhex } from '../../bytes.js'
import { decodeBase45, encodeBase45 } from './base45.js'

/** Magic and version 1. As Base45 they read CAIRN1. */
const MAGIC = Uint8Array.of(0x90, 0x30, 0x0c, 0x0f)
const SET_BYTES = 4
export const DIGEST_BYTES = 16
const HASH_BYTES = 8
const HEADER_BYTES = 31
/** What a page takes besides its stripe. */
export const PAGE_OVERHEAD_BYTES = HEADER_BYTES + HASH_BYTES
/** Version 40 at level L in byte mode; no QR code holds more. */
export const MAX_PAGE_BYTES = 2953
export const MAX_PAGES = 255

/** What all pages of a set have in common. */
export interface PageSet {
  /** Eight hex digits, of the other fields: what a person reads on the paper. */
  readonly id: string
  /** K: as many pages as bear the content itself, and as many as are needed. */
  readonly data: number
  /** M: as many pages as may be lost. */
  readonly parity: number
  /** Bytes of the content. */
  readonly length: number
  /** The first 16 bytes of the SHA-256 of the content, in hex. */
  readonly digest: string
}

export interface Page {
  readonly set: PageSet
  /** 1 to K + M. */
  readonly number: number
  readonly stripe: Uint8Array
}

/**
 * What a page turned out to be. `damaged` has the set and the number that the page claims when its header bears
 * out that it is of that set, else null.
 */
export type ReadPage =
  | { readonly kind: 'page'; readonly page: Page }
  | { readonly kind: 'damaged'; readonly claim: Omit<Page, 'stripe'> | null }
  | { readonly kind: 'newer' }
  | { readonly kind: 'foreign' }

/** The set of a content: its id follows from the fields, so that no other layout of the same content is mixed in. */
export function pageSet(content: Uint8Array, layout: Pick<PageSet, 'data' | 'parity'>): PageSet {
  const digest = sha256(content).slice(0, DIGEST_BYTES)
  const fields = concat(Uint8Array.of(layout.data, layout.parity, ...bigEndian(content.length)), digest)
  return { ...layout, id: idOf(fields), length: content.length, digest: hex(digest) }
}

/** Bytes of each stripe of a set: the content in K equal parts, the last ones filled up with zeros. */
export function stripeBytes(set: Pick<PageSet, 'data' | 'length'>): number {
  return Math.ceil(set.length / set.data)
}

/** 1 to K + M; the first K are those of the data pages. */
export function pageNumbers({ data, parity }: Pick<PageSet, 'data' | 'parity'>): readonly number[] {
  return Array.from({ length: data + parity }, (_, i) => i + 1)
}

/** The bytes of a page. */
export function encodePage({ set, number, stripe }: Page): Uint8Array {
  const id = unhex(set.id)
  const counts = Uint8Array.of(number, set.data, set.parity, ...bigEndian(set.length))
  const body = concat(MAGIC, id, counts, unhex(set.digest), stripe)
  return concat(body, hashOf(body))
}

/** What these bytes are. Never throws: a stack of scans has all kinds of things in it. */
export function readPage(bytes: Uint8Array): ReadPage {
  if (bytes.length > MAX_PAGE_BYTES || bytes.length < MAGIC.length) return { kind: 'foreign' }
  if (!equal(bytes.subarray(0, MAGIC.length), MAGIC)) return { kind: isNewer(bytes) ? 'newer' : 'foreign' }
  const claim = readHeader(bytes)
  const body = bytes.subarray(0, bytes.length - HASH_BYTES)
  if (claim === null || !equal(bytes.subarray(body.length), hashOf(body))) return { kind: 'damaged', claim }
  if (body.length !== HEADER_BYTES + stripeBytes(claim.set)) return { kind: 'damaged', claim }
  return { kind: 'page', page: { ...claim, stripe: body.slice(HEADER_BYTES) } }
}

/** The page as text for the alphanumeric mode of a QR code: Base45 (RFC 9285), which begins with CAIRN1. */
export function formatPage(bytes: Uint8Array): string {
  return encodeBase45(bytes)
}

/**
 * The bytes of a text, to be read as a page. A text that is no Base45 gives no bytes, which are no page. Line
 * ends around it do not count.
 */
export function parsePage(text: string): Uint8Array {
  const trimmed = text.length > 2 * MAX_PAGE_BYTES ? '' : text.trim()
  return decodeBase45(trimmed) ?? damagedText(trimmed)
}

/** A text of ours with a character that Base45 has not is damaged, not foreign: its magic is kept. */
function damagedText(text: string): Uint8Array {
  return text.startsWith('CAIRN1') ? MAGIC.slice() : new Uint8Array()
}

/** The fields, when they are those of a set that can be. The id covers all of them but the number. */
function readHeader(bytes: Uint8Array): Omit<Page, 'stripe'> | null {
  if (bytes.length <= PAGE_OVERHEAD_BYTES) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const [number, data, parity] = [view.getUint8(8), view.getUint8(9), view.getUint8(10)]
  const id = hex(bytes.subarray(4, 4 + SET_BYTES))
  const fields = bytes.subarray(9, HEADER_BYTES)
  const set = { id, data, parity, length: view.getUint32(11), digest: hex(bytes.subarray(15, HEADER_BYTES)) }
  if (!isPossible(set) || id !== idOf(fields) || number < 1 || number > data + parity) return null
  return { set, number }
}

/**
 * No more pages than there are numbers, stripes that fit on a page, and no data page of nothing but filling, which
 * an empty content would be.
 */
function isPossible(set: PageSet): boolean {
  if (set.data < 1 || set.data + set.parity > MAX_PAGES) return false
  const stripe = stripeBytes(set)
  return stripe <= MAX_PAGE_BYTES - PAGE_OVERHEAD_BYTES && (set.data - 1) * stripe < set.length
}

/** Versions 2 to 9 are to begin with CAIRN2 to CAIRN9. */
function isNewer(bytes: Uint8Array): boolean {
  return /^CAIRN[2-9]$/.test(encodeBase45(bytes.subarray(0, MAGIC.length)))
}

function idOf(fields: Uint8Array): string {
  return hex(sha256(concat(MAGIC, fields)).subarray(0, SET_BYTES))
}

function hashOf(body: Uint8Array): Uint8Array {
  return sha256(body).subarray(0, HASH_BYTES)
}

function bigEndian(value: number): readonly number[] {
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 255)
}
