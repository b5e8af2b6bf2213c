/** Declares the commands of the calendar: `schedule`. */
import type { Command } from 'commander'
import type { Run } from './declare.js'

export function declareCalendar(program: Command, run: Run): void {
  program.commandsGroup('The calendar:')
  const schedule = program
    .command('schedule')
    .description('how often to back up, and what the system runs by itself')
  schedule
    .command('advise')
    .description('how often to save each wallet, why, and what would be lost today')
    .action(run(() => import('../commands/schedule/advise.js')))
}
