/** Declares the commands of `cairn phrase` that bring damaged words back. */
import type { Command } from 'commander'
import { oneOf, type Run } from './declare.js'
import { LANGUAGES } from './lists.js'

export function declareRepair(phrase: Command, run: Run): void {
  phrase
    .command('parity')
    .description('make the words that repair a BIP-39 phrase, or repair it with them')
    .option('--words <n>', 'how many: 2, 4, 6 or 8', parityCount, 4)
    .option('--repair', 'repair: phrase, + and parity words, with ? for each lost word')
    .option('--language <name>', 'word list of the phrase, where two fit', oneOf('--language', LANGUAGES))
    .option('--reveal', 'show the words')
    .action(run(() => import('../commands/phrase/parity.js')))
  phrase
    .command('last')
    .description('list the words that can end a BIP-39 phrase without its last word')
    .option('--language <name>', 'word list of the phrase, where two fit', oneOf('--language', LANGUAGES))
    .option('--reveal', 'show the words')
    .action(run(() => import('../commands/phrase/last.js')))
}

function parityCount(text: string): number {
  return Number(oneOf('--words', ['2', '4', '6', '8'])(text))
}
