/** Whether a word could be of a recovery phrase: so that a slip is told while the paper is still at hand. */
import { LANGUAGES, LISTS } from '@cairn/core/words/bip39/lists.js'
import { indexOf } from '@cairn/core/words/electrum-old/words.js'

export function isPhraseWord(typed: string): boolean {
  const word = typed.normalize('NFKD')
  return (
    indexOf(word) !== null ||
    LANGUAGES.some((language) => (LISTS[language] as readonly string[]).includes(word))
  )
}
