/** Declares `cairn alarm`, and what runs until it is stopped. */
import type { Command } from 'commander'
import { type Run, wholeNumber } from './declare.js'

export function declareAlarms(program: Command, run: Run): void {
  program
    .command('watch')
    .description('back wallets up when they change, until stopped')
    .action(run(() => import('../commands/watch.js')))
  program
    .command('serve')
    .description('watch, back up what is due and tell alarms, with /healthz and /metrics, until stopped')
    .option('--port <n>', 'of this computer; 0 for any', wholeNumber('--port', 0, 65_535), 8439)
    .action(run(() => import('../commands/serve.js')))
  const alarm = program.command('alarm').description('how what is late or wrong reaches you')
  alarm
    .command('add')
    .description('add a way for alarms to reach you, and try it')
    .argument('<name>', 'a name of your own')
    .argument('<url>', 'desktop:, smtps://host?to=ADDRESS, or the https:// address of a webhook')
    .option('--credentials-file <file>', 'user and password of a mail server, as TOML; a copy is kept here')
    .option('--show-names', 'messages may hold the names of wallets and stores')
    .action(run(() => import('../commands/alarm/add.js')))
  alarm
    .command('list')
    .description('list the ways, what they carried, and what sleeps until when')
    .action(run(() => import('../commands/alarm/list.js')))
  alarm
    .command('test')
    .description('send a message that is no alarm')
    .argument('[names...]', 'ways; all of them unless named')
    .action(run(() => import('../commands/alarm/test.js')))
  alarm
    .command('snooze')
    .description('silence alarms for some days; never for ever')
    .argument('[about]', 'the wallet or store that they are about (default: all)')
    .option('--for <days>', 'days, at most 90', wholeNumber('--for', 1, 90), 7)
    .option('--wake', 'end every snooze now')
    .action(run(() => import('../commands/alarm/snooze.js')))
  alarm
    .command('tell')
    .description('look what is late or wrong, and tell what was not told yet')
    .action(run(() => import('../commands/alarm/tell.js')))
  alarm
    .command('prompt')
    .description('print what a shell needs to show open alarms in its prompt')
    .action(run(() => import('../commands/alarm/prompt.js')))
  alarm
    .command('remove')
    .description('send nothing this way any more')
    .argument('<name>', 'the way')
    .action(run(() => import('../commands/alarm/remove.js')))
}
