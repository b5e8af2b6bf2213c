/** The row of codex32: one group, thresholds of 2 to 9, shares named by a letter, corrections proposed. */
import { fail, isCairnError } from '../../errors.js'
import * as codex32 from '../codex32.js'
import type { Correction, RecoveryState, Scheme, ShareFacts, SplitOptions } from './scheme.js'

export const CODEX32: Scheme = {
  name: 'codex32',
  title: 'codex32',
  secretIs: 'seed',
  tells: { set: true, missing: true, mixed: false, passphrase: 'none' },
  readings: codex32.readings,
  facts,
  state: (texts) => stateOf(texts.map((text, i) => codex32.parse(text, i + 1))),
  combine: (texts) => codex32.combine(texts),
  split: (secret, plan, draw) => [codex32.splitWith({ ...onlyGroup(plan), seed: secret }, draw)],
  refresh: (texts, plan, draw) => {
    const shares = texts.map((text, i) => codex32.parse(text, i + 1))
    return [codex32.refreshWith(shares, onlyGroup(plan), draw)]
  },
  correct,
}

function facts(text: string, position: number): ShareFacts {
  const { identifier, index, threshold } = codex32.parse(text, position)
  return {
    scheme: 'codex32',
    set: identifier.toUpperCase(),
    group: null,
    groups: null,
    groupsNeed: null,
    member: index.toUpperCase(),
    need: index === 's' ? 1 : threshold, // the secret itself needs no other
    bytes: codex32.checkShare(text).bytes as number,
  }
}

function stateOf(shares: readonly codex32.Codex32[]): Omit<RecoveryState, 'scheme' | 'set'> {
  const { have, need, complete, missing } = codex32.recovery(shares)
  const group = { group: 1, have: have.map((index) => index.toUpperCase()), need, complete }
  return { groups: [group], need: 1, complete, missing }
}

function onlyGroup({ groups }: SplitOptions): { readonly threshold: number; readonly count: number } {
  const [only, ...others] = groups
  return only && others.length === 0
    ? only
    : fail('codex32-plan', { reason: 'there are no groups in codex32' })
}

function correct(text: string): Correction | null {
  try {
    const found = codex32.correct(text)
    return found && found.changes.length > 0 ? found : null
  } catch (error) {
    if (isCairnError(error)) return null
    throw error
  }
}
