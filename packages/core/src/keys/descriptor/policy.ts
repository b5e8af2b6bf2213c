/**
 * Wallet policies, BIP-388: an output descriptor with `@0`, `@1`, … in the places of its keys, and the list of keys, as
 * hardware wallets show and register it. Public keys only. Optional derivation paths of the specification are not read.
 */
import { hex } from '../../bytes.js'
import { fail } from '../../errors.js'
import { formatExtendedKey } from '../bip32.js'
import { formatStep, isHardened } from '../path.js'
import { formatDescriptor, formatWith } from './format.js'
import { formatKeyExpression, parseKeyExpression } from './key.js'
import { nodesOf, parseDescriptor } from './parse.js'
import type { Descriptor, KeyExpression, KeyNode, Step } from './types.js'

export interface WalletPolicy {
  /** Such as `wsh(sortedmulti(2,@0/**,@1/**))`. */
  readonly template: string
  /** Extended public keys with their origin: `[6738736c/48'/0'/0'/2']xpub…`. */
  readonly keys: readonly string[]
}

const MAX_TEMPLATE = 16_384
const MAX_KEYS = 1000

const INDEX = String.raw`@(?:0|[1-9]\d{0,3})`
/** `KP/**` or `KP/<NUM;NUM>/*`. */
const PLACEHOLDER = new RegExp(
  String.raw`(${INDEX}|musig\(${INDEX}(?:,${INDEX})*\))/(?:(\*\*)|<(\d{1,10});(\d{1,10})>/\*)`,
  'g',
)

/**
 * The multipath descriptor of a policy ("Descriptor derivation").
 * @throws CairnError `descriptor-invalid` and those of `parseDescriptor`.
 */
export function policyToDescriptor({ template, keys }: WalletPolicy): Descriptor {
  if (template.length > MAX_TEMPLATE || keys.length > MAX_KEYS) return invalid('it is too long')
  checkKeys(keys)
  const uses = usesOf(template)
  checkUses(uses, keys.length)
  const text = template.replace(PLACEHOLDER, (_, key: string, _both, receive = '0', change = '1') => {
    const named = key.replace(/@(\d+)/g, (_, number: string) => keys[Number(number)] as string)
    return `${named}/<${receive};${change}>/*`
  })
  if (text.includes('@')) return invalid('a key has another path than /** or /<M;N>/*')
  const descriptor = parseDescriptor(text)
  return nodesOf(descriptor.script).length === uses.length
    ? descriptor
    : invalid('it has a key that is no placeholder')
}

/**
 * The policy of a descriptor whose keys all end in a multipath of two and a wildcard.
 * @throws CairnError `descriptor-unsupported` for any other.
 */
export function descriptorToPolicy(descriptor: Descriptor): WalletPolicy {
  const keys: string[] = []
  const numberOf = (key: KeyExpression): string => {
    const info = keyInfo(key)
    if (!keys.includes(info)) keys.push(info)
    return `@${keys.indexOf(info)}`
  }
  const template = formatWith(descriptor.script, (node) => {
    const path = formatPair(node)
    return 'musig' in node ? `musig(${node.musig.map(numberOf).join(',')})${path}` : numberOf(node) + path
  })
  const policy = { template, keys }
  if (formatDescriptor(policyToDescriptor(policy)) !== formatDescriptor({ ...descriptor, annotations: [] }))
    return unsupported()
  return policy
}

interface Use {
  /** The key indexes, sorted: two `musig` placeholders with the same ones are the same. */
  readonly name: string
  readonly indexes: readonly number[]
  readonly steps: readonly [number, number]
}

function usesOf(template: string): readonly Use[] {
  return Array.from(template.matchAll(PLACEHOLDER), ([, key = '', , receive = '0', change = '1']) => {
    const indexes = Array.from(key.matchAll(/@(\d+)/g), ([, number]) => Number(number))
    const name = indexes.toSorted((a, b) => a - b).join()
    return { name, indexes, steps: [Number(receive), Number(change)] as const }
  })
}

/** "Additional rules". */
function checkUses(uses: readonly Use[], count: number): void {
  const order = [...new Set(uses.flatMap(({ indexes }) => indexes))]
  if (order.length === 0) invalid('it has no keys')
  if (order.some((index, i) => index !== i)) invalid('its keys are not numbered in their order')
  if (order.length !== count) invalid('its keys are not as many as it names')
  if (uses.some(({ indexes }) => new Set(indexes).size < indexes.length)) invalid('musig() repeats a key')
  const places = uses.flatMap(({ name, steps }) => steps.map((step) => `${name}/${step}`))
  if (new Set(places).size < places.length) invalid('a key is used twice with one path')
}

function checkKeys(keys: readonly string[]): void {
  const names = keys.map((text) => {
    const { key, path, wildcard } = parseKeyExpression(text)
    if (key.kind !== 'extended' || key.extended.privateKey || path.length > 0 || wildcard !== 'none')
      return invalid('a key is no extended public key')
    return hex(key.extended.publicKey)
  })
  if (new Set(names).size < names.length) invalid('a key is listed twice')
}

/** BIP-388 marks hardened steps with an apostrophe. */
function keyInfo(expression: KeyExpression): string {
  const { key, origin } = expression
  if (key.kind !== 'extended' || key.extended.privateKey) return unsupported()
  if (!origin) return formatKeyExpression({ ...expression, path: [], wildcard: 'none' })
  const steps = origin.path.map((step) => `/${formatStep(step)}`).join('')
  return `[${origin.fingerprint}${steps}]${formatExtendedKey(key.extended)}`
}

function formatPair({ path, wildcard }: KeyNode): string {
  const [pair, ...rest]: readonly Step[] = path
  if (wildcard !== 'plain' || rest.length > 0 || !Array.isArray(pair)) return unsupported()
  if (pair.length !== 2 || pair.some(isHardened)) return unsupported()
  return pair.join() === '0,1' ? '/**' : `/<${pair.join(';')}>/*`
}

function invalid(reason: string): never {
  return fail('descriptor-invalid', { reason })
}

function unsupported(): never {
  return fail('descriptor-unsupported', { reason: 'it is no wallet policy (BIP-388)' })
}
