/** Declares what `cairn sheet` draws for signing devices: `ur`, `seedqr`. */
import type { Command } from 'commander'
import { oneOf, type Run, sheetName, wholeNumber } from './declare.js'
import { ACCOUNT_STANDARDS, NETWORKS, UR_SHEET_TYPES } from './lists.js'

/** @param command with the options of where the sheet goes */
export function declareUrSheet(command: Command, run: Run): void {
  command
    .description(
      'UR codes for signing devices and wallets: public keys to watch from, a phrase, or shares of SSKR',
    )
    .requiredOption('--type <type>', UR_SHEET_TYPES.join(', '), oneOf('--type', UR_SHEET_TYPES))
    .option(...sheetName('name of the wallet'))
    .option(
      '--standard <name>',
      `of a phrase: ${ACCOUNT_STANDARDS.join(', ')}; give it several times for an account (default: all of them)`,
      oneOfSeveral,
    )
    .option(
      '--account <n>',
      'of a phrase: number of the account',
      wholeNumber('--account', 0, 2 ** 31 - 1),
      0,
    )
    .option('--network <name>', NETWORKS.join(', '), oneOf('--network', NETWORKS), 'mainnet')
    .option('--passphrase', 'ask for the passphrase that goes with the phrase; it is not printed')
    .option('--passphrase-file <file>', 'read that passphrase from a file (-: standard input)')
    .option('--passphrase-used', 'say on the sheet that a passphrase goes with it, without telling it here')
    .action(run(() => import('../commands/sheet/ur.js')))
}

const standardOf = oneOf('--standard', ACCOUNT_STANDARDS)

function oneOfSeveral(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, standardOf(value)]
}

/** @param command with the options of where the sheet goes */
export function declareSeedQrSheet(command: Command, run: Run): void {
  command
    .description('SeedQR at a size for the hand: the code with its zones, and a grid to copy it onto')
    .option('--compact', 'a CompactSeedQR: fewer squares, the entropy as bytes')
    .option('--blank', 'the grid alone, without a phrase: no secret is on it')
    .option('--words <n>', 'with --blank: 12, 15, 18, 21 or 24 (default: 24)', wordsOf)
    .option(...sheetName('name of the wallet'))
    .option('--passphrase', 'ask for the passphrase that goes with the phrase; it is not printed')
    .option('--passphrase-file <file>', 'read that passphrase from a file (-: standard input)')
    .option('--passphrase-used', 'say on the sheet that a passphrase goes with it, without telling it here')
    .action(run(() => import('../commands/sheet/seedqr.js')))
}

const WORDS = ['12', '15', '18', '21', '24']

function wordsOf(text: string): number {
  return Number(oneOf('--words', WORDS)(text))
}
