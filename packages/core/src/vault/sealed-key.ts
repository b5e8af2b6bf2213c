/**
 * The key of a factor whose secret never leaves a device: an age X25519 identity in an armored age file, of which the
 * device wraps and unwraps the file key (16 bytes). It lies in vault.json beside the lock of the share, which is sealed
 * to the recipient of that identity. Whoever has the device opens the one with the other; whoever changes the policy
 * needs neither device nor holder, since new shares are sealed to the recipient.
 */
import { fail } from '../errors.js'
import type { Stanza } from './age-header.js'
import { openArmored, parseArmored, sealArmored } from './armored.js'
import { recipientOf } from './identity.js'

/** Wraps a file key, which is secret: what a device or a plugin does. */
export type WrapFileKey = (fileKey: Uint8Array) => Promise<readonly Stanza[]>

/** The file key in one of the stanzas; null when none is for this device. */
export type UnwrapFileKey = (stanzas: readonly Stanza[]) => Promise<Uint8Array | null>

/**
 * The sealed key of an identity (`AGE-SECRET-KEY-1…`).
 * @throws CairnError `key-invalid` when what the device wrote is no stanza of age, or too long; and what `wrap` throws
 */
export async function sealKey(identity: string, wrap: WrapFileKey): Promise<string> {
  const { Stanza: AgeStanza } = await import('age-encryption')
  const wrapFileKey = async (fileKey: Uint8Array) =>
    (await wrap(fileKey)).map(({ args, body }) => new AgeStanza([...args], body))
  const sealed = await sealArmored(`${identity}\n`, { wrapFileKey })
  return stanzasOf(sealed) === null ? fail('key-invalid', { what: 'sealed key' }) : sealed
}

/**
 * Null when it is not one armored age file in canonical form. One under a passphrase is refused too: what can be
 * guessed at is a factor of its own kind.
 */
export function stanzasOf(sealed: string): readonly Stanza[] | null {
  const stanzas = parseArmored(sealed)?.header.stanzas ?? null
  return stanzas?.some(({ args }) => args[0] === 'scrypt') ? null : stanzas
}

/**
 * The identity in a sealed key; `foreign` when the device is not the one that it was sealed to, `damaged` when it is
 * not whole or not the identity of this recipient. Throws what `unwrap` throws.
 */
export async function openKey(
  { key, recipient }: { readonly key: string; readonly recipient: string },
  unwrap: UnwrapFileKey,
): Promise<{ readonly identity: string } | 'foreign' | 'damaged'> {
  const [parts, stanzas] = [parseArmored(key), stanzasOf(key)]
  if (parts === null || stanzas === null) return 'damaged'
  const fileKey = await unwrap(stanzas)
  if (fileKey === null) return 'foreign'
  const identity = openArmored(parts, fileKey)?.replace(/\n$/, '') ?? ''
  return isIdentityOf(identity, recipient) ? { identity } : 'damaged'
}

function isIdentityOf(identity: string, recipient: string): boolean {
  try {
    return recipientOf(identity) === recipient
  } catch {
    return false
  }
}
