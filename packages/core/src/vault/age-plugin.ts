/**
 * The names in recipients and identities of age plugins (C2SP age-plugin.md, "Mapping recipients and identities to
 * plugin binaries"): `age1NAME1…` in lower case, `AGE-PLUGIN-NAME-1…` in upper case, both Bech32 of any length.
 * What is in them only the plugin knows. The talk with the program is in @cairn/node.
 */
import { bech32 } from '@scure/base'
import { fail } from '../errors.js'

/** A post-quantum recipient (ML-KEM-768 with X25519) has some 1,960. */
const TEXT_LIMIT_CHARACTERS = 2_400
// The specification allows any visible character; a name is a part of the name of a program, so like age no separators.
const NAME = /^[a-z0-9][a-z0-9+._-]{0,63}$/

/** The name of the plugin of a recipient `age1NAME1…`. @throws CairnError `key-invalid` */
export function pluginOfRecipient(recipient: string): string {
  const name = nameIn(recipient, 'age1', '')
  return recipient === recipient.toLowerCase() && name !== null
    ? name
    : fail('key-invalid', { what: 'recipient of an age plugin' })
}

/** The name of the plugin of an identity `AGE-PLUGIN-NAME-1…`. @throws CairnError `key-invalid` */
export function pluginOfIdentity(identity: string): string {
  const name = nameIn(identity, 'age-plugin-', '-')
  return identity === identity.toUpperCase() && name !== null
    ? name
    : fail('key-invalid', { what: 'identity of an age plugin' })
}

/** True for what is written like an identity of a plugin; it may still be invalid. */
export function isPluginIdentity(text: string): boolean {
  return text.startsWith('AGE-PLUGIN-')
}

function nameIn(text: string, before: string, after: string): string | null {
  const parts = text.length <= TEXT_LIMIT_CHARACTERS ? bech32.decodeUnsafe(text, false) : undefined
  const prefix = parts?.prefix.toLowerCase() ?? ''
  if (!prefix.startsWith(before) || !prefix.endsWith(after)) return null
  const name = prefix.slice(before.length, prefix.length - after.length)
  return NAME.test(name) ? name : null
}
