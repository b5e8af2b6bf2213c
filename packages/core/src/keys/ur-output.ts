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
import { formatDescriptor, parseDescriptor } from './descriptor.js'
import { keyText } from './ur-key.js'

export const OUTPUT_TYPES: readonly string[] = ['output-descriptor', 'crypto-output']

/** Of version 1, around a script. */
const SCRIPTS: Readonly<Record<number, string>> = { 400: 'sh', 401: 'wsh', 409: 'tr' }
/** Around a key. */
const KEYS: Readonly<Record<number, string>> = { 402: 'pk', 403: 'pkh', 404: 'wpkh', 405: 'combo' }
/** Around a threshold and keys. */
const MULTI: Readonly<Record<number, string>> = { 406: 'multi', 407: 'sortedmulti' }
const RAW = 408

/**
 * The descriptor, with its checksum.
 * @throws CairnError `ur-invalid`, `key-invalid`, `descriptor-invalid`, `descriptor-unsupported`
 */
export function parseUrOutput({ type, item }: Ur): string {
  if (!OUTPUT_TYPES.includes(type)) refuse('it holds no descriptor')
  const text = type === 'crypto-output' ? scriptText(item, 0) : filledIn(item)
  return formatDescriptor(parseDescriptor(text))
}

/** A UR of version 3 with the whole text and no keys apart. @throws CairnError as `parseDescriptor` */
export function makeUrOutput(descriptor: string): Ur {
  const [source = ''] = formatDescriptor(parseDescriptor(descriptor)).split('#') // a UR has a checksum of its own
  return { type: 'output-descriptor', item: new Map([[1, source]]) }
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
  return fail('descriptor-unsupported', { reason: 'a UR with a script that no descriptor has' })
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

function refuse(reason: string): never {
  return fail('ur-invalid', { reason })
}
