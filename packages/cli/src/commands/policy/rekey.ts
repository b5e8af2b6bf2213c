/**
 * `cairn policy rekey`: a new vault secret. What is saved from now on needs the new policy; what was saved before is
 * opened through the secret of before, which lies in vault.json, sealed to the new one.
 */
import type { Factor, Grouped, Policy } from '@cairn/core/vault/policy.js'
import { needing } from '@cairn/core/vault/policy-edit.js'
import type { ChangeReport } from '@cairn/node/vault/change-policy.js'
import type { AskedFactor } from '@cairn/node/vault/own-keys.js'
import type { Context } from '../../context.js'
import { refuseSameTpm } from '../../devices.js'
import { askPassphrase, makeFactors } from '../../factor-make.js'
import type { Outcome } from '../../outcome.js'
import { type ChangeOptions, change, newSecrets } from '../../policy-change.js'
import { askedPolicy, type PolicyOptions, saysPolicy } from '../../policy-spec.js'

type Options = ChangeOptions & PolicyOptions

export async function run(context: Context, options: Options): Promise<Outcome> {
  const edit = saysPolicy(options) ? await another(context, options) : await sameFactors(context, options)
  return change(context, { options, edit, secret: 'new', warnings })
}

async function another(context: Context, options: Options): Promise<() => Grouped<AskedFactor>> {
  const specs = await askedPolicy(options, [])
  await refuseSameTpm(specs.groups.flatMap(({ factors }) => factors))
  const asked = await makeFactors(context, specs, newSecrets(options))
  return () => asked
}

/** The n-th passphrase is replaced by the n-th new file; the rest stay. */
async function sameFactors(
  context: Context,
  options: Options,
): Promise<(policy: Policy) => Grouped<Factor | AskedFactor>> {
  const fresh: string[] = []
  for (const file of options.newPassphraseFile ?? [])
    fresh.push(await askPassphrase(context, 'passphrase', file))
  return (policy) => {
    let next = 0
    const renew = (factor: Factor): Factor | AskedFactor => {
      const passphrase = factor.kind === 'passphrase' ? fresh[next++] : undefined
      return passphrase === undefined ? factor : { kind: 'passphrase', name: factor.name, passphrase }
    }
    const groups = policy.groups.map((group) => ({ ...group, factors: group.factors.map(renew) }))
    return needing({ need: policy.need, groups }, options.need)
  }
}

function warnings(_: ChangeReport): readonly string[] {
  return [
    'Snapshots made before stay readable for whoever has a copy of the store from before and enough factors of before: no command can call that back. What is saved from now on opens with the new policy only.',
    'Other computers that save to this vault seal to the secret of before until it was unlocked there once: cairn drill.',
  ]
}
