/** Anchors of a vault: the newest head as a line to be kept elsewhere, and stores held against such a line. */
import { fail } from '@cairn/core/errors.js'
import { type Anchor, type AnchorState, anchorOf, holdAgainst, isAnchorOf } from '@cairn/core/vault/anchor.js'
import { type VaultDescription, vaultFingerprint } from '@cairn/core/vault/description.js'
import { trusted } from '@cairn/core/vault/devices.js'
import type { SignedHead } from '@cairn/core/vault/head.js'
import { type History, readHistory } from '@cairn/core/vault/history.js'
import { headKey } from '@cairn/core/vault/object.js'
import { nativeEd25519 } from '../ed25519.js'
import type { Machine } from '../machine/open.js'
import { recallSeen } from '../machine/recall.js'
import type { Ports } from '../ports.js'
import { isLie, type StoreHistory } from './compare.js'
import { asked, type Past, readPast } from './open.js'
import { openStores } from './open-stores.js'
import { getOrNull } from './reader.js'
import { ownHeads } from './survey.js'

/** The newest head of this device that a store acknowledged, from this machine's own copy; undefined before the first. */
export async function ownNewest(
  machine: Machine,
  ports: Pick<Ports, 'disk'>,
): Promise<SignedHead | undefined> {
  const { snapshots } = await recallSeen(machine, ports.disk)
  const last = snapshots.at(-1)
  if (last === undefined) return undefined
  const key = headKey(machine.device.id, last.seq)
  const bytes = await getOrNull(ownHeads(machine, ports.disk), key)
  if (bytes === null) return undefined
  const known = { ...trusted(machine.description), seen: [], ed25519: nativeEd25519 }
  return readHistory([{ key, bytes }], known).heads[0]
}

/**
 * The anchor of the newest snapshot of a device: of this one as it remembers it, of another one as the stores show it.
 * @throws CairnError `snapshot-absent`
 */
export async function newestAnchor(machine: Machine, device: string, ports: Ports): Promise<Anchor> {
  const own = device === machine.device.id ? await ownNewest(machine, ports) : undefined
  return anchorOf(machine.description, own ?? (await shownNewest(machine, device, ports)))
}

async function shownNewest(machine: Machine, device: string, ports: Ports): Promise<SignedHead> {
  const { chain } = asked(await readPast(openStores(machine, ports), machine.description))
  const heads = chain.filter(({ head }) => head.device === device)
  return heads.sort((a, b) => b.head.seq - a.head.seq)[0] ?? fail('snapshot-absent')
}

const NAMED: Readonly<Record<Exclude<AnchorState, 'shown'>, History>> = {
  less: 'rolled-back',
  other: 'forked',
}

/**
 * What stores show, held against an anchor: one that shows less is called rolled back, one that shows another head forked.
 * @throws CairnError `anchor-foreign`
 */
export function heldAgainst(past: Past, anchor: Anchor, description: VaultDescription): Past {
  if (!isAnchorOf(anchor, description))
    fail('anchor-foreign', { vault: anchor.vault, known: vaultFingerprint(description) })
  return { ...past, stores: past.stores.map((store) => heldStore(store, anchor)) }
}

function heldStore(store: StoreHistory, anchor: Anchor): StoreHistory {
  if (store.failure) return store
  const state = holdAgainst(anchor, store.heads)
  const known = store.heads.find(({ head }) => head.device.startsWith(anchor.device))
  const at = headKey(known?.head.device ?? `${anchor.device}…`, anchor.seq)
  return state === 'shown' || isLie(store.history) ? store : { ...store, history: NAMED[state], at }
}

/** For a restore: somebody must show what the anchor knows. @throws CairnError `anchor-unmet` */
export function requireAnchor({ chain }: Past, anchor: Anchor): void {
  const state = holdAgainst(anchor, chain)
  if (state !== 'shown') fail('anchor-unmet', { seq: anchor.seq, date: anchor.date, state: NAMED[state] })
}
