/** `cairn phrase show`: the accounts and addresses that a phrase leads to, to compare with a wallet's own. */
import { hex, wipe } from '@cairn/core/bytes.js'
import { isCairnError } from '@cairn/core/errors.js'
import { type Account, type PhraseAccounts, phraseAccounts } from '@cairn/core/keys/accounts.js'
import { formatExtendedKey, fromSeed } from '@cairn/core/keys/bip32.js'
import type { Network } from '@cairn/core/types.js'
import { toEntropy } from '@cairn/core/words/bip39.js'
import type { PhraseKind } from '@cairn/core/words/check.js'
import { titleOf } from '@cairn/core/words/kinds.js'
import { hasMasterKey, type Phrase, parsePhrase, phraseSeed } from '@cairn/core/words/phrase.js'
import { askInput } from '../../ask.js'
import type { Context } from '../../context.js'
import type { Outcome } from '../../outcome.js'
import { bold, columns } from '../../output.js'
import { askPassphrase, type PassphraseOptions } from '../../passphrase.js'

interface Options extends PassphraseOptions {
  readonly kind?: PhraseKind
  readonly network: Network
  readonly count: number
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
  const shown = phraseAccounts(phrase, passphrase, options)
  const secret = options.reveal ? reveal(phrase, passphrase, options) : null
  return {
    json: { ...shown, ...secret },
    text: say(shown),
    ...(secret === null ? {} : { secret: saySecret(secret) }),
    next: ['Other addresses than in your wallet? A passphrase may be missing: try --passphrase.'],
  }
}

function reveal(phrase: Phrase, passphrase: string, options: Options): Secret {
  const seed = phraseSeed(phrase, passphrase)
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

function say({ kind, fingerprint, accounts }: PhraseAccounts): string {
  const title = `${titleOf(kind)}${fingerprint === null ? '' : `, fingerprint ${bold(fingerprint)}`}`
  return [title, ...accounts.map(sayAccount)].join('\n\n')
}

function sayAccount({ chain, standard, path, xpub, addresses, ...account }: Account): string {
  const rows = addresses.map((address, i) => [`  ${i}`, address])
  const title = `${bold(`${chain} ${standard}`)}${path === null ? '' : `  ${path}`}`
  const key = xpub ?? account.public
  return [title, ...(key === undefined ? [] : [`  ${key}`]), columns(rows)].join('\n')
}

function saySecret({ entropy, seed, root }: Secret): string {
  const rows = [
    ['entropy', entropy],
    ['seed', seed],
    ['root', root],
  ] as const
  return rows.flatMap(([name, value]) => (value === null ? [] : [`${name} ${value}`])).join('\n')
}
