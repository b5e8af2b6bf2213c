/**
 * Anchors: one line that says how far the history of a device had come on a day, to be kept outside of every store, on paper
 * or in a mail. A store that shows less, or another head with that number, is found out by whoever has the line, also on a
 * computer that never saw the vault. It proves nothing by itself and holds no secret; the hash in it is cut to 64 bits, enough
 * for a head that nobody but the device can sign.
 *
 *     cairn-anchor 4b13-5129-802b-c9f4-6fc7 2026-11-25 03396219 12 c5b7-a727-99f7-633f 1a2b3c
 *
 * fingerprint of the vault, day (UTC) of the head, first 8 digits of the id of the device, number of the head, first 16 digits
 * of its hash, and the check: the first 6 digits of the SHA-256 of all that comes before, as `parseAnchor` reads it.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { hex, utf8 } from '../bytes.js'
import { fail } from '../errors.js'
import { type VaultDescription, vaultFingerprint } from './description.js'
import type { SignedHead } from './head.js'

const LIMIT_CHARACTERS = 400
const HASH_DIGITS = 16
const CHECK_DIGITS = 6

export interface Anchor {
  /** The fingerprint of the vault, in groups of four. */
  readonly vault: string
  /** YYYY-MM-DD. */
  readonly date: string
  /** First 8 digits of the id. */
  readonly device: string
  readonly seq: number
  /** First 16 digits, without dashes. */
  readonly hash: string
}

/** The anchor of a head. */
export function anchorOf(
  description: VaultDescription,
  { head, hash }: Pick<SignedHead, 'head' | 'hash'>,
): Anchor {
  return {
    vault: vaultFingerprint(description),
    date: head.time.slice(0, 10),
    device: head.device.slice(0, 8),
    seq: head.seq,
    hash: hash.slice(0, HASH_DIGITS),
  }
}

/** As one line of text. */
export function formatAnchor(anchor: Anchor): string {
  const hash = (anchor.hash.match(/.{4}/g) ?? []).join('-')
  const line = `cairn-anchor ${anchor.vault} ${anchor.date} ${anchor.device} ${anchor.seq} ${hash}`
  return `${line} ${checkOf(line)}`
}

/**
 * Reads an anchor as people type it: in any case, with any spaces and line breaks, with O for 0 and l for 1.
 * @throws CairnError `anchor-mistyped`
 */
export function parseAnchor(text: string): Anchor {
  const line = text.length > LIMIT_CHARACTERS ? '' : normal(text)
  const [, rest = '', check = ''] = /^(?:cairn-anchor )?(.*) ([0-9a-f]{6})$/.exec(line) ?? []
  const [, vault = '', date = '', device = '', seq = '', hash = ''] = FIELDS.exec(rest) ?? []
  if (vault === '') return fail('anchor-mistyped', { reason: 'it has not the parts of an anchor' })
  const anchor = { vault, date, device, seq: Number(seq), hash: hash.replaceAll('-', '') }
  if (checkOf(`cairn-anchor ${rest}`) !== check)
    return fail('anchor-mistyped', { reason: 'the check at its end does not fit: a character is wrong' })
  return anchor
}

const FIELDS =
  /^([0-9a-f]{4}(?:-[0-9a-f]{4}){4}) (\d{4}-\d\d-\d\d) ([0-9a-f]{8}) ([1-9]\d{0,8}) ([0-9a-f]{4}(?:-[0-9a-f]{4}){3})$/

function normal(text: string): string {
  const spaced = text.normalize('NFKC').trim().toLowerCase().replace(/\s+/g, ' ')
  const dashed = spaced.replace(/[\u2010-\u2015\u2212]/g, '-').replace(/ ?- ?/g, '-')
  const [, name = '', rest = ''] = /^(cairn-anchor )?(.*)$/.exec(dashed) ?? []
  return name + rest.replace(/o/g, '0').replace(/[li]/g, '1')
}

function checkOf(line: string): string {
  return hex(sha256(utf8(line))).slice(0, CHECK_DIGITS)
}

/** `other`: a head with that number has another hash. `less`: the heads of that device do not reach so far. */
export type AnchorState = 'shown' | 'less' | 'other'

/** How the genuine heads that a store shows stand to an anchor. */
export function holdAgainst(anchor: Anchor, heads: readonly SignedHead[]): AnchorState {
  const at = heads.filter(({ head }) => head.seq === anchor.seq && head.device.startsWith(anchor.device))
  if (at.some(({ hash }) => hash.startsWith(anchor.hash))) return 'shown'
  return at.length > 0 ? 'other' : 'less'
}

/** True when the anchor is of this vault, also of before it was rekeyed. */
export function isAnchorOf({ vault }: Anchor, { id, recipient, retired = [] }: VaultDescription): boolean {
  const recipients = [recipient, ...retired.map((each) => each.recipient)]
  return recipients.some((each) => vaultFingerprint({ id, recipient: each }) === vault)
}
