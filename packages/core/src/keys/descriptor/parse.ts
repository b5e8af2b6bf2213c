/**
 * Reads output descriptors: BIP-380 (language), 381 (pk, pkh, sh), 382 (wpkh, wsh), 383 (multi, sortedmulti),
 * 384 (combo), 385 (raw, addr), 386 (tr, key path only), 389 (multipath), and `rawtr` as Bitcoin Core has it.
 * Miniscript (BIP-379), script trees (BIP-386, 387) and musig (BIP-390) are recognised and refused as unsupported.
 */
import { unhex } from '../../bytes.js'
import { fail, isCairnError } from '../../errors.js'
import { parseAddress } from '../address.js'
import type { KeyNetwork } from '../network.js'
import { checksumHolds } from './checksum.js'
import { branchesOfKey, isPrivateKey, type KeyRule, parseKeyExpression, publicKeyBytes } from './key.js'
import type { Descriptor, KeyExpression, ScriptExpression } from './types.js'

export interface ParseOptions {
  /** Refuses a descriptor without a checksum. */
  readonly requireChecksum?: boolean
}

/** Twenty keys with long origins take some 5,000. */
const MAX_TEXT = 16_384

/**
 * @throws CairnError `descriptor-invalid`, `descriptor-checksum`; `descriptor-unsupported` for what is well known but
 * not read by Cairn.
 */
export function parseDescriptor(text: string, { requireChecksum = false }: ParseOptions = {}): Descriptor {
  if (text.length > MAX_TEXT) return invalid('it is too long')
  const [payload = '', checksum, ...rest] = text.split('#')
  if (rest.length > 0) return invalid('it has more than one checksum')
  if (checksum === undefined && requireChecksum) return invalid('its checksum is missing')
  if (checksum !== undefined && !checksumHolds(payload, checksum)) return fail('descriptor-checksum')
  return describe(parseScript(payload, 'top'))
}

/** What follows from the expressions: multipaths of one length (BIP-389), keys of one network. */
export function describe(script: ScriptExpression): Descriptor {
  const keys = keysOf(script)
  const branches = Math.max(1, ...keys.map(branchesOfKey))
  if (keys.some((key) => ![1, branches].includes(branchesOfKey(key)))) {
    return invalid('its multipath steps have different lengths')
  }
  return {
    script,
    branches,
    isRange: keys.some(({ wildcard }) => wildcard !== 'none'),
    isPrivate: keys.some(isPrivateKey),
    network: networkOf(script, keys),
  }
}

/** All key expressions, in the order of the text. */
export function keysOf(script: ScriptExpression): readonly KeyExpression[] {
  if ('key' in script) return [script.key]
  if ('keys' in script) return script.keys
  return 'script' in script ? keysOf(script.script) : []
}

type Context = 'top' | 'sh' | 'wsh'

const ANYWHERE: readonly Context[] = ['top', 'sh', 'wsh']

interface Rule {
  /** Where the specifications allow it. */
  readonly within: readonly Context[]
  readonly parse: (inside: string, context: Context) => ScriptExpression
}

const RULES = new Map<string, Rule>([
  ['pk', { within: ANYWHERE, parse: (inside, context) => ofKey('pk', inside, keyRule(context)) }],
  ['pkh', { within: ANYWHERE, parse: (inside, context) => ofKey('pkh', inside, keyRule(context)) }],
  ['wpkh', { within: ['top', 'sh'], parse: (inside) => ofKey('wpkh', inside, 'compressed') }],
  ['combo', { within: ['top'], parse: (inside) => ofKey('combo', inside, 'any') }],
  ['tr', { within: ['top'], parse: parseTaproot }],
  ['rawtr', { within: ['top'], parse: (inside) => ofKey('rawtr', notMusig(inside), 'x-only') }],
  ['sh', { within: ['top'], parse: (inside) => ({ type: 'sh', script: parseScript(inside, 'sh') }) }],
  [
    'wsh',
    { within: ['top', 'sh'], parse: (inside) => ({ type: 'wsh', script: parseScript(inside, 'wsh') }) },
  ],
  ['multi', { within: ANYWHERE, parse: (inside, context) => parseMulti('multi', inside, context) }],
  [
    'sortedmulti',
    { within: ANYWHERE, parse: (inside, context) => parseMulti('sortedmulti', inside, context) },
  ],
  ['addr', { within: ['top'], parse: parseAddr }],
  ['raw', { within: ['top'], parse: parseRaw }],
])

/** BIP-379 "Miniscript": the fragments, behind any wrappers such as `v:`, that `wsh()` may hold. */
const MINISCRIPT =
  /^(?:[asctdvjnlu]+:)?(?:[01]|pk_k|pk_h|pk|pkh|older|after|sha256|hash256|ripemd160|hash160|andor|and_[vbn]|or_[bcdi]|thresh|multi)$/

function parseScript(text: string, context: Context): ScriptExpression {
  const [, name, inside] = /^([a-z0-9_:]+)\((.*)\)$/.exec(text) ?? []
  if (name === undefined || inside === undefined) return invalid('a script expression is malformed')
  const rule = RULES.get(name)
  if (rule?.within.includes(context)) return rule.parse(inside, context)
  if (rule) return invalid(`${name}() cannot stand ${context === 'top' ? 'alone' : `inside ${context}()`}`)
  if (context === 'wsh' && MINISCRIPT.test(name)) return unsupported('it is written in miniscript')
  return invalid('it has an expression of an unknown name')
}

function ofKey(
  type: 'pk' | 'pkh' | 'wpkh' | 'combo' | 'tr' | 'rawtr',
  text: string,
  rule: KeyRule,
): ScriptExpression {
  return { type, key: parseKeyExpression(text, rule) }
}

function keyRule(context: Context): KeyRule {
  return context === 'wsh' ? 'compressed' : 'any'
}

function parseTaproot(inside: string): ScriptExpression {
  const comma = notMusig(inside).indexOf(',')
  const script = ofKey('tr', comma < 0 ? inside : inside.slice(0, comma), 'x-only')
  return comma < 0 ? script : unsupported('it has a taproot script tree')
}

function notMusig(text: string): string {
  return text.startsWith('musig(') ? unsupported('it has a musig key') : text
}

/** BIP-383: 3 keys at most at the top, a script of 520 bytes at most inside sh(), else 20 keys. */
function parseMulti(type: 'multi' | 'sortedmulti', inside: string, context: Context): ScriptExpression {
  const [count = '', ...texts] = inside.split(',')
  if (texts.length > (context === 'top' ? 3 : 20)) return invalid('it has too many keys')
  const threshold = /^[1-9]\d?$/.test(count) ? Number(count) : 0
  if (threshold < 1 || threshold > texts.length)
    return invalid(`the threshold of ${type}() does not fit its keys`)
  const keys = texts.map((text) => parseKeyExpression(text, keyRule(context)))
  const bytes = keys.reduce((sum, key) => sum + 1 + publicKeyBytes(key), 3)
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

function unsupported(reason: string): never {
  return fail('descriptor-unsupported', { reason })
}
