/**
 * Writes output descriptors in one canonical spelling: hardened steps with `h`, hex in lower case, always a checksum;
 * and turns a private descriptor into its public twin.
 */
import { hex } from '../../bytes.js'
import { addChecksum } from './checksum.js'
import { formatKeyExpression, pathOfBranch, publicKeyExpression } from './key.js'
import { describe, keysOf } from './parse.js'
import type { Descriptor, KeyExpression, ScriptExpression } from './types.js'

/** With its checksum. Holds private keys when the descriptor does. */
export function formatDescriptor({ script }: Descriptor): string {
  return addChecksum(formatScript(script))
}

/**
 * The same descriptor with public keys only; the steps down to the last hardened one move into the origin (BIP-380).
 * Below a hardened wildcard (`/*h`) no public descriptor can give addresses: it still names the keys.
 */
export function toPublic(descriptor: Descriptor): Descriptor {
  return descriptor.isPrivate ? withKeys(descriptor, publicKeyExpression) : descriptor
}

/** The descriptor with other keys; `change` is given each with its number, in the order of the text. */
export function withKeys(descriptor: Descriptor, change: ChangeKey): Descriptor {
  return describe(mapKeys(descriptor.script, change))
}

type ChangeKey = (key: KeyExpression, number: number) => KeyExpression

/** BIP-389: the descriptors that a multipath one stands for, in order; itself alone without a multipath. */
export function splitBranches(descriptor: Descriptor): readonly Descriptor[] {
  if (descriptor.branches === 1) return [descriptor]
  return Array.from({ length: descriptor.branches }, (_, branch) =>
    withKeys(descriptor, (key) => ({ ...key, path: pathOfBranch(key, branch) })),
  )
}

function formatScript(script: ScriptExpression): string {
  return `${script.type}(${formatArguments(script)})`
}

function formatArguments(script: ScriptExpression): string {
  if ('script' in script) return formatScript(script.script)
  if (script.type === 'addr') return script.address.address
  if (script.type === 'raw') return hex(script.bytes)
  const keys = keysOf(script).map(formatKeyExpression)
  return ('threshold' in script ? [script.threshold, ...keys] : keys).join(',')
}

function mapKeys(script: ScriptExpression, change: ChangeKey): ScriptExpression {
  if ('key' in script) return { ...script, key: change(script.key, 0) }
  if ('keys' in script) return { ...script, keys: script.keys.map(change) }
  return 'script' in script ? { ...script, script: mapKeys(script.script, change) } : script
}
