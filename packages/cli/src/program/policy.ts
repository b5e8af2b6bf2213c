/** Declares the commands about what unlocks the vault. */
import type { Command } from 'commander'
import type { Run } from './declare.js'

export function declarePolicy(program: Command, run: Run): void {
  const policy = program.command('policy').description('what unlocks the vault: show it, change it')
  policy
    .command('show')
    .description('who can open the vault, and what can be lost')
    .action(run(() => import('../commands/policy/show.js')))
}
