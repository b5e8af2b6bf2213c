/**
 * Reads output descriptors: BIP-380 (language), 381 (pk, pkh, sh), 382 (wpkh, wsh), 383 (multi, sortedmulti),
 * 384 (combo), 385 (raw, addr), 386 (tr), 387 (multi_a, sortedmulti_a), 389 (multipath), 390 (musig), 393 (annotations),
 * and `rawtr` as Bitcoin Core has it. Miniscript (BIP-379) is in miniscript.ts.
 */
import { unhex } from '../../bytes.js'
import { fail, isCairnError } from '../../errors.js'
import { parseAddress } from '../address.js'
import type { KeyNetwork } from '../network.js'
import { parseAnnotations } from './annotations.js'
import { checksumHolds } from './checksum.js'
import { branchesOfKey, isPrivateKey, type KeyRule, publicKeyBytes } from './key.js'
import { isFragment, parseMiniscript } from './miniscript.js'
import { keysOfNode, parseKeyNode } from './musig.js'
import { splitArguments } from './split.js'
import type { Annotation, Descriptor, KeyExpression, KeyNode, ScriptExpression, Tree } from './types.js'

export interface ParseOptions {
  /** Refuses a descriptor without a checksum. */
  readonly requireChecksum?: boolean
}

/** Twenty keys with long origins take some 5,000. */
const MAX_TEXT = 16_384

/**
 * @throws CairnError `descriptor-invalid`, `descriptor-checksum`; `descriptor-unsupported` for miniscript that is well
 * formed and not safe to use.
 */
export function parseDescriptor(text: string, { requireChecksum = false }: ParseOptions = {}): Descriptor {
  if (text.length > MAX_TEXT) return invalid('it is too long')
  const [annotated = '', checksum, ...rest] = text.split('#')
  if (rest.length > 0) return invalid('it has more than one checksum')
  if (checksum === undefined && requireChecksum) return invalid('its checksum is missing')
  if (checksum !== undefined && !checksumHolds(annotated, checksum)) return fail('descriptor-checksum')
  const { payload, annotations } = parseAnnotations(annotated)
  return describe(parseScript(payload, 'top'), annotations)
}

/** What follows from the expressions: multipaths of one length (BIP-389), keys of one network. */
export function describe(script: ScriptExpression, annotations: readonly Annotation[]): Descriptor {
  const [nodes, keys] = [nodesOf(script), keysOf(script)]
  const paths = [...nodes, ...keys]
  const branches = Math.max(1, ...paths.map(branchesOfKey))
  if (paths.some((key) => ![1, branches].includes(branchesOfKey(key)))) {
    return invalid('its multipath steps have different lengths')
  }
  return {
    script,
    branches,
    isRange: paths.some(({ wildcard }) => wildcard !== 'none'),
    isPrivate: keys.some(isPrivateKey),
    network: networkOf(script, keys),
    annotations,
  }
}

/** All key expressions, in the order of the text; of `musig()` its participants. */
export function keysOf(script: ScriptExpression): readonly KeyExpression[] {
  return nodesOf(script).flatMap(keysOfNode)
}

/** What stands in the places of keys, in the order of the text. */
export function nodesOf(script: ScriptExpression): readonly KeyNode[] {
  if (script.type === 'tr') return [script.key, ...leavesOf(script.tree).flatMap(nodesOf)]
  if ('key' in script) return [script.key]
  if ('keys' in script) return script.keys
  return 'script' in script ? nodesOf(script.script) : []
}

/** The leaves of a script tree, from left to right; none without one. */
export function leavesOf(tree: Tree | null): readonly ScriptExpression[] {
  if (tree === null) return []
  return 'type' in tree ? [tree] : tree.flatMap(leavesOf)
}

type Context = 'top' | 'sh' | 'wsh' | 'tapscript'

const ANYWHERE: readonly Context[] = ['top', 'sh', 'wsh', 'tapscript']
const BEFORE_TAPROOT: readonly Context[] = ['top', 'sh', 'wsh']

interface Rule {
  /** Where the specifications allow it. */
  readonly within: readonly Context[]
  readonly parse: (inside: string, context: Context) => ScriptExpression
}

const RULES = new Map<string, Rule>([
  ['pk', { within: ANYWHERE, parse: (inside, context) => ofKey('pk', inside, keyRule(context)) }],
  ['pkh', { within: BEFORE_TAPROOT, parse: (inside, context) => ofKey('pkh', inside, keyRule(context)) }],
  ['wpkh', { within: ['top', 'sh'], parse: (inside) => ofKey('wpkh', inside, 'compressed') }],
  ['combo', { within: ['top'], parse: (inside) => ofKey('combo', inside, 'any') }],
  ['tr', { within: ['top'], parse: parseTaproot }],
  ['rawtr', { within: ['top'], parse: (inside) => ofKey('rawtr', inside, 'x-only') }],
  ['sh', { within: ['top'], parse: (inside) => ({ type: 'sh', script: parseScript(inside, 'sh') }) }],
  [
    'wsh',
    { within: ['top', 'sh'], parse: (inside) => ({ type: 'wsh', script: parseScript(inside, 'wsh') }) },
  ],
  ...(['multi', 'sortedmulti'] as const).map((type): [string, Rule] => [
    type,
    { within: BEFORE_TAPROOT, parse: (inside, context) => parseMulti(type, inside, context) },
  ]),
  ...(['multi_a', 'sortedmulti_a'] as const).map((type): [string, Rule] => [
    type,
    { within: ['tapscript'], parse: (inside, context) => parseMulti(type, inside, context) },
  ]),
  ['addr', { within: ['top'], parse: parseAddr }],
  ['raw', { within: ['top'], parse: parseRaw }],
])

function parseScript(text: string, context: Context): ScriptExpression {
  const [, name, inside] = /^([a-z0-9_:]+)\((.*)\)$/.exec(text) ?? []
  if (name === undefined || inside === undefined) return invalid('a script expression is malformed')
  const rule = RULES.get(name)
  if (rule?.within.includes(context)) return rule.parse(inside, context)
  if ((context === 'wsh' || context === 'tapscript') && isFragment(name))
    return parseMiniscript(text, context)
  if (rule)
    return invalid(`${name}() cannot stand ${context === 'top' ? 'alone' : `inside ${OUTER[context]}()`}`)
  return invalid('it has an expression of an unknown name')
}

const OUTER = { sh: 'sh', wsh: 'wsh', tapscript: 'tr' } as const

function ofKey(
  type: 'pk' | 'pkh' | 'wpkh' | 'combo' | 'rawtr',
  text: string,
  rule: KeyRule,
): ScriptExpression {
  return { type, key: parseKeyNode(text, rule) }
}

function keyRule(context: Context): KeyRule {
  if (context === 'tapscript') return 'x-only'
  return context === 'wsh' ? 'compressed' : 'any'
}

/** BIP-341: a control block holds at most 128 hashes. */
const MAX_DEPTH = 128

function parseTaproot(inside: string): ScriptExpression {
  const [key = '', tree, ...rest] = splitArguments(inside)
  if (rest.length > 0) return invalid('tr() has too many arguments')
  const node = parseKeyNode(key, 'x-only')
  return { type: 'tr', key: node, tree: tree === undefined ? null : parseTree(tree, 0) }
}

/** BIP-386 "Tree Expressions": a script, or `{A,B}`. */
function parseTree(text: string, depth: number): Tree {
  if (!text.startsWith('{')) return parseScript(text, 'tapscript')
  const sides = text.endsWith('}') ? splitArguments(text.slice(1, -1)) : []
  const [left, right] = sides
  if (left === undefined || right === undefined || sides.length > 2 || depth === MAX_DEPTH) {
    return invalid('its script tree is malformed')
  }
  return [parseTree(left, depth + 1), parseTree(right, depth + 1)]
}

type MultiType = 'multi' | 'sortedmulti' | 'multi_a' | 'sortedmulti_a'

/** BIP-383: 3 keys at most at the top, a script of 520 bytes at most inside sh(), else 20 keys; BIP-387: 999. */
const MAX_KEYS: Readonly<Record<Context, number>> = { top: 3, sh: 20, wsh: 20, tapscript: 999 }

function parseMulti(type: MultiType, inside: string, context: Context): ScriptExpression {
  const [count = '', ...texts] = splitArguments(inside)
  if (texts.length > MAX_KEYS[context]) return invalid('it has too many keys')
  const threshold = /^[1-9]\d{0,2}$/.test(count) ? Number(count) : 0
  if (threshold < 1 || threshold > texts.length)
    return invalid(`the threshold of ${type}() does not fit its keys`)
  const keys = texts.map((text) => parseKeyNode(text, keyRule(context)))
  const bytes = keys.flatMap(keysOfNode).reduce((sum, key) => sum + 1 + publicKeyBytes(key), 3)
  if (context === 'sh' && bytes > 520) return invalid('it has too many keys')
  return { type, threshold, keys }
}

function parseAddr(inside: string): ScriptExpression {
  try {
    return { type: 'addr', address: parseAddress(inside) }
  } catch (error) {
    if (isCairnError(error, 'address-invalid')) return invalid('its address is miswritten')
    throw error
  }
}

function parseRaw(inside: string): ScriptExpression {
  return /^(?:[0-9a-fA-F]{2})+$/.test(inside)
    ? { type: 'raw', bytes: unhex(inside) }
    : invalid('raw() needs hex digits')
}

function networkOf(script: ScriptExpression, keys: readonly KeyExpression[]): KeyNetwork | null {
  if (script.type === 'addr') return script.address.networks.includes('mainnet') ? 'mainnet' : 'testnet'
  const networks = new Set(keys.flatMap(({ key }) => networkOfKey(key)))
  return networks.size > 1 ? invalid('its keys belong to different networks') : ([...networks][0] ?? null)
}

function networkOfKey(key: KeyExpression['key']): KeyNetwork[] {
  if (key.kind === 'public') return []
  return [key.kind === 'single' ? key.single.network : key.extended.network]
}

function invalid(reason: string): never {
  return fail('descriptor-invalid', { reason })
}
