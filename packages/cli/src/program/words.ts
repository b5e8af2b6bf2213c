/** Declares the commands about words: `phrase`, `share`. */
import type { Command } from 'commander'
import { oneOf, type Run, several, wholeNumber } from './declare.js'

export function declareWords(program: Command, run: Run): void {
  program.commandsGroup('The words:')
  declarePhrase(program, run)
  declareShare(program, run)
}

function declarePhrase(program: Command, run: Run): void {
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

function declareShare(program: Command, run: Run): void {
  const share = program.command('share').description('SLIP-39 shares: split and combine')
  share
    .command('split')
    .description('split a phrase, or a secret in hexadecimal, into shares')
    .option('--need <n>', 'shares that bring it back', wholeNumber('--need', 1, 16))
    .option('--of <n>', 'shares to make', wholeNumber('--of', 1, 16))
    .option('--group <m-of-n>', 'a group such as 2of3; give it several times', several)
    .option('--groups-need <n>', 'groups that bring it back', wholeNumber('--groups-need', 1, 16))
    .option('--passphrase', 'ask for a passphrase to protect the shares')
    .option('--passphrase-file <file>', 'read that passphrase from a file (-: standard input)')
    .option('--language <name>', 'word list of the phrase, where two fit', oneOf('--language', LANGUAGES))
    .option('--out-dir <dir>', 'write each share to a file of its own')
    .option('--reveal', 'show the shares')
    .action(run(() => import('../commands/share/split.js')))
  share
    .command('combine')
    .description('bring a secret back from its shares, one a line')
    .option('--passphrase', 'ask for the passphrase of the shares')
    .option('--passphrase-file <file>', 'read that passphrase from a file (-: standard input)')
    .option('--as <form>', 'hex, or bip39 for a recovery phrase', oneOf('--as', ['hex', 'bip39']), 'hex')
    .option('--language <name>', 'word list of the phrase', oneOf('--language', LANGUAGES), 'english')
    .option('--reveal', 'show the secret')
    .action(run(() => import('../commands/share/combine.js')))
}

/** As in `words/bip39.ts`, which is not loaded to print a help text. A test holds the two equal. */
export const LANGUAGES = [
  'english',
  'spanish',
  'french',
  'italian',
  'portuguese',
  'czech',
  'japanese',
  'korean',
  'chinese_simplified',
  'chinese_traditional',
] as const

/** As in `words/kinds.ts`, likewise. */
export const PHRASE_KINDS = ['bip39', 'slip39', 'electrum', 'electrum-old', 'aezeed'] as const
const NETWORKS = ['mainnet', 'testnet', 'signet', 'regtest'] as const
