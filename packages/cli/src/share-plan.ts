/** The options that say which shares to make, of `share split` and `share refresh`. */
import { fail } from '@cairn/core/errors.js'
import type { Scheme } from '@cairn/core/words/shares.js'
import type { ShareForm } from '@cairn/core/words/sskr.js'

export interface PlanOptions {
  readonly need?: number
  readonly of?: number
  readonly group?: readonly string[]
  readonly groupsNeed?: number
  readonly form?: ShareForm
}

interface Group {
  readonly threshold: number
  readonly count: number
}

export interface Plan {
  readonly groups: readonly Group[]
  readonly groupThreshold: number
}

/** `--need 2 --of 3`, or `--group 2of3 --group 3of5 --groups-need 2`. @throws CairnError `usage` */
export function parsePlan(options: PlanOptions): Plan {
  const { need, of, group, groupsNeed } = options
  const single = need !== undefined && of !== undefined
  if (group === undefined && groupsNeed === undefined && single) {
    return { groups: [{ threshold: need, count: of }], groupThreshold: 1 }
  }
  if (group !== undefined && need === undefined && of === undefined) {
    const groups = group.map(parseGroup)
    if (groupsNeed !== undefined) return { groups, groupThreshold: groupsNeed }
    if (groups.length === 1) return { groups, groupThreshold: 1 }
  }
  return fail('usage', {
    reason: 'say which shares to make: --need 2 --of 3, or --group 2of3 --group 3of5 --groups-need 2',
  })
}

/** The same where the scheme may need all of its shares: then `--of 3` is enough. */
export function parsePlanOf({ tells }: Scheme, options: PlanOptions): Plan {
  const { need, of } = options
  return parsePlan(tells.missing || of === undefined ? options : { ...options, need: need ?? of })
}

function parseGroup(text: string): Group {
  const [, threshold, count] = /^(\d{1,2})of(\d{1,2})$/.exec(text) ?? []
  if (threshold === undefined || count === undefined)
    return fail('usage', { reason: '--group is written like 2of3' })
  return { threshold: Number(threshold), count: Number(count) }
}
