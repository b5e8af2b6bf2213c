/** Declares `cairn sheet`. */
import type { Command } from 'commander'
import { oneOf, type Run, wholeNumber } from './declare.js'
import { factorOptions } from './vault.js'

export function declareSheet(program: Command, run: Run): void {
  const sheet = program.command('sheet').description('secrets on paper: draw, read')
  sheet
    .command('read')
    .description('tell what stands on a photo, a scan, a PDF or a file of text')
    .argument('<file...>', 'PNG, JPEG, PDF, SVG, HTML or text')
    .option('--passphrase-file <file>', 'read the passphrase of a sealed PDF from a file (-: standard input)')
    .option('--reveal', 'show what is written there')
    .option(
      '--margin',
      'try how much damage the codes stand: stains, folds, fading, blur, tilt, little light',
    )
    .action(run(() => import('../commands/sheet/read.js')))
  declareSnapshot(sheet, run)
}

function declareSnapshot(sheet: Command, run: Run): void {
  const snapshot = sheet
    .command('snapshot')
    .description('wallets of the vault on paper, sealed: pages of codes, of which some may be lost')
    .argument('[names...]', 'wallets; all of them unless named')
  outputOptions(factorOptions(snapshot))
    .option('--at <snapshot>', 'number or id of a snapshot (default: the newest)')
    .option('--device <name>', 'the device that saved it (default: this one)')
    .option(
      '--parity <pages>',
      'how many pages may be lost (default: a quarter)',
      wholeNumber('--parity', 0, 20),
    )
    .option('--most-pages <n>', 'refuse to make more pages of codes', wholeNumber('--most-pages', 1, 21), 12)
    .option('--paper <size>', 'a4 or letter', oneOf('--paper', ['a4', 'letter']), 'a4')
    .action(run(() => import('../commands/sheet/snapshot.js')))
}

/** Of commands that draw a sheet: where it goes. */
export function outputOptions(command: Command): Command {
  return command
    .option('--out <file>', 'write it to this new file')
    .option('--print [printer]', 'print it through CUPS (default: on the default printer)')
    .option('--yes-print <printer>', 'with --print: its name again, in the place of a yes')
    .option('--seal', 'seal the file with a passphrase, as FILE.age')
    .option('--seal-passphrase-file <file>', 'the same, with the passphrase from a file (-: standard input)')
}
