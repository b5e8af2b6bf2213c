/** What the words of an Electrum wallet alone would not bring back, and when an old copy of it must not be used. */
import type { AddressRecord, BeyondSeed, RestoreRule } from '../../types.js'
import type { Holdings } from './holdings.js'
import { at, entriesAt, isList, isObject, type Json, type JsonObject, textAt } from './json.js'
import type { Labels } from './labels.js'
import type { Ledger } from './ledger.js'

interface Known {
  readonly holdings: Holdings
  readonly addresses: readonly AddressRecord[]
  readonly ledger: Ledger
  readonly labels: Labels
}

export function beyondSeedOf(db: JsonObject, known: Known): readonly BeyondSeed[] {
  const { holdings, addresses, ledger, labels } = known
  const counts: readonly BeyondSeed[] = [
    { what: 'passphrase', count: holdings.secrets.filter(isExtended).length },
    { what: 'imported-keys', count: importedKeysOf(holdings) },
    { what: 'watched-addresses', count: addresses.filter(({ origin }) => origin === 'watched').length },
    { what: 'labels', count: labels.labels.length },
    { what: 'notes', count: notesOf(db) + labels.untold },
    { what: 'cosigners', count: cosignersOf(holdings) },
    { what: 'channels', count: openChannels(db) + entriesAt(db, 'imported_channel_backups').length },
    { what: 'transactions', count: ledger.local },
  ]
  return counts.filter(({ count }) => count > 0)
}

/** An old state of a channel is a claim on money that was paid away: the other side may take everything for it. */
export function restoreRuleOf(db: JsonObject): RestoreRule {
  return openChannels(db) > 0 ? 'once' : 'anytime'
}

export function importedKeysOf({ secrets }: Holdings): number {
  return secrets.filter(({ kind }) => kind === 'wif').length
}

function isExtended(secret: Holdings['secrets'][number]): boolean {
  return secret.kind === 'seed' && secret.extension !== null
}

/** Address book, invoices, requests and the notes of a plug-in. */
function notesOf(db: JsonObject): number {
  const kept = ['contacts', 'invoices', 'payment_requests'].map((name) => sizeOf(at(db, name)))
  return kept.reduce((sum, size) => sum + size, 0) + (textAt(db, 'notes_text') ? 1 : 0)
}

/** Keys of a multisig whose seed is not in this file. */
function cosignersOf({ accounts, secrets }: Holdings): number {
  const keys = accounts.reduce((sum, { root }) => {
    return root.kind === 'bip32' && root.threshold !== null ? sum + root.keys.length : sum
  }, 0)
  return keys === 0 ? 0 : keys - secrets.filter(({ kind }) => kind === 'seed').length
}

/** Electrum keeps channels when they are settled for good; before 4.0.3 they are a list. */
function openChannels(db: JsonObject): number {
  const channels = at(db, 'channels')
  const all = isList(channels) ? channels : isObject(channels) ? Object.values(channels) : []
  return all.filter((channel) => at(channel, 'state') !== 'REDEEMED').length
}

function sizeOf(value: Json | undefined): number {
  if (isList(value)) return value.length
  return isObject(value) ? Object.keys(value).length : 0
}
