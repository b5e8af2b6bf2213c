/** `cairn phrase check`: what a phrase is and what is wrong with it, by place; never a word. */
import { CairnError, type ErrorCode, EXIT_CODES } from '@cairn/core/errors.js'
import { checkPhrase, type PhraseFit, type PhraseReport, type Problem } from '@cairn/core/words/check.js'
import { titleOf } from '@cairn/core/words/kinds.js'
import { askInput } from '../../ask.js'
import type { Context } from '../../context.js'
import type { Outcome } from '../../outcome.js'
import { bad, count, good } from '../../output.js'
import { findWeakness, sayWeakness, type Weakness } from '../../weak.js'

interface Options {
  readonly weak?: boolean
}

export async function run(context: Context, options: Options): Promise<Outcome> {
  const phrase = await askInput(context, { what: 'the phrase', option: 'standard input' })
  const { also, ...report } = checkPhrase(phrase)
  const weak = await findWeakness(context, phrase, options)
  return {
    json: {
      ...report,
      ...(also.length > 0 ? { also } : {}),
      ...(options.weak ? { weak: weak.generator, tried: weak.tried } : {}),
    },
    text: [say({ ...report, also }), ...sayWeakness(weak)].join('\n'),
    next: advice({ ...report, also }),
    exit: exitCode(report, options.weak ? weak : null),
  }
}

function exitCode({ valid }: Pick<PhraseReport, 'valid'>, weak: Weakness | null): number {
  if (!valid) return EXIT_CODES.damaged
  return weak?.generator ? EXIT_CODES.attention : 0
}

function say({ valid, kind, language, words, problems, also }: PhraseReport): string {
  const list = language === null ? '' : ` of the ${listName(language)} list`
  const what =
    IN_ONE_PIECE.includes(kind) || words === 1
      ? titleOf(kind)
      : `${titleOf(kind)}, ${count(words, 'word')}${list}`
  const lines = problems.map((problem) => `  ${sayProblem(problem, words)}`)
  return [`${valid ? good('valid') : bad('not valid')}: ${what}`, ...lines, ...also.map(sayOther)].join('\n')
}

function listName(language: string): string {
  const [name = '', variant] = language.split('_').reverse()
  const capital = `${name[0]?.toUpperCase()}${name.slice(1)}`
  return variant === undefined ? capital : `${variant[0]?.toUpperCase()}${variant.slice(1)} (${name})`
}

function sayProblem({ position, code, suggestions }: Problem, words: number): string {
  if (code === 'word-count') return `no such phrase has ${count(words, 'word')}`
  const { message } = new CairnError(code, { ...(position === null ? {} : { position }), words, share: 1 })
  const similar = suggestions > 0 && WORD_CODES.includes(code)
  return similar ? `${message}, which has ${count(suggestions, 'similar word')}` : message
}

/** Kinds that have no words, though people may write them in groups. */
const IN_ONE_PIECE: readonly PhraseReport['kind'][] = ['codex32', 'ur']

/** The problems whose suggestions are words. */
const WORD_CODES: readonly ErrorCode[] = ['word-unknown', 'share-word-unknown']

function sayOther({ kind, language }: PhraseFit): string {
  const list = language === null ? '' : ` of the ${listName(language)} list`
  return `also valid as: ${titleOf(kind)}${list} (--kind ${kind}), which leads to other keys`
}

function advice({ valid, problems }: PhraseReport): readonly string[] {
  if (valid) return ['Next: cairn phrase show, to compare its addresses with those of your wallet']
  return problems.slice(0, 1).map(({ code, position }) => {
    return new CairnError(code, { ...(position === null ? {} : { position }), share: 1 }).hint
  })
}
