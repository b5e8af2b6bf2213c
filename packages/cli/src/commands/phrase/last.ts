/** `cairn phrase last`: the words that make a valid phrase of one that lacks its last word. */
import type { Language } from '@cairn/core/words/bip39.js'
import { lastWords } from '@cairn/core/words/last.js'
import { askInput } from '../../ask.js'
import type { Context } from '../../context.js'
import { needReveal, type Outcome } from '../../outcome.js'
import { count } from '../../output.js'

interface Options {
  readonly language?: Language
  readonly reveal?: boolean
}

export async function run(context: Context, options: Options): Promise<Outcome> {
  needReveal(options)
  const phrase = await askInput(context, {
    what: 'the phrase without its last word',
    option: 'standard input',
  })
  const { language, words, last } = lastWords(phrase, options.language)
  return {
    json: { language, words, last },
    text: `${count(last.length, 'word')} can be word ${words} of it`,
    secret: last.join('\n'),
    next: [
      'Each of them opens another wallet. To find yours, compare addresses: cairn phrase fix --address ADDRESS',
    ],
  }
}
