/** Keys, descriptors, addresses, and the recipients and identities of age, as texts. */
import { descriptorFingerprints } from '../../keys/descriptor.js'
import { type KeyFile, readKey } from '../../keys/key-file.js'
import { isSpendable } from '../../keys/material.js'
import { ROWS } from '../../keys/table.js'
import { isPluginIdentity, pluginOfIdentity, pluginOfRecipient } from '../../vault/age-plugin.js'
import { parseRecipient, recipientOf } from '../../vault/identity.js'
import { quietly } from './quietly.js'
import type { Reading, Tells } from './reading.js'

export function readAge(text: string): Reading | null {
  const trimmed = text.trim()
  const own = /^age-secret-key-1/i.test(trimmed) ? quietly(() => recipientOf(trimmed.toUpperCase())) : null
  if (own !== null)
    return { kind: 'age-identity', secret: true, text: trimmed.toUpperCase(), tells: { recipient: own } }
  if (isPluginIdentity(trimmed)) {
    const plugin = quietly(() => pluginOfIdentity(trimmed))
    return plugin === null ? null : { kind: 'age-identity', secret: true, text: trimmed, tells: { plugin } }
  }
  return /^age1/i.test(trimmed) ? readRecipient(trimmed.toLowerCase()) : null
}

function readRecipient(text: string): Reading | null {
  if (quietly(() => parseRecipient(text)) !== null)
    return { kind: 'age-recipient', secret: false, text, tells: {} }
  const plugin = quietly(() => pluginOfRecipient(text))
  return plugin === null ? null : { kind: 'age-recipient', secret: false, text, tells: { plugin } }
}

/** A private key in any of the formats that are known, an extended key, a descriptor or an address. */
export function readAnyKey(text: string): Reading | null {
  const bare = withoutScheme(text.trim())
  const file = quietly(() => readKey(bare))
  if (!file) return readAddress(bare)
  if (file.format === 'address') return { kind: 'address', secret: false, text: bare, tells: chainOf(file) }
  const secret = file.material === null || isSpendable(file.material)
  const tells = { format: file.format, encrypted: file.encrypted, ...chainOf(file), ...fingerprintsOf(file) }
  return { kind: kindOf(file, secret), secret, text: bare, tells }
}

/** Where no other kind fits: an address of any chain of the table. */
function readAddress(text: string): Reading | null {
  if (/\s/.test(text) || text.length > 128) return null
  const row = ROWS.find((one) => one.address.canonical(text, 'mainnet') !== null)
  return row ? { kind: 'address', secret: false, text, tells: { chain: row.chain } } : null
}

function kindOf({ format }: KeyFile, secret: boolean): Reading['kind'] {
  if (format === 'descriptor' || format === 'policy') return 'descriptor'
  return secret ? 'private-key' : 'extended-key'
}

function chainOf({ home }: KeyFile): Tells {
  return { chain: home.chain, network: home.network }
}

function fingerprintsOf({ material }: KeyFile): Tells {
  if (material?.kind !== 'descriptor') return {}
  return { fingerprint: descriptorFingerprints(material.descriptor).join(' ') || null }
}

/** Wallets put addresses into URIs: BIP-21 and those like it, `bitcoin:ADDRESS?amount=1`. */
function withoutScheme(text: string): string {
  return /^(?!ur:)[a-z][a-z-]{2,20}:([0-9A-Za-z]{20,128})(?:\?.*)?$/i.exec(text)?.[1] ?? text
}
