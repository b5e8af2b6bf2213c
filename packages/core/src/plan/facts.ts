/**
 * What a backup remembers of a wallet on its own machine, in numbers and short hashes, so that it can be told later
 * what changed since: manifests are sealed, and only the unlocked vault reads them. No label, no amount, no address.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { hex, utf8 } from '../bytes.js'
import { isDark } from '../records/records.js'
import type { AddressRecord, Label, Wallet, WalletKind } from '../types.js'

/** 48 bits of SHA-256: two of 10,000 items share a mark in one wallet of six million, and then one counts less. */
const MARK_DIGITS = 12
/** Longer lists are compared by their lengths alone. */
export const MARKS_LIMIT = 20_000

export const LISTS = ['transactions', 'labels', 'addresses'] as const
export type List = (typeof LISTS)[number]
export type Counts = Readonly<Record<List, number>>

export interface Facts {
  readonly kind: WalletKind
  /** Null where its reader cannot read the file at all. */
  readonly encrypted: boolean | null
  /** Its lists could be read. False of a file that shows nothing without its password, and of plain files. */
  readonly read: boolean
  /** Hash of its keys in public: descriptors and fingerprints. Another one: keys, cosigners or accounts changed. */
  readonly identity: string
  /** Several keys sign. */
  readonly multisig: boolean
  readonly channels: number
  /** Private keys that no words lead to. */
  readonly keys: number
  /** A wallet.dat of before descriptors: its keys are drawn in advance, and no words lead to them. */
  readonly keyPool: boolean
  /** Of `addresses`, those that no words lead to: imported and watched ones. */
  readonly counts: Counts
}

/** A mark an item: equal marks, equal items. Null where the list is too long. */
export type Marks = Readonly<Record<List, readonly string[] | null>>

/** A wallet as it was seen once. */
export interface Sighting {
  readonly facts: Facts
  readonly marks: Marks
}

/** Of a wallet as its reader gives it. A transaction is marked by its id: the height that comes later is in the chain. */
export function sight(wallet: Wallet): Sighting {
  const lists = listsOf(wallet)
  return {
    facts: {
      kind: wallet.kind,
      encrypted: wallet.encrypted,
      read: wallet.kind !== 'file' && !isDark(wallet),
      identity: identityMark(wallet),
      multisig: wallet.identity.descriptors.some((descriptor) => MULTISIG.test(descriptor)),
      channels: wallet.beyondSeed.find(({ what }) => what === 'channels')?.count ?? 0,
      keys: wallet.importedKeys,
      keyPool: false,
      counts: eachList((list) => lists[list].length),
    },
    marks: eachList((list) => (lists[list].length > MARKS_LIMIT ? null : lists[list].map(mark))),
  }
}

/** Of a wallet that its reader cannot read. */
export function sightUnread(kind: WalletKind): Sighting {
  const none = { multisig: false, channels: 0, keys: 0, keyPool: false, counts: eachList(() => 0) }
  const facts = { kind, encrypted: null, read: false, identity: mark([]), ...none }
  return { facts, marks: eachList(() => []) }
}

/** How many items the later sighting has that the earlier one has not, or not like this. */
export function newSince(earlier: Sighting, later: Sighting): Counts {
  return eachList((list) => {
    const [before, now] = [earlier.marks[list], later.marks[list]]
    if (before === null || now === null) {
      return Math.max(0, later.facts.counts[list] - earlier.facts.counts[list])
    }
    const known = new Set(before)
    return now.filter((item) => !known.has(item)).length
  })
}

/** One value for each list. */
export function eachList<T>(of: (list: List) => T): Record<List, T> {
  return { transactions: of('transactions'), labels: of('labels'), addresses: of('addresses') }
}

/** `multi`, `sortedmulti`, `multi_a`, `sortedmulti_a`, `musig` and miniscript's `thresh` (BIP-383, 387, 390, 379). */
const MULTISIG = /\b(?:sorted)?multi(?:_a)?\(|\bmusig\(|\bthresh\(/

type Fields = readonly unknown[]

function listsOf({ transactions, labels, addresses }: Wallet): Record<List, readonly Fields[]> {
  return {
    transactions: transactions.map(({ txid }) => [txid]),
    labels: labels.map(labelFields),
    addresses: addresses.filter(isBeyondWords).map(({ address }) => [address]),
  }
}

function labelFields({ type, ref, origin, label, spendable }: Label): Fields {
  return [type, ref, origin ?? null, label ?? null, spendable ?? null]
}

function isBeyondWords({ origin }: AddressRecord): boolean {
  return origin !== 'derived'
}

function identityMark({ identity }: Wallet): string {
  const { fingerprints, descriptors, electrumOldMasterKey } = identity
  return mark([[...fingerprints].sort(), [...descriptors].sort(), electrumOldMasterKey ?? null])
}

function mark(fields: Fields): string {
  return hex(sha256(utf8(JSON.stringify(fields)))).slice(0, MARK_DIGITS)
}
