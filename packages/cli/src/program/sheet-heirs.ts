/** Declares what `cairn sheet` draws of a vault and for others: `vault`, `letter`, `places`. */
import type { Command } from 'commander'
import { oneOf, type Run, severalLines } from './declare.js'
import { LETTER_LANGUAGES, SHEET_FORMATS } from './lists.js'

/** @param output declares where a sheet goes */
export function declareVaultSheets(sheet: Command, run: Run, output: (command: Command) => Command): void {
  const onPaper = (command: Command) => withPaper(output(command))
  onPaper(sheet.command('vault'))
    .description('print a recovery sheet anew, from the words of the one that is there')
    .option('--sheet-file <file>', 'read them from a file: text, scan, photo, PDF; typed unless given')
    .action(run(() => import('../commands/sheet/vault.js')))
  onPaper(sheet.command('letter'))
    .description('a letter to those who come after you, without anybody’s secret')
    .option(
      '--ask <person>',
      'whom they can ask, with a telephone number; give it several times',
      severalLines('--ask', 100),
    )
    .option('--language <tag>', LETTER_LANGUAGES.join(', '), oneOf('--language', LETTER_LANGUAGES), 'en')
    .action(run(() => import('../commands/sheet/letter.js')))
  onPaper(sheet.command('places'))
    .description('the list of who holds what where, with days to write')
    .action(run(() => import('../commands/sheet/places.js')))
}

const PAGES = ['a4', 'letter'] as const

/** Of sheets that are whole pages. */
export function withPaper(command: Command): Command {
  return command
    .option(
      '--format <form>',
      `${SHEET_FORMATS.join(', ')}; by the name of the file unless given`,
      oneOf('--format', SHEET_FORMATS),
    )
    .option('--paper <size>', PAGES.join(', '), oneOf('--paper', PAGES), 'a4')
}
