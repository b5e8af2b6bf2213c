/**
 * `cairn phrase new`: makes a phrase and sees to it that it is written down. On a terminal the words are shown in
 * groups and asked for afterwards; it counts as confirmed only when the whole phrase was typed from the paper. Nothing
 * is kept: a phrase that was not written down is gone.
 */
import { fail } from '@cairn/core/errors.js'
import { phraseAccounts } from '@cairn/core/keys/accounts.js'
import { newEntropy } from '@cairn/core/words/entropy.js'
import { titleOf } from '@cairn/core/words/kinds.js'
import { MAKERS, type Maker } from '@cairn/core/words/make.js'
import { parsePhrase } from '@cairn/core/words/phrase.js'
import type { Rolls } from '@cairn/core/words/rolls.js'
import { realPorts as ports } from '@cairn/node/real.js'
import { canAsk } from '../../ask.js'
import type { Context } from '../../context.js'
import type { Outcome } from '../../outcome.js'
import { bold, count, good } from '../../output.js'
import { askRolls, type RollOptions } from '../../rolls.js'
import { writeDown } from '../../write-down.js'

interface Options extends RollOptions {
  readonly kind: Maker['kind']
  readonly words?: number
  readonly language: string
  readonly reveal?: boolean
}

export async function run(context: Context, options: Options): Promise<Outcome> {
  const plan = planOf(options)
  if (options.reveal !== true && !canAsk(context)) fail('reveal-needed')
  const rolls = await askRolls(context, options, plan.maker.bytes(plan.words) * 8)
  const draw = (length: number) => newEntropy(length, rolls)
  const phrase = plan.maker.makeWith({ ...plan, now: ports.now().getTime() }, draw)
  const { fingerprint } = phraseAccounts(parsePhrase(phrase, options.kind), '', { count: 1 })
  const confirmed = options.reveal === true ? false : await writeDown(context, phrase)
  return outcome({ ...plan, phrase, fingerprint, rolls, confirmed }, options)
}

interface Plan {
  readonly maker: Maker
  readonly words: number
  readonly language: string
}

function planOf({ kind, words, language }: Options): Plan {
  const maker = MAKERS.find((row) => row.kind === kind) as Maker
  const length = words ?? (maker.words[0] as number)
  if (!maker.words.includes(length))
    fail('usage', { reason: `a new ${titleOf(kind)} has ${maker.words.join(', ')} words` })
  if (!maker.languages.includes(language))
    fail('usage', { reason: `a new ${titleOf(kind)} is made in ${maker.languages.join(', ')}` })
  return { maker, words: length, language }
}

interface Made extends Plan {
  readonly phrase: string
  readonly fingerprint: string | null
  readonly rolls: readonly Rolls[]
  readonly confirmed: boolean
}

function outcome(
  { maker, phrase, language, fingerprint, rolls, confirmed }: Made,
  options: Options,
): Outcome {
  const words = phrase.split(/\s/u).length
  const bits = rolls.reduce((sum, roll) => sum + roll.bits, 0)
  const json = { kind: maker.kind, language, words, fingerprint, rolled_bits: bits, confirmed }
  const title = `${titleOf(maker.kind)}, ${count(words, 'word')}, fingerprint ${bold(fingerprint ?? '-')}`
  if (options.reveal === true)
    return {
      json: { ...json, phrase },
      text: title,
      secret: phrase,
      next: ['Not confirmed: compare it with your paper: cairn phrase check'],
    }
  return {
    json,
    text: `${good('confirmed')}: ${title}`,
    next: ['The paper is now the only copy. Next: cairn phrase show, cairn phrase parity, cairn share split'],
  }
}
