/** Declares `cairn phrase`. */
import type { Command } from 'commander'
import { oneOf, type Run, wholeNumber } from './declare.js'
import { NETWORKS, PHRASE_KINDS } from './lists.js'

export function declarePhrase(program: Command, run: Run): void {
  const phrase = program.command('phrase').description('recovery phrases: check and show')
  phrase
    .command('check')
    .description('check a recovery phrase, typed without echo or on standard input')
    .action(run(() => import('../commands/phrase/check.js')))
  phrase
    .command('show')
    .description('show the keys and addresses that a phrase leads to')
    .option('--passphrase', 'ask for the passphrase that goes with the phrase')
    .option('--passphrase-file <file>', 'read that passphrase from a file (-: standard input)')
    .option('--kind <kind>', `one of ${PHRASE_KINDS.join(', ')}`, oneOf('--kind', PHRASE_KINDS))
    .option(
      '--network <name>',
      'mainnet, testnet, signet or regtest',
      oneOf('--network', NETWORKS),
      'mainnet',
    )
    .option('--count <n>', 'addresses of each account', wholeNumber('--count', 1, 1000), 5)
    .option('--reveal', 'also show the secret: entropy, seed and root key')
    .action(run(() => import('../commands/phrase/show.js')))
}
