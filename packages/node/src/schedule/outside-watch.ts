/**
 * Looks again and again at a store from outside, without any secret of the vault, and tells somebody when backups stop
 * coming in: an alarm for when the computer that makes them is dead.
 */
import { type CairnError, isCairnError } from '@cairn/core/errors.js'
import {
  type Alarm,
  type AlarmKind,
  type Message,
  messageOf,
  type ToldAlarm,
  tellNow,
} from '@cairn/core/plan/alarms.js'
import { readWatched, watchedFile, writeWatched } from '../machine/watched.js'
import type { Ports, StorePlace } from '../ports.js'
import type { Store } from '../stores/store.js'
import { openPlace } from '../vault/open-stores.js'
import { lookFromOutside, type Outside, type SeenBefore, seenOf } from '../vault/outside.js'

export type OutsidePorts = Pick<Ports, 'disk' | 'now' | 'wait' | 'openStore' | 'primitives'>

/** A store, and where what was seen in it is kept. */
export interface Lookout {
  readonly store: Store
  readonly file: string
}

/** @param home state folder of the computer that looks, which needs no vault */
export function lookoutAt(home: string, place: StorePlace, ports: OutsidePorts): Lookout {
  return { store: openPlace(place, ports), file: watchedFile(home, place.url, ports.primitives) }
}

export interface OutsideLook {
  readonly seen: Outside
  /** The newest snapshots that were ever seen there, for the next look. */
  readonly before: SeenBefore
  /** It is remembered for another process. */
  readonly kept: boolean
}

/** One look, held against what any process of this computer saw there before. @throws CairnError as `lookFromOutside` */
export async function lookOnce(lookout: Lookout, ports: OutsidePorts): Promise<OutsideLook> {
  return look(lookout, await readWatched(ports, lookout.file), ports)
}

async function look({ store, file }: Lookout, known: SeenBefore, ports: OutsidePorts): Promise<OutsideLook> {
  const seen = await lookFromOutside(store, ports.now(), known)
  const before = seenOf(seen, known)
  if ([...before].every(([device, seq]) => known.get(device) === seq)) return { seen, before, kept: true }
  try {
    await writeWatched(ports, file, before)
    return { seen, before, kept: true }
  } catch (error) {
    if (!isCairnError(error)) throw error
    return { seen, before, kept: false }
  }
}

/** Backups come in, in time, and nothing that was there is gone. */
export function isWell({ devices, rolledBack }: Outside): boolean {
  return devices.length > 0 && rolledBack.length === 0 && !devices.some(({ late }) => late)
}

/** What of a look is an alarm. */
export function alarmsOfOutside({ devices, rolledBack }: Outside): readonly Alarm[] {
  const lied = rolledBack.map((device): Alarm => ({ kind: 'store-lied', about: device }))
  const late = devices
    .filter(({ late }) => late)
    .map(({ device, next_expected_by }): Alarm => {
      return { kind: 'backup-late', about: device, since: next_expected_by }
    })
  const never: readonly Alarm[] = devices.length === 0 ? [{ kind: 'backup-never' }] : []
  return [...lied, ...late, ...never]
}

export interface Watchman {
  readonly everyMs: number
  readonly signal: AbortSignal
  /** Carries a message to somebody: whether it was taken. */
  readonly send: (message: Message) => Promise<boolean>
  /** Told after each look. */
  readonly saw: (alarms: readonly Alarm[], kept: boolean) => void
}

/**
 * Until the signal is aborted. A store that cannot be asked is an alarm too, since it may be gone for good.
 * @throws CairnError what is wrong with what was asked for, at the first look only: later nobody reads it
 */
export async function keepLooking(
  lookout: Lookout,
  { everyMs, signal, send, saw }: Watchman,
  ports: OutsidePorts,
): Promise<void> {
  let before = await readWatched(ports, lookout.file)
  let told: readonly ToldAlarm[] = []
  for (let first = true; !signal.aborted; first = false) {
    const looked = await alarmsNow({ ...lookout, before, first }, ports)
    before = looked.before
    saw(looked.alarms, looked.kept)
    const telling = tellNow(looked.alarms, { told, snoozes: [], now: ports.now() })
    const isNews = telling.tell.length > 0 || telling.over.length > 0
    if (!isNews || (await send(messageOf(telling, { names: 'hidden' })))) told = telling.told
    await ports.wait(everyMs, signal)
  }
}

interface Looking extends Lookout {
  readonly before: SeenBefore
  /** Somebody started it just now. */
  readonly first: boolean
}

async function alarmsNow({ before, first, ...lookout }: Looking, ports: OutsidePorts) {
  try {
    const { seen, ...known } = await look(lookout, before, ports)
    return { ...known, alarms: alarmsOfOutside(seen) }
  } catch (error) {
    if (!isCairnError(error) || (first && isMistake(error))) throw error
    return { alarms: [{ kind: kindOf(error) }], before, kept: true }
  }
}

/** What the person who started it can put right: the URL, or what opens the store. */
function isMistake({ kind, code }: CairnError): boolean {
  return kind === 'usage' || kind === 'refused' || code.startsWith('credentials-')
}

/** Bytes that are wrong or gone are what the store shows; all else is that it could not be asked. */
function kindOf({ kind, code }: CairnError): AlarmKind {
  const shown = ['damaged', 'mismatch', 'absent'].includes(kind) && !code.startsWith('credentials-')
  return shown ? 'store-lied' : 'store-unreached'
}
