/** Which way a rehearsal of heirs was about, so that a change of it asks for another one. */
import { createHash } from 'node:crypto'
import type { HeirsPlan } from '@cairn/core/plan/heirs.js'
import type { Policy } from '@cairn/core/vault/policy.js'

/** Another one when the shares are new, or when this person holds other things. */
export function planVersion(policy: Policy, { holders }: Pick<HeirsPlan, 'holders'>, heir: string): string {
  const items = holders.find(({ name }) => name === heir)?.items.map(({ name }) => name) ?? []
  return createHash('sha256')
    .update(JSON.stringify([policy.set, [...items].sort()]))
    .digest('hex')
    .slice(0, 32)
}
