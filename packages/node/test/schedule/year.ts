/**
 * Years of a machine whose system runs the job of `cairn schedule install`, counted. What the job starts, what is told
 * and by which way, and the look from another computer are the code of production; the timers of systems are those of
 * `sim/timers.ts`. A year is drawn from its seed: the system and its times, when the machine sleeps, how the wallet is
 * used, and what befalls all that. Four promises, judged by the true time (`year-verdicts.ts`):
 *
 * - no period without a good backup lacks an alarm: by message, by status, in the prompt, and from outside
 * - none is raised when all is well, and none is repeated within a day
 * - no two runs write at the same time
 * - what was slept through is caught up with, and once
 *
 * Takes broken twins in place of what keeps each of them.
 */
import { text } from '@cairn/core/bytes.js'
import { CairnError, isCairnError } from '@cairn/core/errors.js'
import type { Message } from '@cairn/core/plan/alarms.js'
import { addChannel } from '../../src/machine/alarms.js'
import { noteInstalled, noteRemoved } from '../../src/machine/scheduled.js'
import type { Ports } from '../../src/ports.js'
import { alarmsOfOutside } from '../../src/schedule/outside-watch.js'
import { runDue } from '../../src/schedule/run-due.js'
import type { LookPorts } from '../../src/schedule/tell-here.js'
import type { Store } from '../../src/stores/store.js'
import { type BackupReport, backup } from '../../src/vault/backup.js'
import { drill } from '../../src/vault/drill.js'
import { readPast } from '../../src/vault/open.js'
import type { Outside } from '../../src/vault/outside.js'
import { noteFactor } from '../../src/vault/rehearsals.js'
import { copiesOf } from '../sim/bases.js'
import { rememberPoints } from '../sim/curve.js'
import { seeded, systemError } from '../sim/disk.js'
import { withSeed } from '../sim/generator.js'
import { stored } from '../sim/primitives.js'
import { type Ticking, type Timer, ticking } from '../sim/timers.js'
import { aheadAt, drawYear, isOn, onTheWall, type Spell } from '../sim/weather.js'
import {
  addFiles,
  copyWorld,
  makeWorld,
  restored,
  restoreOpened,
  setFiles,
  storesOf,
  type World,
} from '../sim/world.js'
import type { Tally } from '../vault/faults.js'
import { afterRun, atNight, fromOutside, type Good, START_MS, whenSaved } from './year-verdicts.js'

export const WALLET = 'savings'
const DAY_HOURS = 24
const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000
/** How often another computer looks at the store, and the person rehearses what is to be rehearsed. More often takes long. */
const LOOK_EVERY_HOURS = 24
const DRILL_EVERY_HOURS = 45 * DAY_HOURS
const REHEARSE_EVERY_HOURS = 10 * DAY_HOURS
/** How often a second command comes at the same time, and how often that is the person: else `cairn serve`, say. */
const CROWDED = 0.1
const BY_HAND = 0.02

/** What keeps the promises; twins replace one of them. */
export interface Keepers {
  readonly catchUp: Timer['catchUp']
  /** What happens to a message. */
  readonly carry: (message: Message, deliver: (message: Message) => void) => void
  readonly exclusively: (held: Set<string>) => Ports['exclusively']
  /** Done before every run, on the machine. */
  readonly before: (world: World) => Promise<void>
  /** Until when the line in the prompt is believed. */
  readonly believes: 'for days' | 'for ever'
  /** Whether somebody who looks at a store from outside misses something. */
  readonly misses: (seen: Outside, now: Date) => boolean
}

const oneAtATime =
  (held: Set<string>): Ports['exclusively'] =>
  async (lock, work) => {
    if (held.has(lock)) throw new CairnError('vault-busy', { pid: 1 })
    held.add(lock)
    try {
      return await work()
    } finally {
      held.delete(lock)
    }
  }

export const honest: Keepers = {
  catchUp: 'persistent',
  carry: (message, deliver) => deliver(message),
  exclusively: oneAtATime,
  before: async () => {},
  believes: 'for days',
  misses: (seen) => alarmsOfOutside(seen).length > 0,
}

/** How this year goes. */
export interface Life {
  readonly timer: Timer
  /** Hours on the wall between which the machine is on. */
  readonly on: readonly [from: number, to: number]
  /** How probable it is each day that the wallet changes. */
  readonly changesADay: number
  /** A pool of keys is to be saved more often. */
  readonly keyPool: boolean
  /** Whether a dead timer was taken away by its person. */
  readonly removes: boolean
  /** The store that another computer looks at. */
  readonly watched: string
}

/** A year on its way. Hours are of true time. */
export interface Year {
  readonly world: World
  readonly life: Life
  readonly keepers: Keepers
  readonly spells: readonly Spell[]
  readonly random: () => number
  readonly job: Ticking
  readonly away: Set<string>
  readonly held: Set<string>
  /** Processes that write to stores now. */
  readonly writing: Set<number>
  /** What went wrong meanwhile. */
  readonly wrong: string[]
  /** By lines of a message, when it was last sent. */
  readonly sent: Map<string, number>
  /**
   * The person was told that something is wrong, and not yet that it is over; `forgotten`: on a full disk, where nobody
   * remembers that it was told.
   */
  told: 'no' | 'yes' | 'forgotten'
  /** What the wallet holds now, and held in each good backup, by its number. */
  contents: string
  readonly heldIn: Map<number, string>
  /** By name of the store, and of all of them. */
  readonly goodIn: Map<string, Good>
  good: Good
  /** The newest snapshot is not in every store. */
  uneven: boolean
  /** The last hour in which something was wrong, and in which the clock was moved. */
  troubledAt: number
  movedAt: number
  drilledAt: number
  rehearsedAt: number
  installed: boolean
  wasOn: boolean
  /** Hours for which the machine was on, well, and with a timer, since the last good backup. */
  waited: number
  changedAt: number
  hours: number
  runs: number
  backups: number
  alarms: number
}

export interface YearPlan {
  readonly seeds: Iterable<number>
  readonly keepers?: Partial<Keepers>
  /** Drawn at random when absent. */
  readonly spells?: readonly Spell[]
  readonly life?: Partial<Life>
  readonly days?: number
}

export interface Years extends Tally {
  readonly hours: number
  readonly runs: number
  readonly backups: number
  /** Days that ended with an alarm. */
  readonly alarms: number
}

export async function years({ seeds, ...plan }: YearPlan): Promise<Years> {
  const total = { tried: 0, lost: [] as string[], hours: 0, runs: 0, backups: 0, alarms: 0 }
  const forget = rememberPoints()
  try {
    for (const seed of seeds) {
      const year = await withSeed(seed, () => live(seed, plan))
      total.tried++
      if (year.wrong.length > 0) total.lost.push(`seed ${seed}: ${firstOfEach(year.wrong).join('; ')}`)
      for (const what of ['hours', 'runs', 'backups', 'alarms'] as const) total[what] += year[what]
    }
  } finally {
    forget()
  }
  return total
}

/** Of each kind of what went wrong the first one. */
function firstOfEach(wrong: readonly string[]): readonly string[] {
  const kinds = new Map([...wrong].reverse().map((each) => [each.replace(/\d+/g, ''), each]))
  return [...kinds.values()].reverse()
}

function drawLife(random: () => number): Life {
  const among = <T>(...rows: readonly T[]): T => rows[Math.floor(random() * rows.length)] as T
  const hour = among(null, 2, 2, 3, 7, 12, 12, 20, 21, 22)
  return {
    timer: { hour, minute: Math.floor(random() * 49), catchUp: 'persistent' },
    on: hour === null ? among([8, 16], [17, 23], [7, 12]) : among([7, 23], [9, 18], [0, 24], [17, 23]),
    changesADay: among(0, 0.03, 0.2, 0.9),
    keyPool: random() < 0.7,
    removes: random() < 0.5,
    watched: among('store1', 'store2'),
  }
}

const bases = copiesOf((stores) => makeWorld({ stores, primitives: stored }))

async function begin(seed: number, { keepers, spells, life }: Omit<YearPlan, 'seeds'>): Promise<Year> {
  const random = seeded(seed)
  const kept = { ...honest, ...keepers }
  const drawn = { ...drawLife(random), ...life }
  const world = await bases(2)
  const nothing: Good = { at: 0, allowed: 0, ahead: 0, by: 'timer' }
  const year: Year = {
    ...{ world, random, keepers: kept, life: drawn, spells: spells ?? drawYear(random) },
    job: ticking({ ...drawn.timer, catchUp: kept.catchUp }),
    ...{ away: new Set(), held: new Set(), writing: new Set(), wrong: [], sent: new Map(), told: 'no' },
    ...{
      contents: '',
      heldIn: new Map(),
      goodIn: new Map(),
      good: nothing,
      uneven: false,
      troubledAt: -1_000,
      movedAt: -1_000,
    },
    ...{ drilledAt: 0, rehearsedAt: 0, installed: true, wasOn: true, waited: 0, changedAt: 0 },
    ...{ hours: 0, runs: 0, backups: 0, alarms: 0 },
  }
  world.clock.ms = START_MS
  await addFiles(world, WALLET, filesOf(year, 'new'))
  await addChannel(world.disk, world.machine.home, { name: 'mail', url: 'desktop:' })
  await noteInstalled(world.disk, world.machine.home, world.ports.now())
  await run(year, { hour: 0, by: 'timer', process: 0 })
  return year
}

async function live(seed: number, plan: Omit<YearPlan, 'seeds'>): Promise<Year> {
  const year = await begin(seed, plan)
  for (let hour = 1; hour < (plan.days ?? 365) * DAY_HOURS; hour++) await liveHour(year, hour)
  await comeBack(year)
  return year
}

/** What was called good comes back: the newest snapshot and some others, from any store. */
async function comeBack({ world, heldIn, random, wrong }: Year): Promise<void> {
  world.disk.fault = () => {}
  const numbers = [...heldIn.keys()]
  const some = Array.from({ length: 2 }, () => numbers[Math.floor(random() * numbers.length)] as number)
  for (const seq of new Set([Math.max(...numbers), ...some])) {
    const copy = copyWorld(world)
    await restoreOpened(copy, { names: [WALLET], at: `${seq}` })
    const [found = new Uint8Array(0)] = restored(copy).values()
    if (text(found) !== heldIn.get(seq)) wrong.push(`snapshot ${seq} came back as another one`)
  }
}

async function liveHour(year: Year, hour: number): Promise<void> {
  befall(year, hour)
  const isOnNow = isAwake(year, hour)
  if (isOnNow) {
    year.hours++
    use(year, hour)
    await keepJob(year, hour)
    if (year.installed && !isOn(year.spells, 'timer-dead', hour)) await timer(year, hour)
    if (isLastHour(year, hour)) {
      await rehearseAll(year, hour)
      await atNight(year, hour)
    }
  }
  year.wasOn = isOnNow
  if (hour % LOOK_EVERY_HOURS === 0) await fromOutside(year, hour)
}

function isAwake({ spells, life: { on } }: Year, hour: number): boolean {
  const wall = onTheWall(START_MS + hour * HOUR_MS).hour
  return on[0] <= wall && wall < on[1] && !isOn(spells, 'asleep', hour)
}

function isLastHour({ life: { on } }: Year, hour: number): boolean {
  return onTheWall(START_MS + hour * HOUR_MS).hour === on[1] - 1
}

/** Brings the world to this hour. */
function befall(year: Year, hour: number): void {
  const { world, spells, away } = year
  const ahead = aheadAt(spells, hour)
  if (ahead !== aheadAt(spells, hour - 1)) year.movedAt = hour
  world.clock.ms = START_MS + hour * HOUR_MS + ahead
  away.clear()
  if (isOn(spells, 'store-away', hour)) away.add('store1')
  if (isOn(spells, 'all-stores-away', hour)) for (const name of ['store1', 'store2']) away.add(name)
  const isFull = isOn(spells, 'disk-full', hour)
  world.disk.fault = (operation) => {
    if (isFull && (operation === 'create' || operation === 'write')) throw systemError('ENOSPC')
  }
  if (year.uneven || spells.some(({ from, to }) => from <= hour && hour < to)) year.troubledAt = hour
}

/** The person uses the wallet, on some days and at some hour. */
function use(year: Year, hour: number): void {
  const { life, random, world } = year
  if (random() >= life.changesADay / (life.on[1] - life.on[0])) return
  year.changedAt = hour
  setFiles(world, WALLET, filesOf(year, `hour ${hour}`))
}

/** A b-tree of Berkeley DB by its magic number, which nothing here reads further. */
function filesOf(year: Year, what: string): Record<string, string> {
  const { keyPool } = year.life
  year.contents = keyPool ? `${'\0'.repeat(12)}b1\x05\0${what}` : what
  return { [keyPool ? 'wallet.dat' : 'wallet']: year.contents }
}

/** A timer that is dead was removed by its person, in some years, who then puts it back. */
async function keepJob(year: Year, hour: number): Promise<void> {
  if (!year.life.removes || isOn(year.spells, 'disk-full', hour)) return
  const { disk, machine, ports } = year.world
  const isDead = isOn(year.spells, 'timer-dead', hour)
  if (isDead && year.installed) await noteRemoved(disk, machine.home)
  if (!isDead && !year.installed) await noteInstalled(disk, machine.home, ports.now())
  year.installed = !isDead
}

async function timer(year: Year, hour: number): Promise<void> {
  const { world, random, job } = year
  const base = world.clock.ms
  const woke = !year.wasOn
  for (const minute of job.starts(base, random)) {
    world.clock.ms = base + minute * MINUTE_MS
    const other = random() < BY_HAND ? ('person' as const) : ('serve' as const)
    const others = woke || random() < CROWDED ? [other] : []
    const all = ['timer' as const, ...others].map((by, process) => run(year, { hour, by, process }))
    await Promise.all(all)
    await afterRun(year, hour)
  }
  year.waited++
}

export type By = 'timer' | 'serve' | 'person'

interface Run {
  readonly hour: number
  readonly by: By
  readonly process: number
}

/** One process, from its start to its end. */
async function run(year: Year, { hour, by, process }: Run): Promise<void> {
  const { world, keepers } = year
  year.runs++
  await keepers.before(world)
  const ports = portsOf(year, process, hour)
  try {
    const report =
      by === 'person'
        ? await backup(world.machine, { names: [] }, ports)
        : ((await runDue(world.machine, {}, ports)).found?.report ?? null)
    if (report) keep(year, report, { hour, by, process })
  } catch (error) {
    if (!isCairnError(error)) throw error
    if (!isCairnError(error, 'vault-busy')) year.troubledAt = hour
  } finally {
    year.writing.delete(process)
  }
}

/** The ports of a process: the stores it sees, the lock it takes, the messages it sends. */
function portsOf(year: Year, process: number, hour: number): Ports & LookPorts {
  const { world, keepers, held, writing } = year
  const lock = keepers.exclusively(held)
  return {
    ...world.ports,
    openStore: (place) => sometimesAway(world.ports.openStore(place), { year, process }),
    exclusively: (name, work) =>
      lock(name, async () => {
        try {
          return await work()
        } finally {
          writing.delete(process)
        }
      }),
    findWallets: async () => [WALLET],
    openChannel: async () => ({
      send: async (message) => keepers.carry(message, (carried) => hear(year, carried, hour)),
    }),
  }
}

function sometimesAway(store: Store, { year, process }: { readonly year: Year; readonly process: number }) {
  const { away, writing, wrong } = year
  const asked = async <T>(work: () => Promise<T>): Promise<T> => {
    if (!away.has(store.name)) return work()
    throw new CairnError('store-unreachable', { store: store.name, reason: 'it is away' })
  }
  const written = async <T>(work: () => Promise<T>): Promise<T> => {
    writing.add(process)
    if (writing.size > 1) wrong.push('two runs write at the same time')
    return asked(work)
  }
  return {
    ...store,
    get: (key) => asked(() => store.get(key)),
    put: (key, bytes) => written(() => store.put(key, bytes)),
    list: (prefix) => asked(() => store.list(prefix)),
    remove: (key) => written(() => store.remove(key)),
  } satisfies Store
}

function hear(year: Year, { subject, lines }: Message, hour: number): void {
  const said = lines.join('\n')
  const before = year.sent.get(said)
  const isRemembered = hour - Math.max(year.movedAt, lastOf(year, 'disk-full', hour)) > DAY_HOURS
  if (before !== undefined && hour - before < DAY_HOURS - 2 && isRemembered && hour !== before)
    year.wrong.push(`hour ${hour}: told again after ${hour - before} hours: ${said}`)
  year.sent.set(said, hour)
  const isFull = isOn(year.spells, 'disk-full', hour)
  year.told = subject === 'Cairn: all is well again' ? 'no' : isFull ? 'forgotten' : 'yes'
}

/** The last hour in which this was on; long ago when never. */
function lastOf({ spells }: Year, kind: Spell['kind'], hour: number): number {
  const past = spells.filter((spell) => spell.kind === kind && spell.from <= hour)
  return Math.max(-1_000, ...past.map(({ to }) => Math.min(to, hour)))
}

function keep(year: Year, report: BackupReport, { hour, by }: Run): void {
  const { snapshot, stores } = report
  const saved = stores.filter(({ state }) => state === 'saved')
  const allowed = (Date.parse(snapshot.next_expected_by) - Date.parse(snapshot.time)) / HOUR_MS
  const good: Good = { at: hour, allowed, ahead: aheadAt(year.spells, hour), by }
  whenSaved(year, good)
  year.backups++
  year.heldIn.set(snapshot.seq, year.contents)
  year.good = good
  year.waited = 0
  for (const { name } of saved) year.goodIn.set(name, good)
  year.uneven = saved.length < stores.length
  if (year.uneven) year.troubledAt = hour
}

/** The person rehearses in good time, unless something is wrong. */
async function rehearseAll(year: Year, hour: number): Promise<void> {
  const { machine, ports, identity } = year.world
  if (year.troubledAt === hour || year.away.size > 0) return
  if (hour - year.rehearsedAt >= REHEARSE_EVERY_HOURS) {
    for (const factor of machine.description.policy.groups.flatMap(({ factors }) => factors))
      await noteFactor(machine, { factor, ok: true }, ports)
    year.rehearsedAt = hour
  }
  if (hour - year.drilledAt < DRILL_EVERY_HOURS) return
  const stores = storesOf(machine, ports)
  const { heads } = await readPast(stores, machine.description)
  const reading = { stores, identity, primitives: ports.primitives }
  await drill(machine, { reading, heads, names: [], passwordOf: async () => undefined }, ports)
  year.drilledAt = hour
}
