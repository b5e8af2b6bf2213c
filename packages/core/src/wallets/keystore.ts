/**
 * Ethereum keystores as wallets: a file with one private key and, nearly always, its address in the open. Keys and
 * formats are in `keys/keystore.ts` and `keys/presale.ts`. No transactions and no labels: such a file has none.
 */
import { secp256k1 } from '@noble/curves/secp256k1.js'
import { wipe } from '../bytes.js'
import { fail } from '../errors.js'
import { ethereumAddress } from '../keys/ethereum.js'
import { MAX_KEYSTORE_BYTES, parseJsonObject } from '../keys/json-fields.js'
import { type Keystore, openKeystore, parseKeystore } from '../keys/keystore.js'
import { openPresale, type Presale, parsePresale } from '../keys/presale.js'
import type { KeyCheck, ReadOptions, Wallet, WalletFile, WalletReader } from '../types.js'

export const ethereumKeystore: WalletReader = {
  kind: 'ethereum-keystore',
  title: 'Ethereum keystore',
  detect: (bytes) => bytes.length <= MAX_KEYSTORE_BYTES && isKeystore(new TextDecoder().decode(bytes)),
  read,
}

/**
 * By the names of its fields and not by parsing, so that a file that was cut off is still recognised, and reported.
 * The keystores of validators (EIP-2335) have the same names, but objects in them.
 */
function isKeystore(json: string): boolean {
  if (!/^\s*\{/.test(json)) return false
  if (/"encseed"\s*:\s*"/i.test(json)) return true
  return /"crypto"\s*:\s*\{/i.test(json) && /"(?:cipher|ciphertext|kdf|mac)"\s*:\s*"/i.test(json)
}

async function read({ bytes }: WalletFile, { password }: ReadOptions = {}): Promise<Wallet> {
  const locked = 'encseed' in parseJsonObject(bytes, unreadable) ? parsePresale(bytes) : parseKeystore(bytes)
  if (password === undefined) return toWallet(locked.address, { private: 0, failed: [] })
  const found = await addressOfKey(locked, password)
  const failed = locked.address !== null && locked.address !== found ? [locked.address] : []
  return toWallet(locked.address ?? found, { private: 1, failed })
}

async function addressOfKey(locked: Keystore | Presale, password: string): Promise<string> {
  const key = await (locked.version === 'presale'
    ? openPresale(locked, password)
    : openKeystore(locked, password))
  try {
    if (!secp256k1.utils.isValidSecretKey(key)) {
      return unreadable('what it holds is not a private key')
    }
    return ethereumAddress(secp256k1.getPublicKey(key))
  } finally {
    wipe(key)
  }
}

function toWallet(address: string | null, keys: KeyCheck): Wallet {
  return {
    kind: 'ethereum-keystore',
    encrypted: true,
    opened: keys.private > 0,
    // an Ethereum key is the same in every network
    identity: { fingerprints: [], descriptors: [], chain: 'ethereum', network: null },
    addresses: address === null ? [] : [{ address, origin: 'imported' }],
    labels: [],
    transactions: [],
    importedKeys: 1,
    keys,
    beyondSeed: [{ what: 'imported-keys', count: 1 }],
    restore: 'anytime',
  }
}

function unreadable(reason: string): never {
  return fail('wallet-unreadable', { kind: 'keystore', reason })
}
