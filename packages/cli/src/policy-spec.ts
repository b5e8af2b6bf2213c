/**
 * A policy as asked for: `--factor` and `--need` for one group, `--group NAME:NEED:FACTOR,FACTOR…` for several with
 * `--need` of them (all unless said), or `--policy FILE`, a TOML file:
 *
 *   need = 2
 *   [groups.family]
 *   need = 2
 *   factors = ["sheet=Anna", "sheet=Ben", "person=Carl:age1…"]
 *   [groups.mine]
 *   factors = ["passphrase"]
 */
import { fail } from '@cairn/core/errors.js'
import { anyOf, type Grouped } from '@cairn/core/vault/policy.js'
import type { FactorSpec } from './factor-kinds.js'
import { parseFactors } from './factor-spec.js'

export interface PolicyOptions {
  readonly factor?: readonly string[]
  readonly group?: readonly string[]
  readonly need?: number
  readonly policy?: string
  readonly passphraseFile?: readonly string[]
  readonly pinFile?: readonly string[]
  readonly sheetOut?: readonly string[]
}

/** True when the options say what the policy shall be. */
export function saysPolicy({ factor, group, policy }: PolicyOptions): boolean {
  return factor !== undefined || group !== undefined || policy !== undefined
}

/**
 * @param usual factors when the options name none
 * @throws CairnError `policy-invalid`, `policy-file`, `usage` and those of reading the file
 */
export async function askedPolicy(
  options: PolicyOptions,
  usual: readonly string[],
): Promise<Grouped<FactorSpec>> {
  const { factor, group, need, policy } = options
  if ([factor, group, policy].filter((each) => each !== undefined).length > 1)
    return fail('usage', { reason: 'say the policy in one way: --factor, --group or --policy' })
  if (policy !== undefined) {
    if (need !== undefined) return fail('usage', { reason: '--need stands in the file of --policy' })
    const { readPolicyFile } = await import('./policy-file.js')
    return named(await readPolicyFile(policy))
  }
  if (group === undefined) {
    const specs = parseFactors(factor ?? usual)
    return anyOf(need ?? Math.min(2, specs.length), specs)
  }
  const groups = group.map(parseGroup)
  return named({ need: need ?? groups.length, groups })
}

/** The factors of all groups get their names together, so that no two are called the same. */
function named({ need, groups }: Grouped<string>): Grouped<FactorSpec> {
  const specs = parseFactors(groups.flatMap(({ factors }) => factors))
  let next = 0
  return {
    need,
    groups: groups.map((group) => ({
      ...group,
      factors: group.factors.map(() => specs[next++] as FactorSpec),
    })),
  }
}

/** `family:2:sheet=Anna,sheet=Ben,person=Carl:age1…` */
function parseGroup(text: string): Grouped<string>['groups'][number] {
  const [, name = '', need = '', factors = ''] = /^([^:]+):(\d{1,2}):(.+)$/.exec(text) ?? []
  if (name === '') {
    const reason = '--group is written like family:2:sheet=Anna,sheet=Ben,person=Carl:age1…'
    return fail('policy-invalid', { reason })
  }
  return { name, need: Number(need), factors: factors.split(',') }
}
