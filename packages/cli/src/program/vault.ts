/** Declares the commands of the main job: the vault, its wallets, backup, restore and drill. */
import type { Command } from 'commander'
import type { Run } from './declare.js'

export function declareVault(program: Command, _run: Run): void {
  program.commandsGroup('The main job:')
}
