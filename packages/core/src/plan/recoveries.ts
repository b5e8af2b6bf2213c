/**
 * Plans of transactions that were signed in advance (BIP-128), as the vault holds them: whose coins each moves, and what is
 * wrong with it. Pure.
 */
import type { TimelockRecovery, Wallet } from '../types.js'

export interface PlannedRecovery {
  /** What the vault calls the file. */
  readonly name: string
  /** The wallet in the vault whose address the coins wait at; null when none of them knows it. */
  readonly wallet: string | null
  readonly plan: TimelockRecovery
  /** Sentences that should be so, and are not. */
  readonly wrong: readonly string[]
}

interface Named {
  readonly name: string
  readonly known: Wallet
}

/** Of all wallets in the vault the plans, in their order. */
export function recoveriesOf(wallets: readonly Named[]): readonly PlannedRecovery[] {
  return wallets.flatMap(({ name, known: { recovery: plan } }) =>
    plan === undefined ? [] : [{ name, plan, wallet: ownerOf(plan, wallets), wrong: wrongIn(plan) }],
  )
}

function ownerOf({ alert }: TimelockRecovery, wallets: readonly Named[]): string | null {
  const own = wallets.find(
    ({ known }) =>
      known.recovery === undefined && known.addresses.some(({ address }) => address === alert.to.address),
  )
  return own?.name ?? null
}

function wrongIn({ checks }: TimelockRecovery): readonly string[] {
  return checks.filter(({ ok }) => ok === false).map(({ what }) => what)
}
