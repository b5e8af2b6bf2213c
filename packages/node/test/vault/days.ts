/**
 * Years of a machine that saves once a day, counted. No day on which it is awake may pass without a good backup or an
 * alarm, and there is no alarm when all is well. Backups and status are those of production; the timer is a simple one
 * that looks at the clock on the wall once an hour. Takes what raises the alarm, so that a broken twin can take its place.
 */
import { text } from '@cairn/core/bytes.js'
import { CairnError, isCairnError } from '@cairn/core/errors.js'
import { recallSeen } from '../../src/machine/recall.js'
import type { Store } from '../../src/stores/store.js'
import { backup } from '../../src/vault/backup.js'
import { drill } from '../../src/vault/drill.js'
import { readPast } from '../../src/vault/open.js'
import { readStatus } from '../../src/vault/status.js'
import { rememberPoints } from '../sim/curve.js'
import { seeded, systemError } from '../sim/disk.js'
import { withSeed } from '../sim/generator.js'
import { stored } from '../sim/primitives.js'
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
import type { Tally } from './faults.js'

const WALLET = 'savings'
const DAY_HOURS = 24
const HOUR_MS = 3_600_000
const START_MS = Date.parse('2026-01-01T00:00:00.000Z')
/** The timer goes off at this hour. */
const TIMER_HOUR = 2
/** The person looks, or is told, at this hour of true time. */
const EVENING = 21
/** A day, and some hours for a night in which the hour of the timer is another one. */
const EXPECTED_HOURS = 30
/** How much later an alarm may be told when the clock was moved: what `AHEAD_DAYS` of the core allows, and an hour. */
const SLACK_HOURS = 25
/** What did not go well is tried again after so many hours. */
const AGAIN_HOURS = 6
/** So long after something was wrong nobody calls an alarm false. */
const CALM_HOURS = 72
const DRILL_EVERY_HOURS = 60 * 24

export interface Years extends Tally {
  /** Days on which the machine was awake. */
  readonly days: number
  readonly backups: number
  /** Of these days, those on which there was an alarm. */
  readonly alarms: number
}

/** True when there is an alarm. */
export type Watch = (year: Year) => Promise<boolean>

/** What `cairn status` says with exit code 8. */
export const status: Watch = async ({ world }) => (await readStatus(world.machine, world.ports)).attention

/** Twin: is content when a backup was begun in time. */
export const trustsTheLastAttempt: Watch = async ({ world, attemptedMs }) =>
  world.clock.ms - attemptedMs > EXPECTED_HOURS * HOUR_MS

/** Twin: does not ask whether the newest snapshot is of a time to come. */
export const trustsTheClock: Watch = async ({ world }) => {
  const { snapshots } = await recallSeen(world.machine, world.disk)
  const expected = snapshots.at(-1)?.next_expected_by
  return expected === undefined || world.clock.ms > Date.parse(expected)
}

/** A year on its way. Hours are of true time. */
interface Year {
  readonly world: World
  readonly spells: readonly Spell[]
  /** Names of the stores that cannot be reached now. */
  readonly away: Set<string>
  /** What the wallet held in each good backup, by its number. */
  readonly good: Map<number, string>
  /** The last good backup, and the last hour in which something was wrong. */
  goodAt: number
  troubledAt: number
  /** When the clock was last moved. */
  movedAt: number
  drilledAt: number
  /** The day on the wall of the last run of the timer that went well. */
  savedOn: string
  /** When the timer last went off, by the clock of the machine. */
  attemptedMs: number
  days: number
  alarms: number
}

export interface YearPlan {
  readonly seeds: Iterable<number>
  readonly watch?: Watch
  /** What befalls the machine; drawn at random when absent. */
  readonly spells?: readonly Spell[]
  readonly days?: number
}

export async function years({ seeds, ...plan }: YearPlan): Promise<Years> {
  const total = { tried: 0, lost: [] as string[], days: 0, backups: 0, alarms: 0 }
  const forget = rememberPoints()
  try {
    for (const seed of seeds) {
      const { year, lost } = await withSeed(seed, () => live(seed, plan))
      total.tried++
      if (lost.length > 0) total.lost.push(`seed ${seed}: ${lost.slice(0, 3).join('; ')}`)
      total.days += year.days
      total.backups += year.good.size
      total.alarms += year.alarms
    }
  } finally {
    forget()
  }
  return total
}

async function live(
  seed: number,
  { watch = status, spells, days = 365 }: Omit<YearPlan, 'seeds'>,
): Promise<{ readonly year: Year; readonly lost: string[] }> {
  const random = seeded(seed)
  const year = await begin(spells ?? drawYear(random))
  const lost: string[] = []
  for (let hour = 0; hour < days * DAY_HOURS; hour++) {
    const wrong = await liveHour(year, { hour, watch })
    if (wrong) lost.push(`day ${Math.floor(hour / DAY_HOURS)}: ${wrong}`)
  }
  lost.push(...(await comeBack(year, random)))
  return { year, lost }
}

async function begin(spells: readonly Spell[]): Promise<Year> {
  const away = new Set<string>()
  const wrap = (store: Store) => sometimesAway(store, away)
  const world = await makeWorld({ stores: 2, primitives: stored, wrap })
  await addFiles(world, WALLET, {})
  const hours = { goodAt: 0, troubledAt: 0, movedAt: 0, drilledAt: 0 }
  return { world, spells, away, good: new Map(), ...hours, savedOn: '', attemptedMs: 0, days: 0, alarms: 0 }
}

function sometimesAway(store: Store, away: ReadonlySet<string>): Store {
  const asked = async <T>(work: () => Promise<T>): Promise<T> => {
    if (!away.has(store.name)) return work()
    throw new CairnError('store-unreachable', { store: store.name, reason: 'it is away' })
  }
  return {
    ...store,
    get: (key) => asked(() => store.get(key)),
    put: (key, bytes) => asked(() => store.put(key, bytes)),
    list: (prefix) => asked(() => store.list(prefix)),
    remove: (key) => asked(() => store.remove(key)),
  }
}

interface Living {
  readonly hour: number
  readonly watch: Watch
}

/** What is wrong in this hour, or undefined. */
async function liveHour(year: Year, { hour, watch }: Living): Promise<string | undefined> {
  befall(year, hour)
  if (isOn(year.spells, 'asleep', hour)) return undefined
  await timer(year, hour)
  if (hour % DAY_HOURS !== EVENING) return undefined
  year.days++
  const alarm = await watch(year)
  if (alarm) year.alarms++
  return judge(year, { hour, alarm })
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
  if (spells.some(({ from, to }) => from <= hour && hour < to)) year.troubledAt = hour
}

/** Once a day on the wall; a day on which it did not go well is tried again every few hours. */
async function timer(year: Year, hour: number): Promise<void> {
  const wall = onTheWall(year.world.clock.ms)
  if (isOn(year.spells, 'timer-dead', hour) || wall.day === year.savedOn) return
  if (wall.hour < TIMER_HOUR || (wall.hour - TIMER_HOUR) % AGAIN_HOURS !== 0) return
  year.attemptedMs = year.world.clock.ms
  if (!(await save(year, hour))) return
  year.savedOn = wall.day
  const isRight = hour - year.movedAt > CALM_HOURS && aheadAt(year.spells, hour) === 0
  if (hour - year.drilledAt > DRILL_EVERY_HOURS && isRight) await rehearse(year, hour)
}

/** True when the backup was reported saved in some store. */
async function save(year: Year, hour: number): Promise<boolean> {
  const { world, good } = year
  setFiles(world, WALLET, { wallet: `hour ${hour}` })
  try {
    const plan = { names: [], expectedWithinDays: EXPECTED_HOURS / DAY_HOURS }
    const { snapshot, stores } = await backup(world.machine, plan, world.ports)
    good.set(snapshot.seq, `hour ${hour}`)
    year.goodAt = hour
    if (stores.some(({ state }) => state !== 'saved')) year.troubledAt = hour
    return true
  } catch (error) {
    if (!isCairnError(error)) throw error
    year.troubledAt = hour
    return false
  }
}

async function rehearse(year: Year, hour: number): Promise<void> {
  const { machine, ports, identity } = year.world
  const stores = storesOf(machine, ports)
  const { heads } = await readPast(stores, machine.description)
  const reading = { stores, identity, primitives: ports.primitives }
  await drill(machine, { reading, heads, names: [], passwordOf: async () => undefined }, ports)
  year.drilledAt = hour
}

function isCalm({ troubledAt, movedAt }: Year, hour: number): boolean {
  return hour - Math.max(troubledAt, movedAt) > CALM_HOURS
}

function judge(
  year: Year,
  { hour, alarm }: { readonly hour: number; readonly alarm: boolean },
): string | undefined {
  if (alarm) return isCalm(year, hour) ? 'an alarm while all is well' : undefined
  const slack = hour - year.movedAt < EXPECTED_HOURS + SLACK_HOURS ? SLACK_HOURS : 0
  const silent = hour - year.goodAt
  return silent > EXPECTED_HOURS + slack ? `no alarm ${silent} hours after the last good backup` : undefined
}

/** What was called good comes back: the newest snapshot and some others, from any store. */
async function comeBack({ world, good }: Year, random: () => number): Promise<readonly string[]> {
  world.disk.fault = () => {}
  const numbers = [...good.keys()]
  const some = Array.from({ length: 3 }, () => numbers[Math.floor(random() * numbers.length)] as number)
  const wrong: string[] = []
  for (const seq of [Math.max(...numbers), ...some]) {
    const copy = copyWorld(world)
    await restoreOpened(copy, { names: [WALLET], at: `${seq}` })
    const found = text(restored(copy).get('wallet') ?? new Uint8Array(0))
    if (found !== good.get(seq)) wrong.push(`snapshot ${seq} came back as ${found}`)
  }
  return wrong
}
