/**
 * Every set of factors of a policy: each quorum opens, and each that is one short is refused with what is missing.
 * The tests run it on small policies, `npm run figures` on all up to 16 factors; both on an opener that may be a twin.
 */
import { equal } from '../../src/bytes.js'
import { isCairnError } from '../../src/errors.js'
import { type Identity, identityWith, newIdentity } from '../../src/vault/identity.js'
import { anyOf, type FactorPlan, makePolicy, type Policy, type PolicyPlan } from '../../src/vault/policy.js'
import { type Given, unlock } from '../../src/vault/unlock.js'

export type Unlock = typeof unlock

export interface QuorumTally {
  quorums: number
  opened: number
  short: number
  refused: number
}

/** A policy with a way to present any of its factors, by their numbers. */
export interface Rig {
  readonly policy: Policy
  readonly secret: Uint8Array
  readonly recipient: string
  given(factors: readonly number[]): Given
  opens(factors: readonly number[]): boolean
}

/** Factors take turns: a sheet, a computer, a person, and one passphrase. */
export function factorPlans(count: number): readonly (FactorPlan & { readonly identity?: string })[] {
  return Array.from({ length: count }, (_, i) => {
    const name = `factor ${i + 1}`
    if (i === 1) return { kind: 'passphrase', name, passphrase: 'correct horse battery staple' }
    if (i % 3 === 0) return { kind: 'sheet', name }
    const { identity, recipient }: Identity = newIdentity()
    return { kind: i % 3 === 1 ? 'computer' : 'person', name, recipient, identity }
  })
}

export async function rig(plan: PolicyPlan): Promise<Rig> {
  const secret = Uint8Array.from({ length: 32 }, (_, i) => (i * 7) ^ plan.need)
  const { policy, sheets } = await makePolicy(secret, plan, { logN: 1 })
  const factors = plan.groups.flatMap((group, g) => group.factors.map((factor) => ({ factor, g })))
  const given = (numbers: readonly number[]): Given => {
    const chosen = numbers.map((i) => factors[i]?.factor as FactorPlan & { readonly identity?: string })
    return {
      passphrases: chosen.flatMap((each) => (each.kind === 'passphrase' ? [each.passphrase] : [])),
      identities: chosen.flatMap((each) => (each.identity === undefined ? [] : [each.identity])),
      sheets: chosen.flatMap(({ name }) =>
        sheets.filter((each) => each.name === name).map(({ words }) => words),
      ),
    }
  }
  const opens = (numbers: readonly number[]) => {
    const held = plan.groups.map((_, g) => numbers.filter((i) => factors[i]?.g === g).length)
    return plan.groups.filter(({ need }, g) => (held[g] as number) >= need).length >= plan.need
  }
  return { policy, secret, recipient: identityWith(secret).recipient, given, opens }
}

/** Tries the given sets of factors; `opened` and `refused` count those that ended as they should. */
export async function tryAll(
  rig: Rig,
  sets: Iterable<readonly number[]>,
  opener: Unlock,
): Promise<QuorumTally> {
  const tally: QuorumTally = { quorums: 0, opened: 0, short: 0, refused: 0 }
  for (const set of sets) {
    const result = await opener(rig.policy, rig.given(set), rig.recipient).catch((error) => error)
    if (rig.opens(set)) {
      tally.quorums++
      if (result instanceof Uint8Array && equal(result, rig.secret)) tally.opened++
    } else {
      tally.short++
      if (isCairnError(result, 'factors-missing')) tally.refused++
    }
  }
  return tally
}

export function* setsOf(count: number, size: number, from = 0): Generator<readonly number[]> {
  if (size === 0) {
    yield []
    return
  }
  for (let i = from; i <= count - size; i++)
    for (const rest of setsOf(count, size - 1, i + 1)) yield [i, ...rest]
}

/** All T of N up to `most`: every quorum, and every set that is one short. Hours at 16; `every` takes a part. */
export async function quorumFigure(
  options: { readonly most: number; readonly every?: number },
  opener: Unlock = unlock,
): Promise<QuorumTally> {
  const total: QuorumTally = { quorums: 0, opened: 0, short: 0, refused: 0 }
  for (let count = 2; count <= options.most; count++) {
    for (let need = 2; need <= count; need++) {
      const each = await rig(anyOf(need, factorPlans(count)))
      const sets = [...setsOf(count, need), ...setsOf(count, need - 1)]
      const tally = await tryAll(
        each,
        sets.filter((_, i) => i % (options.every ?? 1) === 0),
        opener,
      )
      for (const key of Object.keys(total) as (keyof QuorumTally)[]) total[key] += tally[key]
    }
  }
  return total
}
