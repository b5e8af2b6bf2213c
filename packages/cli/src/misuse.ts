/**
 * A wrong command line, told in our words. Commander's own messages quote what was typed, and that may
 * be a secret in the wrong place; so only names that we declared ourselves are ever repeated.
 */
import { CairnError } from '@cairn/core/errors.js'
import { slips } from '@cairn/core/plan/near-names.js'
import type { Command, CommanderError, Option } from 'commander'

/** The catalogued error for an error of commander; null for help and version, which are none. */
export function misuse(error: CommanderError, program: Command, argv: readonly string[]): CairnError | null {
  if (error.exitCode === 0) return null
  const command = reached(program, argv)
  return new CairnError('usage-command', { reason: reason(error, command, argv), command: fullName(command) })
}

function reason(error: CommanderError, command: Command, argv: readonly string[]): string {
  switch (error.code) {
    case 'commander.help':
      return 'a command is missing'
    case 'commander.unknownCommand':
      return `no such command${suggestion(argv, commandNames(command))}`
    case 'commander.unknownOption':
      return `no such option${suggestion(argv, optionNames(command))}`
    case 'commander.optionMissingArgument':
      return `the option ${lastOption(command, argv)} needs a value`
    case 'commander.missingArgument':
      return `it needs ${command.registeredArguments.map((a) => a.name().toUpperCase()).join(' and ')}`
    case 'commander.missingMandatoryOptionValue':
      return `it needs ${missing(command, argv).join(' and ')}`
    case 'commander.excessArguments':
      return 'too many arguments; secrets are never arguments, they are asked for or read from standard input'
    default:
      return 'this cannot be understood'
  }
}

/** The deepest command that the arguments name. */
function reached(program: Command, argv: readonly string[]): Command {
  let command = program
  for (const argument of argv) {
    const next = command.commands.find((candidate) => candidate.name() === argument)
    if (next) command = next
  }
  return command
}

function fullName(command: Command): string {
  return command.parent ? `${fullName(command.parent)} ${command.name()}` : command.name()
}

function commandNames(command: Command): readonly string[] {
  return command.commands.map((candidate) => candidate.name())
}

function optionNames(command: Command): readonly string[] {
  return allOptions(command).map((option) => option.long ?? '')
}

function allOptions(command: Command): readonly Option[] {
  return command.parent ? [...command.options, ...allOptions(command.parent)] : command.options
}

/** Options that it cannot do without, and that were not typed. */
function missing(command: Command, argv: readonly string[]): readonly string[] {
  const end = argv.indexOf('--')
  const typed = new Set((end < 0 ? argv : argv.slice(0, end)).map((argument) => argument.split('=')[0]))
  return command.options.flatMap(({ mandatory, long }) =>
    mandatory && long && !typed.has(long) ? [long] : [],
  )
}

/** The last option typed that takes a value. */
function lastOption(command: Command, argv: readonly string[]): string {
  const valued = allOptions(command).filter((option) => option.required)
  return argv.findLast((argument) => valued.some((option) => option.long === argument)) ?? ''
}

/** `; did you mean NAME?` when something typed is at most two slips away from a name of ours. */
function suggestion(argv: readonly string[], names: readonly string[]): string {
  for (const name of names) {
    const near = (argument: string) => argument !== name && slips(argument, name) <= 2
    if (argv.some((argument) => near(argument.split('=')[0] ?? ''))) return `; did you mean ${name}?`
  }
  return ''
}
