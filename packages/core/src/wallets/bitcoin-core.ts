/**
 * Bitcoin Core's `wallet.dat` with descriptors (SQLite, since 0.21), encrypted or not; also of Bitcoin Knots. Read from
 * the bytes alone, without a node. Legacy wallets in Berkeley DB are recognised and not read.
 */
import { wipe } from '../bytes.js'
import { fail } from '../errors.js'
import type { Label, Network, ReadOptions, Wallet, WalletFile, WalletReader } from '../types.js'
import { deriveOutputs, type OwnOutputs } from './bitcoin/addresses.js'
import { openMasterKey } from './bitcoin-core/crypter.js'
import { isDescriptorWallet, isLegacyWallet, KIND, readDatabase } from './bitcoin-core/database.js'
import { readDescriptors, type WalletDescriptor } from './bitcoin-core/descriptors.js'
import { checkKeys } from './bitcoin-core/keys.js'
import { keepLedger } from './bitcoin-core/ledger.js'
import { networkOf } from './bitcoin-core/network.js'
import { beyondSeedOf, fingerprintsOf, importedKeysOf, toRanges } from './bitcoin-core/public.js'
import { parseRecords, type WalletRecords } from './bitcoin-core/records.js'

const LIMIT_BYTES = 256 * 1024 * 1024 // a wallet of 100,000 transactions has some 100 MiB

export const bitcoinCore: WalletReader = {
  kind: 'bitcoin-core',
  title: KIND,
  detect: (bytes) => isDescriptorWallet(bytes) || isLegacyWallet(bytes),
  read: async (file, options) => read(file, options),
}

function read({ bytes }: WalletFile, { password }: ReadOptions = {}): Wallet {
  if (bytes.length > LIMIT_BYTES) return fail('wallet-too-large', { bytes: bytes.length, limit: LIMIT_BYTES })
  if (isLegacyWallet(bytes))
    return fail('wallet-unsupported', { kind: KIND, reason: 'it is a legacy wallet' })
  const { magic, records: rows } = readDatabase(bytes)
  const records = parseRecords(rows)
  const encrypted = records.masterKeys.length > 0
  const master = encrypted && password !== undefined ? openMasterKey(records.masterKeys, password) : null
  const network = networkOf(magic, records.genesis)
  const descriptors = readDescriptors(records)
  const keys = checkKeys(records, descriptors, master)
  if (master) wipe(master)
  return {
    kind: 'bitcoin-core',
    encrypted,
    opened: !encrypted || master !== null,
    ...describe(records, descriptors, network),
    keys,
    restore: 'anytime',
  }
}

type Described = Omit<Wallet, 'kind' | 'encrypted' | 'opened' | 'keys' | 'restore'>

/** All that is in clear. */
function describe(records: WalletRecords, all: readonly WalletDescriptor[], network: Network): Described {
  const complete = all.every(({ outputs }) => outputs !== null)
  const own = deriveOutputs(toRanges(all), network, KIND)
  const addresses = complete ? own.addresses : withReceiving(own, records)
  const { transactions, balance } = keepLedger(records.transactions, complete ? own.scripts : null)
  const labels = labelsOf(records)
  return {
    identity: {
      fingerprints: fingerprintsOf(all),
      descriptors: all.map(({ text }) => text),
      chain: 'bitcoin',
      network,
    },
    addresses,
    labels,
    transactions,
    ...(balance && { balance }),
    importedKeys: importedKeysOf(all),
    beyondSeed: beyondSeedOf({ records, descriptors: all, addresses, labels }),
  }
}

/** Of descriptors that Cairn cannot derive from, the addresses that were handed out stand in the address book. */
function withReceiving({ addresses }: OwnOutputs, { receiving }: WalletRecords): OwnOutputs['addresses'] {
  const known = new Set(addresses.map(({ address }) => address))
  const others = [...receiving].filter((address) => !known.has(address))
  return [...addresses, ...others.map((address) => ({ address, origin: 'derived' as const }))]
}

function labelsOf({ names, transactions, locked }: WalletRecords): readonly Label[] {
  return [
    ...Array.from(names, ([ref, label]): Label => ({ type: 'addr', ref, label })),
    ...transactions.map(
      ({ transaction, comment }): Label => ({ type: 'tx', ref: transaction.txid, label: comment }),
    ),
    ...locked.map(
      ({ txid, index }): Label => ({ type: 'output', ref: `${txid}:${index}`, spendable: false }),
    ),
  ].filter(({ label }) => label !== '')
}
