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
  return descriptor.isPrivate ? describe(mapKeys(descriptor.script, publicKeyExpression)) : descriptor
}

/** BIP-389: the descriptors that a multipath one stands for, in order; itself alone without a multipath. */
export function splitBranches(descriptor: Descriptor): readonly Descriptor[] {
  if (descriptor.branches === 1) return [descriptor]
  return Array.from({ length: descriptor.branches }, (_, branch) =>
    describe(mapKeys(descriptor.script, (key) => ({ ...key, path: pathOfBranch(key, branch) }))),
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

function mapKeys(script: ScriptExpression, change: (key: KeyExpression) => KeyExpression): ScriptExpression {
  if ('key' in script) return { ...script, key: change(script.key) }
  if ('keys' in script) return { ...script, keys: script.keys.map(change) }
  return 'script' in script ? { ...script, script: mapKeys(script.script, change) } : script
}
