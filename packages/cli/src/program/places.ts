/** Declares the commands about the places of the snapshots, and who saves there: `store`, `device`. */
import type { Command } from 'commander'
import { ACCEPT, KEEP, type Run } from './declare.js'
import { factorOptions } from './vault.js'

export function declarePlaces(program: Command, run: Run): void {
  program.commandsGroup('The places:')
  const store = program.command('store').description('where snapshots lie: add, list, probe, review, remove')
  store
    .command('add')
    .description('try a place, and save to it from now on')
    .argument('<name>', 'a name of your own')
    .argument(
      '<url>',
      'a folder, s3://bucket/prefix?endpoint=URL, sftp://user@host/path and others (docs/stores.md)',
    )
    .option('--credentials-file <file>', 'what opens it, as TOML; a copy is kept on this computer')
    .option(
      '--limit <rate>',
      'take no more of the line than this, such as 2MB/s or 16Mbit/s; none takes it away',
    )
    .option(...ACCEPT)
    .option(...KEEP)
    .action(run(() => import('../commands/store/add.js')))
  store
    .command('list')
    .description('list the stores, and what was last saved there')
    .action(run(() => import('../commands/store/list.js')))
  store
    .command('probe')
    .description('try whether a store keeps what it is given, and how it is set up')
    .argument('<name>', 'the store')
    .action(run(() => import('../commands/store/probe.js')))
  store
    .command('review')
    .description('try a store again, and show what is set up otherwise than the last time')
    .argument('<name>', 'the store')
    .action(run(() => import('../commands/store/review.js')))
  store
    .command('remove')
    .description('save to a store no longer; what lies there stays')
    .argument('<name>', 'the store')
    .action(run(() => import('../commands/store/remove.js')))
  declareDevices(program, run)
}

function declareDevices(program: Command, run: Run): void {
  const device = program.command('device').description('the computers that save to the vault: list, remove')
  factorOptions(device.command('list'))
    .description('list them, and what each saved last')
    .option('--confirm', 'unlock the vault, to learn here what other computers changed')
    .action(run(() => import('../commands/device/list.js')))
  factorOptions(device.command('remove'))
    .description('believe a computer no longer; what it saved stays')
    .argument('<name>', 'its name or id')
    .action(run(() => import('../commands/device/remove.js')))
}
