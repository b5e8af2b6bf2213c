/**
 * Electrum wallets, from 1.9 to 4.x: Python literals, JSON, JSON with patches appended; plain, with encrypted secrets,
 * or encrypted as a whole (https://github.com/spesmilo/electrum, electrum/storage.py and wallet_db.py). Not Lightning:
 * channels are counted and decide when the file may be restored. Not the wallets of other coins' Electrums.
 */
import { fail } from '../errors.js'
import type { KeyCheck, ReadOptions, Wallet, WalletFile, WalletReader } from '../types.js'
import { addressesOf } from './electrum/addresses.js'
import { beyondSeedOf, importedKeysOf, restoreRuleOf } from './electrum/beyond.js'
import { unsupported } from './electrum/damaged.js'
import { looksPlain, parseDatabase } from './electrum/database.js'
import { identityOf } from './electrum/identity.js'
import type { JsonObject } from './electrum/json.js'
import { readLabels } from './electrum/labels.js'
import { readLedger } from './electrum/ledger.js'
import { networkOf } from './electrum/network.js'
import { openSealed, parseSealed, sealOf } from './electrum/seal.js'
import { areEncrypted, checkSecrets } from './electrum/secrets.js'
import { readHoldings } from './electrum/versions.js'

/**
 * Of the file, and of what comes out of an encrypted one: the history of some 30,000 transactions. What a hostile file
 * of this size can cost was measured: 20 s and 600 MB.
 */
export const MAX_ELECTRUM_BYTES = 32 * 1024 * 1024

export const electrum: WalletReader = { kind: 'electrum', title: 'Electrum', detect, read }

const FIELDS =
  /["'](?:accounts_expanded|active_forwardings|addr_history|master_public_keys?|seed_version|wallet_type)["']/

/** By names of fields and not by parsing, so that a file that was cut off is still recognised, and reported. */
function detect(bytes: Uint8Array): boolean {
  const start = latin1(bytes.subarray(0, 64))
  return (
    sealOf(start) !== null ||
    (looksPlain(start) && FIELDS.test(latin1(bytes.subarray(0, MAX_ELECTRUM_BYTES))))
  )
}

async function read({ bytes }: WalletFile, { password }: ReadOptions = {}): Promise<Wallet> {
  if (bytes.length > MAX_ELECTRUM_BYTES) {
    return fail('wallet-too-large', { bytes: bytes.length, limit: MAX_ELECTRUM_BYTES })
  }
  const seal = sealOf(latin1(bytes.subarray(0, 64)))
  if (seal === null) return readDatabase(parseDatabase(bytes), { password, isSealed: false })
  if (seal === 'device') return unsupported('only its hardware wallet can decrypt it')
  const sealed = parseSealed(latin1(bytes))
  if (password === undefined) return DARK
  const plain = await openSealed(sealed, { password, limit: MAX_ELECTRUM_BYTES })
  return readDatabase(parseDatabase(plain), { password, isSealed: true })
}

/** A file that is encrypted as a whole, without its password. */
const DARK: Wallet = {
  kind: 'electrum',
  encrypted: true,
  opened: false,
  identity: { fingerprints: [], descriptors: [], chain: 'bitcoin', network: null },
  addresses: [],
  labels: [],
  transactions: [],
  importedKeys: 0,
  keys: { private: 0, failed: [] },
  beyondSeed: [],
  restore: 'anytime',
}

interface Access {
  readonly password: string | undefined
  readonly isSealed: boolean
}

function readDatabase(db: JsonObject, { password, isSealed }: Access): Wallet {
  const holdings = readHoldings(db)
  const network = networkOf(db, holdings)
  const spelling = network ?? 'mainnet'
  const isLocked = areEncrypted(holdings.secrets)
  const opened = !isLocked || password !== undefined
  const keys = opened ? checkSecrets(holdings.secrets, { password, network: spelling }) : UNCHECKED
  const addresses = addressesOf(holdings, spelling)
  const ledger = readLedger(db, addresses)
  const labels = readLabels(db, { holdings, coins: ledger.coins })
  return {
    kind: 'electrum',
    encrypted: isSealed || isLocked,
    opened,
    identity: identityOf(holdings, network),
    addresses,
    labels: labels.labels,
    transactions: ledger.transactions,
    ...(ledger.balance && { balance: ledger.balance }),
    ...(ledger.tip !== undefined && { tip: ledger.tip }),
    importedKeys: importedKeysOf(holdings),
    keys,
    beyondSeed: beyondSeedOf(db, { holdings, addresses, ledger, labels }),
    restore: restoreRuleOf(db),
  }
}

const UNCHECKED: KeyCheck = { private: 0, failed: [] }

function latin1(bytes: Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes)
}
