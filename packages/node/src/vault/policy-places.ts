/** Which state of vault.json each store shows, held against the one that this machine found genuine. No secret. */
import { CairnError } from '@cairn/core/errors.js'
import { parseDescription } from '@cairn/core/vault/description.js'
import { VAULT_FILE } from '@cairn/core/vault/object.js'
import type { Machine } from '../machine/open.js'
import type { Ports } from '../ports.js'
import type { Store } from '../stores/store.js'
import { openStores } from './open-stores.js'

/**
 * `behind`: an older policy opens this copy still; the next backup catches it up. `newer`: another computer changed the
 * policy, or the store lies: only an unlock can tell. `different`: the same number with other bytes.
 */
export type PolicyState = 'current' | 'behind' | 'newer' | 'different' | 'foreign' | 'damaged' | 'unreachable'

export interface PolicyPlace {
  readonly name: string
  readonly state: PolicyState
  readonly revision?: number
}

export function policyPlaces(machine: Machine, ports: Ports): Promise<readonly PolicyPlace[]> {
  return Promise.all(openStores(machine, ports).map((store) => stateOf(store, machine)))
}

async function stateOf(store: Store, machine: Machine): Promise<PolicyPlace> {
  try {
    const bytes = await store.get(VAULT_FILE)
    const { description } = parseDescription(bytes)
    return { name: store.name, state: compare(bytes, description, machine), revision: description.revision }
  } catch (error) {
    if (!(error instanceof CairnError)) throw error
    return { name: store.name, state: error.kind === 'unreachable' ? 'unreachable' : 'damaged' }
  }
}

function compare(
  bytes: Uint8Array,
  shown: { readonly id: string; readonly revision: number },
  { description, descriptionBytes }: Machine,
): PolicyState {
  if (shown.id !== description.id) return 'foreign'
  if (shown.revision !== description.revision)
    return shown.revision < description.revision ? 'behind' : 'newer'
  return Buffer.compare(bytes, descriptionBytes) === 0 ? 'current' : 'different'
}
