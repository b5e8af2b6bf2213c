/** Shares that a person gives, with corrections that their code proposes: each is a guess that needs a yes. */
import { fail } from '@cairn/core/errors.js'
import { type Correction, correct, type SchemeName } from '@cairn/core/words/shares.js'
import { confirm, isCancel } from '@clack/prompts'
import { askLines, canAsk } from './ask.js'
import type { Context } from './context.js'
import { count } from './output.js'
import { reveal } from './reveal.js'
import { Interrupted } from './terminal.js'

export interface CorrectionOptions {
  /** Recognised from the shares unless given. */
  readonly scheme?: SchemeName
  readonly acceptCorrections?: boolean
}

export interface Given {
  readonly shares: readonly string[]
  /** What was corrected, by the place of the character; for the person. */
  readonly corrected: readonly string[]
}

/**
 * One share a line.
 * @throws CairnError `input-missing`; `share-correction` for a proposal that nobody accepted
 */
export async function askShares(context: Context, options: CorrectionOptions): Promise<Given> {
  const lines = await askLines(context, { what: 'share', option: 'standard input, one share a line' })
  const shares: string[] = []
  const corrected: string[] = []
  for (const [i, line] of lines.entries()) {
    const proposal = correct(line, options.scheme)
    if (proposal && !(await isAccepted(context, options, { proposal, share: i + 1 })))
      return fail('share-correction', { share: i + 1, changes: proposal.changes.length })
    if (proposal) corrected.push(sayCorrected(i + 1, proposal))
    shares.push(proposal?.text ?? line)
  }
  return { shares, corrected }
}

async function isAccepted(
  context: Context,
  { acceptCorrections }: CorrectionOptions,
  { proposal, share }: { readonly proposal: Correction; readonly share: number },
): Promise<boolean> {
  if (acceptCorrections === true) return true
  if (!canAsk(context)) return false
  const grouped = (proposal.text.match(/.{1,4}/g) ?? []).join(' ')
  await reveal(context, `Share ${share} as it would be, to compare with the paper:\n\n    ${grouped}`)
  const message = `Share ${share}: is this what stands on the paper?`
  const answer = await confirm({ message, initialValue: false, output: process.stderr })
  if (isCancel(answer)) throw new Interrupted()
  return answer
}

/** Places only: a corrected letter is a part of the secret. */
function sayCorrected(share: number, { changes }: Correction): string {
  const places = changes.map(({ position }) => position).join(', ')
  return `Share ${share} was read with ${count(changes.length, 'correction')} (character ${places}): compare it with the paper.`
}
