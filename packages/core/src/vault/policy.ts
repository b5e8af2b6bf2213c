/**
 * The unlock policy of a vault: its secret (32 bytes, an age identity) is the master secret of one SLIP-39 set
 * (extendable, iteration exponent 0, no passphrase), and each factor holds one share of it.
 *
 * A sheet is the share itself, on paper: the policy records its name only. The other factors are locks, armored
 * age files around the share. The kinds of factors: locks/table.ts.
 * Adding or removing a factor makes a new set of the same secret; shares of two sets do not mix.
 */
import { z } from 'zod'
import { fail } from '../errors.js'
import { parseShare, split } from '../words/slip39.js'
import { SECRET_BYTES } from './identity.js'
import { LOG_N_DEFAULT } from './lock.js'
import { factorName } from './locks/row.js'
import { type Factor, type FactorPlan, factorSchema, lockOf } from './locks/table.js'
import { normalize } from './passphrase.js'
import { fewest, opensWithOnly, type Shape } from './quorum.js'

export const FACTORS_LIMIT = 16
// 33 words of at most 8 letters, and the spaces between: locks are padded to it, since a length tells of the words.
const SHARE_CHARACTERS = 33 * 9 - 1

export type { Factor, FactorPlan } from './locks/table.js'

/** Any `need` of the groups, in each group any `need` of its factors. */
export interface Grouped<F> {
  readonly need: number
  readonly groups: readonly {
    readonly name: string
    readonly need: number
    readonly factors: readonly F[]
  }[]
}

/** What is asked for. */
export type PolicyPlan = Grouped<FactorPlan>

/**
 * The policy as vault.json has it; public. `set` is the SLIP-39 identifier of its shares. The share of a factor
 * is that of the group and the member at its place; in a group that needs one, all factors hold the same share.
 */
export interface Policy extends Grouped<Factor> {
  readonly scheme: 'slip39'
  readonly set: number
}

/** The share that goes on a sheet and is then forgotten. `words`: a SLIP-39 mnemonic of 33 words, secret. */
export interface SheetWords {
  readonly name: string
  readonly words: string
}

/** The plan with one group: any `need` of the factors. */
export function anyOf<const F>(need: number, factors: readonly F[]): Grouped<F> {
  return { need: 1, groups: [{ name: 'factors', need, factors }] }
}

/**
 * Splits the vault secret and locks its shares. The sheets are not kept anywhere: print them, or they are lost.
 * @param cost scrypt cost of the passphrase locks, log2 of N; lower it in tests only
 * @throws CairnError `policy-invalid`, `passphrase-weak`, `key-invalid`, `entropy-length`, `random-broken`
 */
export async function makePolicy(
  secret: Uint8Array,
  plan: PolicyPlan,
  cost: { readonly logN: number } = { logN: LOG_N_DEFAULT },
): Promise<{ readonly policy: Policy; readonly sheets: readonly SheetWords[] }> {
  if (secret.length !== SECRET_BYTES) {
    return fail('entropy-length', { bytes: secret.length, expected: SECRET_BYTES })
  }
  const reason = problemOf(plan) ?? repeatedPassphrase(plan)
  if (reason !== null) return fail('policy-invalid', { reason })
  const shares = split({
    secret,
    groupThreshold: plan.need,
    groups: plan.groups.map(({ need, factors }) => ({
      threshold: need,
      count: need === 1 ? 1 : factors.length,
    })),
    iterationExponent: 0,
    extendable: true,
  })
  return lockShares(plan, shares, cost)
}

/**
 * Reads the policy of a vault.json, bounded, with the cost of every lock known before any is opened.
 * @throws CairnError `vault-damaged`
 */
export function parsePolicy(json: unknown): Policy {
  const parsed = PolicySchema.safeParse(json)
  if (!parsed.success) return fail('vault-damaged', { reason: 'its unlock policy cannot be read' })
  const policy: Policy = parsed.data
  if (problemOf(policy) !== null) return fail('vault-damaged', { reason: 'its unlock policy makes no sense' })
  for (const factor of policy.groups.flatMap((group) => group.factors)) {
    if (!lockOf(factor.kind).fits(factor))
      fail('vault-damaged', { reason: `the lock of ${factor.name} is not one that Cairn writes` })
  }
  return policy
}

/** The number that the share of this factor has within its group: SLIP-39 has no 1 of many, so those share one. */
export function memberOf(group: { readonly need: number }, factor: number): number {
  return group.need === 1 ? 0 : factor
}

async function lockShares(
  plan: PolicyPlan,
  shares: readonly (readonly string[])[],
  cost: { readonly logN: number },
): Promise<{ readonly policy: Policy; readonly sheets: readonly SheetWords[] }> {
  const shareOf = (group: number, factor: number) =>
    shares[group]?.[memberOf(plan.groups[group] as { need: number }, factor)] as string
  const sheets = plan.groups.flatMap(({ factors }, g) =>
    factors.flatMap(({ kind, name }, f) => (kind === 'sheet' ? [{ name, words: shareOf(g, f) }] : [])),
  )
  const groups = await Promise.all(
    plan.groups.map(async ({ name, need, factors }, g) => {
      const locked = factors.map((factor, f) => lock(factor, shareOf(g, f), cost))
      return { name, need, factors: await Promise.all(locked) }
    }),
  )
  const { identifier: set } = parseShare(shareOf(0, 0))
  return { policy: { scheme: 'slip39', set, need: plan.need, groups }, sheets }
}

function lock(plan: FactorPlan, share: string, { logN }: { readonly logN: number }): Promise<Factor> {
  const content = `${share.padEnd(SHARE_CHARACTERS)}\n`
  return lockOf(plan.kind).lock(plan, { content, logN })
}

/** Why this policy must not be, or null. Holds for what is asked for and for what is read. */
function problemOf(shape: PolicyPlan | Policy): string | null {
  return problemOfNumbers(shape) ?? problemOfNames(shape) ?? problemOfStrength(shape)
}

function problemOfNumbers({ need, groups }: Shape): string | null {
  if (groups.length < 1 || groups.length > FACTORS_LIMIT) return 'there must be 1 to 16 groups'
  if (!within(need, groups.length)) return `${need} of ${groups.length} groups is not possible`
  const total = groups.reduce((sum, group) => sum + group.factors.length, 0)
  if (total > FACTORS_LIMIT) return `there can be at most ${FACTORS_LIMIT} factors`
  const wrong = groups.find((group) => !within(group.need, group.factors.length))
  return wrong ? `${wrong.need} of ${wrong.factors.length} factors is not possible` : null
}

function problemOfNames({ groups }: PolicyPlan | Policy): string | null {
  const factors = groups.flatMap((group) => group.factors as readonly (Factor | FactorPlan)[])
  const names = [...groups, ...factors].map((each) => each.name)
  if (!names.every((name) => factorName.safeParse(name).success))
    return 'names have 1 to 64 printable characters'
  if (repeats(groups.map((each) => each.name))) return 'two groups have the same name'
  if (repeats(factors.map((each) => each.name))) return 'two factors have the same name'
  const recipients = factors.flatMap((each) => ('recipient' in each ? [each.recipient] : []))
  return repeats(recipients) ? 'two factors have the same key: one key would count twice' : null
}

function problemOfStrength(shape: Shape): string | null {
  if (fewest(shape) < 2) return 'one factor alone would open the vault; at least two must be needed'
  // Each lock can be guessed at alone, so two passphrases are as weak as the stronger one of them.
  return opensWithOnly(shape, 'passphrase') ? 'passphrases alone would open the vault' : null
}

function repeatedPassphrase({ groups }: PolicyPlan): string | null {
  const factors = groups.flatMap((group) => group.factors)
  const typed = factors.flatMap((each) => (each.kind === 'passphrase' ? [normalize(each.passphrase)] : []))
  return repeats(typed) ? 'two factors have the same passphrase: one would count twice' : null
}

function within(need: number, count: number): boolean {
  return Number.isInteger(need) && need >= 1 && need <= count
}

function repeats(texts: readonly string[]): boolean {
  return new Set(texts).size < texts.length
}

const Small = z.number().int().min(1).max(FACTORS_LIMIT)

const GroupSchema = z.strictObject({
  name: factorName,
  need: Small,
  factors: z.array(factorSchema).min(1).max(FACTORS_LIMIT),
})

const PolicySchema = z.strictObject({
  scheme: z.literal('slip39'),
  set: z.number().int().min(0).max(0x7fff),
  need: Small,
  groups: z.array(GroupSchema).min(1).max(FACTORS_LIMIT),
})
