/**
 * Whether the private keys of a Bitcoin Core wallet are the ones of its addresses: each leads to its public key, and
 * from each master key the hardened steps lead to the keys that the addresses are derived from. No key leaves here.
 */
import { equal, hex, wipe } from '../../bytes.js'
import { deriveKey, type ExtendedKey, formatExtendedKey } from '../../keys/bip32.js'
import { descriptorKeys } from '../../keys/descriptor.js'
import type { KeyCheck } from '../../types.js'
import { decryptKey, leadsTo } from './crypter.js'
import { cachedSteps, type WalletDescriptor, withNetwork } from './descriptors.js'
import { cacheKey, type WalletRecords } from './records.js'

/** `master` opens the encrypted keys; null leaves them out. */
export function checkKeys(
  records: WalletRecords,
  descriptors: readonly WalletDescriptor[],
  master: Uint8Array | null,
): KeyCheck {
  const failed = new Set<string>()
  const secrets = openSecrets(records, master, failed)
  for (const descriptor of descriptors) {
    for (const wrong of wrongSteps(descriptor, secrets, records)) failed.add(wrong)
  }
  wipe(...secrets.values())
  return { private: secrets.size, failed: [...failed].sort() }
}

/** The private keys by their public keys in hex; the public keys that are left without go to `failed`. */
function openSecrets(
  records: WalletRecords,
  master: Uint8Array | null,
  failed: Set<string>,
): Map<string, Uint8Array> {
  const secrets = new Map<string, Uint8Array>()
  const add = (publicKey: Uint8Array, open: () => Uint8Array | null) => {
    const name = hex(publicKey)
    const secret = secrets.has(name) || failed.has(name) ? null : open()
    if (secret) secrets.set(name, secret)
    else if (!secrets.has(name)) failed.add(name)
  }
  for (const { publicKey, secret } of records.keys) {
    add(publicKey, () => (leadsTo(secret, publicKey) ? secret.slice() : null))
  }
  if (master)
    for (const record of records.encryptedKeys) add(record.publicKey, () => decryptKey(master, record))
  return secrets
}

type Secrets = ReadonlyMap<string, Uint8Array>

function wrongSteps(
  { record, stored }: WalletDescriptor,
  secrets: Secrets,
  records: WalletRecords,
): string[] {
  if (!stored) return []
  return descriptorKeys(stored).flatMap((expression, number) => {
    const { key } = expression
    const privateKey = key.kind === 'extended' ? secrets.get(hex(key.extended.publicKey)) : undefined
    if (key.kind !== 'extended' || !privateKey) return []
    return cachedSteps(expression, cacheKey(record.id, number), records)
      .filter(({ path, cached }) => !same(deriveKey({ ...key.extended, privateKey }, path), cached))
      .map(({ cached }) => formatExtendedKey(withNetwork(cached, key.extended)))
  })
}

type Node = Pick<ExtendedKey, 'publicKey' | 'chainCode'>

function same(a: Node, b: Node): boolean {
  return equal(a.publicKey, b.publicKey) && equal(a.chainCode, b.chainCode)
}
