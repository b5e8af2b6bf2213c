/**
 * Pruning, step by step, and why in this order (docs/retention.md):
 *  1. take the lock: a backup must not count on a pack that goes
 *  2. read all heads; what is kept is decided by signed heads and their sequence, each snapshot opened: one that does not
 *     open stops the pruning, since nobody knows what it needs
 *  3. the record of what is forgotten, signed and sealed with the vault secret, on this machine and then in the stores:
 *     from now on the snapshots do not exist, and what is missing of them is known to be meant
 *  4. forget where their chunks lie: the next backup stores again what it needs
 *  5. remove their objects, and only those: what no head leads to may be the work of another machine
 *  6. rewrite packs of which little is needed still (repack.ts), record it likewise, and remove them
 * A crash at any step is made good by the next run, which removes what records name and no snapshot needs.
 *
 * Heads stay, so that each chain can be verified to its end. A device forgets its own snapshots only, since only
 * it knows that it is not counting on their packs right now. From a store nothing is removed unless it shows the whole
 * chain and everything that is kept: a thief who took something out of it must not have the rest thrown after.
 */
import { CairnError, fail, isCairnError } from '@cairn/core/errors.js'
import {
  type ForgottenFile,
  forgottenObjects,
  MAX_FORGOTTEN_PACKS,
  MAX_FORGOTTEN_SNAPSHOTS,
  writeForgotten,
} from '@cairn/core/vault/forgotten.js'
import { manifestOf, type SignedHead } from '@cairn/core/vault/head.js'
import { secretFromIdentity } from '@cairn/core/vault/identity.js'
import { type Manifest, taggedIn } from '@cairn/core/vault/manifest.js'
import { forgottenKey } from '@cairn/core/vault/object.js'
import { type Candidate, planRetention, type Retention, type Rules } from '@cairn/core/vault/retention.js'
import { type Tags, taggedOf, tagsOf } from '@cairn/core/vault/tags.js'
import { nativeEd25519 } from '../ed25519.js'
import { readIndex, readSeen, readTags, writeIndex, writeTags } from '../machine/memory.js'
import type { Machine } from '../machine/open.js'
import { type Ports, type Progress, silent } from '../ports.js'
import type { Store } from '../stores/store.js'
import type { StoreHistory } from './compare.js'
import { asked, type Past, readPast, readRecords } from './open.js'
import { openStores } from './open-stores.js'
import { type PrunedStore, pruneStore } from './prune-store.js'
import { type Reading, readManifest } from './reader.js'
import { type Choice, chooseSparse, REPACK_BELOW, type Repacked, repack } from './repack.js'
import { lastProven } from './status.js'
import { putPlain, type Target } from './stored.js'
import { ownHeads } from './survey.js'

export interface PrunePlan {
  readonly rules: Rules
  /** The vault secret as an age identity. */
  readonly identity: string
  /** Those of before, when it was rekeyed. */
  readonly retired?: readonly string[]
  /** `plan`: says what would go, and changes nothing. */
  readonly mode: 'plan' | 'prune'
  /** Packs of which less than this share is needed are rewritten; 0: none are. */
  readonly below?: number
  readonly progress?: Progress
}

export interface PruneReport extends Retention {
  /** Empty when nothing was changed. */
  readonly stores: readonly PrunedStore[]
  /** Packs that only forgotten snapshots needed. */
  readonly packs: number
  /** Packs of which little was needed and that were rewritten, and the bytes that saved in each store; or would have. */
  readonly rewritten: { readonly packs: number; readonly bytes: number; readonly error?: CairnError }
}

/** @throws CairnError when a snapshot that is kept does not open, or this machine's own chain is not whole */
export async function prune(machine: Machine, plan: PrunePlan, ports: Ports): Promise<PruneReport> {
  return ports.exclusively(machine.home.lock, () => pruneLocked({ machine, plan, ports }))
}

interface Run {
  readonly machine: Machine
  readonly plan: PrunePlan
  readonly ports: Ports
}

async function pruneLocked(run: Run): Promise<PruneReport> {
  const { machine, plan, ports } = run
  const own = ownHeads(machine, ports.disk)
  const { past, opened } = await readAndOpen(run, own)
  const tags = await allTags(run, opened)
  const retention = await decide(run, { opened, tags })
  const gone = new Set(retention.forget.map(({ id }) => id))
  const kept = opened.filter(({ signed }) => !gone.has(signed.head.manifest))
  const going = opened.filter(({ signed }) => gone.has(signed.head.manifest))
  const needed = neededBy(kept)
  const packs = [...new Set(going.flatMap(({ manifest }) => manifest.packs))].filter((id) => !needed.has(id))
  const sparse = await choose(run, kept)
  const report = { ...retention, packs: packs.length }
  if (plan.mode === 'plan') return { ...report, stores: [], rewritten: amounts(sparse, sparse.needed) }
  const moved = going.map(({ signed }) => manifestOf(signed)).filter((id) => !gone.has(id))
  await record(run, own, { forget: retention.forget, objects: [...moved, ...packs], moved: [] })
  const stores = await clean(run, { own, past, kept })
  const seqs = new Set(retention.keep.map(({ snapshot }) => snapshot.seq))
  await writeTags(ports.disk, machine.home, new Map([...tags].filter(([seq]) => seqs.has(seq))))
  return { ...report, ...(await rewrite(run, { own, past, kept, sparse, stores })) }
}

/** Packs of this device that are worth rewriting. */
async function choose({ machine, plan, ports }: Run, kept: readonly Opened[]): Promise<Choice> {
  const isOwn = ({ signed }: Opened) => signed.head.device === machine.device.id
  const { packs: sizes } = await readIndex(ports.disk, machine.home, ports.primitives)
  const others = new Set(kept.filter((each) => !isOwn(each)).flatMap(({ manifest }) => manifest.packs))
  return chooseSparse({ snapshots: kept.filter(isOwn), sizes, others, below: plan.below ?? REPACK_BELOW })
}

const amounts = ({ packs, bytes }: Choice, written: number) => ({ packs: packs.size, bytes: bytes - written })

interface Cleaning {
  readonly own: Store
  readonly past: Past
  readonly kept: readonly Opened[]
}

/** Removes from every store what records name and no snapshot needs. */
async function clean(run: Run, { own, past, kept }: Cleaning): Promise<readonly PrunedStore[]> {
  const needed = neededBy(kept)
  const records = await recordsOf(
    run,
    own,
    past.stores.filter(isWorking).map(({ store }) => store),
  )
  const forgotten = new Set([...forgottenObjects(records)].filter((id) => !needed.has(id)))
  await forgetPlaces(run, forgotten)
  const { progress = silent } = run.plan
  const stores: PrunedStore[] = []
  for (const store of past.stores)
    stores.push(await pruneStore({ past: store, chain: past.chain, records, needed, forgotten, progress }))
  return stores
}

interface Rewriting extends Cleaning {
  readonly sparse: Choice
  readonly stores: readonly PrunedStore[]
}

/**
 * Writes what is needed of sparse packs into new ones, and removes them. Not when a store keeps everything: there the new
 * packs would only be more.
 */
async function rewrite(
  run: Run,
  { own, past, kept, sparse, stores }: Rewriting,
): Promise<Pick<PruneReport, 'stores' | 'rewritten'>> {
  const { machine, plan, ports } = run
  const pruned = past.stores.filter((_, i) => stores[i]?.state === 'pruned')
  const nothing = { packs: 0, bytes: 0 }
  const isUseless = sparse.packs.size === 0 || stores.some(({ state }) => state === 'marked')
  if (isUseless || pruned.length === 0) return { stores, rewritten: nothing }
  const targets = pruned.map(({ store }): Target => ({ store }))
  const { identity, retired = [], progress } = plan
  const working = past.stores.filter(isWorking).map(({ store }) => store)
  const reading = { stores: working, identity, retired, primitives: ports.primitives }
  try {
    const { packs } = sparse
    const repacking = { machine, ports, reading, targets, snapshots: kept, packs, progress }
    const { moved, snapshots, bytes } = await repack(repacking)
    await record(run, own, { forget: [], objects: [...moved.map(({ from }) => from), ...packs], moved })
    const again = await clean(run, { own, past: { ...past, stores: pruned }, kept: snapshots })
    return { stores: stores.map((store) => both(store, again)), rewritten: amounts(sparse, bytes) }
  } catch (error) {
    if (!(error instanceof CairnError)) throw error
    return { stores, rewritten: { ...nothing, error } }
  }
}

/** What was done in one store, all in all. */
function both(first: PrunedStore, again: readonly PrunedStore[]): PrunedStore {
  const second = again.find(({ name }) => name === first.name)
  if (second === undefined) return first
  return { ...second, removed: first.removed + second.removed, bytes: first.bytes + second.bytes }
}

const isWorking = ({ failure }: StoreHistory) => failure === undefined

function identitiesOf({ identity, retired = [] }: PrunePlan): readonly string[] {
  return [identity, ...retired]
}

/**
 * Another computer may forget snapshots of its own between the reading of the heads and that of what they lead to: then its
 * records are in the stores, and it is read once more. What is missing still is missing.
 */
async function readAndOpen(run: Run, own: Store, tries = 2) {
  const past = await readAll(run, own)
  try {
    return { past, opened: await openAll(run, past) }
  } catch (error) {
    if (tries === 0 || !isCairnError(error, 'object-missing')) throw error
    return readAndOpen(run, own, tries - 1)
  }
}

/** Heads of all stores and of this machine: one that a backup could not send yet counts. */
async function readAll({ machine, plan, ports }: Run, own: Store): Promise<Past> {
  const { description } = machine
  const { stores: seen } = await readSeen(ports.disk, machine.home)
  const identities = identitiesOf(plan)
  const past = asked(await readPast(openStores(machine, ports), description, { seen, own, identities }))
  const mine = await readPast([own], description, { identities })
  // what all stores show of a head counts for more: records of where its manifest is may be there only
  const both = (a: readonly SignedHead[], b: readonly SignedHead[]) => [
    ...new Map([...b, ...a].map((signed) => [signed.hash, signed])).values(),
  ]
  const gone = new Set(past.chain.filter((signed) => !past.heads.includes(signed)).map(({ hash }) => hash))
  const chain = both(past.chain, mine.chain)
  const heads = both(past.heads, mine.heads).filter(({ hash }) => !gone.has(hash))
  requireWhole(chain, machine)
  return { ...past, chain, heads }
}

/** @throws CairnError `store-history` when the heads of this device are not 1, 2, 3 … each naming the one before */
function requireWhole(chain: readonly SignedHead[], { device }: Machine): void {
  const own = chain.filter(({ head }) => head.device === device.id).sort((a, b) => a.head.seq - b.head.seq)
  for (const [i, { head }] of own.entries()) {
    const isNext = head.seq === i + 1 && head.previous === (own[i - 1]?.hash ?? null)
    if (!isNext) fail('store-history', { store: '(all of them)', history: 'hidden' })
  }
}

interface Opened {
  readonly signed: SignedHead
  readonly manifest: Manifest
}

/** @throws CairnError of `readManifest` */
async function openAll({ plan, ports }: Run, { heads, stores }: Past): Promise<readonly Opened[]> {
  const { identity, retired = [], progress = silent } = plan
  const working = stores.filter(isWorking).map(({ store }) => store)
  const reading: Reading = { stores: working, identity, retired, primitives: ports.primitives }
  const opened: Opened[] = []
  for (const [done, signed] of heads.entries()) {
    opened.push({ signed, manifest: await readManifest(reading, signed) })
    progress({ what: 'open snapshots', done, total: heads.length })
  }
  return opened
}

/** What manifests say of this machine's snapshots, the oldest first, and what it remembers itself. */
async function allTags({ machine, ports }: Run, opened: readonly Opened[]): Promise<Tags> {
  const own = opened.filter(({ signed }) => signed.head.device === machine.device.id)
  const manifests = own.map(({ manifest }) => manifest).sort((a, b) => a.seq - b.seq)
  return tagsOf([...manifests.map(taggedIn), taggedOf(await readTags(ports.disk, machine.home))])
}

interface Deciding {
  readonly opened: readonly Opened[]
  readonly tags: Tags
}

async function decide({ machine, plan, ports }: Run, { opened, tags }: Deciding): Promise<Retention> {
  const own = opened.filter(({ signed }) => signed.head.device === machine.device.id)
  const snapshots = own.map(({ signed: { head }, manifest }): Candidate => {
    const { manifest: id, seq, time } = head
    return { id, seq, time, wallets: manifest.wallets.map(({ name }) => name), tags: tags.get(seq) ?? [] }
  })
  const names = new Set(snapshots.flatMap(({ wallets }) => wallets))
  const proven = await lastProven(machine, names, ports)
  return planRetention({ snapshots, rules: plan.rules, proven, now: ports.now() })
}

/** Objects that snapshots lead to, of every device. */
function neededBy(opened: readonly Opened[]): ReadonlySet<string> {
  return new Set(opened.flatMap(({ signed, manifest }) => [manifestOf(signed), ...manifest.packs]))
}

interface Forgetting {
  readonly forget: readonly Candidate[]
  readonly objects: readonly string[]
  readonly moved: Repacked['moved']
}

/** Writes the records of what is forgotten, on this machine; those that name objects last. */
async function record({ machine, plan, ports }: Run, own: Store, forgetting: Forgetting): Promise<void> {
  const secret = secretFromIdentity(plan.identity)
  const keys = { device: machine.device, secret, ed25519: nativeEd25519 }
  const fields = { vault: machine.description.id, device: machine.device.id, time: ports.now().toISOString() }
  const files = recordsFor(forgetting).map((each) =>
    writeForgotten({ format: 'cairn-forgotten', ...fields, ...each }, keys),
  )
  secret.fill(0)
  for (const { id, bytes } of files) await putPlain([{ store: own }], forgottenKey(id), bytes)
}

function recordsFor({ forget, objects, moved }: Forgetting) {
  const snapshots = forget.map(({ seq, id: manifest }) => ({ seq, manifest }))
  const pieces = <T>(list: readonly T[], most: number) =>
    Array.from({ length: Math.ceil(list.length / most) }, (_, i) => list.slice(i * most, (i + 1) * most))
  const lists = {
    snapshots: pieces(snapshots, MAX_FORGOTTEN_SNAPSHOTS),
    packs: pieces(objects, MAX_FORGOTTEN_PACKS),
    moved: pieces(moved, MAX_FORGOTTEN_SNAPSHOTS),
  }
  const count = Math.max(...Object.values(lists).map(({ length }) => length))
  return Array.from({ length: count }, (_, i) => {
    const packs = [...(lists.packs[i - count + lists.packs.length] ?? [])]
    const both = { snapshots: [...(lists.snapshots[i] ?? [])], packs }
    const moves = [...(lists.moved[i] ?? [])]
    return moves.length > 0
      ? { ...both, version: 2 as const, moved: moves }
      : { ...both, version: 1 as const }
  })
}

/** Genuine records of this device, each once, of this machine and of the stores. */
async function recordsOf(
  { machine, plan }: Run,
  own: Store,
  stores: readonly Store[],
): Promise<readonly ForgottenFile[]> {
  const secrets = identitiesOf(plan).map(secretFromIdentity)
  const devices = new Map([[machine.device.id, machine.device.publicKey]])
  const reading = { vault: machine.description.id, devices, secrets, ed25519: nativeEd25519 }
  const found = new Map<string, ForgottenFile>()
  for (const file of await readRecords(own, reading)) found.set(file.id, file)
  for (const store of stores) {
    try {
      for (const file of await readRecords(store, reading)) found.set(file.id, file)
    } catch (error) {
      // what is wrong with it is told of it alone, when its turn comes
      if (!(error instanceof CairnError)) throw error
    }
  }
  for (const secret of secrets) secret.fill(0)
  return [...found.values()]
}

/** Chunks in packs that go are stored again when a wallet has them still. */
async function forgetPlaces({ machine, ports }: Run, forgotten: ReadonlySet<string>): Promise<void> {
  const { packs, places, files } = await readIndex(ports.disk, machine.home, ports.primitives)
  if (![...packs.keys()].some((id) => forgotten.has(id))) return
  const left = {
    packs: new Map([...packs].filter(([id]) => !forgotten.has(id))),
    places: new Map([...places].filter(([, { pack }]) => !forgotten.has(pack))),
    files,
  }
  await writeIndex(ports.disk, machine.home, left, ports.primitives)
}
