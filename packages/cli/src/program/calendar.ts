/** Declares the commands of the calendar: `schedule`. */
import type { Command } from 'commander'
import { oneOf, type Run } from './declare.js'
import { SCHEDULERS } from './lists.js'

export function declareCalendar(program: Command, run: Run): void {
  program.commandsGroup('The calendar:')
  const schedule = program
    .command('schedule')
    .description('how often to back up, and what the system runs by itself')
  schedule
    .command('advise')
    .description('how often to save each wallet, why, and what would be lost today')
    .action(run(() => import('../commands/schedule/advise.js')))
  schedule
    .command('install')
    .description('let the system run cairn backup --due by itself')
    .option('--at <time>', 'once a day at this time, HH:MM (default: every hour)')
    .option('--with <system>', `one of ${SCHEDULERS.join(', ')} (default: what is here)`, WITH)
    .option('--print', 'show what would be installed, and change nothing')
    .action(run(() => import('../commands/schedule/install.js')))
  schedule
    .command('status')
    .description('what the system really has, as it says itself')
    .action(run(() => import('../commands/schedule/status.js')))
  schedule
    .command('remove')
    .description('take it from the system again')
    .action(run(() => import('../commands/schedule/remove.js')))
}

const WITH = oneOf('--with', SCHEDULERS)
