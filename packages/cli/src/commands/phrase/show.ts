/** `cairn phrase show`: the accounts and addresses that a phrase leads to, to compare with a wallet's own. */
import { hex, wipe } from '@cairn/core/bytes.js'
import { fail, isCairnError } from '@cairn/core/errors.js'
import { fingerprint, formatExtendedKey, fromSeed } from '@cairn/core/keys/bip32.js'
import { oldMasterPublicKey } from '@cairn/core/keys/electrum-old.js'
import { type Account, accounts, electrumAccount, electrumOldAccount } from '@cairn/core/keys/standards.js'
import type { Network } from '@cairn/core/types.js'
import { toEntropy } from '@cairn/core/words/bip39.js'
import type { PhraseKind } from '@cairn/core/words/check.js'
import { titleOf } from '@cairn/core/words/kinds.js'
import { type Phrase, parsePhrase, phraseSeed } from '@cairn/core/words/phrase.js'
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

interface Shown {
  readonly kind: PhraseKind
  /** Of the master key; null for Electrum's old seeds, which have none. */
  readonly fingerprint: string | null
  readonly accounts: readonly Account[]
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
  const seed = phraseSeed(phrase, passphrase)
  const shown = show(phrase, seed, options)
  const secret = options.reveal ? reveal(phrase, seed, options) : null
  wipe(seed)
  return {
    json: { ...shown, ...secret },
    text: say(shown),
    ...(secret === null ? {} : { secret: saySecret(secret) }),
    next: ['Other addresses than in your wallet? A passphrase may be missing: try --passphrase.'],
  }
}

function show(phrase: Phrase, seed: Uint8Array, options: Options): Shown {
  const { kind } = phrase
  if (kind === 'electrum-old') {
    return { kind, fingerprint: null, accounts: [electrumOldAccount(oldMasterPublicKey(seed), options)] }
  }
  const root = fromSeed(seed, options)
  const found =
    kind === 'electrum'
      ? [electrumAccount(root, { ...options, seed: singleKey(phrase) })]
      : accounts(root, options)
  return { kind, fingerprint: fingerprint(root), accounts: found }
}

function singleKey({ seedType }: Extract<Phrase, { kind: 'electrum' }>): 'standard' | 'segwit' {
  if (seedType === 'standard' || seedType === 'segwit') return seedType
  return fail('phrase-unsupported', { kind: 'Electrum two-factor' })
}

function reveal(phrase: Phrase, seed: Uint8Array, options: Options): Secret {
  const root = phrase.kind === 'electrum-old' ? null : formatExtendedKey(fromSeed(seed, options))
  return { entropy: entropyOf(phrase), seed: hex(seed), root }
}

function entropyOf(phrase: Phrase): string | null {
  if (phrase.kind === 'electrum-old') return phrase.hexSeed
  if (phrase.kind !== 'bip39') return null
  try {
    return hex(toEntropy(phrase.text))
  } catch (error) {
    // The words are a phrase in two lists: they have one seed, and no one entropy.
    if (isCairnError(error, 'phrase-ambiguous')) return null
    throw error
  }
}

function say({ kind, fingerprint, accounts }: Shown): string {
  const title = `${titleOf(kind)}${fingerprint === null ? '' : `, fingerprint ${bold(fingerprint)}`}`
  return [title, ...accounts.map(sayAccount)].join('\n\n')
}

function sayAccount({ chain, standard, path, xpub, addresses }: Account): string {
  const rows = addresses.map((address, i) => [`  ${i}`, address])
  return [`${bold(`${chain} ${standard}`)}  ${path}`, `  ${xpub}`, columns(rows)].join('\n')
}

function saySecret({ entropy, seed, root }: Secret): string {
  const rows = [
    ['entropy', entropy],
    ['seed', seed],
    ['root', root],
  ] as const
  return rows.flatMap(([name, value]) => (value === null ? [] : [`${name} ${value}`])).join('\n')
}
