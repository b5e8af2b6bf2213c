/**
 * PBKDF2 as the machine has it, where it has one: phrases are stretched with it, and pure JavaScript takes five to ten
 * times as long. Nothing here computes; `words` does without when nothing is given.
 */

/** @param bytes of the result */
export type Pbkdf2 = (
  password: Uint8Array,
  salt: Uint8Array,
  cost: { readonly iterations: number; readonly bytes: number },
) => Uint8Array

/** One for each hash that phrases use: HMAC-SHA-256 for SLIP-39, HMAC-SHA-512 for BIP-39 and Electrum. */
export interface Stretch {
  readonly sha256?: Pbkdf2 | undefined
  readonly sha512?: Pbkdf2 | undefined
}
