/**
 * Short texts in armored age files: the locks of shares, and the keys that devices open. Strict and bounded: there is
 * one spelling of each, and it is known before anything is derived.
 */
import { base64 } from '@scure/base'
import type { Encrypter, Recipient } from 'age-encryption'
import { text as decodeText, utf8 } from '../bytes.js'
import { type Header, isAuthentic, parseHeader } from './age-header.js'
import { decryptPayload, NONCE_BYTES, payloadKey } from './age-payload.js'
import { pure } from './primitives.js'

export const ARMORED_LIMIT_CHARACTERS = 4_096

export interface Armored {
  readonly header: Header
  readonly nonce: Uint8Array
  readonly payload: Uint8Array
}

/** Null when it is not one armored age file in canonical form within the limit. */
export function parseArmored(armored: string): Armored | null {
  const bytes = armored.length <= ARMORED_LIMIT_CHARACTERS ? decodeArmor(armored) : null
  const header = bytes && parseHeader(bytes)
  if (!bytes || !header || bytes.length < header.bytes.length + NONCE_BYTES) return null
  const [nonceAt, payloadAt] = [header.bytes.length, header.bytes.length + NONCE_BYTES]
  return { header, nonce: bytes.subarray(nonceAt, payloadAt), payload: bytes.subarray(payloadAt) }
}

/** The text in it; null when the file key is another one, when anything was changed, or when it is no UTF-8. */
export function openArmored({ header, nonce, payload }: Armored, fileKey: Uint8Array): string | null {
  if (!isAuthentic(header, fileKey)) return null
  const plain = decryptPayload(payload, payloadKey(fileKey, nonce), pure)
  try {
    return plain && decodeText(plain)
  } catch {
    return null
  }
}

/** Seals a text to one recipient of age-encryption. */
export async function sealArmored(content: string, recipient: string | Recipient): Promise<string> {
  const { Encrypter } = await import('age-encryption')
  const encrypter = new Encrypter()
  encrypter.addRecipient(recipient)
  return armoredBy(encrypter, content)
}

/** The armored file that this encrypter makes of a text. */
export async function armoredBy(encrypter: Encrypter, content: string): Promise<string> {
  return encodeArmor(await encrypter.encrypt(utf8(content)))
}

const BEGIN = '-----BEGIN AGE ENCRYPTED FILE-----\n'
const END = '-----END AGE ENCRYPTED FILE-----\n'
const LINE_BYTES = 48 // 64 characters

/**
 * C2SP age.md, "ASCII armor": strict PEM (RFC 7468). Ours, so that reading a vault.json, which every command does, loads no
 * more of the library than it needs: none of it.
 */
function encodeArmor(file: Uint8Array): string {
  const count = Math.ceil(file.length / LINE_BYTES)
  const lines = Array.from({ length: count }, (_, i) =>
    base64.encode(file.subarray(i * LINE_BYTES, (i + 1) * LINE_BYTES)),
  )
  return `${BEGIN}${lines.map((line) => `${line}\n`).join('')}${END}`
}

/** Stricter than age: decoded and encoded again it must be the same text, so no white space around it. */
function decodeArmor(armored: string): Uint8Array | null {
  if (!armored.startsWith(BEGIN) || !armored.endsWith(END)) return null
  try {
    const bytes = base64.decode(armored.slice(BEGIN.length, -END.length).replaceAll('\n', ''))
    return encodeArmor(bytes) === armored ? bytes : null
  } catch {
    return null
  }
}
