/** `cairn phrase show`: the accounts and addresses that a phrase leads to, to compare with a wallet's own. */
import { hex, wipe } from '@cairn/core/bytes.js'
import { fail, isCairnError } from '@cairn/core/errors.js'
import {
  type Account,
  type AddressRange,
  type ListedAddress,
  type PhraseAccounts,
  phraseAccounts,
  phraseAddresses,
  phraseFingerprint,
  type RowChoice,
} from '@cairn/core/keys/accounts.js'
import { formatExtendedKey, fromSeed } from '@cairn/core/keys/bip32.js'
import { parseChain } from '@cairn/core/keys/chain-names.js'
import type { Network } from '@cairn/core/types.js'
import { toEntropy } from '@cairn/core/words/bip39.js'
import type { PhraseKind } from '@cairn/core/words/check.js'
import { titleOf } from '@cairn/core/words/kinds.js'
import { hasMasterKey, type Phrase, parsePhrase, phraseSeed } from '@cairn/core/words/phrase.js'
import { stretch } from '@cairn/node/pbkdf2.js'
import { askInput } from '../../ask.js'
import type { Context } from '../../context.js'
import type { Outcome } from '../../outcome.js'
import { bold, columns } from '../../output.js'
import { askPassphrase, type PassphraseOptions } from '../../passphrase.js'

interface Options extends PassphraseOptions {
  readonly kind?: PhraseKind
  readonly network: Network
  readonly chain?: string
  readonly standard?: string
  readonly path?: string
  readonly account: number
  readonly from: number
  readonly count: number
  readonly change?: boolean
  readonly format?: 'csv' | 'json'
  readonly reveal?: boolean
}

/** Hexadecimal, and the extended private key; null where the kind has no such thing. */
interface Secret {
  readonly entropy: string | null
  readonly seed: string
  readonly root: string | null
}

export async function run(context: Context, options: Options): Promise<Outcome> {
  const text = await askInput(context, { what: 'the phrase', option: 'standard input' })
  const phrase = parsePhrase(text, options.kind)
  const passphrase = await askPassphrase(context, 'the passphrase of the phrase', options)
  if (options.format) return listAddresses({ phrase, passphrase }, options)
  const shown = phraseAccounts(phrase, passphrase, { ...chosen(options), stretch })
  const secret = options.reveal ? reveal(phrase, passphrase, options) : null
  return {
    json: { ...shown, ...secret },
    text: say({ ...shown, from: options.from }, passphrase === '' ? null : fingerprintWithout(phrase)),
    ...(secret === null ? {} : { secret: saySecret(secret) }),
    next: advice(passphrase),
  }
}

/** Without the passphrase; null for a kind that tells a wrong passphrase. */
function fingerprintWithout(phrase: Phrase): string | null {
  return phrase.kind === 'aezeed' ? null : phraseFingerprint(phrase, '', { stretch })
}

function chosen({ chain, change, ...options }: Options): RowChoice & AddressRange {
  const { network, account, from, count, standard, path } = options
  return {
    network,
    account,
    from,
    count,
    change: change ? 1 : 0,
    ...(chain === undefined ? {} : { chain: parseChain(chain) }),
    ...(standard === undefined ? {} : { standard }),
    ...(path === undefined ? {} : { path }),
  }
}

/** `--format`: one line, or one object, an address. */
function listAddresses(
  { phrase, passphrase }: { phrase: Phrase; passphrase: string },
  options: Options,
): Outcome {
  if (options.reveal) return fail('usage', { reason: '--format lists public keys: it goes without --reveal' })
  const addresses = phraseAddresses(phrase, passphrase, { ...chosen(options), stretch })
  const json = {
    kind: phrase.kind,
    fingerprint: phraseFingerprint(phrase, passphrase, { stretch }),
    addresses,
  }
  return { json, text: options.format === 'csv' ? csv(addresses) : JSON.stringify(json, null, 2) }
}

/** RFC 4180; no field has a comma or a quotation mark in it. */
function csv(addresses: readonly ListedAddress[]): string {
  const rows = addresses.map(({ chain, standard, path, address, publicKey }) => [
    chain,
    standard,
    path ?? '',
    address,
    publicKey ?? '',
  ])
  return [['chain', 'standard', 'path', 'address', 'public_key'], ...rows]
    .map((row) => row.join(','))
    .join('\n')
}

function reveal(phrase: Phrase, passphrase: string, options: Options): Secret {
  const seed = phraseSeed(phrase, passphrase, stretch)
  const root = hasMasterKey(phrase) ? formatExtendedKey(fromSeed(seed, options)) : null
  const secret = { entropy: entropyOf(phrase), seed: hex(seed), root }
  wipe(seed)
  return secret
}

function entropyOf(phrase: Phrase): string | null {
  if (phrase.kind === 'electrum-old') return phrase.hexSeed
  if ('entropy' in phrase) return hex(phrase.entropy)
  if (phrase.kind !== 'bip39') return null
  try {
    return hex(toEntropy(phrase.text))
  } catch (error) {
    // The words are a phrase in two lists: they have one seed, and no one entropy.
    if (isCairnError(error, 'phrase-ambiguous')) return null
    throw error
  }
}

/** `without` is the fingerprint of the same phrase without its passphrase; null where that says nothing. */
function say(
  { kind, fingerprint, accounts, from }: PhraseAccounts & { readonly from: number },
  without: string | null,
): string {
  const title = `${titleOf(kind)}${fingerprint === null ? '' : `, fingerprint ${bold(fingerprint)}`}`
  const warning =
    without === null
      ? []
      : [
          `The passphrase leads to ${fingerprint}; without it the phrase leads to ${without}.\n` +
            'No passphrase is refused: a wrong one opens another wallet, an empty one, without an error.\n' +
            'Compare the fingerprint, or an address, with those of your wallet.',
        ]
  return [title, ...warning, ...accounts.map((account) => sayAccount(account, from))].join('\n\n')
}

function sayAccount({ chain, standard, path, xpub, addresses, ...account }: Account, from: number): string {
  const rows = addresses.map((address, i) => [`  ${from + i}`, address])
  const title = `${bold(`${chain} ${standard}`)}${path === null ? '' : `  ${path}`}`
  const key = xpub ?? account.public
  const lines =
    addresses.length > 0 ? columns(rows) : '  its addresses need the keys of the other cosigners too'
  return [title, ...(key === undefined ? [] : [`  ${key}`]), lines].join('\n')
}

function advice(passphrase: string): readonly string[] {
  const missing = passphrase === '' ? ' A passphrase may be missing: try --passphrase.' : ''
  return [
    `Other addresses than in your wallet?${missing}`,
    'Other paths and chains: --chain NAME or --chain all. For an address that you know: cairn phrase where --address A',
  ]
}

function saySecret({ entropy, seed, root }: Secret): string {
  const rows = [
    ['entropy', entropy],
    ['seed', seed],
    ['root', root],
  ] as const
  return rows.flatMap(([name, value]) => (value === null ? [] : [`${name} ${value}`])).join('\n')
}
