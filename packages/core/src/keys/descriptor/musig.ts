/**
 * `musig()` key expressions of output descriptors, BIP-390: several keys aggregated by BIP-327, and what BIP-328 derives
 * below the aggregate. Only public keys are aggregated here; nothing is signed.
 */
import { keyAggregate, sortKeys } from '@scure/btc-signer/musig2.js'
import { unhex } from '../../bytes.js'
import { fail } from '../../errors.js'
import { deriveKey, type ExtendedKey, publicChildren } from '../bip32.js'
import { isHardened, MAX_DEPTH } from '../path.js'
import {
  branchesOfKey,
  formatKeyExpression,
  formatSteps,
  type KeyRule,
  parseKeyExpression,
  parseSteps,
  pathOfBranch,
  publicKeysOf,
} from './key.js'
import { splitArguments } from './split.js'
import type { KeyExpression, KeyNode, Musig } from './types.js'

/** BIP-328: "the chain code is the SHA256 of the text MuSig2MuSig2MuSig2". */
const CHAIN_CODE = unhex('868087ca02a6f974c4598924c36b57762d32cb45717167e300622c7167e38965')

/** A key, or several in `musig()`, which only an x-only key may be. @throws CairnError `descriptor-invalid`. */
export function parseKeyNode(text: string, rule: KeyRule): KeyNode {
  if (!text.startsWith('musig(')) return parseKeyExpression(text, rule)
  if (rule !== 'x-only') return invalid('musig() stands in a taproot output only')
  const [, inside, steps] = /^musig\(([^()]*)\)((?:\/[^/()]+)*)$/.exec(text) ?? []
  if (inside === undefined) return invalid('musig() is malformed')
  const musig = splitArguments(inside).map((key) => parseKeyExpression(key, 'compressed'))
  const { path, wildcard } = parseSteps(steps ?? '')
  if (wildcard === 'hardened') return invalid('musig() cannot have hardened steps')
  checkSteps(musig, { path, wildcard })
  return { musig, path, wildcard }
}

export function formatKeyNode(node: KeyNode): string {
  if (!('musig' in node)) return formatKeyExpression(node)
  return `musig(${node.musig.map(formatKeyExpression).join(',')})${formatSteps(node)}`
}

/** The key expressions in it: itself, or the participants. */
export function keysOfNode(node: KeyNode): readonly KeyExpression[] {
  return 'musig' in node ? node.musig : [node]
}

/** The public keys of a branch by index, as `publicKeysOf`. */
export function publicKeysOfNode(node: KeyNode, branch: number): (index: number) => Uint8Array {
  if (!('musig' in node)) return publicKeysOf(node, branch)
  const participants = node.musig.map((key) => publicKeysOf(key, branch))
  const aggregateAt = (index: number) => aggregate(participants.map((keys) => keys(index)))
  if (node.path.length === 0 && node.wildcard === 'none') return aggregateAt
  const parent = deriveKey(synthetic(aggregateAt(0)), pathOfBranch(node, branch))
  return node.wildcard === 'plain' ? publicChildren(parent) : () => parent.publicKey
}

/** BIP-390: "Keys must be sorted with the KeySort algorithm after all derivation and prior to aggregation". */
function aggregate(keys: readonly Uint8Array[]): Uint8Array {
  try {
    return keyAggregate(sortKeys([...keys])).aggPublicKey.toBytes(true)
  } catch {
    return fail('key-invalid', { what: 'aggregate of public keys' })
  }
}

/** BIP-328 "Synthetic xpub construction". The network changes nothing about the keys below it. */
function synthetic(publicKey: Uint8Array): ExtendedKey {
  return {
    network: 'mainnet',
    form: 'plain',
    depth: 0,
    parent: '00000000',
    index: 0,
    chainCode: CHAIN_CODE,
    publicKey,
    privateKey: null,
  }
}

function checkSteps(keys: readonly KeyExpression[], { path, wildcard }: Omit<Musig, 'musig'>): void {
  if (path.length === 0 && wildcard === 'none') return
  if (path.some((step) => [step].flat().some(isHardened))) invalid('musig() cannot have hardened steps')
  if (path.length >= MAX_DEPTH) invalid('a path is too long')
  if (keys.some(({ key }) => key.kind !== 'extended')) invalid('musig() with a path needs extended keys')
  if (keys.some((key) => key.wildcard !== 'none'))
    invalid('only one of musig() and its keys can have a wildcard')
  if (branchesOfKey({ path }) > 1 && keys.some((key) => branchesOfKey(key) > 1))
    invalid('only one of musig() and its keys can have a multipath step')
}

function invalid(reason: string): never {
  return fail('descriptor-invalid', { reason })
}
