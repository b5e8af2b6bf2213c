/** Declares the commands of `cairn phrase` that bring damaged words back. */
import type { Command } from 'commander'
import { oneOf, type Run, wholeNumber } from './declare.js'
import { LANGUAGES, NETWORKS } from './lists.js'

export function declareRepair(phrase: Command, run: Run): void {
  phrase
    .command('fix')
    .description('find what a phrase with a slip or two was: misspelt, missing, wrong or swapped words')
    .option('--address <address>', 'an address of the wallet: the phrase that leads to it is found')
    .option('--xpub <key>', 'an extended public key of the wallet, likewise')
    .option('--fingerprint <hex>', 'the fingerprint of the wallet, likewise')
    .option('--passphrase', 'ask for the passphrase that goes with the phrase')
    .option('--passphrase-file <file>', 'read that passphrase from a file (-: standard input)')
    .option('--kind <kind>', 'bip39, electrum or slip39', oneOf('--kind', FIX_KINDS))
    .option(
      '--network <name>',
      'of the address: mainnet, testnet, signet or regtest',
      oneOf('--network', NETWORKS),
      'mainnet',
    )
    .option('--count <n>', 'addresses of each account to compare with', wholeNumber('--count', 1, 100), 5)
    .option('--reveal', 'show the words')
    .action(run(() => import('../commands/phrase/fix.js')))
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

const FIX_KINDS = ['bip39', 'electrum', 'slip39'] as const

/** A parser for a number of parity words. @throws CairnError `usage` */
export function parityCount(text: string): number {
  return Number(oneOf('--words', ['2', '4', '6', '8'])(text))
}
