/**
 * What the descriptors of a Bitcoin Core wallet say in public: who it is, which outputs are its own, and what would be
 * missing if only its master key came back.
 */
import { descriptorFingerprints, descriptorKeys, type KeyExpression } from '../../keys/descriptor.js'
import type { AddressRecord, BeyondSeed, Label } from '../../types.js'
import { LOOK_AHEAD, type OutputRange, tryOutputs } from '../bitcoin/addresses.js'
import { cosigners, countKeys, keyName } from '../bitcoin/keys.js'
import type { WalletDescriptor } from './descriptors.js'
import type { WalletRecords } from './records.js'

/** Sorted, each once; also of descriptors that are not derived from. */
export function fingerprintsOf(descriptors: readonly WalletDescriptor[]): readonly string[] {
  const all = descriptors.flatMap(({ shown, text }) =>
    shown
      ? descriptorFingerprints(shown)
      : Array.from(text.matchAll(/\[([0-9a-f]{8})/g), ([, it]) => it as string),
  )
  return [...new Set(all)].sort()
}

/** The outputs of all descriptors that can be derived from: those handed out, and up to twenty that come next. */
export function toRanges(descriptors: readonly WalletDescriptor[]): readonly OutputRange[] {
  return descriptors.flatMap((wallet, descriptor): OutputRange[] => {
    const { outputs, stored, shown, record, isInternal: isChange } = wallet
    if (!outputs || !stored || !shown) return []
    const { start, end } = stored.isRange ? rangeOf(record) : { start: 0, end: 1 }
    const [keys, isPublic] = [descriptorKeys(stored).length, tryOutputs(shown) !== null]
    return [
      { descriptor, branch: 0, outputs, start, end, origin: originOf(wallet), isChange, isPublic, keys },
    ]
  })
}

function rangeOf({ start, next, end }: WalletDescriptor['record']): { start: number; end: number } {
  return { start, end: Math.max(next, Math.min(end, Math.max(start, next) + LOOK_AHEAD)) }
}

function originOf({ stored, privateKeys }: WalletDescriptor): AddressRecord['origin'] {
  if (stored && descriptorKeys(stored).some(({ key }) => key.kind === 'extended')) return 'derived'
  return privateKeys.size > 0 ? 'imported' : 'watched'
}

/** Private keys that stand in a descriptor themselves, and not the master key of a tree. */
export function importedKeysOf(descriptors: readonly WalletDescriptor[]): number {
  const single = descriptors.flatMap(({ text, privateKeys }) =>
    // a taproot descriptor has the x coordinate alone
    [...privateKeys].filter((publicKey) => text.includes(publicKey.slice(2, 66))),
  )
  return new Set(single).size
}

interface Seen {
  readonly records: WalletRecords
  readonly descriptors: readonly WalletDescriptor[]
  readonly addresses: readonly AddressRecord[]
  readonly labels: readonly Label[]
}

export function beyondSeedOf({ records, descriptors, addresses, labels }: Seen): readonly BeyondSeed[] {
  const all: readonly BeyondSeed[] = [
    { what: 'imported-keys', count: importedKeysOf(descriptors) },
    { what: 'watched-addresses', count: addresses.filter(({ origin }) => origin === 'watched').length },
    { what: 'labels', count: labels.length },
    { what: 'notes', count: records.requests },
    { what: 'cosigners', count: countKeys(descriptors.flatMap(cosignersOf)) },
  ]
  return all.filter(({ count }) => count > 0)
}

function cosignersOf({ stored, privateKeys }: WalletDescriptor): readonly KeyExpression[] {
  return stored ? cosigners(stored, (key) => privateKeys.has(keyName(key))) : []
}
