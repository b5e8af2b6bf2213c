/** Declares the commands of the main job: the vault, its wallets, backup, restore and drill. */

import { fail } from '@cairn/core/errors.js'
import type { WalletKind } from '@cairn/core/types.js'
import type { Command } from 'commander'
import { ACCEPT, KEEP, oneOf, type Run, several, wholeNumber } from './declare.js'
import { FACTOR_FORMS } from './lists.js'

const FACTORS = `${FACTOR_FORMS}; several times`

export function declareVault(program: Command, run: Run): void {
  program.commandsGroup('The main job:')
  program
    .command('tour')
    .description('a guided round on sample wallets: back up, lose, restore, prove')
    .action(run(() => import('../commands/tour.js')))
  declareInit(program, run)
  declareJoin(program, run)
  declareWallets(program, run)
  program
    .command('backup')
    .description('save wallets to every store')
    .argument('[names...]', 'wallets; all of them unless named')
    .option('--tag <name>', 'a name for this snapshot; several times', several)
    .option('--due', 'only what is due now, as cairn schedule advise says; nothing when nothing is')
    .action(run(() => import('../commands/backup.js')))
  program
    .command('anchor')
    .description('print a line that tells how far the history has come, to keep elsewhere')
    .option('--device <name>', 'of another device of the vault')
    .action(run(() => import('../commands/anchor.js')))
  program
    .command('snapshots')
    .description('list what was saved when')
    .option('--tag <name>', 'only those with this tag; several times: with any of them', several)
    .action(run(() => import('../commands/snapshots.js')))
  program
    .command('tag')
    .description('give a snapshot a name, so that prune --keep-tag keeps it')
    .argument('<snapshot>', 'its number or id, or latest')
    .argument('[names...]', 'tags to add')
    .option('--remove <name>', 'a tag to take away; several times', several)
    .action(run(() => import('../commands/tag.js')))
  declareRestore(program, run)
  declareCheck(program, run)
  declarePrune(program, run)
  declareDrill(program, run)
  program
    .command('status')
    .description('what is saved, what is proven, what is due')
    .option('--history', 'instead: a calendar of what was saved, late, failed and proven')
    .option('--days <n>', 'how far back', wholeNumber('--days', 1, 1830), 84)
    .option('--out <file>', 'write the calendar to a new file, .html or .svg')
    .option('--store <url>', 'instead: whether backups still come in there; needs no secret of the vault')
    .option('--credentials-file <file>', 'what opens that store; reading is enough')
    .option('--watch', 'look again and again, until stopped')
    .option('--every <minutes>', 'between looks', wholeNumber('--every', 1, 10_080), 60)
    .option('--tell <url>', 'with --watch: by this way when they stop (docs/alarms.md)')
    .option('--tell-credentials-file <file>', 'user and password of a mail server, as TOML')
    .action(run(() => import('../commands/status.js')))
}

function declareInit(program: Command, run: Run): void {
  program
    .command('init')
    .description('make a vault: what unlocks it, its first store, its recovery sheet')
    .argument('[dir]', 'a new folder for the vault')
    .option('--factor <kind>', FACTORS, several)
    .option('--need <n>', 'factors that open the vault', wholeNumber('--need', 1, 16))
    .option('--group <group>', 'several groups: NAME:NEED:FACTOR,FACTOR…; --need of them', several)
    .option('--policy <file>', 'the same from a TOML file')
    .option('--store <place>', 'folder or URL of the first store (default: in the vault folder)')
    .option(...ACCEPT)
    .option(...KEEP)
    .option('--credentials-file <file>', 'what opens that store, when it is no folder')
    .option('--passphrase-file <file>', 'read the passphrase from a file (-: standard input)', several)
    .option('--pin-file <file>', 'read the PIN of a TPM or token from a file', several)
    .option('--sheet-out <file>', 'write the recovery sheet to this file: .pdf, .svg, .html or .txt', several)
    .action(run(() => import('../commands/init.js')))
}

function declareJoin(program: Command, run: Run): void {
  factorOptions(program.command('join'))
    .description('add this computer to a vault that exists, with wallets of its own')
    .argument('[dir]', 'a new folder for its settings')
    .option('--from <store>', 'a store of the vault, as PLACE or NAME=PLACE; several times', several)
    .option('--credentials-file <file>', 'what opens a store that is no folder, in their order', several)
    .option(...KEEP)
    .option('--name <name>', 'what this computer is called (default: its host name)', deviceNameOf)
    .action(run(() => import('../commands/join.js')))
}

/** @throws CairnError `usage` */
function deviceNameOf(typed: string): string {
  const isName = /^[^\p{C}]{1,64}$/u.test(typed) && typed.trim() === typed
  return isName ? typed : fail('usage', { reason: '--name is 1 to 64 characters' })
}

function declareWallets(program: Command, run: Run): void {
  const wallet = program.command('wallet').description('the wallets to back up: find, add, list, remove')
  wallet
    .command('scan')
    .description('find wallets in the usual places of their programs')
    .action(run(() => import('../commands/wallet/scan.js')))
  lookOptions(wallet.command('add'))
    .description('take a wallet into care')
    .argument('<name>', 'a name of your own')
    .argument('<path>', 'its file or folder')
    .action(run(() => import('../commands/wallet/add.js')))
  lookOptions(wallet.command('inspect'))
    .description('show what a wallet holds; never a key')
    .argument('<file>', 'its file or folder')
    .action(run(() => import('../commands/wallet/inspect.js')))
  wallet
    .command('list')
    .description('list the wallets that are backed up')
    .action(run(() => import('../commands/wallet/list.js')))
  wallet
    .command('remove')
    .description('back a wallet up no longer; its snapshots stay')
    .argument('<name>', 'the wallet')
    .action(run(() => import('../commands/wallet/remove.js')))
}

/** Of commands that read a wallet where it lies. */
function lookOptions(command: Command): Command {
  return command
    .option('--as <kind>', `one of ${KINDS.join(', ')} (default: found out)`, oneOf('--as', KINDS))
    .option('--password-file <file>', 'read its password from a file (-: standard input)')
}

/** Of commands that open the vault. */
export function factorOptions(command: Command): Command {
  return command
    .option('--passphrase-file <file>', 'a factor: the passphrase (-: standard input)', several)
    .option('--sheet-file <file>', 'a factor: the words of a recovery sheet', several)
    .option('--identity-file <file>', 'a factor: an age identity of a computer, person or plugin', several)
    .option('--pin-file <file>', 'a factor: the PIN of a TPM or token; several as NAME=FILE', several)
    .option('--passkey <name>', 'a factor: a passkey, used in a browser on this computer', several)
}

function declareRestore(program: Command, run: Run): void {
  factorOptions(program.command('restore'))
    .description('bring wallets back into a new folder')
    .argument('[name]', 'the wallet; all of them unless named')
    .option('--to <dir>', 'folder to restore into, new or empty')
    .option('--at <snapshot>', 'number or id of a snapshot (default: the newest)')
    .option('--device <name>', 'the computer that saved it (default: this one, else whichever did)')
    .option('--from <store>', 'a store to restore from; several times. Needed on a new computer', several)
    .option('--from-paper <files...>', 'instead: scans or photos of a vault on paper, in any order', several)
    .option('--print-id <id>', 'which print is meant, when pages of several are among them')
    .option(...ANCHOR)
    .option('--credentials-file <file>', 'what opens a store that is no folder, in their order', several)
    .option('--overwrite', 'allow a folder that is not empty; files in the way keep another name')
    .option('--force', 'restore also where an old copy can lose money')
    .action(run(() => import('../commands/restore.js')))
}

const ANCHOR = ['--anchor <line>', 'a line of cairn anchor that the stores must reach'] as const

function declareCheck(program: Command, run: Run): void {
  factorOptions(program.command('check'))
    .description('check every byte in every store, and heal what is damaged')
    .option('--deep', 'also open every snapshot, down to the last chunk of every file')
    .option(...ANCHOR)
    .option('--repair', 'put back from other stores what is damaged or missing')
    .option('--accept <store>', 'with --repair: believe a store again that lied; several times', several)
    .action(run(() => import('../commands/check.js')))
}

function declarePrune(program: Command, run: Run): void {
  const many = (name: string) => wholeNumber(name, 0, 100_000)
  factorOptions(program.command('prune'))
    .description('forget snapshots that no rule keeps, and free what only they need')
    .option('--keep-last <n>', 'keep the newest so many', many('--keep-last'))
    .option('--keep-hourly <n>', 'keep the newest of each of so many hours', many('--keep-hourly'))
    .option('--keep-daily <n>', 'the same of days', many('--keep-daily'))
    .option('--keep-weekly <n>', 'the same of weeks', many('--keep-weekly'))
    .option('--keep-monthly <n>', 'the same of months', many('--keep-monthly'))
    .option('--keep-yearly <n>', 'the same of years', many('--keep-yearly'))
    .option('--keep-within <days>', 'keep all of so many days before the newest', many('--keep-within'))
    .option('--keep-tag <name>', 'keep all that have this tag; several times', several)
    .option(
      '--rewrite-below <percent>',
      'write packs anew of which less is needed (default: 66; 0: none)',
      wholeNumber('--rewrite-below', 0, 100),
    )
    .option('--dry-run', 'say what would go, and change nothing')
    .action(run(() => import('../commands/prune.js')))
}

function declareDrill(program: Command, run: Run): void {
  factorOptions(program.command('drill'))
    .description('prove that it restores: rehearse, compare, sign a certificate')
    .argument('[name]', 'the wallet; all of them unless named')
    .option('--device <name>', 'the computer that saved it (default: this one, else whichever did)')
    .option('--at <snapshot>', 'number or id of a snapshot (default: the newest)')
    .option('--words', 'also prove that the paper is the phrase of this wallet')
    .option('--phrase-passphrase-file <file>', 'the passphrase that goes with that phrase')
    .option('--password-file <file>', 'read the password of the wallet from a file')
    .option('--heir <name>', 'let somebody who comes after you try it, with a sample wallet')
    .option('--to <dir>', 'with --heir: a new folder for the rehearsal')
    .option(
      '--format <form>',
      'with --heir: of its sheets: pdf, svg, html or txt (default: pdf)',
      oneOf('--format', HEIR_FORMATS),
    )
    .action(run(() => import('../commands/drill.js')))
}

const HEIR_FORMATS = ['pdf', 'svg', 'html', 'txt'] as const

/** `WalletKind` of the core. */
const KINDS = [
  'electrum',
  'bitcoin-core',
  'bitcoin-descriptors',
  'ethereum-keystore',
  'timelock-recovery',
  'file',
] as const satisfies readonly WalletKind[]
