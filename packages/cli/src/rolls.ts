/** The options `--dice`, `--coins`, `--cards` and `--typed`: randomness made by hand, read without echo or from files. */
import { parseRolls, type RollKind, type Rolls } from '@cairn/core/words/rolls.js'
import { askSecret } from './ask.js'
import type { Context } from './context.js'

export interface RollOptions {
  /** `true`: ask; else the file that holds them. */
  readonly dice?: string | true
  readonly coins?: string | true
  readonly cards?: string | true
  readonly typed?: string | true
}

const SOURCES: readonly {
  readonly option: keyof RollOptions
  readonly kind: RollKind
  readonly what: string
}[] = [
  { option: 'dice', kind: 'dice', what: 'throws of a die, digits 1 to 6' },
  { option: 'coins', kind: 'coins', what: 'tosses of a coin, H and T' },
  { option: 'cards', kind: 'cards', what: 'cards in the order of the shuffled deck, such as AS 10H KD' },
  { option: 'typed', kind: 'text', what: 'any text that nobody could guess' },
]

/** All sources that were asked for; says on the way how many bits each brings, and how many are needed. */
export async function askRolls(
  context: Context,
  options: RollOptions,
  need: number,
): Promise<readonly Rolls[]> {
  const found: Rolls[] = []
  for (const { option, kind, what } of SOURCES) {
    const given = options[option]
    if (given === undefined) continue
    const question = { what: `${what}; ${need} bits are needed`, option: `--${option} FILE` }
    const rolls = parseRolls(kind, await askSecret(context, question, given === true ? undefined : given))
    found.push(rolls)
    if (!context.quiet)
      process.stderr.write(`${option}: ${rolls.count} bring ${rolls.bits} bits of ${need}\n`)
  }
  return found
}
