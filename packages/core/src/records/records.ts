/**
 * What the vault writes down about a wallet beside its files: addresses, labels and transactions as JSON Lines, and
 * the rest as a summary for the manifest. The drill compares it with what the restored wallet gives.
 */
import { fail } from '../errors.js'
import type { AddressRecord, Label, TransactionRecord, Wallet } from '../types.js'
import { encodeAddresses, parseAddresses } from './addresses.js'
import { encodeLabels, parseLabels } from './labels.js'
import { encodeTransactions, parseTransactions } from './transactions.js'

/** What is known of a wallet that was read once; how its keys were checked belongs to that reading alone. */
export type Recorded = Omit<Wallet, 'keys'>

/** Everything about a wallet but its lists. */
export interface Summary extends Omit<Recorded, 'addresses' | 'labels' | 'transactions'> {
  readonly counts: Readonly<Record<'addresses' | 'labels' | 'transactions', number>>
}

export interface Lines {
  readonly addresses: Uint8Array
  readonly labels: Uint8Array
  readonly transactions: Uint8Array
}

export interface Records extends Lines {
  readonly summary: Summary
}

/**
 * Writes what a wallet knows as lines of JSON.
 * @throws CairnError `labels-invalid`, `records-invalid` when the reader broke the rules of its types.
 */
export function encodeRecords({ addresses, labels, transactions, keys, ...rest }: Wallet): Records {
  return {
    addresses: encodeAddresses(addresses),
    labels: encodeLabels(labels),
    transactions: encodeTransactions(transactions),
    summary: {
      ...rest,
      counts: { addresses: addresses.length, labels: labels.length, transactions: transactions.length },
    },
  }
}

/** The lists as they were. @throws CairnError `labels-invalid`, `records-invalid` with the number of the line. */
export function decodeLines(lines: Lines): {
  readonly addresses: readonly AddressRecord[]
  readonly labels: readonly Label[]
  readonly transactions: readonly TransactionRecord[]
} {
  return {
    addresses: parseAddresses(lines.addresses),
    labels: parseLabels(lines.labels),
    transactions: parseTransactions(lines.transactions),
  }
}

/**
 * What was recorded, whole.
 * @throws CairnError `labels-invalid`, `records-invalid` also when a list has lost or gained lines.
 */
export function decodeRecords({ summary: { counts, ...rest }, ...lines }: Records): Recorded {
  const lists = decodeLines(lines)
  for (const what of ['addresses', 'labels', 'transactions'] as const) {
    if (lists[what].length !== counts[what]) fail('records-invalid', { what, line: lists[what].length })
  }
  return { ...rest, ...lists }
}

/** True when nothing at all can be seen of the wallet, as of a file that is encrypted as a whole. */
export function isDark({ opened, identity, addresses }: Recorded): boolean {
  return !opened && identity.descriptors.length + identity.fingerprints.length + addresses.length === 0
}
