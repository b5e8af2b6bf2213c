/** What the declarations of all commands need: lazy loading, and options that are numbers. */
import { fail } from '@cairn/core/errors.js'
import type { Context } from '../context.js'
import type { Outcome } from '../outcome.js'

/** A command's file exports `run`: its options as declared, then its arguments in order. */
export interface CommandModule {
  // The declaration and the command agree on options and arguments; commander hands them on untyped.
  run(context: Context, options: never, ...args: never[]): Promise<Outcome>
}

/** Turns a loader into the action of a command. */
export type Run = (load: () => Promise<CommandModule>) => (...passed: unknown[]) => Promise<void>

/** A parser for an option that is a whole number. @throws CairnError `usage`. */
export function wholeNumber(name: string, least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
    if (value >= least && value <= most) return value
    return fail('usage', { reason: `${name} is a whole number from ${least} to ${most}` })
  }
}

/** Parsers for text that is written on paper: a line of it. @throws CairnError `usage`. */
export function line(name: string, most: number): (text: string) => string {
  return (text) => {
    const isLine = text.trim() !== '' && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text)
    if (isLine && [...text].length <= most) return text
    const reason = `${name} is one line of at most ${most} characters, without line breaks and control characters`
    return fail('usage', { reason })
  }
}

export function severalLines(name: string, most: number): typeof several {
  const parse = line(name, most)
  return (text, before) => several(parse(text), before)
}

/** Characters of the name of a wallet or of shares: two lines below a title. */
const MOST_OF_NAME = 60

/** `--name`, of commands that draw a sheet. */
export function sheetName(of: string): readonly [string, string, (text: string) => string] {
  return ['--name <name>', `${of}, or a code name that only you understand`, line('--name', MOST_OF_NAME)]
}

/** A parser for an option that may be given several times. */
export function several(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text]
}

/** A parser for an option with a few possible values. @throws CairnError `usage`. */
export function oneOf<const T extends string>(name: string, values: readonly T[]): (text: string) => T {
  return (text) => {
    const value = values.find((candidate) => candidate === text)
    return value ?? fail('usage', { reason: `${name} is one of ${values.join(', ')}` })
  }
}

/** `--keep`, of commands that get a secret which this computer keeps. */
export const KEEP = [
  '--keep <where>',
  'file or keychain: where this computer keeps its key and what opens stores',
  oneOf('--keep', ['file', 'keychain']),
] as const

const WEAKNESSES = ['guessable', 'one-computer'] as const

/** `--accept`, of commands that refuse a policy which one stolen thing may open. */
export const ACCEPT = [
  '--accept <what>',
  'guessable or one-computer: although one stolen thing may open the vault',
  (text: string, before: readonly (typeof WEAKNESSES)[number][] = []) => [
    ...before,
    oneOf('--accept', WEAKNESSES)(text),
  ],
] as const
