/**
 * Substrate keys of a BIP-39 phrase (https://github.com/paritytech/substrate-bip39): of its entropy and not of its seed,
 * so that the same words open other accounts than elsewhere. Three kinds of key, derived by junctions: sr25519
 * (Schnorrkel, the usual one; over @scure/sr25519), ed25519 and ecdsa (hard junctions only). sp-core, src/{sr25519,
 * ed25519,ecdsa}.rs. Not here: signing, and the BIP-44 paths of hardware wallets.
 */
import { ed25519 } from '@noble/curves/ed25519.js'
import { secp256k1 } from '@noble/curves/secp256k1.js'
import { blake2b } from '@noble/hashes/blake2.js'
import { pbkdf2 } from '@noble/hashes/pbkdf2.js'
import { sha512 } from '@noble/hashes/sha2.js'
import { getPublicKey, HDKD, secretFromSeed } from '@scure/sr25519'
import { concat, utf8 } from '../../bytes.js'
import { fail } from '../../errors.js'
import { random } from '../../random.js'
import { isWellFormed } from '../../words/text.js'
import { type Junction, scaleText } from './secret-uri.js'

export type SubstrateScheme = 'sr25519' | 'ed25519' | 'ecdsa'

export interface SubstrateKey {
  readonly scheme: SubstrateScheme
  /** 64 bytes of sr25519 (a scalar and a nonce), 32 of the others. */
  readonly secret: Uint8Array
}

const ENTROPY_BYTES = { least: 16, most: 32 }

/**
 * The 32 bytes that all three kinds of key begin with. The password is hashed as it is, not in NFKD as BIP-39 has it.
 * @throws CairnError `entropy-length`, `passphrase-text`
 */
export function miniSecret(entropy: Uint8Array, password = ''): Uint8Array {
  const { length } = entropy
  if (length < ENTROPY_BYTES.least || length > ENTROPY_BYTES.most || length % 4 !== 0)
    fail('entropy-length', { bytes: length, expected: '16, 20, 24, 28 or 32' })
  if (!isWellFormed(password)) fail('passphrase-text')
  const salt = utf8(`mnemonic${password}`)
  return pbkdf2(sha512, entropy, salt, { c: 2048, dkLen: 64 }).slice(0, 32)
}

/** The key before any junction. */
export function substrateRoot(secret: Uint8Array, scheme: SubstrateScheme): SubstrateKey {
  return { scheme, secret: scheme === 'sr25519' ? secretFromSeed(secret) : secret }
}

/**
 * The key behind some junctions.
 * @throws CairnError `usage` for a soft junction of a kind that has none; `key-invalid` for a key out of bounds
 */
export function deriveSubstrate(key: SubstrateKey, junctions: readonly Junction[]): SubstrateKey {
  return junctions.reduce(child, key)
}

/** 32 bytes of sr25519 and ed25519, 33 of ecdsa. @throws CairnError `key-invalid` */
export function substratePublicKey({ scheme, secret }: SubstrateKey): Uint8Array {
  if (scheme === 'sr25519') return getPublicKey(secret)
  if (scheme === 'ed25519') return ed25519.getPublicKey(secret)
  if (!secp256k1.utils.isValidSecretKey(secret)) return fail('key-invalid', { what: 'Substrate key' })
  return secp256k1.getPublicKey(secret)
}

/** The account that an address stands for: the public key, or of ecdsa its hash. */
export function substrateAccount({
  scheme,
  publicKey,
}: {
  scheme: SubstrateScheme
  publicKey: Uint8Array
}): Uint8Array {
  return scheme === 'ecdsa' ? blake2b(publicKey, { dkLen: 32 }) : publicKey
}

function child({ scheme, secret }: SubstrateKey, { hard, chainCode }: Junction): SubstrateKey {
  if (scheme === 'sr25519') return { scheme, secret: schnorrkelChild(secret, { hard, chainCode }) }
  if (!hard) return fail('usage', { reason: `keys of ${scheme} have no soft junctions, only //hard ones` })
  const name = scheme === 'ed25519' ? 'Ed25519HDKD' : 'Secp256k1HDKD'
  return { scheme, secret: blake2b(concat(scaleText(name), secret, chainCode), { dkLen: 32 }) }
}

/** The nonce of a soft child is drawn at random: it is used in signing only, and no part of the public key. */
function schnorrkelChild(secret: Uint8Array, { hard, chainCode }: Junction): Uint8Array {
  return hard ? HDKD.secretHard(secret, chainCode) : HDKD.secretSoft(secret, chainCode, random(32))
}
