/**
 * Checks the secrets of an Electrum wallet: each must lead to the public keys and addresses beside it. A field that is
 * encrypted has no checksum, so this is also what tells a wrong password from a right one. No secret leaves this file.
 */
import { equal, hex, wipe } from '../../bytes.js'
import { fail, isCairnError } from '../../errors.js'
import { type KeyAddressType, keyAddress } from '../../keys/address.js'
import {
  deriveKey,
  type ExtendedKey,
  formatExtendedKey,
  fromSeed,
  parseExtendedKey,
} from '../../keys/bip32.js'
import { oldMasterPublicKey } from '../../keys/electrum-old.js'
import { publicKeyOf } from '../../keys/wif.js'
import type { KeyCheck, Network } from '../../types.js'
import { seedType, toSeedUnchecked } from '../../words/electrum.js'
import { stretchOldSeed } from '../../words/electrum-old.js'
import { addressOfPlace } from './addresses.js'
import { unsupported } from './damaged.js'
import { isEncrypted, openField } from './field.js'
import type { Secret } from './holdings.js'
import { decodeElectrumWif } from './wif.js'

// A key takes about 0.5 ms. Electrum itself becomes unusable before there are so many.
const MAX_SECRETS = 20_000

/** True when a password is needed for some of them. */
export function areEncrypted(secrets: readonly Secret[]): boolean {
  return secrets.some(({ field }) => isEncrypted(field))
}

/**
 * `failed` names public keys and addresses.
 * @throws CairnError `wallet-password` when no encrypted field comes out right.
 */
export function checkSecrets(
  secrets: readonly Secret[],
  { password, network }: { readonly password: string | undefined; readonly network: Network },
): KeyCheck {
  if (secrets.length > MAX_SECRETS) unsupported(`it has more than ${MAX_SECRETS} private keys`)
  const checked = secrets.map((secret) => {
    const wasEncrypted = isEncrypted(secret.field)
    const plain = wasEncrypted ? openSecret(secret, password ?? '') : secret
    return { secret, wasEncrypted, failed: plain ? failures(plain, network) : namesOf(secret) }
  })
  const encrypted = checked.filter(({ wasEncrypted }) => wasEncrypted)
  if (encrypted.length > 0 && encrypted.every(({ failed }) => failed.length > 0))
    return fail('wallet-password')
  return { private: secrets.length, failed: [...new Set(checked.flatMap(({ failed }) => failed))] }
}

/** With everything in plain; null when it does not decrypt. The extension of a seed is encrypted with the seed. */
function openSecret(secret: Secret, password: string): Secret | null {
  const field = openField(secret.field, password)
  if (field === null) return null
  if (secret.kind !== 'seed' || secret.extension === null) return { ...secret, field }
  const extension = openField(secret.extension, password)
  return extension === null ? null : { ...secret, field, extension }
}

/** What a secret in plain should lead to and does not. */
function failures(secret: Secret, network: Network): readonly string[] {
  try {
    if (secret.kind === 'wif') return failuresOfWif(secret, network)
    return leadsToKey(secret) ? [] : namesOf(secret)
  } catch (error) {
    if (isCairnError(error)) return namesOf(secret)
    throw error
  }
}

function leadsToKey(secret: Exclude<Secret, { kind: 'wif' }>): boolean {
  if (secret.kind === 'old-seed') return leadsToOldKey(secret)
  if (secret.kind === 'seed') return leadsToXpub(secret)
  const own = parseExtendedKey(secret.field)
  return own.privateKey !== null && (secret.key === null || isSameKey(own, secret.key))
}

/** The seed in hex digits: 16 or 32 bytes, a digit more where three words stand for more than 32 bits. */
function leadsToOldKey({ field, publicKey }: Extract<Secret, { kind: 'old-seed' }>): boolean {
  if (!/^[0-9a-f]{32,80}$/.test(field)) return false
  const stretched = stretchOldSeed(field)
  const found = oldMasterPublicKey(stretched)
  wipe(stretched)
  return equal(found, publicKey)
}

function leadsToXpub({ field, extension, key }: Extract<Secret, { kind: 'seed' }>): boolean {
  const type = seedType(field)
  if (key === null || type === null) return type !== null
  const seed = toSeedUnchecked(type === '2fa' ? firstHalf(field) : field, extension ?? '')
  const root = fromSeed(seed)
  wipe(seed)
  return isSameKey(deriveKey(root, key.depth === 0 ? [] : [key.index]), key)
}

/** Two-factor wallets until 2.7: the first twelve words are the first key, the others the second. */
function firstHalf(seed: string): string {
  const words = seed.trim().split(/\s+/)
  return words.length < 20 ? seed : words.slice(0, 12).join(' ')
}

function isSameKey(a: ExtendedKey, b: ExtendedKey): boolean {
  return equal(a.publicKey, b.publicKey) && equal(a.chainCode, b.chainCode)
}

const TYPES: readonly KeyAddressType[] = ['p2pkh', 'p2wpkh', 'p2sh-p2wpkh']

/** The public key, and each address that is none of this public key. */
function failuresOfWif(secret: Extract<Secret, { kind: 'wif' }>, network: Network): readonly string[] {
  const publicKey = publicKeyOf(decodeElectrumWif(secret.field))
  if (secret.publicKey !== null && secret.publicKey !== hex(publicKey)) return namesOf(secret)
  const types = publicKey.length === 33 ? TYPES : (['p2pkh'] as const)
  const possible = types.map((type) => keyAddress(publicKey, type, network))
  return secret.places.filter((place) => !possible.includes(addressOfPlace(place, network) ?? ''))
}

function namesOf(secret: Secret): readonly string[] {
  if (secret.kind === 'old-seed') return [hex(secret.publicKey)]
  if (secret.kind === 'wif') return secret.publicKey === null ? secret.places : [secret.publicKey]
  return [secret.key === null ? 'a master key' : formatExtendedKey(secret.key)]
}
