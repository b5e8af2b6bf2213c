/**
 * How many guesses the passphrases of a policy take, as rated when they were chosen on this machine: nobody can tell
 * later without them. It is kept here only, since it would tell an attacker which vault is worth guessing at.
 */
import { isCairnError } from '@cairn/core/errors.js'
import type { Strengths } from '@cairn/core/vault/exposure.js'
import type { PolicyPlan } from '@cairn/core/vault/policy.js'
import * as z from 'zod'
import type { Disk } from '../disk.js'
import type { VaultHome } from './home.js'
import { readState, writeState } from './state.js'

/** Rates a passphrase: log2 of the guesses it takes. */
export type Rate = (passphrase: string) => Promise<number>

const schema = z.record(z.string().max(64), z.int().min(0).max(20_000))

/** Nothing is known when the file is gone or damaged. */
export async function readStrengths(disk: Disk, home: VaultHome): Promise<Strengths> {
  try {
    return (await readState(disk, home.strengths, schema)) ?? {}
  } catch (error) {
    if (isCairnError(error, 'state-damaged')) return {}
    throw error
  }
}

export async function writeStrengths(disk: Disk, home: VaultHome, strengths: Strengths): Promise<void> {
  await writeState(disk, home.strengths, strengths)
}

/** By the name of the factor. */
export async function rateAll({ groups }: PolicyPlan, rate: Rate | undefined): Promise<Strengths> {
  const rated: Record<string, number> = {}
  for (const factor of groups.flatMap(({ factors }) => factors))
    if (factor.kind === 'passphrase' && rate) rated[factor.name] = await rate(factor.passphrase)
  return rated
}
