/**
 * Mini private keys, as on Casascius coins (https://en.bitcoin.it/wiki/Mini_private_key_format): 22 or 30 symbols of
 * Base58 from `S` on, whose SHA-256 is the private key. The check is the first byte of the hash with `?` behind it: one
 * wrong text in 256 passes. Public keys are uncompressed.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { utf8 } from '../bytes.js'
import { fail } from '../errors.js'
import type { SingleKey } from './wif.js'

const FORM = /^S[1-9A-HJ-NP-Za-km-z]{21}(?:[1-9A-HJ-NP-Za-km-z]{8})?$/

/** The private key of a mini key. @throws CairnError `key-invalid`. */
export function decodeMiniKey(text: string): SingleKey {
  if (!isMiniKey(text) || sha256(utf8(`${text}?`))[0] !== 0) {
    return fail('key-invalid', { what: 'mini private key' })
  }
  return { privateKey: sha256(utf8(text)), compressed: false, network: 'mainnet' }
}

/** True for a text of this form, whether or not its check holds. */
export function isMiniKey(text: string): boolean {
  return FORM.test(text)
}
