/**
 * The encryption of Bitcoin Core wallets (wallet/crypter.cpp): the password, stretched with SHA-512, opens a random
 * master key, and that opens each private key. Everything else in the file is in clear.
 */
import { cbc } from '@noble/ciphers/aes.js'
import { secp256k1 } from '@noble/curves/secp256k1.js'
import { sha512 } from '@noble/hashes/sha2.js'
import { concat, equal, utf8, wipe } from '../../bytes.js'
import { fail } from '../../errors.js'
import { hash256 } from '../../keys/hash.js'
import { KIND } from './database.js'
import type { KeyRecord, MasterKeyRecord } from './records.js'

/**
 * Core takes what the machine does in 0.1 s, at least 25,000 rounds, some 700,000 on fast ones. JavaScript takes 10 µs
 * a round, so this is about 25 s.
 */
const MAX_ROUNDS = 2_500_000
const SALT_BYTES = 8

/**
 * The key that private keys are encrypted with; 32 bytes, a secret.
 * @throws CairnError `wallet-password`; before any work `wallet-cost`, `wallet-unsupported`, `wallet-unreadable`.
 */
export function openMasterKey(masterKeys: readonly MasterKeyRecord[], password: string): Uint8Array {
  masterKeys.forEach(checkParameters)
  const rounds = masterKeys.reduce((sum, { rounds }) => sum + rounds, 0)
  if (rounds > MAX_ROUNDS) return fail('wallet-cost')
  for (const record of masterKeys) {
    const opened = openOne(record, password)
    if (opened) return opened
  }
  return fail('wallet-password')
}

/** The private key of a record: null when the master key does not open it or it is another key's. */
export function decryptKey(master: Uint8Array, { publicKey, secret }: KeyRecord): Uint8Array | null {
  const opened = decrypt(master, hash256(publicKey).subarray(0, 16), secret)
  return opened && leadsTo(opened, publicKey) ? opened : null
}

/** Whether a private key is the one of a public key, compressed or not. */
export function leadsTo(secret: Uint8Array, publicKey: Uint8Array): boolean {
  if (!secp256k1.utils.isValidSecretKey(secret)) return false
  return equal(secp256k1.getPublicKey(secret, publicKey.length === 33), publicKey)
}

function checkParameters({ method, rounds, salt }: MasterKeyRecord): void {
  if (method !== 0) fail('wallet-unsupported', { kind: KIND, reason: 'its key derivation is unknown' })
  if (rounds === 0 || salt.length !== SALT_BYTES) {
    fail('wallet-unreadable', { kind: KIND, reason: 'a record is damaged (mkey)' })
  }
}

function openOne({ encrypted, salt, rounds }: MasterKeyRecord, password: string): Uint8Array | null {
  const stretched = stretch(utf8(password), salt, rounds)
  const opened = decrypt(stretched.subarray(0, 32), stretched.subarray(32, 48), encrypted)
  wipe(stretched)
  return opened?.length === 32 ? opened : null
}

/** OpenSSL's EVP_BytesToKey with SHA-512, whose one block is enough for a key of 32 bytes and an IV of 16. */
function stretch(password: Uint8Array, salt: Uint8Array, rounds: number): Uint8Array {
  let state = sha512(concat(password, salt))
  for (let round = 1; round < rounds; round++) state = sha512(state)
  return state
}

/** AES-256-CBC with the padding of PKCS #7; null when the padding is wrong, as it is under a wrong key. */
function decrypt(key: Uint8Array, iv: Uint8Array, sealed: Uint8Array): Uint8Array | null {
  try {
    return cbc(key, iv).decrypt(sealed)
  } catch {
    return null
  }
}
