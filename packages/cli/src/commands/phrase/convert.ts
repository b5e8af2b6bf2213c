/** `cairn phrase convert`: the secret of a phrase in another form, and whether the wallet stays the same. */
import { type Conversion, convert } from '@cairn/core/words/convert.js'
import { askInput } from '../../ask.js'
import type { Context } from '../../context.js'
import { needReveal, type Outcome } from '../../outcome.js'
import { warn } from '../../output.js'

interface Options extends Conversion {
  readonly reveal?: boolean
}

export async function run(context: Context, options: Options): Promise<Outcome> {
  needReveal(options)
  const text = await askInput(context, { what: 'the phrase', option: 'standard input' })
  const { sameWallet, text: converted } = convert(text, options)
  const { to } = options
  return {
    json: { to, same_wallet: sameWallet, text: converted },
    text: sameWallet ? `as ${to}: it opens the same wallet` : `as ${to}: ${warn('it opens ANOTHER wallet')}`,
    secret: converted,
    next: sameWallet
      ? []
      : ['BIP-39 makes keys of the words themselves: keep the words as they were written.'],
  }
}
