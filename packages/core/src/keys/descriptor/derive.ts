/**
 * From output descriptors to output scripts and addresses, as BIP-381 to 387 define each script.
 * A branch picks from the multipath (`<0;1>`: 0 receives, 1 takes change), an index from the wildcard.
 */
import { hex } from '../../bytes.js'
import { fail } from '../../errors.js'
import type { Network } from '../../types.js'
import { scriptToAddress } from '../address.js'
import { NETWORKS } from '../network.js'
import { HARDENED } from '../path.js'
import {
  multisig,
  multisigA,
  p2pk,
  p2pkh,
  p2sh,
  p2tr,
  p2wpkh,
  p2wsh,
  tapBranch,
  tapLeaf,
  tapscriptKey,
  witness,
  xOnly,
} from '../script.js'
import { compileWith } from './miniscript.js'
import { publicKeysOfNode } from './musig.js'
import type { Descriptor, KeyNode, ScriptExpression, Tree } from './types.js'

export interface Position {
  /** 0 unless said; below `Descriptor.branches`. */
  readonly branch?: number
  /** 0 unless said; changes nothing in a descriptor without a range. */
  readonly index?: number
}

/** The spelling of addresses; mainnet, or testnet when the keys are of a test network. */
export interface Spelling {
  readonly network?: Network
}

export interface Span {
  readonly branch?: number
  readonly start?: number
  readonly count: number
}

export interface DerivedAddress {
  readonly address: string
  readonly index: number
}

/**
 * The output script at a position: one, or for `combo()` two or four.
 * @throws CairnError `key-hardened` when a hardened step follows an extended public key; `path-invalid` for a position
 * that the descriptor does not have.
 */
export function deriveScripts(
  descriptor: Descriptor,
  { branch = 0, index = 0 }: Position = {},
): readonly Uint8Array[] {
  return scriptsOfBranch(descriptor, branch)(index)
}

/**
 * The one address at a position.
 * @throws CairnError as `deriveScripts`; `descriptor-unsupported` when there is no address (`pk`, bare multisig) or more
 * than one (`combo`); `descriptor-invalid` when the keys are of another network.
 */
export function deriveAddress(descriptor: Descriptor, options: Position & Spelling = {}): string {
  const found = deriveAddresses(descriptor, { ...options, start: options.index ?? 0, count: 1 })
  if (found.length === 1) return (found[0] as DerivedAddress).address
  return fail('descriptor-unsupported', { reason: 'its outputs have no address, or several' })
}

/**
 * All addresses of consecutive indexes of one branch, in order: of each index one, none for scripts without an address,
 * up to three for `combo()`. The parent keys are derived once, so this is the way to many addresses.
 */
export function deriveAddresses(descriptor: Descriptor, options: Span & Spelling): readonly DerivedAddress[] {
  const { branch = 0, start = 0, count } = options
  const spell = speller(descriptor, options)
  const scripts = scriptsOfBranch(descriptor, branch)
  const indexes = Array.from({ length: descriptor.isRange ? count : Math.min(count, 1) }, (_, i) => start + i)
  return indexes.flatMap((index) =>
    scripts(index).flatMap((script) => {
      const address = spell(script)
      return address === null ? [] : [{ address, index }]
    }),
  )
}

function speller(descriptor: Descriptor, { network }: Spelling): (script: Uint8Array) => string | null {
  const { script } = descriptor
  const possible = script.type === 'addr' ? script.address.networks : null
  const chosen = network ?? possible?.[0] ?? descriptor.network ?? 'mainnet'
  const fits = possible?.includes(chosen) ?? [null, NETWORKS[chosen].keys].includes(descriptor.network)
  if (!fits) return fail('descriptor-invalid', { reason: `it does not belong to ${chosen}` })
  return (output) => scriptToAddress(output, chosen)
}

/** The output scripts at an index. */
export type Outputs = (index: number) => readonly Uint8Array[]

/**
 * The output scripts of one branch, by index; its parent keys are derived once.
 * @throws CairnError as `deriveScripts`.
 */
export function scriptsOfBranch(descriptor: Descriptor, branch: number): Outputs {
  if (!Number.isInteger(branch) || branch < 0 || branch >= descriptor.branches) return fail('path-invalid')
  const outputs = compile(descriptor.script, branch)
  return (index) => {
    if (!Number.isInteger(index) || index < 0 || index >= HARDENED) return fail('path-invalid')
    return outputs(index)
  }
}

function compile(script: ScriptExpression, branch: number): Outputs {
  switch (script.type) {
    case 'raw':
      return () => [script.bytes]
    case 'addr':
      return () => [script.address.script]
    case 'sh':
    case 'wsh': {
      const wrap = script.type === 'sh' ? p2sh : p2wsh
      const inner = compile(script.script, branch)
      return (index) => inner(index).map(wrap)
    }
    case 'multi':
    case 'sortedmulti':
    case 'multi_a':
    case 'sortedmulti_a': {
      const build = script.type.endsWith('_a') ? multisigA : multisig
      const order = script.type.startsWith('sorted') ? sorted : (all: Uint8Array[]) => all
      const keys = keysAt(script.keys, branch)
      const shown = (key: Uint8Array) => (build === multisigA ? xOnly(key) : key)
      return (index) => [build(script.threshold, order(keys(index).map(shown)))]
    }
    case 'miniscript': {
      const keys = keysAt(script.keys, branch)
      const build = compileWith(script)
      return (index) => [build(keys(index))]
    }
    case 'tr': {
      const key = publicKeysOfNode(script.key, branch)
      const root = script.tree && compileTree(script.tree, branch)
      return (index) => [p2tr(key(index), root?.(index))]
    }
    default: {
      const key = publicKeysOfNode(script.key, branch)
      return (index) => OF_KEY[script.type](key(index))
    }
  }
}

/** The hash of a script tree by index (BIP-341). */
function compileTree(tree: Tree, branch: number): (index: number) => Uint8Array {
  if ('type' in tree) {
    const leaf = compileLeaf(tree, branch)
    return (index) => tapLeaf(leaf(index))
  }
  const [left, right] = [compileTree(tree[0], branch), compileTree(tree[1], branch)]
  return (index) => tapBranch(left(index), right(index))
}

function compileLeaf(script: ScriptExpression, branch: number): (index: number) => Uint8Array {
  if (script.type === 'pk') {
    const key = publicKeysOfNode(script.key, branch)
    return (index) => tapscriptKey(key(index))
  }
  const outputs = compile(script, branch)
  return (index) => outputs(index)[0] as Uint8Array
}

function keysAt(nodes: readonly KeyNode[], branch: number): (index: number) => Uint8Array[] {
  const keys = nodes.map((node) => publicKeysOfNode(node, branch))
  return (index) => keys.map((key) => key(index))
}

const OF_KEY = {
  pk: (key) => [p2pk(key)],
  pkh: (key) => [p2pkh(key)],
  wpkh: (key) => [p2wpkh(key)],
  rawtr: (key) => [witness(1, xOnly(key))],
  combo: (key) => [p2pk(key), p2pkh(key), ...(key.length === 33 ? [p2wpkh(key), p2sh(p2wpkh(key))] : [])],
} satisfies Record<string, (key: Uint8Array) => Uint8Array[]>

/** BIP-383, `sortedmulti`: by bytes, after derivation; BIP-387: x-only keys. */
function sorted(keys: readonly Uint8Array[]): Uint8Array[] {
  return keys.toSorted((a, b) => (hex(a) < hex(b) ? -1 : 1))
}
