/** Declares the commands about words: `phrase`, `share`. */
import type { Command } from 'commander'
import type { Run } from './declare.js'
import { declarePhrase } from './phrase.js'
import { declareShare } from './share.js'

export function declareWords(program: Command, run: Run): void {
  program.commandsGroup('The words:')
  declarePhrase(program, run)
  declareShare(program, run)
}
