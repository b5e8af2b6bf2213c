/** `cairn share combine`: brings a secret back from SLIP-39 shares. What is missing is named by group. */
import { hex, wipe } from '@cairn/core/bytes.js'
import type { Language } from '@cairn/core/words/bip39.js'
import { combine } from '@cairn/core/words/slip39.js'
import { askLines } from '../../ask.js'
import type { Context } from '../../context.js'
import { needReveal, type Outcome } from '../../outcome.js'
import { askPassphrase, type PassphraseOptions } from '../../passphrase.js'

interface Options extends PassphraseOptions {
  readonly as: 'hex' | 'bip39'
  readonly language: Language
  readonly reveal?: boolean
}

export async function run(context: Context, options: Options): Promise<Outcome> {
  const shares = await askLines(context, { what: 'share', option: 'standard input, one share a line' })
  const passphrase = await askPassphrase(context, 'the passphrase of the shares', options)
  const secret = combine(shares, passphrase)
  needReveal(options)
  const phrase = options.as === 'bip39' ? await toPhrase(secret, options.language) : null
  const shown = hex(secret)
  wipe(secret)
  return {
    json: { scheme: 'slip39', secret: shown, ...(phrase === null ? {} : { phrase }) },
    secret: phrase ?? shown,
    next: [
      'A passphrase of the shares that is wrong or left out gives another secret and no error: compare it.',
    ],
  }
}

async function toPhrase(secret: Uint8Array, language: Language): Promise<string> {
  const { fromEntropy } = await import('@cairn/core/words/bip39.js')
  return fromEntropy(secret, language)
}
