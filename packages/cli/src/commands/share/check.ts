/**
 * `cairn share check`: what a share is by itself, so that a holder can tell that it is intact without the others. Of
 * several it also says whether they belong together and what is still missing. Never a word of a share, but for a
 * proposed correction with `--reveal`.
 */
import { CairnError, EXIT_CODES, isCairnError } from '@cairn/core/errors.js'
import {
  check,
  correct,
  type RecoveryState,
  recovery,
  type SchemeName,
  type ShareFacts,
  type ShareReport,
  schemeNamed,
} from '@cairn/core/words/shares.js'
import { askLines } from '../../ask.js'
import type { Context } from '../../context.js'
import type { Outcome } from '../../outcome.js'
import { bad, bold, count, good } from '../../output.js'

interface Options {
  readonly scheme?: SchemeName
  readonly reveal?: boolean
}

export async function run(context: Context, options: Options): Promise<Outcome> {
  const lines = await askLines(context, { what: 'share', option: 'standard input, one share a line' })
  const reports = lines.map((line) => check(line, options.scheme))
  const valid = reports.every((report) => report.valid)
  const together = valid ? recoveryOf(lines, options.scheme) : null
  const proposals =
    options.reveal === true ? lines.flatMap((line) => correct(line, options.scheme)?.text ?? []) : []
  return {
    json: {
      valid,
      shares: reports.map(asJson),
      ...(together === null ? {} : { together: togetherAsJson(together) }),
      ...(proposals.length > 0 ? { proposals } : {}),
    },
    text: [...reports.map(sayReport), ...(together && lines.length > 1 ? [sayTogether(together)] : [])].join(
      '\n',
    ),
    ...(proposals.length > 0 ? { secret: proposals.join('\n') } : {}),
    next: advice(reports),
    exit: exitOf(valid, together),
  }
}

type Together = RecoveryState | CairnError

/** Shares of different sets are an answer here, not a failure. */
function recoveryOf(lines: readonly string[], scheme: SchemeName | undefined): Together {
  try {
    return recovery(lines, scheme)
  } catch (error) {
    if (isCairnError(error)) return error
    throw error
  }
}

function exitOf(valid: boolean, together: Together | null): number {
  if (!valid) return EXIT_CODES.damaged
  return together instanceof CairnError ? EXIT_CODES[together.kind] : 0
}

function asJson({ facts, ...report }: ShareReport): object {
  const { scheme, valid, words, problems, correction } = report
  return {
    scheme,
    valid,
    ...(facts === null
      ? {}
      : {
          set: facts.set,
          group: facts.group,
          groups: facts.groups,
          groups_need: facts.groupsNeed,
          member: facts.member,
          need: facts.need,
          bytes: facts.bytes,
        }),
    words,
    problems,
    ...(correction === null ? {} : { correction: { changes: correction } }),
  }
}

function togetherAsJson(together: Together): object {
  if (together instanceof CairnError)
    return { complete: false, code: together.code, message: together.message }
  const { complete, missing, groups, need } = together
  return { complete, missing, groups_need: need, groups }
}

function sayReport(report: ShareReport, i: number): string {
  const { scheme, valid, words, facts, correction } = report
  const kind = scheme === null ? 'no share that Cairn knows' : `share of ${schemeNamed(scheme).title}`
  const lines = facts
    ? sayFacts(facts)
    : report.problems.map((found) => sayProblem(found, { words, share: i + 1 }))
  const proposal =
    correction === null
      ? []
      : [`a correction of ${count(correction, 'character')} is proposed: see it with --reveal`]
  const length = words > 1 ? `, ${count(words, 'word')}` : ''
  const title = `share ${i + 1}: ${valid ? good('intact') : bad('damaged')}, ${kind}${length}`
  return [title, ...[...lines, ...proposal].map((line) => `  ${line}`)].join('\n')
}

function sayFacts(facts: ShareFacts): readonly string[] {
  const { set, group, groups, groupsNeed, member, need, bytes } = facts
  const of = set === null ? 'it does not tell of which set it is' : `of set ${bold(set)}`
  const which =
    member === null ? [] : [`share ${member}${groups !== null && groups > 1 ? ` of group ${group}` : ''}`]
  const needed =
    need === null
      ? 'it does not tell how many are needed'
      : `${count(need, 'share')} of its ${groups !== null && groups > 1 ? 'group' : 'set'} needed`
  const others = groups !== null && groups > 1 ? [`${groupsNeed} of ${groups} groups needed`] : []
  return [[of, ...which].join(', '), [needed, ...others, `${bytes} bytes of secret`].join(', ')]
}

function sayProblem(
  { position, code, suggestions }: ShareReport['problems'][number],
  about: { readonly words: number; readonly share: number },
): string {
  const { message } = new CairnError(code, { ...about, ...(position === null ? {} : { position }) })
  const said = message.replace(/^share \d+: /, '')
  return suggestions > 0 && code === 'word-unknown'
    ? `${said}, which has ${count(suggestions, 'similar word')}`
    : said
}

function sayTogether(together: Together): string {
  if (together instanceof CairnError) return `together: ${bad(together.message)}`
  if (!together.complete) return `together: ${together.missing}`
  const tells = together.scheme !== null && schemeNamed(together.scheme).tells.missing
  return tells
    ? `together: ${good('enough')}`
    : 'together: they can be combined; whether that is all of them nothing tells'
}

function advice(reports: readonly ShareReport[]): readonly string[] {
  const damaged = reports.findIndex((report) => !report.valid)
  const problem = reports[damaged]?.problems[0]
  if (problem) {
    const { code, position } = problem
    return [new CairnError(code, { share: damaged + 1, ...(position === null ? {} : { position }) }).hint]
  }
  return reports.some(({ scheme }) => scheme === 'seedxor')
    ? ['A part of Seed XOR is a phrase like any other: that it is one, only its owner knows.']
    : []
}
