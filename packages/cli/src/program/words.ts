/** Declares the commands about words and keys: `phrase`, `share`, `key`, `sheet`. */
import type { Command } from 'commander'
import type { Run } from './declare.js'
import { declareKey } from './key.js'
import { declarePhrase } from './phrase.js'
import { declareShare } from './share.js'
import { declareSheet } from './sheet.js'

export function declareWords(program: Command, run: Run): void {
  program.commandsGroup('The words:')
  declarePhrase(program, run)
  declareShare(program, run)
  declareKey(program, run)
  declareSheet(program, run)
}
