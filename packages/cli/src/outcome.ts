/**
 * What a command hands back, and the one place that prints it. Commands never write to standard output
 * themselves: that keeps it to one JSON document, and secrets to the paths of `reveal.ts`.
 */
import { fail } from '@cairn/core/errors.js'
import type { Context } from './context.js'
import { reveal } from './reveal.js'

export interface Outcome {
  /** The document of `--json`. Holds a secret only when `secret` is given as well. */
  readonly json: unknown
  /** What a person reads; no secret in it. */
  readonly text?: string
  /** What was asked for with `--reveal`, as the next program in a pipe reads it. */
  readonly secret?: string
  /** The same as a person reads it on the terminal, when that is not `secret` itself. */
  readonly page?: string
  /** Commands or advice that come next, for people only. */
  readonly next?: readonly string[]
  /** 0 unless given. */
  readonly exit?: number
}

export async function print(context: Context, outcome: Outcome): Promise<void> {
  if (context.json) await printJson(context, outcome)
  else await printText(context, outcome)
}

/** A line of a story that is told while it happens, for people only. */
export function say(context: Context, line: string): void {
  if (!context.json) process.stdout.write(`${line}\n`)
}

async function printJson(context: Context, outcome: Outcome): Promise<void> {
  const document = JSON.stringify(outcome.json)
  if (outcome.secret !== undefined && process.stdout.isTTY) await reveal(context, document, process.stdout)
  else process.stdout.write(`${document}\n`)
}

async function printText(context: Context, outcome: Outcome): Promise<void> {
  const { text, secret, page, next } = outcome
  // In a pipe the secret comes alone, so that the next program reads nothing but it.
  const said = secret !== undefined && !process.stdout.isTTY ? process.stderr : process.stdout
  if (text && !(context.quiet && said === process.stderr)) said.write(`${text}\n`)
  if (secret !== undefined) {
    if (process.stdout.isTTY) await reveal(context, page ?? secret, process.stdout)
    else process.stdout.write(`${secret}\n`)
  }
  if (next && next.length > 0 && !context.quiet) process.stderr.write(`${next.join('\n')}\n`)
}

/** Refuses unless the person asked to see the secret. */
export function needReveal(options: { readonly reveal?: boolean }): void {
  if (options.reveal !== true) fail('reveal-needed')
}
