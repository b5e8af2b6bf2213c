/**
 * Wallets of Electrum 2.7 and later: a `keystore`, or one a cosigner, each with its kind of keys; addresses and keys
 * that were imported one by one (electrum/keystore.py, electrum/wallet_db.py).
 */
import { damaged, unsupported } from './damaged.js'
import {
  type Account,
  type Holdings,
  type Imported,
  type Root,
  type Secret,
  thresholdOf,
} from './holdings.js'
import {
  at,
  bounded,
  entriesAt,
  isList,
  isObject,
  type Json,
  type JsonObject,
  listAt,
  objectAt,
  textAt,
} from './json.js'
import { type MasterKey, readMasterKey, readOldMasterKey } from './master-key.js'

const MAX_COSIGNERS = 15 // electrum/wallet_db.py: x1 to x15

/** What the wallet holds; null when it has no keystores, as before 2.7. */
export function readKeystores(db: JsonObject): Holdings | null {
  const cosigners = cosignersOf(db)
  if (cosigners.length > 0) return readMultisig(db, cosigners)
  const keystore = objectAt(db, 'keystore')
  if (keystore && textAt(keystore, 'type') !== 'imported') return readSingle(db, keystore)
  const isWatched = textAt(db, 'wallet_type') === 'imported' && at(db, 'addresses') !== undefined
  return keystore || isWatched ? readImported(db) : null
}

/** `x1/` and so on; without the slash since version 55 of the file. */
function cosignersOf(db: JsonObject): readonly JsonObject[] {
  const names = Array.from({ length: MAX_COSIGNERS }, (_, i) => `x${i + 1}`)
  return names.flatMap((name) => {
    const keystore = objectAt(db, `${name}/`) ?? objectAt(db, name)
    return keystore ? [keystore] : []
  })
}

function readSingle(db: JsonObject, keystore: JsonObject): Holdings {
  if (textAt(keystore, 'type') === 'old') return readOld(db, keystore)
  const master = readMasterKey(keystore)
  const root: Root = { kind: 'bip32', keys: [master], threshold: null }
  return {
    accounts: [{ number: null, root, ...chainsOf(db) }],
    imported: [],
    secrets: secretsOf(keystore, master),
  }
}

function readOld(db: JsonObject, keystore: JsonObject): Holdings {
  const publicKey = readOldMasterKey(textAt(keystore, 'mpk'))
  const seed = textAt(keystore, 'seed')
  return {
    accounts: [{ number: null, root: { kind: 'old', publicKey }, ...chainsOf(db) }],
    imported: [],
    secrets: seed ? [{ kind: 'old-seed', field: seed, publicKey }] : [],
  }
}

function readMultisig(db: JsonObject, cosigners: readonly JsonObject[]): Holdings {
  if (cosigners.some((keystore) => textAt(keystore, 'type') === 'old')) {
    unsupported('a cosigner has a master key from before Electrum 2')
  }
  const keys = cosigners.map(readMasterKey)
  const threshold = thresholdOf(textAt(db, 'wallet_type'), keys.length)
  return {
    accounts: [{ number: null, root: { kind: 'bip32', keys, threshold }, ...chainsOf(db) }],
    imported: [],
    secrets: cosigners.flatMap((keystore, i) => secretsOf(keystore, keys[i] as MasterKey)),
  }
}

/** `pubkeys` in 2.7, `addresses` since. Skeletons that other programs write have neither. */
function chainsOf(db: JsonObject): Pick<Account, 'receiving' | 'change'> {
  const chains = objectAt(db, 'addresses') ?? objectAt(db, 'pubkeys')
  return { receiving: listAt(chains, 'receiving'), change: listAt(chains, 'change') }
}

function secretsOf(keystore: JsonObject, { key }: MasterKey): readonly Secret[] {
  const seed = textAt(keystore, 'seed')
  const xprv = textAt(keystore, 'xprv')
  const extension = textAt(keystore, 'passphrase') ?? null
  return [
    ...(seed ? [{ kind: 'seed', field: seed, extension: extension || null, key } as const] : []),
    ...(xprv ? [{ kind: 'xprv', field: xprv, key } as const] : []),
  ]
}

function readImported(db: JsonObject): Holdings {
  const pairs = entriesAt(objectAt(db, 'keystore'), 'keypairs').map(([publicKey, field]) => {
    return { publicKey, field: typeof field === 'string' ? field : damaged('a private key is not a text') }
  })
  const isPrivate = new Set(pairs.map(({ publicKey }) => publicKey))
  const named = importedAddresses(db).map(([place, details]) => {
    const publicKey = textAt(details, 'pubkey') ?? null
    return { place, publicKey, hasPrivateKey: publicKey !== null && isPrivate.has(publicKey) }
  })
  const covered = new Set(named.map(({ publicKey }) => publicKey))
  const bare = pairs
    .filter(({ publicKey }) => !covered.has(publicKey))
    .map(({ publicKey }) => ({ place: publicKey, publicKey, hasPrivateKey: true }))
  const imported = [...named, ...bare]
  const places = placesByKey(imported)
  const secrets = pairs.map((pair): Secret => {
    return { kind: 'wif', ...pair, places: places.get(pair.publicKey) ?? [] }
  })
  return { accounts: [], imported, secrets }
}

/** One key can have an address of each type. */
function placesByKey(imported: readonly Imported[]): ReadonlyMap<string | null, readonly string[]> {
  const places = new Map<string | null, string[]>()
  for (const { place, publicKey } of imported) {
    const known = places.get(publicKey)
    if (known) known.push(place)
    else places.set(publicKey, [place])
  }
  return places
}

/**
 * Since 3.0 an object with the public keys; from 2.7 a list of watched addresses, or `receiving` and `change` beside
 * the keys, from which these addresses follow.
 */
function importedAddresses(db: JsonObject): readonly (readonly [string, Json])[] {
  const addresses = at(db, 'addresses')
  if (isList(addresses)) {
    return bounded(addresses, 'addresses').map((one) => [
      typeof one === 'string' ? one : damaged('an address is not a text'),
      null,
    ])
  }
  return isObject(addresses) && !isList(at(addresses, 'receiving')) ? entriesAt(db, 'addresses') : []
}
