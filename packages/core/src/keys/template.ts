/**
 * The account of a row that is given by a path (`PathRow`): its template filled in, its extended public key, its
 * addresses. An account has an extended public key when nothing behind it is hardened.
 */
import { hex } from '../bytes.js'
import type { Network } from '../types.js'
import { deriveKey, type ExtendedKey, formatExtendedKey, fromSeed, neuter, publicChildren } from './bip32.js'
import { NETWORKS } from './network.js'
import { formatPath, isHardened, type Path, parsePath } from './path.js'
import type { AccountPlace, AddressPlace, OpenAccount, PathRow, Source } from './row.js'

/** The numbers that a template leaves open. */
interface Numbers extends AddressPlace {
  readonly account: number
}

const TEST_COIN = 1 // SLIP-44: "Testnet (all coins)"

/** @throws CairnError `key-hardened` when the source is no private key and the path needs one. */
export function openPath(row: PathRow, source: Pick<Source, 'seed'>, place: AccountPlace): OpenAccount {
  const root = fromSeed(source.seed, { network: place.network })
  return openFrom(row, root, place)
}

/** The same from the master key, which may stand for a seed that is not there. */
export function openFrom(row: PathRow, root: ExtendedKey, place: AccountPlace): OpenAccount {
  const { account, network } = place
  const fill = (numbers: AddressPlace) => fillTemplate(row, { account, ...numbers }, network)
  const depth = accountDepth(row)
  if (depth === null)
    return { path: starred(row, place), xpub: null, at: eachAlone(row, root, { fill, network }) }
  const path = fill({ change: 0, index: 0 }).slice(0, depth)
  const key = { ...neuter(deriveKey(root, path)), network: NETWORKS[network].keys }
  return {
    path: formatPath(path),
    xpub: formatExtendedKey(key, row),
    at: publicDescendants(row, key, { fill, network }),
  }
}

interface Filled {
  readonly network: Network
  fill(numbers: AddressPlace): Path
}

/** Each address has its own way from the root, through a hardened step. */
function eachAlone(row: PathRow, root: ExtendedKey, { fill, network }: Filled): OpenAccount['at'] {
  return (place) => {
    const path = fill(place)
    return described(row, { path, publicKey: deriveKey(root, path).publicKey, network })
  }
}

/** The last step of many siblings is the cheap one, so their parent is kept. */
function publicDescendants(row: PathRow, account: ExtendedKey, { fill, network }: Filled): OpenAccount['at'] {
  const parents = new Map<string, (index: number) => Uint8Array>()
  return (place) => {
    const path = fill(place)
    const between = path.slice(account.depth, -1)
    const name = between.join('/')
    const children = parents.get(name) ?? publicChildren(deriveKey(account, between))
    parents.set(name, children)
    return described(row, { path, publicKey: children(path.at(-1) as number), network })
  }
}

function described(
  { address }: PathRow,
  { path, publicKey, network }: { path: Path; publicKey: Uint8Array; network: Network },
) {
  return { path: formatPath(path), publicKey: hex(publicKey), address: address.of(publicKey, network) }
}

/** The depth of the last step that is hardened; null when an address lies there. */
function accountDepth(row: PathRow): number | null {
  const path = fillTemplate(row, { account: 0, change: 0, index: 0 }, 'mainnet')
  const depth = path.findLastIndex(isHardened) + 1
  return depth < path.length && row.path.includes('{index}') ? depth : null
}

/** `m/44'/60'/{account}'/0/0` lists its accounts: the index is the account, counted from the one asked for. */
function fillTemplate(row: PathRow, { account, change, index }: Numbers, network: Network): Path {
  const listed = row.path.includes('{index}') ? account : account + index
  return parsePath(
    row.path
      .replace('{coin}', `${network === 'mainnet' ? (row.coin ?? 0) : TEST_COIN}`)
      .replace('{account}', `${listed}`)
      .replace('{change}', `${change}`)
      .replace('{index}', `${index}`),
  )
}

function starred(row: PathRow, { account, network }: AccountPlace): string {
  const coin = network === 'mainnet' ? (row.coin ?? 0) : TEST_COIN
  const listed = row.path.includes('{index}') ? `${account}` : '*'
  return row.path
    .replace('{coin}', `${coin}`)
    .replace('{account}', listed)
    .replace('{change}', '0')
    .replace('{index}', '*')
}
