/**
 * What each wallet of `wallet-paths.ts` does with a phrase: opens it and looks where the coins are, opens it and looks
 * elsewhere, which shows an empty wallet, or refuses the words. No wallet is asked: this is what their pages say.
 */
import type { PhraseKind } from '../words/reading.js'
import type { AccountChain } from './row.js'
import { WALLETS, type WalletPaths } from './wallet-paths.js'

/** Where the coins are, as `chain` and `standard` of the table of accounts. */
export interface CoinPlace {
  readonly chain: AccountChain
  readonly standard: string
  readonly account?: number
}

export interface HeldPhrase {
  readonly kind: PhraseKind
  readonly words: number
  /** A passphrase goes with the words. */
  readonly passphrase: boolean
  /** Null when nobody knows where the coins are. */
  readonly places: readonly CoinPlace[] | null
}

/**
 * `opens`: takes the words and looks at every place, or at its own where none is known; `partly`: at some;
 * `empty`: at none, or without the passphrase; `refuses`: does not take the words; `unknown`: no page says where it looks.
 */
export type Verdict = 'opens' | 'partly' | 'empty' | 'refuses' | 'unknown'

export interface WalletFit {
  readonly wallet: string
  readonly verdict: Verdict
  readonly looks: readonly CoinPlace[]
  /** Sentences without a full stop, for people. */
  readonly because: readonly string[]
}

/** How each wallet of the table takes a phrase. */
export function fitWallets(held: HeldPhrase): readonly WalletFit[] {
  return WALLETS.map((wallet) => fitWallet(wallet, held))
}

/** How one wallet takes a phrase. */
export function fitWallet(paths: WalletPaths, held: HeldPhrase): WalletFit {
  const looks = placesOf(paths)
  const refusal = refusalOf(paths, held)
  const { verdict, because } = refusal
    ? { verdict: 'refuses' as const, because: [refusal] }
    : openedFit(paths, held, looks)
  const note = paths.note === undefined ? [] : [paths.note]
  return { wallet: paths.wallet, verdict, looks, because: [...because, ...note] }
}

/** The rows that a wallet looks at. */
export function placesOf({ looks }: WalletPaths): readonly CoinPlace[] {
  return Object.entries(looks).flatMap(([chain, standards]) =>
    standards.map((standard) => ({ chain: chain as AccountChain, standard })),
  )
}

/** The wallet of that name, in any case, or the only one whose name begins so. */
export function findWallet(name: string): WalletPaths | null {
  const wanted = name.trim().toLowerCase()
  const exact = WALLETS.find(({ wallet }) => wallet.toLowerCase() === wanted)
  const begun = WALLETS.filter(({ wallet }) => wallet.toLowerCase().startsWith(wanted))
  return exact ?? (begun.length === 1 ? (begun[0] ?? null) : null)
}

function refusalOf({ takes }: WalletPaths, { kind, words }: HeldPhrase): string | null {
  if (Object.keys(takes).length === 0) return 'it is not restored from words'
  const lengths = takes[kind]
  if (lengths === undefined) return `it takes ${Object.keys(takes).join(', ')}, not ${kind}`
  if (lengths.length === 0 || lengths.includes(words)) return null
  return `it takes ${lengths.join(', ')} words, not ${words}`
}

function openedFit(
  { passphrase }: WalletPaths,
  held: HeldPhrase,
  looks: readonly CoinPlace[],
): Pick<WalletFit, 'verdict' | 'because'> {
  if (held.passphrase && passphrase === false) {
    return { verdict: 'empty', because: ['it takes no passphrase, and opens the wallet of the words alone'] }
  }
  const unsaid = held.passphrase && passphrase === null ? ['no page says whether it takes a passphrase'] : []
  if (looks.length === 0) return { verdict: 'unknown', because: [...unsaid, 'no page says where it looks'] }
  if (held.places === null) return { verdict: 'opens', because: unsaid }
  return placesFit(held.places, looks, unsaid)
}

function placesFit(
  places: readonly CoinPlace[],
  looks: readonly CoinPlace[],
  unsaid: readonly string[],
): Pick<WalletFit, 'verdict' | 'because'> {
  const missed = places.filter((place) => !looks.some((seen) => isSame(seen, place)))
  const added = places
    .filter(({ account = 0 }) => account > 0)
    .map(({ account }) => `add account ${account} to it`)
  if (missed.length === 0) return { verdict: 'opens', because: [...unsaid, ...added] }
  const reason = `it does not look at ${missed.map(nameOf).join(', ')}`
  return { verdict: missed.length < places.length ? 'partly' : 'empty', because: [...unsaid, reason] }
}

function isSame(a: CoinPlace, b: CoinPlace): boolean {
  return a.chain === b.chain && a.standard === b.standard
}

function nameOf({ chain, standard }: CoinPlace): string {
  return `${chain} ${standard}`
}
