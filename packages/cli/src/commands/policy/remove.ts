/** `cairn policy remove NAME`: a new set of shares of the same secret, without this factor. */
import { withoutFactor } from '@cairn/core/vault/policy-edit.js'
import type { Context } from '../../context.js'
import type { Outcome } from '../../outcome.js'
import { type ChangeOptions, change, oldCopies } from '../../policy-change.js'

interface Options extends ChangeOptions {
  readonly need?: number
}

export function run(context: Context, options: Options, name: string): Promise<Outcome> {
  return change(context, {
    options,
    edit: (policy) => withoutFactor(policy, name, options.need),
    secret: 'same',
    warnings: oldCopies,
  })
}
