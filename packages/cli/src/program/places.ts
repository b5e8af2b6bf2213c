/** Declares the commands about where things are, and who saves there: `store`, `device`, `place`, `plan`. */
import type { Command } from 'commander'
import { ACCEPT, KEEP, oneOf, type Run, wholeNumber } from './declare.js'
import { PLACE_KINDS, THING_KINDS } from './lists.js'
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
  declarePlan(program, run)
}

function declarePlan(program: Command, run: Run): void {
  const place = program
    .command('place')
    .description('who holds what where, without secrets: add, list, checked, fetch, remove')
  place
    .command('add')
    .description('put one copy of one thing on the list')
    .argument('<name>', 'a name of your own for it')
    .requiredOption('--is <what>', `one of ${THING_KINDS.join(', ')}`, oneOf('--is', THING_KINDS))
    .requiredOption('--of <name>', 'the factor of the policy, the store, or the wallet')
    .requiredOption('--at <place>', 'where it is, in a word or two of your own')
    .option('--kind <kind>', `what place that is: ${PLACE_KINDS.join(', ')}`, oneOf('--kind', PLACE_KINDS))
    .option('--with <person>', 'who holds it (default: me)')
    .option('--checked [day]', 'somebody saw it there: today, or on a day such as 2026-11-26')
    .option(
      '--share <n>',
      'of a share, or of a key where several must sign: its number',
      wholeNumber('--share', 1, 255),
    )
    .option('--need <n>', 'of these: how many are needed', wholeNumber('--need', 2, 255))
    .action(run(() => import('../commands/place/add.js')))
  place
    .command('list')
    .description('list them, and when each was last checked')
    .option('--file <file>', 'a list that cairn restore gave back, instead of the one of this computer')
    .action(run(() => import('../commands/place/list.js')))
  place
    .command('checked')
    .description('somebody has seen it where it should be')
    .argument('<name>', 'the thing')
    .option('--on <day>', 'when, as 2026-11-26 (default: today)')
    .action(run(() => import('../commands/place/checked.js')))
  factorOptions(place.command('fetch'))
    .description('take the newest list out of the vault, as another of its computers changed it')
    .action(run(() => import('../commands/place/fetch.js')))
  place
    .command('remove')
    .description('take a thing off the list; the thing stays where it is')
    .argument('<name>', 'the thing')
    .action(run(() => import('../commands/place/remove.js')))
  program
    .command('plan')
    .description('what loss locks you out, what theft robs you, what to change')
    .option('--heirs', 'what each person holds, and whether they get in without you')
    .option('--out <file>', 'draw it: .pdf, .svg or .html')
    .option('--svg <file>', 'draw it as SVG')
    .option('--paper <size>', 'a4, letter', oneOf('--paper', ['a4', 'letter'] as const), 'a4')
    .action(run(() => import('../commands/plan.js')))
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
