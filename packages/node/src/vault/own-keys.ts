/** The computer factor: its key file, or the keychain, holds age identities that this machine keeps. */
import { text, utf8 } from '@cairn/core/bytes.js'
import { recipientOf } from '@cairn/core/vault/identity.js'
import type { Factor, FactorPlan, Grouped, Policy } from '@cairn/core/vault/policy.js'
import type { VaultHome } from '../machine/home.js'
import { isKeychainError, type KeepPorts, readKept } from '../machine/kept.js'

/**
 * Those that are a factor of this policy: none when the computer was not chosen, or was removed, and none when the
 * keychain that has them cannot be asked, since other factors may do.
 */
export async function ownKeys(home: VaultHome, policy: Policy, ports: KeepPorts): Promise<readonly string[]> {
  const recipients = new Set(
    policy.groups.flatMap(({ factors }) => factors).flatMap((f) => ('recipient' in f ? [f.recipient] : [])),
  )
  const keys = await keysOf(home, ports).catch((error: unknown) => {
    if (isKeychainError(error)) return []
    throw error
  })
  return keys.filter((identity) => recipients.has(recipientOf(identity)))
}

/** All of them. @throws CairnError `keychain-absent`, `keychain-locked`, `keychain-lost` */
export async function keysOf(home: VaultHome, ports: KeepPorts): Promise<readonly string[]> {
  const file = await readKept(ports, home.computerKey)
  return file ? identitiesOf(text(file)) : []
}

/** The identities in a key file of age: lines that are neither empty nor comments. */
export function identitiesOf(keyFile: string): readonly string[] {
  const lines = keyFile.split('\n').map((line) => line.trim())
  return lines.filter((line) => line !== '' && !line.startsWith('#'))
}

/** A factor as asked for; the key of the computer factor is made here. */
export type AskedFactor =
  | Exclude<FactorPlan, { kind: 'computer' }>
  | { readonly kind: 'computer'; readonly name: string }

/** True when a computer factor has no key yet. */
export function asksForComputer(policy: Grouped<{ readonly kind: string }>): boolean {
  return policy.groups.some(({ factors }) =>
    factors.some((factor) => factor.kind === 'computer' && !('recipient' in factor)),
  )
}

/** The policy with this recipient where the computer factor has none yet. */
export function withComputerKey(
  policy: Grouped<Factor | AskedFactor>,
  recipient: string,
): Grouped<Factor | FactorPlan> {
  const give = (factor: Factor | AskedFactor): Factor | FactorPlan =>
    factor.kind === 'computer' && !('recipient' in factor) ? { ...factor, recipient } : factor
  return {
    need: policy.need,
    groups: policy.groups.map((group) => ({ ...group, factors: group.factors.map(give) })),
  }
}

/** As `age-keygen` writes it, so that `age -d -i` takes it. */
export function keyFile(
  identities: readonly string[],
  { id, created }: { readonly id: string; readonly created: string },
): Uint8Array {
  const keys = identities.map((identity) => `# public key: ${recipientOf(identity)}\n${identity}\n`)
  return utf8(`# the computer factor of the Cairn vault ${id}\n# created: ${created}\n${keys.join('')}`)
}
