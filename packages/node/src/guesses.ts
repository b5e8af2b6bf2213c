/**
 * How many guesses a typed passphrase takes, as zxcvbn estimates it: common passwords, words and names, keyboard
 * rows, dates, repeats, and what people do to them. It knows no quotations: a sentence that is printed somewhere takes
 * far fewer guesses than it says. Two megabytes of lists, loaded when a passphrase is first rated.
 */
import { isMade, MADE_BITS } from '@cairn/core/vault/passphrase.js'
import type { ZxcvbnFactory } from '@zxcvbn-ts/core'

let loaded: Promise<ZxcvbnFactory> | undefined

/** log2 of the guesses, rounded down; 77 for one that Cairn made. */
export async function guessBits(passphrase: string): Promise<number> {
  if (isMade(passphrase)) return MADE_BITS
  loaded ??= load()
  const { guessesLog10 } = (await loaded).check(passphrase, OURS)
  return Math.floor(guessesLog10 * Math.log2(10))
}

/** What somebody would try first for a vault of Cairn. */
const OURS = ['cairn', 'vault', 'backup', 'wallet', 'bitcoin', 'satoshi']

async function load(): Promise<ZxcvbnFactory> {
  const [core, common, english] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-en'),
  ])
  return new core.ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...english.dictionary },
    graphs: common.adjacencyGraphs,
    translations: english.translations,
  })
}
