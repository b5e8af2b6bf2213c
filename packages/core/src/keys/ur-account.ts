/**
 * Accounts in URs: the output descriptors of one account for several kinds of addresses, with the fingerprint of the
 * master key. `ur:account-descriptor` (BCR-2023-019, CBOR tag 40311), and `ur:crypto-account` (BCR-2020-015, 311) as
 * signing devices write and read it. https://github.com/BlockchainCommons/Research/blob/master/papers/bcr-2020-015-account.md
 *
 * "Output descriptors here are restricted to HD keys at account level key derivations only (no 0/* or 1/* children)":
 * the branches are left away in the UR and there in the text. Not here: making `cosigner()`, a key of a multisig whose
 * other keys are not there yet; it is read as a key.
 */
import { fail } from '../errors.js'
import { type Cbor, isList, isMap, isTagged } from '../words/ur/cbor.js'
import type { Ur } from '../words/ur.js'
import { type Descriptor, descriptorFingerprints, formatDescriptor, parseDescriptor } from './descriptor.js'
import { HD_TAGS, keyText } from './ur-key.js'
import { makeUrOutput, parseUrOutput, withBranches, withoutBranches } from './ur-output.js'

export const ACCOUNT_TYPES = ['account-descriptor', 'crypto-account'] as const
export type AccountType = (typeof ACCOUNT_TYPES)[number]

export interface UrAccount {
  /** Of the master key, 8 hex digits. */
  readonly fingerprint: string
  /** With their checksums, at least one. */
  readonly descriptors: readonly string[]
  /** Key expressions that others make a multisig of. */
  readonly cosigners: readonly string[]
}

const FINGERPRINT = 1
const DESCRIPTORS = 2
/** Around each descriptor: of version 1 some write it and some do not, and all read it without. */
const OUTPUT_TAGS = [40_308, 308]
/** `sh()`, `wsh()`. */
const AROUND = [400, 401]
const COSIGNER = 410
const ORIGIN = 6
const SOURCE = 2
const MOST_DESCRIPTORS = 64

/**
 * The descriptors of an account, with their branches, and the keys that are for multisigs.
 * @throws CairnError `ur-invalid`, `key-invalid`, `descriptor-invalid`, `descriptor-unsupported`
 */
export function parseUrAccount({ type, item }: Ur): UrAccount {
  const [master, items] = isMap(item) ? [item.get(FINGERPRINT), item.get(DESCRIPTORS)] : []
  if (!ACCOUNT_TYPES.some((one) => one === type) || typeof master !== 'number' || !isList(items))
    return fail('ur-invalid', { reason: 'it holds no account' })
  if (items.length > MOST_DESCRIPTORS) fail('ur-invalid', { reason: 'it holds too many descriptors' })
  const outputs = items.map((output) => ofMaster(withoutTag(output), master))
  const cosigners = outputs.map(cosignerOf)
  return {
    fingerprint: master.toString(16).padStart(8, '0'),
    descriptors: outputs.filter((_, i) => cosigners[i] === null).map(outputText),
    cosigners: cosigners.flatMap((key) => key ?? []),
  }
}

/**
 * The account of descriptors of keys with one master key, in this order: SeedSigner and Krux take the first.
 * @throws CairnError as `parseDescriptor`; `usage` when the descriptors do not tell one master key, or have keys that no
 * account has; `descriptor-unsupported`
 */
export function makeUrAccount(descriptors: readonly string[], type: AccountType): Ur {
  const parsed = descriptors.map((text) => parseDescriptor(text))
  const [fingerprint, ...others] = new Set(parsed.flatMap(descriptorFingerprints))
  if (fingerprint === undefined || others.length > 0)
    return fail('usage', {
      reason: 'an account is of one master key, which its descriptors tell: [d34db33f/84h/0h/0h]xpub…',
    })
  const outputs = parsed.map((descriptor) => outputItem(descriptor, type))
  return {
    type,
    item: new Map<number, Cbor>([
      [FINGERPRINT, Number.parseInt(fingerprint, 16)],
      [DESCRIPTORS, outputs],
    ]),
  }
}

function outputItem(descriptor: Descriptor, type: AccountType): Cbor {
  const bare = withoutBranches(descriptor)
  if (withBranches(bare) === bare)
    fail('usage', {
      reason: 'an account has keys with a path from the master key, and none behind them but /<0;1>/*',
    })
  const text = formatDescriptor(bare)
  if (type === 'crypto-account') return makeUrOutput(text, 'crypto-output').item
  return { tag: OUTPUT_TAGS[0] as number, value: makeUrOutput(text).item }
}

function withoutTag(output: Cbor): Cbor {
  return isTagged(output) && OUTPUT_TAGS.includes(output.tag) ? output.value : output
}

/** "If the hdkey omits the master fingerprint, then the master fingerprint at the top level is the source of truth." */
function ofMaster(item: Cbor, master: number): Cbor {
  if (isList(item)) return item.map((one) => ofMaster(one, master))
  if (isMap(item)) return new Map([...item].map(([key, value]) => [key, ofMaster(value, master)]))
  if (!isTagged(item)) return item
  const { tag, value } = item
  if (!HD_TAGS.includes(tag) || !isMap(value)) return { tag, value: ofMaster(value, master) }
  const origin = value.get(ORIGIN)
  if (!isTagged(origin) || !isMap(origin.value) || origin.value.has(SOURCE)) return item
  const path = { ...origin, value: new Map([...origin.value, [SOURCE, master]]) }
  return { tag, value: new Map([...value, [ORIGIN, path]]) }
}

/** Of version 3 a map, of version 1 an expression. */
function outputText(output: Cbor): string {
  if (!isMap(output)) return parseUrOutput({ type: 'crypto-output', item: output })
  const text = parseUrOutput({ type: 'output-descriptor', item: output })
  return formatDescriptor(withBranches(parseDescriptor(text)))
}

/** The key of a cosigner; null for another output. */
function cosignerOf(output: Cbor): string | null {
  if (isMap(output)) {
    const [source, keys] = [output.get(1), output.get(2)]
    const isCosigner = typeof source === 'string' && source.includes('cosigner(')
    return isCosigner && isList(keys) ? keyText(keys[0]) : null
  }
  let item: Cbor = output
  while (isTagged(item) && AROUND.includes(item.tag)) item = item.value
  return isTagged(item) && item.tag === COSIGNER ? keyText(item.value) : null
}
