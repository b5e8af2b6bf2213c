/**
 * The tree of commands: names, options and help, and nothing else. Each command's code is loaded when it
 * is run, so that `cairn status` does not pay for word lists, curves and prompts.
 */
import { Command, Option } from 'commander'
import { makeContext } from './context.js'
import { type Outcome, print } from './outcome.js'
import { declareAlarms } from './program/alarms.js'
import { declareCalendar } from './program/calendar.js'
import type { Run } from './program/declare.js'
import { declarePlaces } from './program/places.js'
import { declarePolicy } from './program/policy.js'
import { declareVault } from './program/vault.js'
import { declareWords } from './program/words.js'

/** The program; a command leaves its exit code in `process.exitCode`. */
export function makeProgram(signal: AbortSignal): Command {
  const program = new Command('cairn')
    .description('Backs up wallets, and proves that they restore.')
    .usage('[options] <command>')
    .option('--json', 'print one JSON document on standard output')
    .option('--no-input', 'never ask anything')
    .option('--quiet', 'no progress and no advice')
    .addOption(new Option('--vault <dir>', 'the vault to work on').env('CAIRN_VAULT'))
    .version(VERSION, '--version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand(false)
    .exitOverride()
    .configureOutput({ outputError: () => {} })
    .configureHelp({ showGlobalOptions: true, sortOptions: false })
    .showSuggestionAfterError(false)
  const run: Run =
    (load) =>
    async (...passed: unknown[]) => {
      const command = passed.at(-1) as Command
      const context = makeContext(command.optsWithGlobals(), signal)
      const { run: runCommand } = await load()
      const outcome: Outcome = await runCommand(
        context,
        command.opts(),
        ...(command.processedArgs as never[]),
      )
      process.exitCode = outcome.exit ?? 0
      await print(context, outcome)
    }
  declareVault(program, run)
  declarePolicy(program, run)
  declareWords(program, run)
  declarePlaces(program, run)
  declareCalendar(program, run)
  declareAlarms(program, run)
  return program
}

const VERSION = '0.1.0'
