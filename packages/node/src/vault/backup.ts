/**
 * A backup, step by step, and why in this order (docs/format.md):
 *  1. take the lock: two writers of one chain would fork it
 *  2. look at every store: a store with a broken past gets nothing new
 *  3. leave stores that lack something for the end, so that the slow do not hold up the others; when all lack
 *     something, bring them up to date now, so that chunks stored before can be counted on
 *  4. pack the chunks that are new; each pack is read back before anything refers to it
 *  5. the manifest, read back likewise; it refers only to packs that every working store gave back
 *  6. the head, last, on this machine and then in the stores: until it is there, the snapshot does not exist; a
 *     crash before leaves unused objects, a crash between the two is finished by the next backup
 *  7. remember the head: from now on a store that does not show it is known to lie
 *  8. bring the stores that were left behind up to date from the others, the new snapshot included
 *  9. read a little of what was there before again, in each store (`reread.ts`)
 * No secret is needed at any step.
 */
import { join } from 'node:path'
import { CairnError, fail } from '@cairn/core/errors.js'
import { DAY_MS } from '@cairn/core/plan/due.js'
import { PLACES_NAME } from '@cairn/core/plan/places.js'
import type { Primitives } from '@cairn/core/types.js'
import type { SignedHead } from '@cairn/core/vault/head.js'
import { objectKey } from '@cairn/core/vault/object.js'
import { retag, type Tags } from '@cairn/core/vault/tags.js'
import { isAbandoned, removeAbandoned } from '../disk.js'
import { type Facts, readFacts, rememberFacts } from '../machine/facts.js'
import {
  expectedBy,
  type Index,
  readDoubts,
  readIndex,
  readTags,
  type Snapshot,
  writeDoubts,
  writeIndex,
  writeTags,
} from '../machine/memory.js'
import type { Machine } from '../machine/open.js'
import { type Recalled, recallSeen } from '../machine/recall.js'
import { localError } from '../machine/state.js'
import { chooseWallets, readWallets, type WalletEntry } from '../machine/wallets.js'
import { type Ports, type Progress, silent } from '../ports.js'
import { inPlaceOf } from '../stores/drive.js'
import { nextExpected, type Saving } from './advice.js'
import { findReady, level } from './level.js'
import { notedBackup } from './note-run.js'
import { noteStores, type Tried } from './note-stores.js'
import { forgottenElsewhere, forgottenHere } from './open.js'
import { openStores } from './open-stores.js'
import { type PackWriter, type Places, packWriter } from './pack-writer.js'
import { newIndex, newsOf, remaining, remember } from './remember.js'
import { reread } from './reread.js'
import { savePlaces } from './saved-places.js'
import { contentHash } from './sighting.js'
import { keyOf, makeManifest, putManifest, signedHead } from './snapshot.js'
import { isWorking, putPlain, type Sealed, type SealedWriter, type Target } from './stored.js'
import { ownHeads, type Survey } from './survey.js'
import { type SavedWallet, saveWallet } from './wallet-saver.js'

export interface BackupPlan {
  /** Names of wallets; all when empty. */
  readonly names: readonly string[]
  /** How many days later the next one is late; as the use of the wallets asks for when absent. */
  readonly expectedWithinDays?: number
  /** Tags of this snapshot, as `parseTag` gives them. */
  readonly tags?: readonly string[]
  readonly progress?: Progress
}

export interface BackupReport {
  readonly snapshot: Snapshot
  readonly stores: readonly StoreOutcome[]
  readonly wallets: readonly WalletOutcome[]
  readonly bytes: { readonly read: number; readonly new: number; readonly sent: number }
  readonly ms: number
  /** `rebuilt`: what this machine remembered was damaged, and it holds the stores to what they show now. */
  readonly memory: 'kept' | 'rebuilt'
}

export interface StoreOutcome {
  readonly name: string
  readonly state: 'saved' | 'unreachable' | 'refused'
  readonly error?: CairnError
  /** Keys of files that were damaged or gone and are put back; absent when there was none. */
  readonly mended?: readonly string[]
  /** Keys of older things that were read again and are damaged or missing; the next backup knows of them. */
  readonly damaged?: readonly string[]
  /** It shows a policy that this computer does not know yet. */
  readonly policy?: 'newer'
  /** The store whose drive is plugged in instead of its own. */
  readonly instead?: string
  /** And that says that this device was removed from the vault. */
  readonly self?: 'removed'
}

export interface WalletOutcome {
  readonly name: string
  /** `unread`: its files are saved, but its reader could not read them. `failed`: nothing of it is saved. */
  readonly state: 'saved' | 'unread' | 'failed'
  readonly error?: CairnError
}

/**
 * Saves the wallets to every store that works.
 * @throws CairnError when no wallet could be read or no store works: then nothing changed
 */
export async function backup(machine: Machine, plan: BackupPlan, ports: Ports): Promise<BackupReport> {
  const wallets = chooseWallets(await readWallets(ports.disk, machine.home), plan.names)
  const tags = retag([], { add: plan.tags ?? [], remove: [] })
  return ports.exclusively(machine.home.lock, () =>
    notedBackup({ machine, ports }, () => backupLocked({ machine, plan: { ...plan, tags }, ports, wallets })),
  )
}

/** @throws CairnError `device-removed`: nobody would believe what it adds */
function requireLive({ description, device, home }: Machine): void {
  const own = description.devices.find(({ id }) => id === device.id)
  if (own?.removed) fail('device-removed', { date: own.removed.time.slice(0, 10), path: home.folder })
}

/** A backup, and what it needs; the lock is held already. */
export interface Run {
  readonly machine: Machine
  readonly plan: BackupPlan
  readonly ports: Ports
  readonly wallets: readonly WalletEntry[]
}

/** @throws CairnError as `backup` */
export async function backupLocked(run: Run): Promise<BackupReport> {
  requireLive(run.machine)
  await tidy(run.machine, run.ports)
  const targets: Target[] = openStores(run.machine, run.ports).map((store) => ({ store }))
  for (;;) {
    try {
      return await backupTo(run, targets)
    } catch (error) {
      await noteStores(run.machine, { tried: triedOf(targets) }, run.ports).catch(() => {}) // what went wrong before matters more
      // those that were ready failed; those that were left behind can still take a snapshot, after catching up
      const left = targets.filter(({ failure, behind }) => failure === undefined && behind)
      if (!(error instanceof CairnError) || targets.some(isWorking) || left.length === 0) throw error
      for (const target of left) target.behind = false
    }
  }
}

function triedOf(targets: readonly Target[]): readonly Tried[] {
  return targets
    .filter(({ failure, listed }) => failure !== undefined || listed !== undefined)
    .map(({ store: { name }, failure }) => ({ name, failure }))
}

async function backupTo(run: Run, targets: readonly Target[]): Promise<BackupReport> {
  const { machine, ports } = run
  const start = ports.now()
  const { primitives, now } = ports
  const to: SealedWriter = { recipient: machine.description.recipient, targets, primitives, now }
  const seen = await recallSeen(machine, ports.disk)
  const own = ownHeads(machine, ports.disk)
  const index = await readIndex(ports.disk, machine.home, ports.primitives)
  const doubts = await readDoubts(ports.disk, machine.home)
  const mine = new Set([...index.packs.keys(), ...seen.snapshots.map(({ id }) => id)])
  const forgotten = new Set([
    ...(await forgottenHere(own, machine.description)),
    ...(await forgottenElsewhere(targets, machine.description, mine)),
  ])
  const remembered = { seen: seen.stores, doubts, packs: index.packs, own, forgotten }
  const { surveys, last, differ: isUneven } = await findReady(run, targets, remembered)
  let current = surveys
  if (surveys.size === 0) throw targets.find(({ failure }) => failure !== undefined)?.failure
  const left = remaining(doubts, surveys, forgotten)
  await writeDoubts(ports.disk, machine.home, left)
  const packs = packWriter(to, usablePlaces(index, surveys))
  const { saved, outcomes } = await saveAll(await wholeRun(run, seen), { packs, index, targets })
  const places = await savePlaces(machine, packs, ports)
  const written = await packs.finish()
  const seq = (last?.head.seq ?? 0) + 1
  const tags = await tagsWith(run, seq)
  const manifest = makeManifest(run, {
    ...{ saved: [...saved, ...places.saved], places: packs.places },
    ...{ seq, time: start, seen, tags },
  })
  const sealed = await putManifest(to, manifest)
  const facts = await readFacts(ports.disk, machine.home)
  const glances = glancesOf(saved, primitives)
  const expected = await expectedNext(run, { glances, facts, seen, start })
  const previous = last?.hash ?? null
  const signed = signedHead(run, { manifest, sealed: sealed.id, previous, expected: expected.machine })
  await own.put(keyOf(signed), signed.bytes)
  await putPlain(targets, keyOf(signed), signed.bytes)
  const news = newsOf(surveys)
  const noted = { seen, signed, targets, saved, news, expected: expected.wallets }
  let snapshot = await remember(run, noted)
  await writeTags(ports.disk, machine.home, tags)
  await rememberFacts(ports.disk, machine.home, { ...snapshot, facts, seen: glances })
  await writeIndex(
    ports.disk,
    machine.home,
    newIndex(index, { written, places: packs.places, saved }),
    ports.primitives,
  )
  if (isUneven || targets.some(({ behind }) => behind)) {
    current = await level(run, targets, { ...remembered, snapshot: [sealed.id, ...manifest.packs] })
    const doubts = await readDoubts(ports.disk, machine.home)
    await writeDoubts(ports.disk, machine.home, remaining(doubts, current, forgotten))
    snapshot = await remember(run, noted)
  }
  const changes = await reread({
    ...{ machine, ports, targets, forgotten, surveys: current },
    stored: storedNow([...written.packs, sealed], signed),
    expected: mine,
  })
  await noteStores(machine, { tried: triedOf(targets), changes }, ports)
  return {
    snapshot,
    stores: targets.map(storeOutcome),
    wallets: [
      ...outcomes,
      ...(places.failed ? [{ name: PLACES_NAME, state: 'failed', error: places.failed } as const] : []),
    ],
    bytes: {
      read: saved.reduce((sum, wallet) => sum + wallet.bytesRead, 0),
      new: written.newBytes,
      sent: written.packs.reduce((sum, pack) => sum + pack.size, sealed.size),
    },
    ms: ports.now().getTime() - start.getTime(),
    memory: seen.from === 'memory' ? 'kept' : 'rebuilt',
  }
}

/** Sizes by key of what every store that works has given back in this backup. */
function storedNow(objects: readonly Sealed[], signed: SignedHead): ReadonlyMap<string, number> {
  const sealed = objects.map(({ id, size }) => [objectKey(id), size] as const)
  return new Map([...sealed, [keyOf(signed), signed.bytes.length]])
}

/**
 * A machine that forgot which snapshots hold which wallets saves them all, whatever was asked for: the newest manifest
 * must say where each wallet is.
 */
async function wholeRun(run: Run, { from }: Recalled): Promise<Run> {
  return from === 'memory' ? run : { ...run, wallets: await readWallets(run.ports.disk, run.machine.home) }
}

/** Removes what backups that were killed left in the folder of this machine. */
async function tidy({ home }: Machine, { disk }: Ports): Promise<void> {
  const entries = await disk.list(home.folder).catch((error) => localError(error, home.folder))
  await removeAbandoned(
    disk,
    entries.filter(isAbandoned).map(({ name }) => join(home.folder, name)),
  )
}

/** Chunks in packs that every working store holds; others are stored again. */
function usablePlaces(index: Index, surveys: ReadonlyMap<Target, Survey>): Places {
  const everywhere = (pack: string) => [...surveys.values()].every(({ objects }) => objects.has(pack))
  const usable = new Map(
    [...new Set([...index.places.values()].map(({ pack }) => pack))].map((id) => [id, everywhere(id)]),
  )
  return new Map([...index.places].filter(([, { pack }]) => usable.get(pack)))
}

interface SaveAll {
  readonly packs: PackWriter
  readonly index: Index
  readonly targets: readonly Target[]
}

/** A wallet whose files cannot be copied is named and left out: the others are saved all the same. */
async function saveAll(
  run: Run,
  { packs, index, targets }: SaveAll,
): Promise<{ saved: readonly SavedWallet[]; outcomes: readonly WalletOutcome[] }> {
  const saved: SavedWallet[] = []
  const outcomes: WalletOutcome[] = []
  for (const entry of run.wallets) {
    try {
      const wallet = await saveOne(run, entry, { packs, index })
      saved.push(wallet)
      outcomes.push({
        name: entry.name,
        ...(wallet.unread ? { state: 'unread', error: wallet.unread } : { state: 'saved' }),
      })
    } catch (error) {
      const storesGone = !targets.some(isWorking)
      if (!(error instanceof CairnError) || storesGone) throw error
      outcomes.push({ name: entry.name, state: 'failed', error })
    }
  }
  if (saved.length === 0) throw outcomes[0]?.error
  return { saved, outcomes }
}

async function saveOne(
  run: Run,
  entry: WalletEntry,
  { packs, index }: Omit<SaveAll, 'targets'>,
): Promise<SavedWallet> {
  const progress = run.plan.progress ?? silent
  const view = await run.ports.openSource(entry.source).open(packs.slabs)
  try {
    const total = view.groups.flat().reduce((sum, { size }) => sum + size, 0)
    let done = 0
    const onBytes = (count: number) => {
      done += count
      progress({ what: entry.name, done, total })
    }
    return await saveWallet({ entry, view, packs, known: index.files, onBytes })
  } finally {
    await view.close()
  }
}

function glancesOf(saved: readonly SavedWallet[], primitives: Primitives): readonly Saving[] {
  return saved.map(({ name, glance, files }) => {
    const contents = files.map(([path, { sha256 }]) => ({ path: path.slice(name.length + 1), sha256 }))
    return { name, ...glance, content: contentHash(contents, primitives) }
  })
}

interface Expecting {
  readonly glances: readonly Saving[]
  readonly facts: Facts
  readonly seen: Recalled
  readonly start: Date
}

/**
 * When the next snapshot of each of these wallets is late, and when any at all is: whoever sees only the newest head must
 * not wait for the date of a quiet wallet when a busy one was saved in an earlier snapshot. What is late already is told
 * by this machine, which lives.
 */
async function expectedNext({ machine, plan, ports }: Run, { glances, facts, seen, start }: Expecting) {
  const days = nextExpected(glances, { facts, time: start })
  const dateOf = (name: string) => (plan.expectedWithinDays ?? days.get(name) ?? 0) * DAY_MS + start.getTime()
  const wallets = Object.fromEntries(
    [...days.keys()].map((name) => [name, new Date(dateOf(name)).toISOString()]),
  )
  const others = (await readWallets(ports.disk, machine.home)).flatMap(({ name }) => {
    const last = seen.snapshots.findLast((snapshot) => snapshot.wallets.includes(name))
    return days.has(name) || last === undefined ? [] : [expectedBy(last, name)]
  })
  const coming = others.filter((date) => Date.parse(date) > start.getTime())
  return { wallets, machine: [...Object.values(wallets), ...coming].sort()[0] as string }
}

/** Tags of earlier snapshots, and of this one. */
async function tagsWith({ machine, plan, ports }: Run, seq: number): Promise<Tags> {
  const known = [...(await readTags(ports.disk, machine.home))].filter(([earlier]) => earlier < seq)
  const own = plan.tags ?? []
  return new Map(own.length > 0 ? [...known, [seq, own]] : known)
}

function storeOutcome({ store, failure, mended, damaged, policy, self }: Target): StoreOutcome {
  const more = {
    ...(mended ? { mended } : {}),
    ...(damaged ? { damaged } : {}),
    ...(policy ? { policy } : {}),
    ...(self ? { self } : {}),
  }
  if (failure === undefined) return { name: store.name, state: 'saved', ...more }
  const instead = inPlaceOf(failure)
  return {
    name: store.name,
    state: failure.kind === 'unreachable' ? 'unreachable' : 'refused',
    error: failure,
    ...(instead === undefined ? {} : { instead }),
  }
}
