/** Declares `cairn share`. */
import type { Command } from 'commander'
import { oneOf, type Run, several, wholeNumber } from './declare.js'
import { LANGUAGES } from './lists.js'

export function declareShare(program: Command, run: Run): void {
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
