/** Declares the commands about words: `share`. */
import type { Command } from 'commander'
import type { Run } from './declare.js'

export function declareWords(program: Command, run: Run): void {
  program.commandsGroup('The words:')
  const share = program.command('share').description('SLIP-39 shares: split and combine')
  share
    .command('combine')
    .description('bring a secret back from its shares, one a line')
    .option('--passphrase', 'ask for the passphrase of the shares')
    .option('--passphrase-file <file>', 'read that passphrase from a file (-: standard input)')
    .option('--reveal', 'show the secret')
    .action(run(() => import('../commands/share/combine.js')))
}
