/** A passphrase that a person chose for the vault: typed twice or read from a file, rated, and refused when guessable. */
import { fail } from '@cairn/core/errors.js'
import { guessingWords, LEAST_BITS } from '@cairn/core/vault/guessing.js'
import { LOG_N_DEFAULT } from '@cairn/core/vault/lock.js'
import { parsePassphrase } from '@cairn/core/vault/passphrase.js'
import { askNewSecret, type Question } from './ask.js'
import type { Context } from './context.js'

/** @throws CairnError `passphrase-weak`, `passphrase-guessable` and those of asking */
export async function askNewPassphrase(context: Context, question: Question, file?: string): Promise<string> {
  const passphrase = await askNewSecret(context, question, file)
  await requireStrong(context, passphrase)
  return passphrase
}

/** log2 of the guesses that it takes. */
export async function rate(passphrase: string): Promise<number> {
  const { guessBits } = await import('@cairn/node/guesses.js')
  return guessBits(passphrase)
}

async function requireStrong(context: Context, typed: string): Promise<void> {
  const bits = await rate(parsePassphrase(typed))
  const time = guessingWords(bits, LOG_N_DEFAULT)
  if (bits < LEAST_BITS) fail('passphrase-guessable', { bits, time, least: LEAST_BITS })
  if (!context.quiet) process.stderr.write(`${rating(bits, time)}\n`)
}

function rating(bits: number, time: string): string {
  return `By estimate this passphrase takes 2^${bits} guesses: ${time}. A sentence from a book or song takes far fewer.`
}
