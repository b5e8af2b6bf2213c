/**
 * Wallets of Electrum 1.9 to 2.6, which had numbered `accounts` and kept master keys by name: `x/` for the one key,
 * `x1/` for cosigners, `x/0'` for accounts of hardware wallets; `/x` is the account of imported keys and addresses.
 * (electrum/wallet_db.py, `_convert_imported`, `_convert_wallet_type`; lib/account.py of Electrum 2.0.)
 */
import type { ExtendedKey } from '../../keys/bip32.js'
import { damaged, unsupported } from './damaged.js'
import {
  type Account,
  type Holdings,
  type Imported,
  type Root,
  type Secret,
  thresholdOf,
} from './holdings.js'
import { at, entriesAt, isList, type Json, type JsonObject, listAt, objectAt, textAt } from './json.js'
import { masterKeyOf, readOldMasterKey, readXpub } from './master-key.js'

// Reading a master public key takes 0.4 ms; people had a handful.
const MAX_MASTERS = 1000

export function readLegacy(db: JsonObject): Holdings {
  const { imported, secrets } = readImported(db)
  const old = textAt(db, 'master_public_key')
  const own = old ? readOld(db, readOldMasterKey(old)) : readAccounts(db)
  if (own.accounts.length === 0 && imported.length === 0) return damaged('it holds no keys and no addresses')
  return { accounts: own.accounts, imported, secrets: [...own.secrets, ...secrets] }
}

type Own = Pick<Holdings, 'accounts' | 'secrets'>

/** The first kind of wallet, with one account, `0`. */
function readOld(db: JsonObject, publicKey: Uint8Array): Own {
  const seed = textAt(db, 'seed')
  const root: Root = { kind: 'old', publicKey }
  return {
    accounts: [{ number: '0', root, ...chainsOf(objectAt(objectAt(db, 'accounts'), '0')) }],
    secrets: seed ? [{ kind: 'old-seed', field: seed, publicKey }] : [],
  }
}

function readAccounts(db: JsonObject): Own {
  const type = textAt(db, 'wallet_type')
  const recorded = entriesAt(db, 'accounts').filter(
    ([name, account]) => name !== '/x' && at(account, 'pending') === undefined,
  )
  const masters = entriesAt(db, 'master_public_keys').map(([name, xpub]) => [name, textOf(xpub)] as const)
  if (recorded.length + masters.length > MAX_MASTERS) unsupported(`it has more than ${MAX_MASTERS} accounts`)
  const accounts = recorded.map(([number, account]) => {
    return { number, root: rootOf(xpubsOf(account), type), ...chainsOf(account) }
  })
  if (accounts.length > 0 || masters.length === 0) return { accounts, secrets: secretsOf(db, masters) }
  const root = rootOf(xpubsOfMasters(masters), type)
  return { accounts: [{ number: null, root, receiving: [], change: [] }], secrets: secretsOf(db, masters) }
}

function rootOf(xpubs: readonly string[], type: string | undefined): Root {
  const keys = xpubs.map(masterKeyOf)
  if (keys.length === 0) return damaged('an account has no master public key')
  return { kind: 'bip32', keys, threshold: keys.length === 1 ? null : thresholdOf(type, keys.length) }
}

/** `xpubs` since 2.3; before, `xpub`, `xpub2` and `xpub3`. */
function xpubsOf(account: Json): readonly string[] {
  const list = listAt(account, 'xpubs').map(textOf)
  return list.length > 0 ? list : ['xpub', 'xpub2', 'xpub3'].flatMap((name) => textAt(account, name) ?? [])
}

/** Before the first address was made there was no account. */
function xpubsOfMasters(masters: Masters): readonly string[] {
  const cosigners = masters.filter(([name]) => /^x[1-9]\d?\/$/.test(name)).map(([, xpub]) => xpub)
  return cosigners.length > 0 ? cosigners : masters.slice(0, 1).map(([, xpub]) => xpub)
}

/** By name since 2.0, by number before. */
function chainsOf(account: Json | undefined): Pick<Account, 'receiving' | 'change'> {
  const [receiving, change] =
    at(account, 'receiving') === undefined ? (['0', '1'] as const) : (['receiving', 'change'] as const)
  return { receiving: listAt(account, receiving), change: listAt(account, change) }
}

type Masters = readonly (readonly [string, string])[]

function secretsOf(db: JsonObject, masters: Masters): readonly Secret[] {
  const known = new Map<string, ExtendedKey>(masters.map(([name, xpub]) => [name, readXpub(xpub)]))
  const seed = textAt(db, 'seed')
  const key = known.get('x/') ?? known.get('x1/') ?? null
  const xprvs = entriesAt(db, 'master_private_keys').map(
    ([name, xprv]): Secret => ({ kind: 'xprv', field: textOf(xprv), key: known.get(name) ?? null }),
  )
  return seed ? [{ kind: 'seed', field: seed, extension: null, key }, ...xprvs] : xprvs
}

/** In the account `/x` since 2.0: address -> public key and private key, null without; before, `imported_keys`. */
function readImported(db: JsonObject): Pick<Holdings, 'imported' | 'secrets'> {
  const account = entriesAt(objectAt(objectAt(db, 'accounts'), '/x'), 'imported').map(([place, pair]) => {
    const [publicKey, field] = isList(pair) ? pair : []
    return { place, publicKey: optionalText(publicKey), field: optionalText(field) }
  })
  const first = entriesAt(db, 'imported_keys').map(([place, field]) => {
    return { place, publicKey: null, field: textOf(field) }
  })
  const all = [...account, ...first]
  return {
    imported: all.map(
      ({ place, publicKey, field }): Imported => ({ place, publicKey, hasPrivateKey: field !== null }),
    ),
    secrets: all.flatMap(({ place, publicKey, field }): Secret[] =>
      field === null ? [] : [{ kind: 'wif', field, publicKey, places: [place] }],
    ),
  }
}

function textOf(value: Json): string {
  return typeof value === 'string' ? value : damaged('a key is not a text')
}

function optionalText(value: Json | undefined): string | null {
  return value === undefined || value === null ? null : textOf(value)
}
