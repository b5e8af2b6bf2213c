/**
 * Output descriptors in URs: `ur:output-descriptor` (BCR-2023-010, version 3) holds the text with its keys apart,
 * `ur:crypto-output` (BCR-2020-010, version 1) holds the expression as CBOR.
 * https://github.com/BlockchainCommons/Research/blob/master/papers/bcr-2023-010-output-descriptor.md
 *
 * Not here: the addresses of version 1 as CBOR, and `cosigner()`, which is no script. Names and notes are left aside.
 */
import { hex } from '../bytes.js'
import { fail } from '../errors.js'
import { type Cbor, isList, isMap, isTagged } from '../words/ur/cbor.js'
import type { Ur } from '../words/ur.js'
import { formatAnnotations } from './descriptor/annotations.js'
import { formatWith } from './descriptor/format.js'
import { formatKeyNode } from './descriptor/musig.js'
import { keysOf } from './descriptor/parse.js'
import type { KeyExpression, KeyNode, ScriptExpression } from './descriptor/types.js'
import { type Descriptor, formatDescriptor, parseDescriptor, withKeys } from './descriptor.js'
import { keyItem, keyText } from './ur-key.js'

export const OUTPUT_TYPES: readonly string[] = ['output-descriptor', 'crypto-output']

/** Of version 1, around a script. */
const SCRIPTS: Readonly<Record<number, string>> = { 400: 'sh', 401: 'wsh', 409: 'tr' }
/** Around a key. */
const KEYS: Readonly<Record<number, string>> = { 402: 'pk', 403: 'pkh', 404: 'wpkh', 405: 'combo' }
/** Around a threshold and keys. */
const MULTI: Readonly<Record<number, string>> = { 406: 'multi', 407: 'sortedmulti' }
const RAW = 408

/**
 * The descriptor, with its checksum. Wallets leave the last two steps away in version 1, and mean receiving and change
 * addresses: they are there in the text.
 * @throws CairnError `ur-invalid`, `key-invalid`, `descriptor-invalid`, `descriptor-unsupported`
 */
export function parseUrOutput({ type, item }: Ur): string {
  if (!OUTPUT_TYPES.includes(type)) refuse('it holds no descriptor')
  const text = type === 'crypto-output' ? scriptText(item, 0) : filledIn(item)
  const descriptor = parseDescriptor(text)
  return formatDescriptor(type === 'crypto-output' ? withBranches(descriptor) : descriptor)
}

/**
 * A UR of version 3, or of version 1 for `crypto-output`, which signing devices read.
 * @throws CairnError as `parseDescriptor`; `usage` for a private key alone; `descriptor-unsupported` for what version 1
 * does not have
 */
export function makeUrOutput(descriptor: string, type: OutputType = 'output-descriptor'): Ur {
  const parsed = parseDescriptor(descriptor)
  return {
    type,
    item: type === 'crypto-output' ? scriptItem(withoutBranches(parsed).script) : sourceItem(parsed),
  }
}

export type OutputType = 'output-descriptor' | 'crypto-output'

/** "account-level" keys: the wallet adds its two branches. */
const BRANCHES = [0, 1] as const

/** Where every key is that of an account, with a path from its master key and none to follow. */
export function withBranches(descriptor: Descriptor): Descriptor {
  const isAccount = ({ origin, key, path, wildcard }: KeyExpression) =>
    key.kind === 'extended' && (origin?.path.length ?? 0) > 0 && path.length === 0 && wildcard === 'none'
  const keys = keysOf(descriptor.script)
  if (keys.length === 0 || !keys.every(isAccount)) return descriptor
  return withKeys(descriptor, (key) => ({ ...key, path: [BRANCHES], wildcard: 'plain' }))
}

/**
 * Version 1 has no pair of branches: where one stands at the end, the key of the account stands alone, as Sparrow writes
 * it (`SettingsController.java`). Anything else than `<0;1>/*` would come back as that.
 * @throws CairnError `descriptor-unsupported`
 */
export function withoutBranches(descriptor: Descriptor): Descriptor {
  return withKeys(descriptor, (key) => {
    if (key.path.every((step) => typeof step === 'number')) return key
    const [step, ...more] = key.path
    const isUsual = more.length === 0 && key.wildcard === 'plain' && String(step) === String(BRANCHES)
    return isUsual
      ? { ...key, path: [], wildcard: 'none' }
      : unsupported('a UR of version 1 has no other branches than <0;1>/*')
  })
}

/** `wpkh(@0)`, and the keys. */
function sourceItem({ script, annotations }: Descriptor): Cbor {
  const keys: Cbor[] = []
  const place = (node: KeyNode) => {
    if ('musig' in node) return formatKeyNode(node)
    keys.push(keyItem(node, 'new'))
    return `@${keys.length - 1}`
  }
  const source = `${formatWith(script, place)}${formatAnnotations(annotations)}`
  const fields: readonly [number, Cbor][] = keys.length > 0 ? [[2, keys]] : []
  return new Map<number, Cbor>([[1, source], ...fields])
}

function scriptItem(script: ScriptExpression): Cbor {
  if (script.type === 'raw') return { tag: RAW, value: script.bytes }
  const tag = tagOf(script.type)
  if ('script' in script) return { tag, value: scriptItem(script.script) }
  if ('threshold' in script) {
    const fields: readonly [number, Cbor][] = [
      [1, script.threshold],
      [2, script.keys.map(nodeItem)],
    ]
    return { tag, value: new Map(fields) }
  }
  return 'key' in script && !('tree' in script && script.tree)
    ? { tag, value: nodeItem(script.key) }
    : unsupported('a UR of version 1 has no miniscript and no script tree')
}

function tagOf(name: string): number {
  const found = Object.entries({ ...SCRIPTS, ...KEYS, ...MULTI }).find(([, script]) => script === name)
  return found ? Number(found[0]) : unsupported(`a UR of version 1 has no ${name}()`)
}

function nodeItem(node: KeyNode): Cbor {
  return 'musig' in node ? unsupported('a UR of version 1 has no musig()') : keyItem(node, 'old')
}

/** `pkh(@0)` with the keys in the places of their numbers. */
function filledIn(item: Cbor): string {
  const [source, keys = []] = isMap(item) ? [item.get(1), item.get(2)] : []
  if (typeof source !== 'string' || !isList(keys)) return refuse('it holds no descriptor')
  return source.replace(/@(\d{1,4})/g, (_, place: string) => keyText(keys[Number(place)]))
}

function scriptText(item: Cbor | undefined, depth: number): string {
  if (!isTagged(item) || depth > 3) return refuse('it holds no descriptor')
  const { tag, value } = item
  if (tag in SCRIPTS)
    return `${SCRIPTS[tag]}(${tag === 409 ? keyOrScript(value, depth) : scriptText(value, depth + 1)})`
  if (tag in KEYS) return `${KEYS[tag]}(${keyText(value)})`
  if (tag in MULTI) return `${MULTI[tag]}(${multiText(value)})`
  if (tag === RAW && value instanceof Uint8Array) return `raw(${hex(value)})`
  return unsupported('a UR with a script that no descriptor has')
}

/** "taproot = #6.409(script_exp)", and wallets put a key there. */
function keyOrScript(value: Cbor, depth: number): string {
  const isScript = isTagged(value) && (value.tag in SCRIPTS || value.tag in KEYS || value.tag in MULTI)
  return isScript ? scriptText(value, depth + 1) : keyText(value)
}

function multiText(value: Cbor): string {
  const [threshold, keys] = isMap(value) ? [value.get(1), value.get(2)] : []
  if (typeof threshold !== 'number' || !isList(keys)) return refuse('its multisig is none')
  return [threshold, ...keys.map(keyText)].join(',')
}

function unsupported(reason: string): never {
  return fail('descriptor-unsupported', { reason })
}

function refuse(reason: string): never {
  return fail('ur-invalid', { reason })
}
