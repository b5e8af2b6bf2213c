/**
 * Passphrases of an unlock policy: made from the English list of BIP-39, or typed by a person.
 *
 * Normal form: Unicode NFC, nothing else changed: no trimming, no case folding. The `age` program takes the bytes
 * that the terminal sends, and keyboards send NFC, so a passphrase that opens a lock here opens it there as well.
 */

import { wordlist as ENGLISH } from '@scure/bip39/wordlists/english.js'
import { fail } from '../errors.js'
import { random } from '../random.js'

export const LEAST_CHARACTERS = 12
const MOST_CHARACTERS = 1_024
const WORDS = 7
/** 11 bits a word: with scrypt N = 2^18, out of reach of any guessing known today. */
export const MADE_BITS = WORDS * 11

/** Seven random words joined by dashes, as `age -p` writes its own. */
export function newPassphrase(): string {
  return passphraseWith(random(WORDS * 2))
}

/** The pure inside: two bytes a word. 2^16 is a multiple of the 2,048 words, so that none is more likely. */
export function passphraseWith(bytes: Uint8Array): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const index = (word: number) => view.getUint16(word * 2) % ENGLISH.length
  return Array.from({ length: bytes.length / 2 }, (_, word) => ENGLISH[index(word)]).join('-')
}

/** True for one that could be of Cairn's making: then it has 77 bits, whoever chose the words at random. */
export function isMade(passphrase: string): boolean {
  const words = passphrase.split('-')
  return words.length === WORDS && words.every((word) => ENGLISH.includes(word))
}

/** A passphrase as it is used: in NFC. */
export function normalize(passphrase: string): string {
  return passphrase.normalize('NFC')
}

/**
 * The normal form of a passphrase that a person chose for a new lock.
 * @throws CairnError `passphrase-weak` below 12 characters, `input-too-long` above 1,024.
 */
export function parsePassphrase(typed: string): string {
  const passphrase = normalize(typed)
  const characters = [...passphrase].length
  if (characters > MOST_CHARACTERS) return fail('input-too-long', { limit: MOST_CHARACTERS })
  if (characters < LEAST_CHARACTERS) return fail('passphrase-weak', { least: LEAST_CHARACTERS })
  return passphrase
}
