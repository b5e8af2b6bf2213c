/** `cairn share combine`: brings a secret back from SLIP-39 shares. What is missing is named by group. */
import { hex, wipe } from '@cairn/core/bytes.js'
import { combine } from '@cairn/core/words/slip39.js'
import { askLines } from '../../ask.js'
import type { Context } from '../../context.js'
import { needReveal, type Outcome } from '../../outcome.js'
import { askPassphrase, type PassphraseOptions } from '../../passphrase.js'

interface Options extends PassphraseOptions {
  readonly reveal?: boolean
}

export async function run(context: Context, options: Options): Promise<Outcome> {
  const shares = await askLines(context, { what: 'share', option: 'standard input, one share a line' })
  const passphrase = await askPassphrase(context, 'the passphrase of the shares', options)
  const secret = combine(shares, passphrase)
  needReveal(options)
  const shown = hex(secret)
  wipe(secret)
  return {
    json: { scheme: 'slip39', secret: shown },
    secret: shown,
    next: ['A wrong passphrase of the shares gives another secret and no error: compare what it leads to.'],
  }
}
