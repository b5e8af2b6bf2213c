/** Declares `cairn sheet`. */
import type { Command } from 'commander'
import type { Run } from './declare.js'

export function declareSheet(program: Command, run: Run): void {
  const sheet = program.command('sheet').description('secrets on paper: draw, read')
  sheet
    .command('read')
    .description('tell what stands on a photo, a scan, a PDF or a file of text')
    .argument('<file...>', 'PNG, JPEG, PDF, SVG, HTML or text')
    .option('--passphrase-file <file>', 'read the passphrase of a sealed PDF from a file (-: standard input)')
    .option('--reveal', 'show what is written there')
    .action(run(() => import('../commands/sheet/read.js')))
}
