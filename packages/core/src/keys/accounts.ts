/**
 * Where a phrase leads: the fingerprint of its master key, and the accounts of the table (`table.ts`) that wallets
 * open with such a phrase. Not a search for the account that was used.
 */
import { wipe } from '../bytes.js'
import { fail } from '../errors.js'
import type { Network } from '../types.js'
import type { PhraseKind } from '../words/check.js'
import type { Stretch } from '../words/pbkdf2.js'
import { hasMasterKey, type Phrase, phraseSeed } from '../words/phrase.js'
import { fingerprint, fromSeed } from './bip32.js'
import { rowsAtPath } from './custom-path.js'
import { HARDENED } from './path.js'
import type { AccountChain, AccountPlace, DerivedAddress, OpenAccount, Row, Source } from './row.js'
import { ROWS } from './table.js'
import { openPath } from './template.js'

export interface Account {
  readonly chain: AccountChain
  readonly standard: string
  /**
   * Of the account's key, as in `m/84'/0'/0'`; where an account has no key of its own the path of its addresses with
   * `*` for the number that runs; null where the chain has no paths.
   */
  readonly path: string | null
  /**
   * In the form that wallets of this standard show: `ypub` for bip49, `zpub` for bip84 and electrum-segwit (`upub` and
   * `vpub` on test networks), `xpub` (`tpub`) else; for electrum-old the master public key in hex; null where a chain
   * or a path has none.
   */
  readonly xpub: string | null
  /** Another public text that names the account, where there is no extended public key. */
  readonly public?: string
  /** The first receiving addresses. */
  readonly addresses: readonly string[]
}

export interface PhraseAccounts {
  readonly kind: PhraseKind
  /** BIP-32, of the master key: 8 hex digits; null where the kind has no such key. */
  readonly fingerprint: string | null
  readonly accounts: readonly Account[]
}

/** Which rows of the table; without a chain or a standard, the ones that most people need. */
export interface RowChoice {
  readonly chain?: AccountChain | 'all'
  readonly standard?: string
  /** Instead of a standard: as `rowsAtPath` reads it, of Bitcoin unless another chain is named. */
  readonly path?: string
}

export interface AddressRange {
  readonly network?: Network
  /** The account, counted from 0; 0 unless said. */
  readonly account?: number
  /** 0 (receiving addresses) unless said. */
  readonly change?: 0 | 1
  /** The first index; 0 unless said. */
  readonly from?: number
  /** Addresses an account; 5 unless said, at most 10,000. */
  readonly count?: number
}

/** Of the machine, where it has one. */
export interface Stretching {
  readonly stretch?: Stretch
}

const MAX_COUNT = 10_000

/**
 * What `cairn phrase show` prints of a phrase.
 * @throws CairnError what `phraseSeed` throws; `phrase-unsupported` for a kind without a row; `usage` for a choice that
 * holds nothing, or numbers out of bounds.
 */
export function phraseAccounts(
  phrase: Phrase,
  passphrase: string,
  options: RowChoice & AddressRange & Stretching = {},
): PhraseAccounts {
  const rows = chooseRows(phrase, options)
  const source = { phrase, passphrase, seed: phraseSeed(phrase, passphrase, options.stretch) }
  const found = {
    kind: phrase.kind,
    fingerprint: fingerprintOf(source),
    accounts: rows.map((row) => accountOf(row, source, options)),
  }
  wipe(source.seed)
  return found
}

/** An address with the row that it is under. */
export interface ListedAddress extends DerivedAddress {
  readonly chain: AccountChain
  readonly standard: string
}

/**
 * The addresses of those accounts with their paths and public keys, one after the other.
 * @throws CairnError as `phraseAccounts`.
 */
export function phraseAddresses(
  phrase: Phrase,
  passphrase: string,
  options: RowChoice & AddressRange & Stretching = {},
): readonly ListedAddress[] {
  const rows = chooseRows(phrase, options)
  const source = { phrase, passphrase, seed: phraseSeed(phrase, passphrase, options.stretch) }
  const found = rows.flatMap((row) =>
    deriveRange(row, source, options).map((address) => ({
      chain: row.chain,
      standard: row.standard,
      ...address,
    })),
  )
  wipe(source.seed)
  return found
}

/**
 * The rows that a phrase opens, in the order of the table.
 * @throws CairnError `phrase-unsupported`, `usage`.
 */
export function chooseRows(
  phrase: Phrase,
  { chain, standard, path, account = 0 }: RowChoice & Pick<AddressRange, 'account'> = {},
): readonly Row[] {
  if (path !== undefined)
    return rowsAtPath(phrase, { chain: chain === undefined || chain === 'all' ? 'bitcoin' : chain, path })
  const fitting = ROWS.filter((row) => row.fits(phrase))
  if (fitting.length === 0) return fail('phrase-unsupported', { kind: kindName(phrase) })
  const usual = chain === undefined && standard === undefined
  const chosen = fitting.filter(
    (row) =>
      (!usual || row.usual) &&
      (account === 0 || hasAccounts(row)) &&
      (chain === undefined || chain === 'all' || row.chain === chain) &&
      (standard === undefined || row.standard === standard),
  )
  if (chosen.length > 0) return chosen
  return fail('usage', {
    reason: `no account of ${chain ?? 'any chain'}${standard ? ` under ${standard}` : ''} belongs to such a phrase`,
  })
}

/** One account of a row, with its first addresses. */
export function accountOf(row: Row, source: Source, options: AddressRange = {}): Account {
  const account = openAccount(row, source, options)
  const { path, xpub, public: text } = account
  return {
    chain: row.chain,
    standard: row.standard,
    path,
    xpub,
    ...(text === undefined ? {} : { public: text }),
    addresses: rangeOf(account, options).map(({ address }) => address),
  }
}

/** The addresses of one account, with their paths and public keys; none for a multisig account. */
export function deriveRange(row: Row, source: Source, options: AddressRange = {}): readonly DerivedAddress[] {
  return rangeOf(openAccount(row, source, options), options)
}

function rangeOf({ at, single }: OpenAccount, options: AddressRange): readonly DerivedAddress[] {
  const { change = 0 } = options
  const range = indexes(options)
  if (at === null) return []
  return (single ? range.filter((index) => index === 0) : range).map((index) => at({ change, index }))
}

/** An account of a row, whichever way the row opens it. */
export function openAccount(
  row: Row,
  source: Source,
  { account = 0, network = 'mainnet' }: AddressRange,
): OpenAccount {
  if (account !== 0 && !hasAccounts(row)) {
    return fail('usage', { reason: `there is one account only under ${row.chain} ${row.standard}` })
  }
  const place: AccountPlace = { account: bounded(account, HARDENED - 1, 'an account number'), network }
  return 'open' in row ? row.open(source, place) : openPath(row, source, place)
}

/**
 * The fingerprint alone: 8 hex digits, or null where the kind has none.
 * @throws CairnError what `phraseSeed` throws.
 */
export function phraseFingerprint(
  phrase: Phrase,
  passphrase: string,
  { stretch }: Stretching = {},
): string | null {
  const source = { phrase, passphrase, seed: phraseSeed(phrase, passphrase, stretch) }
  const found = fingerprintOf(source)
  wipe(source.seed)
  return found
}

/** Whether there are more than account 0. */
export function hasAccounts(row: Row): boolean {
  return 'open' in row ? !row.one : row.path.includes('{account}')
}

/** Of the BIP-32 master key of a seed; null for kinds that have none. */
function fingerprintOf({ phrase, seed }: Source): string | null {
  return hasMasterKey(phrase) ? fingerprint(fromSeed(seed)) : null
}

function kindName(phrase: Phrase): string {
  return phrase.kind === 'electrum' ? 'Electrum two-factor' : phrase.kind
}

function indexes({ from = 0, count = 5 }: AddressRange): readonly number[] {
  const first = bounded(from, HARDENED - 1, 'an index')
  const many = bounded(count, Math.min(MAX_COUNT, HARDENED - first), 'the number of addresses')
  return Array.from({ length: many }, (_, i) => first + i)
}

function bounded(value: number, most: number, what: string): number {
  if (Number.isInteger(value) && value >= 0 && value <= most) return value
  return fail('usage', { reason: `${what} goes from 0 to ${most}` })
}
