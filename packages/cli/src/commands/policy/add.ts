/** `cairn policy add FACTOR…`: a new set of shares of the same secret, for one factor more or for several. */
import { fail } from '@cairn/core/errors.js'
import type { Factor, Policy } from '@cairn/core/vault/policy.js'
import { withFactors } from '@cairn/core/vault/policy-edit.js'
import type { AskedFactor } from '@cairn/node/vault/own-keys.js'
import type { Context } from '../../context.js'
import { refuseSameTpm } from '../../devices.js'
import { makeFactors } from '../../factor-make.js'
import { parseFactors } from '../../factor-spec.js'
import { openHere } from '../../machine.js'
import type { Outcome } from '../../outcome.js'
import { type ChangeOptions, change, newSecrets, oldCopies } from '../../policy-change.js'

interface Options extends ChangeOptions {
  readonly group?: string
  readonly need?: number
}

export async function run(context: Context, options: Options, typed: readonly string[]): Promise<Outcome> {
  const specs = parseFactors(typed)
  const asked = { need: 1, groups: [{ name: 'new', need: 1, factors: specs }] }
  await refuseSameTpm(specs, factorsOf((await openHere(context)).description.policy))
  const { groups } = await makeFactors(context, asked, newSecrets(options))
  const factors: readonly AskedFactor[] = groups.flatMap((group) => group.factors)
  const where = {
    ...parseWhere(options.group),
    ...(options.need === undefined ? {} : { need: options.need }),
  }
  return change(context, {
    options,
    edit: (policy) => withFactors<Factor | AskedFactor>(policy, factors, where),
    secret: 'same',
    warnings: oldCopies,
  })
}

function factorsOf({ groups }: Policy): readonly Factor[] {
  return groups.flatMap(({ factors }) => factors)
}

/** `family`, or `family:2` for a group that is made, or of which another number is needed. */
function parseWhere(typed: string | undefined) {
  if (typed === undefined) return {}
  const [, group = '', need] = /^([^:]+)(?::(\d{1,2}))?$/.exec(typed) ?? []
  if (group === '') return fail('policy-invalid', { reason: '--group is a name, or NAME:NEED' })
  return need === undefined ? { group } : { group, groupNeed: Number(need) }
}
