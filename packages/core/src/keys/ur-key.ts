/**
 * Keys in URs: `ur:hdkey` (BCR-2020-007, CBOR tag 40303) and `ur:eckey` (BCR-2020-008, 40306), and their first
 * versions `crypto-hdkey` (303) and `crypto-eckey` (306), as the key expressions of descriptors.
 * https://github.com/BlockchainCommons/Research/blob/master/papers/bcr-2020-007-hdkey.md
 *
 * Not here: keys of other chains, and ranges of children, which no descriptor has. Names and notes are left aside.
 */
import { hex } from '../bytes.js'
import { fail } from '../errors.js'
import { type Cbor, type CborMap, isList, isMap, isTagged } from '../words/ur/cbor.js'
import type { Ur } from '../words/ur.js'
import { type ExtendedKey, formatExtendedKey, parseExtendedKey } from './bip32.js'
import { formatKeyExpression, parseKeyExpression } from './descriptor/key.js'
import type { KeyExpression, Step } from './descriptor/types.js'
import type { KeyNetwork } from './network.js'
import { HARDENED } from './path.js'
import { encodeWif } from './wif.js'

export const KEY_TYPES: readonly string[] = ['hdkey', 'crypto-hdkey', 'eckey', 'crypto-eckey']

export const HD_TAGS: readonly number[] = [40_303, 303]
const EC_TAGS = [40_306, 306]

/** Names and tags of today, or those of the first version, which signing devices still expect. */
export type UrNames = 'new' | 'old'

const TAGS = {
  new: { hdkey: 40_303, keypath: 40_304, coinInfo: 40_305, eckey: 40_306 },
  old: { hdkey: 303, keypath: 304, coinInfo: 305, eckey: 306 },
} as const satisfies Record<UrNames, unknown>

/** Of `hdkey`. */
const FIELD = {
  master: 1,
  private: 2,
  key: 3,
  chainCode: 4,
  use: 5,
  origin: 6,
  children: 7,
  parent: 8,
} as const
const EC_FIELD = { private: 2, data: 3 } as const
const PATH_FIELD = { components: 1, fingerprint: 2, depth: 3 } as const

/**
 * The key of a UR as a key expression of BIP-380, `[origin]xpub…/0/*` or a key in hex or WIF. A private one is a secret.
 * @throws CairnError `ur-invalid`, `key-invalid`, `descriptor-invalid`
 */
export function parseUrKey({ type, item }: Ur): string {
  if (!KEY_TYPES.includes(type)) refuse('it holds no key')
  return keyText({ tag: type.endsWith('hdkey') ? TAGS.new.hdkey : TAGS.new.eckey, value: item })
}

/** The same for a key that is part of a descriptor, with its tag. @throws CairnError as `parseUrKey` */
export function keyText(item: Cbor | undefined): string {
  if (!isTagged(item) || !isMap(item.value)) return refuse('it holds no key')
  if (EC_TAGS.includes(item.tag)) return singleKey(item.value)
  return HD_TAGS.includes(item.tag) ? hdKey(item.value) : refuse('it holds a key of another kind')
}

/**
 * The UR of an extended key, alone or as a key expression with its origin and children.
 * @throws CairnError `descriptor-invalid`, `key-invalid`; `usage` for a key that is no extended key
 */
export function makeUrKey(text: string, names: UrNames = 'new'): Ur {
  const expression = parseKeyExpression(text)
  if (expression.key.kind !== 'extended')
    return fail('usage', { reason: 'only an extended key is written as ur:hdkey' })
  return { type: names === 'new' ? 'hdkey' : 'crypto-hdkey', item: keyItem(expression, names).value }
}

/** A key as part of a descriptor: `hdkey` for an extended one, `eckey` for others. @throws CairnError `usage` */
export function keyItem(
  expression: KeyExpression,
  names: UrNames,
): { readonly tag: number; readonly value: Cbor } {
  const { key } = expression
  if (key.kind === 'extended')
    return { tag: TAGS[names].hdkey, value: hdItem(expression, key.extended, names) }
  if (key.kind === 'single')
    return fail('usage', {
      reason: 'a UR of a descriptor takes extended and public keys, no private key alone',
    })
  return { tag: TAGS[names].eckey, value: new Map([[EC_FIELD.data, key.publicKey]]) }
}

function hdItem(expression: KeyExpression, extended: ExtendedKey, names: UrNames): CborMap {
  const { depth, parent, index, chainCode, privateKey, publicKey, network } = extended
  const { origin } = expression
  const isMaster = depth === 0 && privateKey !== null && origin === null
  const data = privateKey ? Uint8Array.of(0, ...privateKey) : publicKey
  const steps = origin?.path ?? (depth > 0 ? [index] : [])
  const from: readonly [number, Cbor][] = origin
    ? [[PATH_FIELD.fingerprint, Number.parseInt(origin.fingerprint, 16)]]
    : []
  const path: CborMap = new Map([
    [PATH_FIELD.components, steps.flatMap(component)] as [number, Cbor],
    ...from,
    [PATH_FIELD.depth, depth] as [number, Cbor],
  ])
  const { keypath, coinInfo } = TAGS[names]
  const fields: readonly [number, Cbor, boolean][] = [
    [FIELD.master, true, isMaster],
    [FIELD.private, true, privateKey !== null && !isMaster],
    [FIELD.key, data, true],
    [FIELD.chainCode, chainCode, true],
    [FIELD.use, { tag: coinInfo, value: new Map([[2, 1]]) }, network === 'testnet'],
    [FIELD.origin, { tag: keypath, value: path }, !isMaster],
    [FIELD.children, { tag: keypath, value: childrenOf(expression) }, hasChildren(expression)],
    [FIELD.parent, Number.parseInt(parent, 16), depth > 0],
  ]
  return new Map(fields.flatMap(([key, value, is]) => (is ? [[key, value] as const] : [])))
}

function singleKey(fields: CborMap): string {
  const data = fields.get(EC_FIELD.data)
  if (!(data instanceof Uint8Array)) return refuse('it holds no key')
  if (fields.get(EC_FIELD.private) !== true) return hex(data)
  return encodeWif({ privateKey: data, compressed: true, network: 'mainnet' })
}

function hdKey(fields: CborMap): string {
  const [data, chainCode] = [fields.get(FIELD.key), fields.get(FIELD.chainCode)]
  if (!(data instanceof Uint8Array) || data.length !== 33) return refuse('its key is not of 33 bytes')
  if (!(chainCode instanceof Uint8Array) || chainCode.length !== 32)
    return refuse('the key has no chain code, so that no other key can be derived')
  const isPrivate = fields.get(FIELD.master) === true || fields.get(FIELD.private) === true
  const origin = pathOf(fields.get(FIELD.origin))
  const key = formatExtendedKey({
    network: networkOf(fields.get(FIELD.use)),
    form: 'plain',
    depth: origin.depth ?? origin.steps.length,
    parent: fingerprintText(fields.get(FIELD.parent) ?? (origin.steps.length === 1 ? origin.fingerprint : 0)),
    index: indexOf(origin.steps.at(-1)),
    chainCode,
    publicKey: data,
    privateKey: isPrivate ? data.slice(1) : null,
  })
  parseExtendedKey(key)
  const from = origin.fingerprint
    ? `[${[fingerprintText(origin.fingerprint), ...origin.steps].join('/')}]`
    : ''
  const children = pathOf(fields.get(FIELD.children)).steps.map((step) => `/${step}`)
  return formatKeyExpression(parseKeyExpression(`${from}${key}${children.join('')}`))
}

interface KeyPath {
  readonly steps: readonly string[]
  /** 0 where there is none. */
  readonly fingerprint: number
  readonly depth: number | null
}

function pathOf(item: Cbor | undefined): KeyPath {
  if (item === undefined) return { steps: [], fingerprint: 0, depth: null }
  const fields = isTagged(item) ? item.value : undefined
  const components = isMap(fields) ? fields.get(PATH_FIELD.components) : undefined
  if (!isMap(fields) || !isList(components)) return refuse('a path of the key is none')
  const [fingerprint, depth] = [fields.get(PATH_FIELD.fingerprint), fields.get(PATH_FIELD.depth)]
  return {
    steps: stepsOf(components),
    fingerprint: typeof fingerprint === 'number' ? fingerprint : 0,
    depth: typeof depth === 'number' ? depth : null,
  }
}

/** Numbers and wildcards are followed by whether they are hardened; a pair for receiving and change has that inside. */
function stepsOf(components: readonly Cbor[]): readonly string[] {
  const steps: string[] = []
  for (let i = 0; i < components.length; i++) {
    const item = components[i]
    if (isList(item) && item.length === 4) {
      const [a, isHard, b, isOtherHard] = item
      steps.push(`<${stepText(a, isHard)};${stepText(b, isOtherHard)}>`)
    } else steps.push(stepText(item, components[++i]))
  }
  return steps
}

function stepText(item: Cbor | undefined, hardened: Cbor | undefined): string {
  const mark = hardened === true ? 'h' : ''
  if (isList(item) && item.length === 0) return `*${mark}`
  if (typeof item !== 'number' || item >= HARDENED) return refuse('a path of the key has a step that is none')
  return `${item}${mark}`
}

/** The number of the last step of an origin, hardened or not. */
function indexOf(step: string | undefined): number {
  if (step === undefined || !/^\d+h?$/.test(step)) return 0
  return Number.parseInt(step, 10) + (step.endsWith('h') ? HARDENED : 0)
}

function networkOf(use: Cbor | undefined): KeyNetwork {
  const fields = isTagged(use) ? use.value : undefined
  return isMap(fields) && fields.get(2) === 1 ? 'testnet' : 'mainnet'
}

function fingerprintText(item: Cbor | undefined): string {
  return (typeof item === 'number' ? item : 0).toString(16).padStart(8, '0')
}

function hasChildren({ path, wildcard }: KeyExpression): boolean {
  return path.length > 0 || wildcard !== 'none'
}

function childrenOf({ path, wildcard }: KeyExpression): CborMap {
  const last: readonly Cbor[] = wildcard === 'none' ? [] : [[], wildcard === 'hardened']
  return new Map([[PATH_FIELD.components, [...path.flatMap(childComponent), ...last]]])
}

function childComponent(step: Step): readonly Cbor[] {
  if (typeof step === 'number') return component(step)
  if (step.length !== 2) return fail('usage', { reason: 'a UR has two branches at most' })
  return [step.flatMap(component)]
}

function component(step: number): readonly Cbor[] {
  return [step % HARDENED, step >= HARDENED]
}

function refuse(reason: string): never {
  return fail('ur-invalid', { reason })
}
