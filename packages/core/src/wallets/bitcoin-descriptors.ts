/**
 * A list of output descriptors, public or private, as JSON or as text. What is shown of private ones is public. Test
 * networks write their keys alike: without an `addr()` the addresses are spelled for testnet.
 */
import { fail, isCairnError } from '../errors.js'
import { parseExtendedKey } from '../keys/bip32.js'
import {
  type Descriptor,
  deriveAddresses,
  descriptorFingerprints,
  descriptorKeys,
  formatDescriptor,
  type KeyExpression,
  parseDescriptor,
  toPublic,
} from '../keys/descriptor.js'
import { ALL_NETWORKS, type KeyNetwork, NETWORKS } from '../keys/network.js'
import type { AddressRecord, BeyondSeed, Label, Network, Wallet, WalletFile, WalletReader } from '../types.js'
import { deriveOutputs, LOOK_AHEAD, type OutputRange, tryOutputs } from './bitcoin/addresses.js'
import { cosigners, countKeys } from './bitcoin/keys.js'
import { type ListedDescriptor, parseList } from './bitcoin-descriptors/list.js'

const KIND = 'descriptor'

export const bitcoinDescriptors: WalletReader = {
  kind: 'bitcoin-descriptors',
  title: 'Output descriptors',
  detect: (bytes) => parseList(bytes) !== null,
  read: async (file) => read(file),
}

interface Read {
  readonly listed: ListedDescriptor
  /** Null when Cairn does not read it: miniscript that is not safe to use. */
  readonly descriptor: Descriptor | null
  /** Public, with its checksum. */
  readonly text: string
}

function read({ bytes }: WalletFile): Wallet {
  const list = parseList(bytes) ?? unreadable('it is no list of descriptors')
  const all = list.map((listed, i) => readOne(listed, i + 1))
  const network = networkOf(all)
  const { addresses } = deriveOutputs(all.flatMap(toRanges), network, KIND)
  const labels = labelsOf(all, network)
  const keys = all.flatMap(({ descriptor }) => (descriptor ? descriptorKeys(descriptor) : []))
  const importedKeys = countKeys(keys.filter(({ key }) => key.kind === 'single'))
  return {
    kind: 'bitcoin-descriptors',
    encrypted: false,
    opened: true,
    identity: {
      fingerprints: [...new Set(all.flatMap(fingerprintsOf))].sort(),
      descriptors: all.map(({ text }) => text),
      chain: 'bitcoin',
      network,
    },
    addresses,
    labels,
    transactions: [],
    importedKeys,
    // a key in a descriptor comes without anything to hold it against
    keys: { private: countKeys(keys.filter(isPrivate)), failed: [] },
    beyondSeed: beyondSeedOf(all, { addresses, labels, importedKeys }),
    restore: 'anytime',
  }
}

function readOne(listed: ListedDescriptor, number: number): Read {
  try {
    const descriptor = parseDescriptor(listed.desc)
    return { listed, descriptor, text: formatDescriptor(toPublic(descriptor)) }
  } catch (error) {
    if (isCairnError(error, 'descriptor-unsupported'))
      return { listed, descriptor: null, text: shownOf(listed) }
    if (isCairnError(error, 'descriptor-checksum'))
      return unreadable(`the checksum of descriptor ${number} is wrong`)
    if (isCairnError(error, 'descriptor-invalid')) return unreadable(`descriptor ${number} is miswritten`)
    throw error
  }
}

/**
 * A descriptor that is not read cannot be made public, so it is shown only when everything in it that is long enough
 * to hold a part of a key is known to be public: also a miswritten private key is one.
 */
function shownOf({ desc }: ListedDescriptor): string {
  const words = desc.match(/[0-9A-Za-z]{16,}/g) ?? []
  if (words.every((word) => /^[0-9a-f]+$/.test(word) || isExtendedPublicKey(word))) return desc
  return fail('wallet-unsupported', { kind: KIND, reason: 'it has private keys in a form that is not read' })
}

function isExtendedPublicKey(text: string): boolean {
  try {
    return parseExtendedKey(text).privateKey === null
  } catch (error) {
    if (isCairnError(error, 'key-invalid')) return false
    throw error
  }
}

function fingerprintsOf({ descriptor, text }: Read): readonly string[] {
  if (descriptor) return descriptorFingerprints(toPublic(descriptor))
  return Array.from(text.matchAll(/\[([0-9a-f]{8})/g), ([, fingerprint]) => fingerprint as string)
}

/** The first network that all descriptors can belong to. */
function networkOf(all: readonly Read[]): Network {
  const possible = all.map(networksOf)
  const network = ALL_NETWORKS.find((network) => possible.every((networks) => networks.includes(network)))
  return network ?? unreadable('its descriptors belong to different networks')
}

function networksOf({ descriptor, text }: Read): readonly Network[] {
  if (descriptor?.script.type === 'addr') return descriptor.script.address.networks
  const keys = descriptor ? descriptor.network : networkOfText(text)
  return ALL_NETWORKS.filter((name) => keys === null || NETWORKS[name].keys === keys)
}

/** Of a descriptor that is not read. */
function networkOfText(text: string): KeyNetwork | null {
  if (/\btpub/.test(text)) return 'testnet'
  return /\bxpub/.test(text) ? 'mainnet' : null
}

function toRanges({ listed, descriptor: read }: Read, descriptor: number): readonly OutputRange[] {
  if (!read) return []
  const { start, end } = read.isRange ? rangeOf(listed) : { start: 0, end: 1 }
  const keys = descriptorKeys(read)
  return Array.from({ length: read.branches }, (_, branch) => ({
    descriptor,
    branch,
    outputs: tryOutputs(read, branch) ?? (() => []),
    start,
    end,
    origin: originOf(keys),
    isChange: listed.isChange || branch === 1,
    isPublic: tryOutputs(toPublic(read), branch) !== null,
    keys: keys.length,
  }))
}

/** What was handed out, and up to twenty that come next. */
function rangeOf({ start, end, next }: ListedDescriptor): { start: number; end: number } {
  const ahead = Math.max(start, next) + LOOK_AHEAD
  return { start, end: Math.max(next, Math.min(end ?? ahead, ahead)) }
}

function originOf(keys: readonly KeyExpression[]): AddressRecord['origin'] {
  if (keys.some(({ key }) => key.kind === 'extended')) return 'derived'
  return keys.some(isPrivate) ? 'imported' : 'watched'
}

function isPrivate({ key }: KeyExpression): boolean {
  return key.kind === 'single' || (key.kind === 'extended' && key.extended.privateKey !== null)
}

/** `importdescriptors` takes a label for a descriptor without a range. */
function labelsOf(all: readonly Read[], network: Network): readonly Label[] {
  return all.flatMap(({ listed: { label }, descriptor }) => {
    if (label === '' || !descriptor || descriptor.isRange) return []
    return deriveAddresses(descriptor, { network, count: 1 }).map(({ address: ref }) => ({
      type: 'addr',
      ref,
      label,
    }))
  })
}

function beyondSeedOf(
  all: readonly Read[],
  { addresses, labels, importedKeys }: Pick<Wallet, 'addresses' | 'labels' | 'importedKeys'>,
): readonly BeyondSeed[] {
  const others = all.flatMap(({ descriptor }) => (descriptor ? cosigners(descriptor, isPrivate) : []))
  const counts: readonly BeyondSeed[] = [
    { what: 'imported-keys', count: importedKeys },
    { what: 'watched-addresses', count: addresses.filter(({ origin }) => origin === 'watched').length },
    { what: 'labels', count: labels.length },
    { what: 'cosigners', count: countKeys(others) },
  ]
  return counts.filter(({ count }) => count > 0)
}

function unreadable(reason: string): never {
  return fail('wallet-unreadable', { kind: KIND, reason })
}
