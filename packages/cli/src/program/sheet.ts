/** Declares `cairn sheet`. */
import type { Command } from 'commander'
import { oneOf, type Run, severalLines, sheetName, wholeNumber } from './declare.js'
import {
  ALL_LANGUAGES,
  LANGUAGES,
  NETWORKS,
  PAPER_SIZES,
  PHRASE_KINDS,
  SHARE_SCHEMES,
  SHEET_FORMATS,
  STEEL_SIZES,
  STEEL_STYLES,
} from './lists.js'
import { parityCount } from './phrase-repair.js'
import { declareSeedQrSheet, declareUrSheet } from './sheet-codes.js'
import { declareVaultSheets, withPaper } from './sheet-heirs.js'
import { factorOptions } from './vault.js'

export function declareSheet(program: Command, run: Run): void {
  const sheet = program.command('sheet').description('secrets on paper: draw, read')
  declarePhraseSheet(sheet, run)
  declareShareSheet(sheet, run)
  declareVaultSheets(sheet, run, outputOptions)
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
  declareSteel(sheet, run)
  declareUrSheet(addPaper(sheet.command('ur')), run)
  declareSeedQrSheet(withPaper(outputOptions(sheet.command('seedqr'))), run)
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

function declareSteel(sheet: Command, run: Run): void {
  const steel = sheet
    .command('steel')
    .description('templates of steel plates in their true size, and what to punch in order')
    .requiredOption('--style <style>', STEEL_STYLES.join(', '), oneOf('--style', STEEL_STYLES))
  outputOptions(steel)
    .option('--size <size>', 'card (85.6 x 54 mm) or square (10 cm)', oneOf('--size', STEEL_SIZES), 'card')
    .option('--blank', 'without a phrase: no secret is on it')
    .option('--words <n>', 'with --blank: 12 to 24, 20 or 33 (default: 12)', wholeNumber('--words', 12, 33))
    .option('--compact', 'with --style seedqr: a CompactSeedQR')
    .option('--language <name>', 'word list', oneOf('--language', LANGUAGES))
    .option('--list', 'print the punches in the order of the hand instead')
    .option('--reveal', 'with --list: show it')
    .option(
      '--paper <size>',
      'a4, letter, or plate: a page of its size, to engrave',
      oneOf('--paper', ['a4', 'letter', 'plate']),
      'a4',
    )
    .option('--format <format>', 'pdf or svg', oneOf('--format', ['pdf', 'svg']), 'pdf')
    .action(run(() => import('../commands/sheet/steel.js')))
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

function declarePhraseSheet(sheet: Command, run: Run): void {
  addPaper(sheet.command('phrase'))
    .description('draw the sheet of a recovery phrase, or a form to write one on')
    .option(...sheetName('name of the wallet'))
    .option('--blank', 'the words left blank, to be written by hand: no printer sees them')
    .option(
      '--words <n>',
      'with --blank: number of words (default: what most phrases of the kind have, 24 for BIP-39)',
      wholeNumber('--words', 12, 59),
    )
    .option('--language <name>', 'with --blank: word list', oneOf('--language', ALL_LANGUAGES))
    .option('--kind <kind>', `one of ${PHRASE_KINDS.join(', ')}`, oneOf('--kind', PHRASE_KINDS))
    .option('--parity <n>', 'also 2, 4, 6 or 8 parity words, which repair damage', parityCount)
    .option('--passphrase', 'ask for the passphrase that goes with the phrase; it is not printed')
    .option('--passphrase-file <file>', 'read that passphrase from a file (-: standard input)')
    .option('--passphrase-used', 'say on the sheet that a passphrase goes with it, without telling it here')
    .option('--network <name>', NETWORKS.join(', '), oneOf('--network', NETWORKS), 'mainnet')
    .option('--chain <name>', 'of the first address')
    .option('--standard <name>', 'of the first address, such as bip44')
    .option('--no-address', 'without the first address')
    .option('--no-qr', 'without a code that cameras read')
    .action(run(() => import('../commands/sheet/phrase.js')))
}

function declareShareSheet(sheet: Command, run: Run): void {
  addPaper(sheet.command('share'))
    .description(
      'draw the sheet of a share, or of several, one a page; with % in the name of the file one a file',
    )
    .option(
      '--scheme <name>',
      `${SHARE_SCHEMES.join(', ')}; recognised unless given`,
      oneOf('--scheme', SHARE_SCHEMES),
    )
    .option(...sheetName('what the shares are of'))
    .option('--of <n>', 'how many shares there are, which no share tells', wholeNumber('--of', 1, 16))
    .option(
      '--holder <text>',
      'who holds another share; give it several times',
      severalLines('--holder', 100),
    )
    .option('--no-qr', 'without a code that cameras read')
    .action(run(() => import('../commands/sheet/share.js')))
}

function addPaper(command: Command): Command {
  return outputOptions(command)
    .option(
      '--format <form>',
      `${SHEET_FORMATS.join(', ')}; by the name of the file unless given`,
      oneOf('--format', SHEET_FORMATS),
    )
    .option('--paper <size>', PAPER_SIZES.join(', '), oneOf('--paper', PAPER_SIZES), 'a4')
}
