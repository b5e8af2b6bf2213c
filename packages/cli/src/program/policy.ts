/** Declares the commands about what unlocks the vault. */
import type { Command } from 'commander'
import { ACCEPT, KEEP, oneOf, type Run, several, wholeNumber } from './declare.js'
import { FACTOR_FORMS } from './lists.js'
import { factorOptions } from './vault.js'

export function declarePolicy(program: Command, run: Run): void {
  const policy = program.command('policy').description('what unlocks the vault: show it, change it')
  policy
    .command('show')
    .description('who can open the vault, and what can be lost')
    .action(run(() => import('../commands/policy/show.js')))
  policy
    .command('rehearse')
    .description(
      'try a passphrase or a sheet, or note that a person still holds theirs; only the day is kept',
    )
    .argument('<name>', 'the factor')
    .option('--passphrase-file <file>', 'read the passphrase from a file (-: standard input)')
    .option('--sheet-file <file>', 'read the words of the sheet from a file')
    .option('--answered', 'of a person: they said that they still have their key')
    .action(run(() => import('../commands/policy/rehearse.js')))
  changing(policy.command('add'))
    .description('one factor more, or several; every share is made anew')
    .argument('<factors...>', FACTOR_FORMS)
    .option('--group <name>', 'the group they go to; a new one as NAME:NEED')
    .option('--need <n>', 'factors needed afterwards; of a policy with groups: groups', NEED)
    .action(run(() => import('../commands/policy/add.js')))
  changing(policy.command('remove'))
    .description('one factor less; every share is made anew')
    .argument('<name>', 'the factor')
    .option('--need <n>', 'factors needed afterwards; of a policy with groups: groups', NEED)
    .action(run(() => import('../commands/policy/remove.js')))
  policy
    .command('keep')
    .description('where this computer keeps its key: in a file, or in the keychain of the system')
    .argument('<where>', 'file or keychain', oneOf('keep', ['file', 'keychain']))
    .action(run(() => import('../commands/policy/keep.js')))
  changing(policy.command('rekey'))
    .description('a new vault secret, with the same policy or another one')
    .option('--factor <kind>', 'another policy: as in cairn init', several)
    .option('--group <group>', 'another policy with groups: NAME:NEED:FACTOR,FACTOR…', several)
    .option('--policy <file>', 'another policy, from a TOML file')
    .option('--need <n>', 'factors needed, or groups', NEED)
    .action(run(() => import('../commands/policy/rekey.js')))
}

const NEED = wholeNumber('--need', 1, 16)

/** Of commands that make a new set of shares. */
function changing(command: Command): Command {
  return factorOptions(command)
    .option('--new-passphrase-file <file>', 'read a new passphrase from a file', several)
    .option('--new-pin-file <file>', 'read the PIN of a new TPM or token factor from a file', several)
    .option(
      '--sheet-out <file>',
      'write a new recovery sheet to this file: .pdf, .svg, .html or .txt',
      several,
    )
    .option(...ACCEPT)
    .option(...KEEP)
}
