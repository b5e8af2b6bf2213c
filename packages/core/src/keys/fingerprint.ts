/**
 * The fingerprint of the wallet that a bare secret leads to: what a person compares when nothing else tells a right
 * secret from a wrong one.
 */
import { wipe } from '../bytes.js'
import { fromEntropy, type Language, toSeedUnchecked } from '../words/bip39.js'
import { fingerprint, fromSeed } from './bip32.js'

/** Of a BIP-32 seed of 16 to 64 bytes: 8 hex digits. */
export function seedFingerprint(seed: Uint8Array): string {
  return fingerprint(fromSeed(seed))
}

/** Of the BIP-39 phrase of this entropy, without a passphrase; null for a length that no phrase has. */
export function entropyFingerprint(entropy: Uint8Array, language: Language = 'english'): string | null {
  if (![16, 20, 24, 28, 32].includes(entropy.length)) return null
  const seed = toSeedUnchecked(fromEntropy(entropy, language))
  const found = seedFingerprint(seed)
  wipe(seed)
  return found
}
