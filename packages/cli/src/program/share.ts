/** Declares `cairn share`. */
import type { Command } from 'commander'
import { oneOf, type Run, several, wholeNumber } from './declare.js'
import { LANGUAGES, SHARE_FORMS, SHARE_SCHEMES } from './lists.js'

export function declareShare(program: Command, run: Run): void {
  const share = program.command('share').description('shares of a secret: split, combine, check, refresh')
  declareSplit(share, run)
  declareCombine(share, run)
  share
    .command('check')
    .description('check that a share is intact, and tell of which set it is; of several, what is missing')
    .option(
      '--scheme <name>',
      `${SHARE_SCHEMES.join(', ')}; recognised unless given`,
      oneOf('--scheme', SHARE_SCHEMES),
    )
    .option('--reveal', 'show a correction that is proposed for a damaged share')
    .action(run(() => import('../commands/share/check.js')))
  declareRefresh(share, run)
}

function declareSplit(share: Command, run: Run): void {
  const split = share
    .command('split')
    .description('split a phrase, or a secret in hexadecimal, into shares')
    .option('--scheme <name>', SHARE_SCHEMES.join(', '), oneOf('--scheme', SHARE_SCHEMES), 'slip39')
  addPlan(split)
    .option('--passphrase', 'ask for a passphrase to protect the shares')
    .option('--passphrase-file <file>', 'read that passphrase from a file (-: standard input)')
    .option('--language <name>', 'word list of the phrase, where two fit', oneOf('--language', LANGUAGES))
    .option('--out-dir <dir>', 'write each share to a file of its own')
    .option('--reveal', 'show the shares')
    .action(run(() => import('../commands/share/split.js')))
}

function declareCombine(share: Command, run: Run): void {
  share
    .command('combine')
    .description('bring a secret back from its shares, one a line')
    .option(
      '--scheme <name>',
      `${SHARE_SCHEMES.join(', ')}; recognised unless given`,
      oneOf('--scheme', SHARE_SCHEMES),
    )
    .option('--passphrase', 'ask for the passphrase of the shares')
    .option('--passphrase-file <file>', 'read that passphrase from a file (-: standard input)')
    .option(
      '--as <form>',
      'hex, bip39 for a recovery phrase, or ur',
      oneOf('--as', ['hex', 'bip39', 'ur']),
      'hex',
    )
    .option('--language <name>', 'word list of the phrase', oneOf('--language', LANGUAGES), 'english')
    .option('--accept-corrections', 'use what the code of a damaged share proposes')
    .option('--reveal', 'show the secret')
    .action(run(() => import('../commands/share/combine.js')))
}

function declareRefresh(share: Command, run: Run): void {
  const refresh = share
    .command('refresh')
    .description('make a new set of shares of the same secret, which is not shown')
    .option(
      '--scheme <name>',
      `${SHARE_SCHEMES.join(', ')}; recognised unless given`,
      oneOf('--scheme', SHARE_SCHEMES),
    )
  addPlan(refresh)
    .option('--passphrase', 'ask for the passphrase of the shares, which stays')
    .option('--passphrase-file <file>', 'read that passphrase from a file (-: standard input)')
    .option('--accept-corrections', 'use what the code of a damaged share proposes')
    .option('--out-dir <dir>', 'write each share to a file of its own')
    .option('--reveal', 'show the new shares')
    .action(run(() => import('../commands/share/refresh.js')))
}

function addPlan(command: Command): Command {
  return command
    .option('--need <n>', 'shares that bring it back', wholeNumber('--need', 1, 16))
    .option('--of <n>', 'shares to make', wholeNumber('--of', 1, 16))
    .option('--group <m-of-n>', 'a group such as 2of3; give it several times', several)
    .option('--groups-need <n>', 'groups that bring it back', wholeNumber('--groups-need', 1, 16))
    .option('--form <form>', `of SSKR: ${SHARE_FORMS.join(', ')}`, oneOf('--form', SHARE_FORMS))
}
