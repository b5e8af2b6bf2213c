/**
 * `cairn share refresh`: a new set of shares of the same secret, which is never shown. The old set goes on opening
 * the secret until enough of its shares are destroyed; the person is told how many that is.
 */
import { type RecoveryState, refresh, schemeNamed, schemeOf } from '@cairn/core/words/shares.js'
import { pbkdf2 } from '@cairn/node/pbkdf2.js'
import type { Context } from '../../context.js'
import { needReveal, type Outcome } from '../../outcome.js'
import { askPassphrase, type PassphraseOptions } from '../../passphrase.js'
import { askShares, type CorrectionOptions } from '../../share-input.js'
import { type PlanOptions, parsePlanOf } from '../../share-plan.js'
import { outcomeOf, type SetOptions } from '../../share-set.js'

interface Options extends PassphraseOptions, PlanOptions, SetOptions, CorrectionOptions {}

export async function run(context: Context, options: Options): Promise<Outcome> {
  if (options.outDir === undefined) needReveal(options)
  const { shares: old, corrected } = await askShares(context, options)
  const plan = parsePlanOf(schemeOf(old[0] ?? '', 1, options.scheme), options)
  const asked = options.passphrase === true || options.passphraseFile !== undefined
  const passphrase = asked ? await askPassphrase(context, 'the passphrase of the shares', options) : undefined
  const form = options.form === undefined ? {} : { form: options.form }
  const { scheme } = options
  const made = refresh(old, {
    ...plan,
    ...form,
    scheme,
    pbkdf2,
    ...(passphrase === undefined ? {} : { passphrase }),
  })
  const outcome = await outcomeOf({ ...made, plan, holds: 'the same secret as the old ones' }, options)
  return {
    ...outcome,
    json: { ...outcome.json, old: { set: made.old.set, opens: 'the same secret', needs: needs(made.old) } },
    next: [...corrected, ...sayOld(made.old), ...(outcome.next ?? [])],
  }
}

/** Thresholds of the groups whose shares were given, by group. */
function needs({ groups }: RecoveryState): readonly (number | null)[] {
  return groups.map(({ need }) => need)
}

function sayOld({ scheme, set, groups, need }: RecoveryState): readonly string[] {
  if (scheme !== null && !schemeNamed(scheme).tells.missing)
    return [
      'The old parts together still open the same secret: destroy one of them for good, and the rest open nothing.',
      'Never mix old parts with new ones: nothing tells, and another secret comes out.',
    ]
  const name = set === null ? 'The old set' : `The old set ${set}`
  const enough =
    groups.length === 1
      ? `any ${groups[0]?.need} of its shares`
      : `${need} of its ${groups.length} groups, as before,`
  const left =
    groups.length === 1 ? `fewer than ${groups[0]?.need} of its shares` : `fewer than ${need} of its groups`
  return [
    `${name} still opens the same secret with ${enough}: it is replaced only when ${left} can be found.`,
    'Old and new shares do not go together.',
    ...(scheme === 'slip39' ? ['The passphrase, if the shares have one, is the same as before.'] : []),
  ]
}
