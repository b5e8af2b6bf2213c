/**
 * Sending a new vault.json to every store without locks. Before it is written over, a store must still show what the change
 * was made from, and afterwards it must show what was sent: when it shows a change of another computer, that is told, and
 * all computers agree on which of the two counts (`outranks`). What is overwritten in between is found out by the computer
 * that made it: the file that counts does not name it among its ancestors.
 */
import { utf8 } from '@cairn/core/bytes.js'
import { CairnError, fail } from '@cairn/core/errors.js'
import { authenticate, parseDescription, type SignedDescription } from '@cairn/core/vault/description.js'
import { mergedDevices } from '@cairn/core/vault/devices.js'
import { secretFromIdentity } from '@cairn/core/vault/identity.js'
import { README_FILE, VAULT_FILE } from '@cairn/core/vault/object.js'
import { storeReadme } from '@cairn/core/vault/readme.js'
import type { Store } from '../stores/store.js'
import type { Claim } from './open.js'

export interface SentTo {
  readonly name: string
  /** `behind`: it has the file of before; the next backup brings the new one there. */
  readonly state: 'saved' | 'behind'
}

/**
 * @param claims what the stores showed when the change was made
 * @throws CairnError `vault-overtaken` when a store shows a change that was made at the same time
 */
export async function sendDescription(
  claims: readonly Claim[],
  file: Uint8Array,
): Promise<readonly SentTo[]> {
  const made = parseDescription(file)
  const from = new Set(saidBy(claims).map(({ mac }) => mac))
  const sending: Sending = { made, file, from }
  const ours = claims.filter(({ signed }) => signed?.description.id === made.description.id)
  const states = new Map<Store, State>()
  const each = async ({ store }: Claim) => {
    states.set(store, await unlessItFails(() => sendTo(store, sending)))
  }
  await Promise.all(ours.map(each))
  // a store may have been written by another computer since, until the last one had this file
  const again = async ({ store }: Claim) => {
    if (states.get(store) === 'saved') states.set(store, await unlessItFails(() => settle(store, sending)))
  }
  await Promise.all(ours.map(again))
  const overtaken = claims.find(({ store }) => states.get(store) === 'overtaken')
  if (overtaken) fail('vault-overtaken', { store: overtaken.store.name })
  return claims.map(({ store }) => ({
    name: store.name,
    state: states.get(store) === 'saved' ? 'saved' : 'behind',
  }))
}

type State = SentTo['state'] | 'overtaken'

interface Sending {
  readonly made: SignedDescription
  readonly file: Uint8Array
  /** Codes of the descriptions that the change was made from. */
  readonly from: ReadonlySet<string>
}

async function unlessItFails(work: () => Promise<State>): Promise<State> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof CairnError) return 'behind'
    throw error
  }
}

async function sendTo(store: Store, sending: Sending): Promise<State> {
  const shown = parseDescription(await store.get(VAULT_FILE))
  if (isAnother(shown, sending)) return 'overtaken'
  await store.put(VAULT_FILE, sending.file)
  await store.put(README_FILE, utf8(storeReadme(sending.made.description)))
  return settle(store, sending)
}

/** Another change of the same revision or a later one, which this one was not made from. */
function isAnother({ description, mac }: SignedDescription, { made, from }: Sending): boolean {
  return description.revision >= made.description.revision && mac !== made.mac && !from.has(mac)
}

async function settle(store: Store, sending: Sending): Promise<State> {
  const bytes = await store.get(VAULT_FILE)
  if (Buffer.compare(bytes, sending.file) === 0) return 'saved'
  if (isAnother(parseDescription(bytes), sending)) return 'overtaken'
  // a backup on a computer that does not know this change may have brought what it knew
  await store.put(VAULT_FILE, sending.file)
  return Buffer.compare(await store.get(VAULT_FILE), sending.file) === 0 ? 'saved' : 'behind'
}

/**
 * The devices of a description with those that other genuine descriptions of the same secret know: a device that two
 * computers added at once to different stores is not forgotten, nor is a removal.
 */
export function knownDevices(
  {
    description,
    identity,
  }: { readonly description: SignedDescription['description']; readonly identity: string },
  others: readonly SignedDescription[],
): SignedDescription['description']['devices'] {
  const secret = secretFromIdentity(identity)
  const genuine = others.filter((signed) => isGenuine(signed, secret)).map((signed) => signed.description)
  secret.fill(0)
  return mergedDevices([description, ...genuine])
}

/** What stores say of the vault, as far as they say anything. */
export function saidBy(claims: readonly Claim[]): readonly SignedDescription[] {
  return claims.flatMap(({ signed }) => (signed ? [signed] : []))
}

function isGenuine(signed: SignedDescription, secret: Uint8Array): boolean {
  try {
    authenticate(signed, secret)
    return true
  } catch (error) {
    if (error instanceof CairnError) return false
    throw error
  }
}
