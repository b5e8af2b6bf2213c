/**
 * The account of a row that is given by a path (`PathRow`): its template filled in, its extended public key, its
 * addresses. An account has an extended public key on secp256k1, when nothing behind it is hardened.
 */
import { hex } from '../bytes.js'
import type { Network } from '../types.js'
import { deriveKey, type ExtendedKey, formatExtendedKey, fromSeed, neuter, publicChildren } from './bip32.js'
import { NETWORKS } from './network.js'
import { formatPath, isHardened, type Path, parsePath } from './path.js'
import type { AccountPlace, AddressPlace, DerivedAddress, OpenAccount, PathRow, Source } from './row.js'
import { deriveSlip10, slip10Master, slip10PublicKey } from './slip10.js'

const TEST_COIN = 1 // SLIP-44: "Testnet (all coins)"

/**
 * Opens the account of a row whose addresses lie under a path.
 * @throws CairnError `path-invalid` for an account or index out of bounds.
 */
export function openPath(row: PathRow, { seed }: Pick<Source, 'seed'>, place: AccountPlace): OpenAccount {
  const depth = accountDepth(row)
  if (depth !== null) return openPublic(row, fromSeed(seed, place), { ...place, depth })
  const publicKey = publicKeys(row, seed)
  const at = (numbers: AddressPlace) => {
    const path = fillTemplate(row, place, numbers)
    return described(row, { path, publicKey: publicKey(path), network: place.network })
  }
  const single = !row.path.includes('{account}') && !row.path.includes('{index}')
  return { path: starred(row, place), xpub: null, ...(single ? { single } : {}), at }
}

/** Each address has its own way from the root, through a hardened step. */
function publicKeys({ curve }: PathRow, seed: Uint8Array): (path: Path) => Uint8Array {
  if (curve === 'secp256k1') {
    const root = fromSeed(seed)
    return (path) => deriveKey(root, path).publicKey
  }
  const root = slip10Master(seed, curve)
  return (path) => slip10PublicKey(deriveSlip10(root, path))
}

/** The addresses are derived from the public key of the account, which is `depth` steps below the root. */
function openPublic(
  row: PathRow,
  root: ExtendedKey,
  { depth, ...place }: AccountPlace & { readonly depth: number },
): OpenAccount {
  const { network } = place
  const path = fillTemplate(row, place, { change: 0, index: 0 }).slice(0, depth)
  const account = { ...neuter(deriveKey(root, path)), network: NETWORKS[network].keys }
  const children = cachedChildren(account)
  return {
    path: formatPath(path),
    xpub: formatExtendedKey(account, { ...row, version: row.versions?.[account.network] }),
    at: (numbers) => {
      const path = fillTemplate(row, place, numbers)
      return described(row, { path, publicKey: children(path), network })
    },
  }
}

/** The last step of many siblings is the cheap one, so their parent is kept. */
function cachedChildren(account: ExtendedKey): (path: Path) => Uint8Array {
  const parents = new Map<string, (index: number) => Uint8Array>()
  return (path) => {
    const between = path.slice(account.depth, -1)
    const name = between.join('/')
    const children = parents.get(name) ?? publicChildren(deriveKey(account, between))
    parents.set(name, children)
    return children(path.at(-1) as number)
  }
}

function described(
  { address }: PathRow,
  { path, publicKey, network }: { path: Path; publicKey: Uint8Array; network: Network },
): DerivedAddress {
  return { path: formatPath(path), publicKey: hex(publicKey), address: address.of(publicKey, network) }
}

/** The depth of the last step that is hardened; null where an account has no public key. */
function accountDepth(row: PathRow): number | null {
  if (row.curve !== 'secp256k1' || !row.path.includes('{index}')) return null
  const path = fillTemplate(row, { account: 0, network: 'mainnet' }, { change: 0, index: 0 })
  const depth = path.findLastIndex(isHardened) + 1
  return depth < path.length ? depth : null
}

function fillTemplate(row: PathRow, place: AccountPlace, { change, index }: AddressPlace): Path {
  // m/44'/60'/{account}'/0/0 lists its accounts: the index is the account, counted from the one asked for.
  const account = row.path.includes('{index}') ? place.account : place.account + index
  return parsePath(fillText(row, place, { account, change, index }))
}

function starred(row: PathRow, place: AccountPlace): string {
  const account = row.path.includes('{index}') ? place.account : '*'
  return fillText(row, place, { account, change: 0, index: '*' })
}

function fillText(
  { path, coin = 0 }: PathRow,
  { network }: AccountPlace,
  { account, change, index }: Record<'account' | 'change' | 'index', number | string>,
): string {
  return path
    .replace('{coin}', `${network === 'mainnet' ? coin : TEST_COIN}`)
    .replace('{account}', `${account}`)
    .replace('{change}', `${change}`)
    .replace('{index}', `${index}`)
}
