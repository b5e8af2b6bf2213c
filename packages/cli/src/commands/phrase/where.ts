/** `cairn phrase where`: right words, empty wallet: who opens the phrase, who looks elsewhere, and where an address lies. */
import { EXIT_CODES, fail } from '@cairn/core/errors.js'
import { phraseFingerprint } from '@cairn/core/keys/accounts.js'
import { type AddressSearch, type FoundAddress, findAddress } from '@cairn/core/keys/find-address.js'
import {
  type CoinPlace,
  findWallet,
  fitWallets,
  placesOf,
  type Verdict,
  type WalletFit,
} from '@cairn/core/keys/wallet-fit.js'
import type { Network } from '@cairn/core/types.js'
import { checkPhrase, type PhraseKind } from '@cairn/core/words/check.js'
import { titleOf } from '@cairn/core/words/kinds.js'
import { type Phrase, parsePhrase } from '@cairn/core/words/phrase.js'
import { stretch } from '@cairn/node/pbkdf2.js'
import { askInput } from '../../ask.js'
import type { Context } from '../../context.js'
import type { Outcome } from '../../outcome.js'
import { bad, bold, columns, count, good, warn } from '../../output.js'
import { askPassphrase, type PassphraseOptions } from '../../passphrase.js'

interface Options extends PassphraseOptions {
  readonly address?: string
  readonly madeWith?: string
  readonly kind?: PhraseKind
  readonly network: Network
  readonly accounts: number
  readonly count: number
}

interface Answer {
  readonly kind: PhraseKind
  readonly words: number
  readonly fingerprint: string | null
  readonly passphrase: boolean
  /** Null when no address was given. */
  readonly search: AddressSearch | null
  readonly wallets: readonly WalletFit[]
}

export async function run(context: Context, options: Options): Promise<Outcome> {
  if (options.address !== undefined && options.madeWith !== undefined) {
    return fail('usage', { reason: 'give --address or --made-with, not both' })
  }
  const made = options.madeWith === undefined ? null : placesMadeWith(options.madeWith)
  const text = await askInput(context, { what: 'the phrase', option: 'standard input' })
  const phrase = parsePhrase(text, options.kind)
  const passphrase = await askPassphrase(context, 'the passphrase of the phrase', options)
  const answer = answerOf({ phrase, text, passphrase }, options, made)
  const { search, ...json } = answer
  const missed = search !== null && search.found === null
  return {
    json: search === null ? json : { ...json, ...search },
    text: say(answer, options),
    next: missed ? ADVICE : ['What is known of each wallet, and from where: docs/wallet-paths.md'],
    exit: missed ? EXIT_CODES.attention : 0,
  }
}

const ADVICE = [
  'Try the passphrase that may go with the phrase (--passphrase), more accounts and addresses (--accounts, --count),',
  'or another kind that the words may be (cairn phrase check). The address may also be of another phrase.',
]

interface Held {
  readonly phrase: Phrase
  readonly text: string
  readonly passphrase: string
}

function answerOf(
  { phrase, text, passphrase }: Held,
  options: Options,
  made: readonly CoinPlace[] | null,
): Answer {
  const { address, accounts, network, count: indexes } = options
  const bounds = { accounts, indexes, network }
  const search = address === undefined ? null : findAddress({ phrase, passphrase, stretch }, address, bounds)
  const words = phrase.kind === 'bip39' ? phrase.text.trim().split(/\s+/u).length : checkPhrase(text).words
  const held = { kind: phrase.kind, words, passphrase: passphrase !== '' }
  const places = search?.found ? [placeOf(search.found)] : made
  const fingerprint = held.passphrase ? phraseFingerprint(phrase, passphrase, { stretch }) : null
  return {
    ...held,
    fingerprint,
    search,
    wallets: search && !search.found ? [] : fitWallets({ ...held, places }),
  }
}

/** A spelling that its standard does not have is no place that any wallet looks at. */
function placeOf({ chain, standard, form, account, crossed }: FoundAddress): CoinPlace {
  return { chain, standard: crossed ? `${standard} with ${form} addresses` : standard, account }
}

function placesMadeWith(name: string): readonly CoinPlace[] {
  const wallet = findWallet(name)
  if (!wallet) {
    return fail('usage', {
      reason: '--made-with names a wallet of docs/wallet-paths.md, or the beginning of one',
    })
  }
  const places = placesOf(wallet)
  return places.length > 0 ? places : fail('usage', { reason: `no page says where ${wallet.wallet} looks` })
}

function say(answer: Answer, { address }: Options): string {
  const { kind, words, fingerprint, search, wallets } = answer
  const title = `${titleOf(kind)}, ${count(words, 'word')}`
  const lines = [
    fingerprint === null ? title : `${title}, with its passphrase fingerprint ${bold(fingerprint)}`,
    ...(fingerprint === null
      ? []
      : ['No passphrase is refused: a wrong one opens an empty wallet, without an error.']),
    ...(search === null ? [] : ['', saySearch(search, address ?? '')]),
  ]
  return [lines.join('\n'), ...GROUPS.flatMap((group) => sayGroup(group, wallets))].join('\n\n')
}

function saySearch({ found, tried }: AddressSearch, address: string): string {
  if (!found)
    return `${bad('not found')}: ${address} is none of the ${tried.toLocaleString('en-US')} addresses looked at`
  const { chain, standard, form, path, account, change, index, crossed } = found
  const where = path === null ? '' : ` at ${bold(path)}`
  const spelling = crossed ? `, written as ${form}, which no wallet expects there` : ''
  const branch = change === 1 ? 'change address' : 'address'
  return `${good('found')}: ${address}${where}\n  ${chain} ${standard}${spelling}: account ${account}, ${branch} ${index}`
}

interface Group {
  readonly verdict: Verdict
  readonly title: string
}

const GROUPS: readonly Group[] = [
  { verdict: 'opens', title: good('opens it') },
  { verdict: 'partly', title: warn('opens it, and sees a part') },
  { verdict: 'empty', title: warn('opens it, but looks empty') },
  { verdict: 'unknown', title: 'takes the words; what it shows, no page says' },
  { verdict: 'refuses', title: bad('refuses the words') },
]

function sayGroup({ verdict, title }: Group, wallets: readonly WalletFit[]): readonly string[] {
  const rows = wallets.filter((fit) => fit.verdict === verdict)
  if (rows.length === 0) return []
  const shared = rows[0]?.because.find((reason) => rows.every(({ because }) => because.includes(reason)))
  const head = `${title} (${rows.length})${rows.length > 1 && shared ? `: ${shared}` : ''}`
  return [
    `${head}\n${columns(rows.map((fit) => [`  ${fit.wallet}`, sayFit(fit, rows.length > 1 ? shared : undefined)]))}`,
  ]
}

/** Where the wallet looks, and why, but for what the group's head says already. */
function sayFit({ verdict, looks, because }: WalletFit, shared: string | undefined): string {
  const places = verdict === 'refuses' ? '' : sayPlaces(looks)
  return [places, ...because.filter((reason) => reason !== shared)].filter((part) => part !== '').join('; ')
}

function sayPlaces(looks: readonly CoinPlace[]): string {
  const chains = [...new Set(looks.map(({ chain }) => chain))]
  const named = chains.slice(0, 3).map((chain) => {
    const standards = looks.filter((place) => place.chain === chain).map(({ standard }) => standard)
    return `${chain} ${standards.join(', ')}`
  })
  const more = chains.length - named.length
  return `${named.join(' · ')}${more > 0 ? ` and ${count(more, 'more chain')}` : ''}`
}
