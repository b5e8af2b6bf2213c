/**
 * The encryption of single fields, as old as Electrum (electrum/crypto.py, `pw_encode`): base64 of an IV and
 * AES-256-CBC under HASH256 of the password. It has no checksum: a wrong password shows by what comes out.
 */
import { cbc } from '@noble/ciphers/aes.js'
import { base64 } from '@scure/base'
import { text as decodeText, utf8, wipe } from '../../bytes.js'
import { hash256 } from '../../keys/hash.js'

const IV_BYTES = 16
const BLOCK_BYTES = 16
// The longest is a seed with its extension, some hundred characters.
const MAX_CHARACTERS = 8192

/**
 * Whether a field is encrypted, by its form: no seed, extended key or WIF in plain is base64 of a whole number of
 * blocks. The seed of 24 old words in plain is, but only its hex digits make it so.
 */
export function isEncrypted(field: string): boolean {
  return !/^[0-9a-f]*$/.test(field) && decodeField(field) !== null
}

/** The field in plain; null when the password is wrong, or the field damaged. */
export function openField(field: string, password: string): string | null {
  const bytes = decodeField(field)
  const key = hash256(utf8(password))
  try {
    return bytes && decodeText(cbc(key, bytes.subarray(0, IV_BYTES)).decrypt(bytes.subarray(IV_BYTES)))
  } catch {
    return null
  } finally {
    wipe(key)
  }
}

function decodeField(field: string): Uint8Array | null {
  if (field.length > MAX_CHARACTERS) return null
  try {
    const bytes = base64.decode(field)
    return bytes.length >= IV_BYTES + BLOCK_BYTES && bytes.length % BLOCK_BYTES === 0 ? bytes : null
  } catch {
    return null
  }
}
