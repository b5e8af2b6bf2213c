/**
 * Writes output descriptors in one canonical spelling: hardened steps with `h`, hex in lower case, always a checksum;
 * and turns a private descriptor into its public twin.
 */
import { hex } from '../../bytes.js'
import { formatAnnotations } from './annotations.js'
import { addChecksum } from './checksum.js'
import { pathOfBranch, publicKeyExpression } from './key.js'
import { formatMiniscript } from './miniscript.js'
import { formatKeyNode } from './musig.js'
import { describe, nodesOf } from './parse.js'
import type { Descriptor, KeyExpression, KeyNode, ScriptExpression, Tree } from './types.js'

/** With its checksum. Holds private keys when the descriptor does. */
export function formatDescriptor({ script, annotations }: Descriptor): string {
  return addChecksum(`${formatWith(script, formatKeyNode)}${formatAnnotations(annotations)}`)
}

/**
 * The same descriptor with public keys only; the steps down to the last hardened one move into the origin (BIP-380).
 * Below a hardened wildcard (`/*h`) no public descriptor can give addresses: it still names the keys.
 */
export function toPublic(descriptor: Descriptor): Descriptor {
  return descriptor.isPrivate ? withKeys(descriptor, publicKeyExpression) : descriptor
}

/** The descriptor with other keys; `change` is given each with its number, in the order of `descriptorKeys`. */
export function withKeys(descriptor: Descriptor, change: ChangeKey): Descriptor {
  let number = 0
  const changed = mapNodes(descriptor.script, (node) =>
    'musig' in node
      ? { ...node, musig: node.musig.map((key) => change(key, number++)) }
      : change(node, number++),
  )
  return describe(changed, descriptor.annotations)
}

type ChangeKey = (key: KeyExpression, number: number) => KeyExpression

/** BIP-389: the descriptors that a multipath one stands for, in order; itself alone without a multipath. */
export function splitBranches(descriptor: Descriptor): readonly Descriptor[] {
  if (descriptor.branches === 1) return [descriptor]
  return Array.from({ length: descriptor.branches }, (_, branch) => {
    const single = <T extends KeyNode>(key: T): T => ({ ...key, path: pathOfBranch(key, branch) })
    const script = mapNodes(descriptor.script, (node) =>
      'musig' in node ? { ...single(node), musig: node.musig.map(single) } : single(node),
    )
    return describe(script, descriptor.annotations)
  })
}

type FormatNode = (node: KeyNode) => string

/** The script with its keys as `key` spells them, without a checksum. */
export function formatWith(script: ScriptExpression, key: FormatNode): string {
  if (script.type === 'miniscript') return formatMiniscript(script, script.keys.map(key))
  return `${script.type}(${formatArguments(script, key)})`
}

function formatArguments(script: Exclude<ScriptExpression, { type: 'miniscript' }>, key: FormatNode): string {
  if ('script' in script) return formatWith(script.script, key)
  if (script.type === 'addr') return script.address.address
  if (script.type === 'raw') return hex(script.bytes)
  if (script.type === 'tr') {
    return [key(script.key), ...(script.tree ? [formatTree(script.tree, key)] : [])].join(',')
  }
  const keys = nodesOf(script).map(key)
  return ('threshold' in script ? [script.threshold, ...keys] : keys).join(',')
}

function formatTree(tree: Tree, key: FormatNode): string {
  if ('type' in tree) return formatWith(tree, key)
  return `{${formatTree(tree[0], key)},${formatTree(tree[1], key)}}`
}

type ChangeNode = (node: KeyNode) => KeyNode

function mapNodes(script: ScriptExpression, change: ChangeNode): ScriptExpression {
  if (script.type === 'tr') {
    const key = change(script.key)
    return { ...script, key, tree: script.tree && mapTree(script.tree, change) }
  }
  if ('key' in script) return { ...script, key: change(script.key) }
  if ('keys' in script) return { ...script, keys: script.keys.map(change) }
  return 'script' in script ? { ...script, script: mapNodes(script.script, change) } : script
}

function mapTree(tree: Tree, change: ChangeNode): Tree {
  return 'type' in tree ? mapNodes(tree, change) : [mapTree(tree[0], change), mapTree(tree[1], change)]
}
