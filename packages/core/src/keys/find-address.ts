/**
 * From a phrase and one of its addresses to the place where it lies: the answer to "right words, empty wallet". A search
 * within bounds: the rows of the table first, then each spelling of the address under every other path of its chain, as
 * a wallet that mixes standards makes them. Public data only come out.
 */
import { wipe } from '../bytes.js'
import { fail } from '../errors.js'
import type { Network } from '../types.js'
import { type Phrase, phraseSeed } from '../words/phrase.js'
import { hasAccounts, openAccount, type Stretching } from './accounts.js'
import type { AccountChain, OpenAccount, PathRow, Row, Source } from './row.js'
import { ROWS } from './table.js'

export interface FoundAddress {
  readonly chain: AccountChain
  readonly standard: string
  /** How the address is spelled. */
  readonly form: string
  /** The standard spells its addresses in another form: `p2wpkh` under the path of bip44. */
  readonly crossed: boolean
  /** Of the address; null where the chain has no paths. */
  readonly path: string | null
  readonly account: number
  readonly change: 0 | 1
  readonly index: number
}

export interface SearchBounds {
  readonly network?: Network
  /** Accounts from 0 on; 5 unless said. */
  readonly accounts?: number
  /** Addresses of each branch; 30 unless said: BIP-44 lets wallets skip 20. */
  readonly indexes?: number
}

export interface AddressSearch {
  readonly found: FoundAddress | null
  /** How many addresses were compared. */
  readonly tried: number
}

/**
 * Looks for an address among the accounts of a phrase.
 * @throws CairnError `address-invalid` when no chain spells an address so; `phrase-unsupported` when the phrase has no
 * account on the chains that do; what `phraseSeed` throws.
 */
export function findAddress(
  { phrase, passphrase, stretch }: Stretching & { readonly phrase: Phrase; readonly passphrase: string },
  address: string,
  bounds: SearchBounds = {},
): AddressSearch {
  const { network = 'mainnet' } = bounds
  const sought = ROWS.flatMap((row) => candidate(row, address.trim(), network))
  if (sought.length === 0) return fail('address-invalid')
  const fitting = sought.filter(({ row }) => row.fits(phrase))
  if (fitting.length === 0) return fail('phrase-unsupported', { kind: phrase.kind })
  const source = { phrase, passphrase, seed: phraseSeed(phrase, passphrase, stretch) }
  const result = search([...fitting, ...crossed(fitting, phrase)], source, {
    accounts: 5,
    indexes: 30,
    ...bounds,
    network,
  })
  wipe(source.seed)
  return result
}

/** The first addresses of each place before the rest of any: most people look for one of those. */
function search(candidates: readonly Candidate[], source: Source, bounds: Bounds): AddressSearch {
  const near = { ...bounds, accounts: Math.min(bounds.accounts, 2), indexes: Math.min(bounds.indexes, 5) }
  const first = searchAll(candidates, source, near)
  return first.found ? first : searchAll(candidates, source, bounds)
}

interface Candidate {
  readonly row: Row
  /** The address in the spelling of the row. */
  readonly address: string
}

function candidate(row: Row, text: string, network: Network): readonly Candidate[] {
  const address = row.address.canonical(text, network)
  return address === null ? [] : [{ row, address }]
}

/** The same spelling under the other paths of the chain. */
function crossed(fitting: readonly Candidate[], phrase: Phrase): readonly Candidate[] {
  const seen = new Set(fitting.map(({ row }) => placeOf(row)))
  return fitting.flatMap(({ row, address }) =>
    ROWS.flatMap((other) => {
      const mixed = isPath(row) && isPath(other) && other.chain === row.chain && other.curve === row.curve
      if (!mixed || !other.fits(phrase)) return []
      const made = { ...other, address: row.address }
      if (seen.has(placeOf(made))) return []
      seen.add(placeOf(made))
      return [{ row: made, address }]
    }),
  )
}

function placeOf(row: Row): string {
  return `${row.chain} ${isPath(row) ? row.path : row.standard} ${row.address.name}`
}

function isPath(row: Row): row is PathRow {
  return 'path' in row
}

type Bounds = Required<SearchBounds>

function searchAll(candidates: readonly Candidate[], source: Source, bounds: Bounds): AddressSearch {
  let tried = 0
  for (const { row, address } of candidates) {
    const branches = isPath(row) && !row.path.includes('{change}') ? ONE_BRANCH : BRANCHES
    for (let account = 0; account < accountsOf(row, bounds); account++) {
      const opened = openAccount(row, source, { account, network: bounds.network })
      const result = searchAccount(opened, address, { branches, indexes: opened.single ? 1 : bounds.indexes })
      tried += result.tried
      if (result.place) return { found: named(row, account, result.place), tried }
    }
  }
  return { found: null, tried }
}

const BRANCHES = [0, 1] as const
const ONE_BRANCH = [0] as const

/** Where a row has one address an account, its index runs through the accounts. */
function accountsOf(row: Row, { accounts }: Bounds): number {
  return hasAccounts(row) && !listsAccounts(row) ? accounts : 1
}

function listsAccounts(row: Row): boolean {
  return isPath(row) && !row.path.includes('{index}')
}

interface Place {
  readonly change: 0 | 1
  readonly index: number
  readonly path: string | null
}

function searchAccount(
  { at }: OpenAccount,
  address: string,
  { branches, indexes }: { readonly branches: readonly (0 | 1)[]; readonly indexes: number },
): { readonly place: Place | null; readonly tried: number } {
  let tried = 0
  if (at === null) return { place: null, tried }
  for (const change of branches) {
    for (let index = 0; index < indexes; index++) {
      tried++
      const derived = at({ change, index })
      if (derived.address === address) return { place: { change, index, path: derived.path }, tried }
    }
  }
  return { place: null, tried }
}

function named(row: Row, account: number, { index, ...place }: Place): FoundAddress {
  const numbers = listsAccounts(row) ? { account: index, index: 0 } : { account, index }
  const crossed = !ROWS.includes(row)
  return { chain: row.chain, standard: row.standard, form: row.address.name, crossed, ...place, ...numbers }
}
