/**
 * Changes to a policy, before any secret is looked at: a factor more, a factor less. The result is a plan for a new
 * set of shares, in which every factor that stays gets a new share. A passphrase that stays must be given again, since
 * a new share is locked with it; keys and persons need nothing; sheets are written anew.
 */
import { fail } from '../errors.js'
import { lockOf } from './locks/table.js'
import type { Factor, FactorPlan, Grouped, PolicyPlan } from './policy.js'

/** Where a factor goes, and how many are needed afterwards. */
export interface Where {
  /** Name of the group; needed when there are several. One that does not exist yet is made. */
  readonly group?: string
  /** Factors of that group that will be needed; as before when absent. */
  readonly groupNeed?: number
  /** Of a policy with one group: factors that will be needed; with several: groups. */
  readonly need?: number
}

/**
 * The policy with these factors in it.
 * @throws CairnError `policy-invalid` when it is not said to which group
 */
export function withFactors<F>(
  shape: Grouped<F>,
  factors: readonly F[],
  { group, groupNeed, need }: Where,
): Grouped<F> {
  const only = shape.groups.length === 1 ? shape.groups[0]?.name : undefined
  const name = group ?? only
  if (name === undefined) {
    const names = shape.groups.map((each) => each.name).join(', ')
    return fail('policy-invalid', { reason: `it has several groups: say which with --group (${names})` })
  }
  const isNew = !shape.groups.some((each) => each.name === name)
  const groups = isNew
    ? [...shape.groups, { name, need: groupNeed ?? factors.length, factors }]
    : shape.groups.map((each) =>
        each.name === name
          ? { name, need: groupNeed ?? each.need, factors: [...each.factors, ...factors] }
          : each,
      )
  const neededAll = shape.need === shape.groups.length
  return needing({ need: isNew && neededAll ? groups.length : shape.need, groups }, need)
}

/**
 * The policy without this factor; a group that gets empty is gone.
 * @throws CairnError `factor-absent`
 */
export function withoutFactor<F extends { readonly name: string }>(
  shape: Grouped<F>,
  name: string,
  need?: number,
): Grouped<F> {
  const names = shape.groups.flatMap(({ factors }) => factors.map((factor) => factor.name))
  if (!names.includes(name)) return fail('factor-absent', { factor: name, known: names.join(', ') })
  const groups = shape.groups
    .map((group) => ({ ...group, factors: group.factors.filter((factor) => factor.name !== name) }))
    .filter(({ factors }) => factors.length > 0)
  const neededAll = shape.need === shape.groups.length
  return needing({ need: neededAll ? groups.length : shape.need, groups }, need)
}

/** How many factors of the one group, or how many groups, are needed; as before when absent. */
export function needing<F>(shape: Grouped<F>, need: number | undefined): Grouped<F> {
  if (need === undefined) return shape
  const [first] = shape.groups
  return shape.groups.length === 1 && first ? { need: 1, groups: [{ ...first, need }] } : { ...shape, need }
}

/**
 * The plan of a draft in which some factors are those of a policy.
 * @param passphrases by the name of the factor that each opens
 * @throws CairnError `passphrase-needed` for a passphrase that stays and was not given
 */
export function planOf(
  draft: Grouped<Factor | FactorPlan>,
  passphrases: ReadonlyMap<string, string>,
): PolicyPlan {
  return {
    need: draft.need,
    groups: draft.groups.map((group) => ({
      ...group,
      factors: group.factors.map((factor) => factorPlan(factor, passphrases)),
    })),
  }
}

function factorPlan(factor: Factor | FactorPlan, passphrases: ReadonlyMap<string, string>): FactorPlan {
  return isMade(factor) ? lockOf(factor.kind).stay(factor, passphrases) : factor
}

function isMade(factor: Factor | FactorPlan): factor is Factor {
  return 'lock' in factor
}
