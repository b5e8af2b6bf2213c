/**
 * The header of an age v1 file (C2SP age.md, "Header"): a strict parser with bounds, its MAC, and the wrapping
 * of the file key to an X25519 recipient, which age-encryption does. The parser is ours so that bounds hold
 * before the library sees a byte, and so that a machine without the secret can check the MAC by the file key.
 */
import { hkdf } from '@noble/hashes/hkdf.js'
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { base64nopad } from '@scure/base'
import { equal, utf8 } from '../bytes.js'

export const HEADER_LIMIT_BYTES = 16_384
export const STANZA_LIMIT = 20
export const FILE_KEY_BYTES = 16

const VERSION_LINE = 'age-encryption.org/v1'
const LINE_FEED = 10

// The grammar of C2SP age.md: VCHAR is 0x21 to 0x7e; a body is full lines of 64 columns and one shorter line.
const ARGUMENTS_LINE = /^-> [!-~]+( [!-~]+)*$/
const FULL_LINE = /^[A-Za-z0-9+/]{64}$/
const FINAL_LINE = /^[A-Za-z0-9+/]{0,63}$/
const MAC_LINE = /^--- [A-Za-z0-9+/]{43}$/

export interface Stanza {
  readonly args: readonly string[]
  readonly body: Uint8Array
}

export interface Header {
  /** The exact bytes, from the version line to the line feed after the MAC. */
  readonly bytes: Uint8Array
  /** Up to and including the three dashes: what the MAC is taken over. */
  readonly authenticated: Uint8Array
  readonly stanzas: readonly Stanza[]
  readonly mac: Uint8Array
}

/** A stanza as text: its arguments, the full lines of its body and the shorter one that ends it. */
export function encodeStanza({ args, body }: Stanza): string {
  const text = base64nopad.encode(body)
  const full = text.match(/.{64}/g) ?? []
  return `${[`-> ${args.join(' ')}`, ...full, text.slice(full.length * 64)].join('\n')}\n`
}

/** Reads the header at the start of an age file; null when it is not in the one canonical form or too large. */
export function parseHeader(file: Uint8Array): Header | null {
  const lines = headerLines(file.subarray(0, HEADER_LIMIT_BYTES))
  const length = lines.reduce((sum, line) => sum + line.length + 1, 0)
  const last = lines.pop() ?? ''
  const mac = MAC_LINE.test(last) ? decodeCanonical(last.slice(4)) : null
  const stanzas = lines.shift() === VERSION_LINE ? parseStanzas(lines) : null
  if (mac === null || stanzas === null) return null
  const authenticated = file.slice(0, length - last.length - 1 + 3)
  return { bytes: file.slice(0, length), authenticated, stanzas, mac }
}

export interface WrappedKey {
  readonly header: Uint8Array
  readonly fileKey: Uint8Array
}

/** Draws a file key and wraps it to the recipient. The library draws the file key and the ephemeral secret. */
export async function wrap(recipient: string): Promise<WrappedKey> {
  const { Encrypter } = await import('age-encryption')
  const fileKeys: Uint8Array[] = []
  const encrypter = new Encrypter()
  // A recipient that sees the file key and writes no stanza: the library hands it out in no other way.
  encrypter.addRecipient({
    wrapFileKey(fileKey) {
      fileKeys.push(fileKey.slice())
      return []
    },
  })
  encrypter.addRecipient(recipient)
  const header = parseHeader(await encrypter.encrypt(new Uint8Array(0)))
  const fileKey = fileKeys[0]
  if (header === null || fileKey === undefined || !isAuthentic(header, fileKey)) {
    throw new Error('age-encryption wrote a header that does not verify')
  }
  return { header: header.bytes, fileKey }
}

/** What opens a header: an X25519 identity, or a passphrase with whatever scrypt cost the header asks for. */
export type Key = { readonly identity: string } | { readonly passphrase: string }

/** The file key, or why there is none: `foreign` when no stanza is for this key, else `damaged`. */
export async function unwrap(header: Header, key: Key): Promise<Uint8Array | 'foreign' | 'damaged'> {
  const { Decrypter } = await import('age-encryption')
  let isForeign = false
  const decrypter = new Decrypter()
  if ('identity' in key) decrypter.addIdentity(key.identity)
  else decrypter.addPassphrase(key.passphrase)
  // The library asks the identities in turn: this one is reached only when the one before it matched nothing.
  decrypter.addIdentity({
    unwrapFileKey() {
      isForeign = true
      return null
    },
  })
  try {
    return await decrypter.decryptHeader(header.bytes)
  } catch {
    return isForeign ? 'foreign' : 'damaged'
  }
}

/** "The MAC is HMAC-SHA-256 under HKDF-SHA-256(file key, empty salt, `header`)." */
export function isAuthentic(header: Header, fileKey: Uint8Array): boolean {
  if (fileKey.length !== FILE_KEY_BYTES) return false
  const key = hkdf(sha256, fileKey, undefined, utf8('header'), 32)
  return equal(header.mac, hmac(sha256, key, header.authenticated))
}

/** The lines up to the one that begins with three dashes; stops early at a byte that is not printable ASCII. */
function headerLines(bytes: Uint8Array): string[] {
  const lines: string[] = []
  let line = ''
  for (const byte of bytes) {
    if (byte === LINE_FEED) {
      lines.push(line)
      if (line.startsWith('---')) break
      line = ''
    } else if (byte >= 0x20 && byte <= 0x7e) line += String.fromCharCode(byte)
    else break
  }
  return lines
}

function parseStanzas(lines: readonly string[]): readonly Stanza[] | null {
  const stanzas: Stanza[] = []
  for (let at = 0; at < lines.length; ) {
    const end = lines.findIndex((line, i) => i > at && !FULL_LINE.test(line))
    const stanza = end === -1 ? null : parseStanza(lines.slice(at, end + 1))
    if (stanza === null || stanzas.length === STANZA_LIMIT) return null
    stanzas.push(stanza)
    at = end + 1
  }
  return isAllowed(stanzas) ? stanzas : null
}

/** True for the line that ends the body of a stanza. */
export function endsStanza(line: string): boolean {
  return !FULL_LINE.test(line)
}

/** One line of arguments, full lines, and the shorter line that ends the body, which may be empty; else null. */
export function parseStanza(lines: readonly string[]): Stanza | null {
  const [first = '', ...rest] = lines
  if (!ARGUMENTS_LINE.test(first) || !FINAL_LINE.test(rest.at(-1) ?? '-')) return null
  const body = decodeCanonical(rest.join(''))
  return body && { args: first.slice(3).split(' '), body }
}

/** "The scrypt stanza MUST be the only stanza in the header." */
function isAllowed(stanzas: readonly Stanza[]): boolean {
  if (stanzas.some(({ args }) => args[0] === 'scrypt')) return stanzas.length === 1
  return stanzas.length > 0
}

/** Base64 without padding whose unused bits are zero, else null. */
function decodeCanonical(text: string): Uint8Array | null {
  try {
    const bytes = base64nopad.decode(text)
    return base64nopad.encode(bytes) === text ? bytes : null
  } catch {
    return null
  }
}
