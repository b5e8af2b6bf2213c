/**
 * The labels of an Electrum wallet in BIP-329: texts by address, transaction, or until 2.6 number of an account, and
 * coins that are frozen. What BIP-329 has no place for is counted: labels of Lightning payments, whole books in a label,
 * frozen addresses that hold no coin.
 */
import { isCairnError } from '../../errors.js'
import { parseAddress } from '../../keys/address.js'
import { formatExtendedKey } from '../../keys/bip32.js'
import type { Label } from '../../types.js'
import type { Holdings } from './holdings.js'
import { at, bounded, entriesAt, isList, type JsonObject } from './json.js'
import type { Coin } from './ledger.js'

/** In characters. A record of the vault takes no more; BIP-329 suggests to cut a label at 255. */
const MAX_LABEL = 10_000

export interface Labels {
  readonly labels: readonly Label[]
  readonly untold: number
}

interface Known {
  readonly holdings: Holdings
  readonly coins: readonly Coin[]
}

export function readLabels(db: JsonObject, { holdings, coins }: Known): Labels {
  const texts = entriesAt(db, 'labels').filter(([, text]) => typeof text === 'string' && text !== '')
  const names: Names = { xpubs: xpubsByNumber(holdings), payments: paymentHashes(db) }
  const named = texts.flatMap(([name, label]): Label[] => {
    const subject = subjectOf(name, names)
    return subject && (label as string).length <= MAX_LABEL ? [{ ...subject, label: label as string }] : []
  })
  const frozen = frozenCoins(db, coins)
  const holding = new Set(coins.filter(({ isSpent }) => !isSpent).map(({ address }) => address))
  const emptyFrozen = frozenAddresses(db).filter((address) => !holding.has(address))
  return { labels: [...named, ...frozen], untold: texts.length - named.length + emptyFrozen.length }
}

type Subject = Pick<Label, 'type' | 'ref'>

interface Names {
  /** Number of an account -> its master public key. */
  readonly xpubs: ReadonlyMap<string, string>
  readonly payments: ReadonlySet<string>
}

function subjectOf(name: string, { xpubs, payments }: Names): Subject | null {
  if (isTxid(name)) return payments.has(name) ? null : { type: 'tx', ref: name }
  if (isAddress(name)) return { type: 'addr', ref: name }
  const xpub = xpubs.get(name)
  return xpub === undefined ? null : { type: 'xpub', ref: xpub }
}

function isTxid(name: string): boolean {
  return /^[0-9a-f]{64}$/.test(name)
}

function xpubsByNumber({ accounts }: Holdings): ReadonlyMap<string, string> {
  return new Map(
    accounts.flatMap(({ number, root }) => {
      const [master] = root.kind === 'bip32' ? root.keys : []
      return number === null || !master ? [] : [[number, formatExtendedKey(master.key)] as const]
    }),
  )
}

/** They look like transaction ids. The key was the hash alone, and has the direction behind it since 4.7. */
function paymentHashes(db: JsonObject): ReadonlySet<string> {
  const hashes = entriesAt(db, 'lightning_payments').map(([key]) => key.slice(0, 64))
  return new Set(hashes.filter((hash) => at(at(db, 'transactions'), hash) === undefined))
}

function isAddress(name: string): boolean {
  try {
    parseAddress(name)
    return true
  } catch (error) {
    if (isCairnError(error)) return false
    throw error
  }
}

/**
 * A coin is frozen by itself or with its address; `false` says that it may be spent although others may not.
 * (electrum/wallet.py, `is_frozen_coin`.)
 */
function frozenCoins(db: JsonObject, coins: readonly Coin[]): readonly Label[] {
  const own = new Map(ownStates(db))
  const addresses = new Set(frozenAddresses(db))
  const byAddress = coins.filter(
    ({ name, address, isSpent }) => !isSpent && addresses.has(address) && !own.has(name),
  )
  return [
    ...[...own].map(([ref, isFrozen]): Label => ({ type: 'output', ref, spendable: !isFrozen })),
    ...byAddress.map(({ name }): Label => ({ type: 'output', ref: name, spendable: false })),
  ]
}

/** A list until 4.0. */
function ownStates(db: JsonObject): readonly (readonly [string, boolean])[] {
  const coins = at(db, 'frozen_coins')
  const states = isList(coins)
    ? bounded(coins, 'frozen_coins').map((name) => [name, true] as const)
    : entriesAt(db, 'frozen_coins').map(([name, isFrozen]) => [name, isFrozen !== false] as const)
  return states.flatMap(([name, isFrozen]) => (isOutpoint(name) ? [[name, isFrozen] as const] : []))
}

function isOutpoint(name: unknown): name is string {
  return typeof name === 'string' && /^[0-9a-f]{64}:\d{1,10}$/.test(name)
}

function frozenAddresses(db: JsonObject): readonly string[] {
  const addresses = at(db, 'frozen_addresses')
  return isList(addresses)
    ? bounded(addresses, 'frozen_addresses').filter((address) => typeof address === 'string')
    : []
}
