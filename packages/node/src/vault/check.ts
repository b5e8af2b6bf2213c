/**
 * Checks every byte in every store: each object against its name, each head against its signature and its chain,
 * vault.json against the one that this machine knows, and that everything this machine knows to be stored is there.
 * That needs no key. With the vault open every snapshot is opened too and followed to its last chunk (`deep.ts`), and
 * with a word what is wrong is put back from other stores (`heal.ts`). What stays damaged or missing is remembered, so
 * that the next backup does not count on it. All stores are looked at at once; one that does not answer is first asked for one
 * small file, so that the others do not wait for it long.
 */
import { type CairnError, fail } from '@cairn/core/errors.js'
import type { Anchor } from '@cairn/core/vault/anchor.js'
import { liveDevices } from '@cairn/core/vault/devices.js'
import { forgottenHeads, movedManifests } from '@cairn/core/vault/forgotten.js'
import { manifestOf, type SignedHead } from '@cairn/core/vault/head.js'
import type { History } from '@cairn/core/vault/history.js'
import { headKey, objectKey, VAULT_FILE } from '@cairn/core/vault/object.js'
import { type Doubts, readDoubts, readIndex, readSeen, type Seen, writeDoubts } from '../machine/memory.js'
import type { Machine } from '../machine/open.js'
import { type Ports, type Progress, silent } from '../ports.js'
import { inPlaceOf } from '../stores/drive.js'
import type { Store } from '../stores/store.js'
import { heldAgainst } from './anchored.js'
import { type Expecting, frozenAt, type StoreHistory } from './compare.js'
import { type Depth, lookDeep } from './deep.js'
import { type Healed, heal } from './heal.js'
import { knock, type Look, look } from './look.js'
import { noteCheck } from './note-check.js'
import { noteCheckRun } from './note-run.js'
import { type Known, type Past, readPast } from './open.js'
import { openStores } from './open-stores.js'
import { ownHeads } from './survey.js'

export interface CheckPlan {
  readonly progress?: Progress
  /** A line that tells how far the history had come. */
  readonly anchor?: Anchor
  /** The vault secret as an age identity: every snapshot is opened too. */
  readonly identity?: string
  /** Those of before, when it was rekeyed. */
  readonly retired?: readonly string[]
  /** `repair`: puts back what is damaged or missing; nothing is changed without. */
  readonly mode?: 'look' | 'repair'
  /** Names of stores that lied, and are to be repaired and believed again; with `repair` only. */
  readonly accept?: readonly string[]
}

export interface StoreCheck {
  readonly name: string
  readonly objects: number
  /** Keys whose bytes are not what they should be; after a repair those for which no copy was found. */
  readonly damaged: readonly string[]
  /** Keys that should be there. */
  readonly missing: readonly string[]
  /** Keys that the store shows and cannot give, while it gives others: a drive with bad sectors. */
  readonly unreadable: readonly string[]
  /** Number of snapshots that were made while it was away; what it lacks may be of those. */
  readonly behind: number
  /** `vault.json`, when it is that of before the last change of the policy; the next backup brings the new one. */
  readonly stale: readonly string[]
  readonly unreachable: boolean
  /** The store whose drive is plugged in instead of its own: it has its turn another day. */
  readonly instead?: string
  readonly history: History | 'unknown'
  /** The file that shows a broken history. */
  readonly at?: string
  /** `newer`: vault.json is of a later change, or says so: this machine has not unlocked it yet. */
  readonly description?: 'newer'
  /** Keys that were put back, of a repair. */
  readonly repaired?: readonly string[]
  /** Keys of files that were no heads of this vault and are kept on this machine only; absent when there was none. */
  readonly setAside?: readonly string[]
  readonly error?: CairnError
}

export interface CheckReport {
  readonly ok: boolean
  readonly stores: readonly StoreCheck[]
  /** How many snapshots there are and how many could be opened; absent when the vault was not open. */
  readonly deep?: { readonly snapshots: number; readonly opened: number }
}

/** @throws CairnError `memory-damaged`; `usage` for a store to accept that is none; `vault-busy` of a repair */
export async function check(machine: Machine, ports: Ports, plan: CheckPlan = {}): Promise<CheckReport> {
  const names = machine.config.stores.map(({ name }) => name)
  for (const name of plan.accept ?? [])
    if (!names.includes(name)) fail('usage', { reason: 'there is no store of that name to accept' })
  const work = async () => {
    const report = await checkAll({ machine, ports, plan })
    await noteCheckRun({ machine, ports }, report.stores)
    return report
  }
  return plan.mode === 'repair' ? ports.exclusively(machine.home.lock, work) : work()
}

interface Checking {
  readonly machine: Machine
  readonly ports: Ports
  readonly plan: CheckPlan
}

async function checkAll({ machine, ports, plan }: Checking): Promise<CheckReport> {
  const { progress = silent, identity } = plan
  const began = ports.now()
  const seen = (await readSeen(ports.disk, machine.home)).stores
  const own = ownHeads(machine, ports.disk)
  const identities = identity === undefined ? [] : [identity, ...(plan.retired ?? [])]
  const shown = await readAnswering(openStores(machine, ports), machine, { seen, own, identities })
  const past = plan.anchor ? heldAgainst(shown, plan.anchor, machine.description) : shown
  const { packs } = await readIndex(ports.disk, machine.home, ports.primitives)
  // of its own packs this machine alone says that they are not needed: the record of another device may be a thief's
  const ownRecords = past.forgotten.filter(({ record }) => record.device === machine.device.id)
  const gone = new Set(ownRecords.flatMap(({ record }) => record.packs))
  const kept = [...packs.keys()].filter((id) => !gone.has(id))
  const known = new Set([...kept, ...past.heads.map(manifestOf)])
  const looking = { machine, ports, progress, known, ...(identity === undefined ? {} : { identity }) }
  const part = sumOf(progress)
  const looks = await Promise.all(past.stores.map((each) => look(each, { ...looking, progress: part() })))
  const depth =
    identity === undefined
      ? undefined
      : await depthOf(past.heads, { looks, ports, progress, identity, retired: plan.retired ?? [] })
  const mine = plan.mode === 'repair' ? (await readPast([own], machine.description)).chain : []
  const heads = [...past.chain, ...mine]
  const isGone = forgottenHeads(past.forgotten)
  const manifestsOf = movedManifests(past.forgotten)
  const manifests = mine.flatMap(({ head }) => (isGone(head) ? [] : manifestsOf(head).slice(0, 1)))
  const needed = new Set([...known, ...manifests, ...(depth?.packs ?? [])])
  const records = past.forgotten
  const healing = { ...looking, looks, needed, sizes: packs, heads, seen, records, accept: plan.accept ?? [] }
  const frozen = frozenAt(past.chain, othersOf(machine, ports.now()))
  const reports = await Promise.all(
    looks.map(async (each) => {
      const healed = plan.mode === 'repair' ? await heal(healing, each) : undefined
      const ownHeads = heads.filter(({ head }) => head.device === machine.device.id)
      const behind = lag(healed?.look ?? each, ownHeads, seen)
      const now = report({ look: healed?.look ?? each, healed, needed, heads, depth, behind })
      return now.history === 'intact' && frozen ? { ...now, history: 'frozen' as const, at: frozen } : now
    }),
  )
  await rememberDoubts({ machine, ports }, { looks, reports, depth })
  await noteCheck({ machine, ports, began }, { looks, reports })
  const deep = depth && { snapshots: past.heads.length, opened: depth.opened }
  return {
    ok: reports.every((each) => isWhole(each) || isReplaced(each, reports)),
    stores: reports,
    ...(deep ? { deep } : {}),
  }
}

/** Of this device its own memory tells when it is late; of the others only what the stores show. */
function othersOf({ description, device }: Machine, now: Date): Expecting {
  const others = liveDevices(description).filter(({ id }) => id !== device.id)
  return { devices: others.map(({ id }) => id), now }
}

/** The past of the stores that answer; of the others, why it is not known. */
async function readAnswering(stores: readonly Store[], machine: Machine, known: Known): Promise<Past> {
  const silence = new Map<Store, CairnError>()
  const ask = async (store: Store) => {
    const failure = await knock(store)
    if (failure) silence.set(store, failure)
  }
  await Promise.all(stores.map(ask))
  const answering = stores.filter((store) => !silence.has(store))
  const past = await readPast(answering, machine.description, known)
  const histories = new Map(past.stores.map((history) => [history.store, history]))
  const absent = (store: Store): StoreHistory => {
    const failure = silence.get(store)
    return { store, history: 'unknown', heads: [], ...(failure ? { failure } : {}) }
  }
  return { ...past, stores: stores.map((store) => histories.get(store) ?? absent(store)) }
}

/** One progress of several that run at once. */
function sumOf(progress: Progress): () => Progress {
  const steps: { done: number; total: number }[] = []
  const sum = (part: 'done' | 'total') => steps.reduce((all, step) => all + step[part], 0)
  return () => {
    const mine = { done: 0, total: 0 }
    steps.push(mine)
    return ({ done, total }) => {
      Object.assign(mine, { done, total })
      progress({ what: 'check', done: sum('done'), total: sum('total') })
    }
  }
}

interface Diving {
  readonly looks: readonly Look[]
  readonly ports: Ports
  readonly progress: Progress
  readonly identity: string
  readonly retired: readonly string[]
}

async function depthOf(
  heads: readonly SignedHead[],
  { looks, ports, progress, identity, retired }: Diving,
): Promise<Depth> {
  const stores = looks.filter(({ failure }) => failure === undefined).map(({ past }) => past.store)
  return lookDeep({ stores, identity, retired, primitives: ports.primitives }, heads, progress)
}

interface Doubting {
  readonly looks: readonly Look[]
  readonly reports: readonly StoreCheck[]
  readonly depth: Depth | undefined
}

/**
 * What a backup may not count on, of the stores that could be read; what is spoilt is so wherever it lies. What was saved
 * while a store was away is no damage of it: the next backup sees itself that it is not there, unless the store lists it.
 */
async function rememberDoubts(
  { machine, ports }: Pick<Checking, 'machine' | 'ports'>,
  { looks, reports, depth }: Doubting,
): Promise<void> {
  const spoilt = [...(depth?.spoilt ?? [])].map(objectKey)
  const doubts: Doubts = Object.fromEntries(
    reports
      .filter(({ history, unreadable }) => history !== 'unknown' || unreadable.length > 0)
      .map(({ name, damaged, missing, unreadable, behind }) => {
        const listed = new Set(looks.find(({ past }) => past.store.name === name)?.notGiven)
        const lost = behind === 0 ? missing : missing.filter((key) => listed.has(key))
        const keys = new Set([...damaged, ...lost, ...unreadable, ...spoilt])
        return [name, [...keys].filter((key) => key !== VAULT_FILE)]
      }),
  )
  await writeDoubts(ports.disk, machine.home, {
    ...(await readDoubts(ports.disk, machine.home)),
    ...doubts,
  })
}

function isWhole({ damaged, missing, unreadable, stale, ...store }: StoreCheck): boolean {
  const wrong = damaged.length + missing.length + unreadable.length + stale.length
  return (
    wrong === 0 && store.history === 'intact' && store.description === undefined && store.error === undefined
  )
}

/** A drive that is away because another one of this vault is in its place, and that one is whole. */
function isReplaced({ instead }: StoreCheck, all: readonly StoreCheck[]): boolean {
  return all.some((other) => other.name === instead && isWhole(other))
}

/** Of the snapshots of this device, how many are newer than the last one that the store acknowledged, and not there. */
function lag({ past }: Look, ownHeads: readonly SignedHead[], seen: Seen['stores']): number {
  if (past.history !== 'intact') return 0
  const here = new Set(past.heads.map(({ hash }) => hash))
  const known = new Map((seen[past.store.name] ?? []).map(({ device, seq }) => [device, seq]))
  const newer = ownHeads.filter(({ head }) => head.seq > (known.get(head.device) ?? 0))
  return new Set(newer.filter(({ hash }) => !here.has(hash)).map(({ hash }) => hash)).size
}

interface Reporting {
  readonly look: Look
  readonly healed: Healed | undefined
  readonly needed: ReadonlySet<string>
  readonly heads: readonly SignedHead[]
  readonly depth: Depth | undefined
  readonly behind: number
}

function report({ look, healed, needed, heads, depth, behind }: Reporting): StoreCheck {
  const { past, objects, failure } = look
  const { name } = past.store
  const done = healed ? { repaired: [...healed.repaired].sort() } : {}
  const aside = healed && healed.setAside.length > 0 ? { setAside: healed.setAside } : {}
  if (failure) {
    const unreachable = failure.kind === 'unreachable'
    const nothing = { objects: 0, damaged: [], missing: [], unreadable: [], behind: 0, stale: [] }
    const instead = inPlaceOf(failure)
    const away = instead === undefined ? {} : { instead }
    return { name, ...nothing, unreachable, ...away, history: 'unknown', ...done, error: failure }
  }
  const error = healed?.failure ?? look.trouble
  return {
    name,
    objects: objects.size,
    damaged: damagedIn(look, depth),
    missing: missingIn(look, { needed, heads }),
    unreadable: unreadableIn(look),
    behind,
    stale: look.description === 'stale' ? [VAULT_FILE] : [],
    unreachable: false,
    history: past.history,
    ...(past.at === undefined ? {} : { at: past.at }),
    ...(look.description === 'newer' ? { description: 'newer' } : {}),
    ...done,
    ...aside,
    ...(error ? { error } : {}),
  }
}

function damagedIn(
  { past, damaged, objects, description }: Look,
  depth: Depth | undefined,
): readonly string[] {
  const spoilt = [...(depth?.spoilt ?? [])].filter((id) => objects.has(id)).map(objectKey)
  const file = description === 'damaged' ? [VAULT_FILE] : []
  const astray = past.heads
    .filter(({ hash }) => depth?.astray.has(hash))
    .map(({ head }) => headKey(head.device, head.seq))
  return [...new Set([...damaged, ...spoilt, ...astray, ...(past.damaged ?? []), ...file])]
}

function unreadableIn({ past, unreadable, description }: Look): readonly string[] {
  const file = description === 'unreadable' ? [VAULT_FILE] : []
  return [...unreadable, ...(past.unreadable ?? []), ...file]
}

/** Heads of which all before are known: one beyond a gap that no store fills is nothing that another store must have. */
function linked(heads: readonly SignedHead[]): readonly SignedHead[] {
  const lengths = new Map<string, number>()
  const seqs = heads.map(({ head }) => head).sort((a, b) => a.seq - b.seq)
  for (const { device, seq } of seqs) if (seq === (lengths.get(device) ?? 0) + 1) lengths.set(device, seq)
  return heads.filter(({ head }) => head.seq <= (lengths.get(head.device) ?? 0))
}

function missingIn(
  { past, objects, description }: Look,
  { needed, heads }: Pick<Reporting, 'needed' | 'heads'>,
): readonly string[] {
  // a store that has another genuine head there lacks nothing: its history says that there is a fork
  const here = new Set(past.heads.map(({ head }) => headKey(head.device, head.seq)))
  const missingHeads = linked(heads)
    .map(({ head }) => headKey(head.device, head.seq))
    .filter((key) => !here.has(key) && !past.damaged?.includes(key) && !past.unreadable?.includes(key))
  return [
    ...[...needed].filter((id) => !objects.has(id)).map(objectKey),
    ...new Set(missingHeads),
    ...(description === 'missing' ? [VAULT_FILE] : []),
  ]
}
