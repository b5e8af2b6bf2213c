/** Declares `cairn phrase`. */
import type { Command } from 'commander'
import { oneOf, type Run, wholeNumber } from './declare.js'
import { NETWORKS, PHRASE_KINDS } from './lists.js'

const MAX_NUMBER = 2 ** 31 - 1 // BIP-32: child numbers without the hardened half

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
    .option('--chain <name>', 'a chain, or all; without it Bitcoin and Ethereum')
    .option('--standard <name>', 'one standard, such as bip84')
    .option('--path <path>', "a path of your own, such as m/84'/0'/7'/0/*")
    .option('--account <n>', 'the account, counted from 0', wholeNumber('--account', 0, MAX_NUMBER), 0)
    .option('--from <n>', 'the first address', wholeNumber('--from', 0, MAX_NUMBER), 0)
    .option('--count <n>', 'addresses of each account', wholeNumber('--count', 1, 10_000), 5)
    .option('--change', 'the addresses for change instead of those for receiving')
    .option('--format <form>', 'each address with path and public key', oneOf('--format', ['csv', 'json']))
    .option('--reveal', 'also show the secret: entropy, seed and root key')
    .action(run(() => import('../commands/phrase/show.js')))
}
