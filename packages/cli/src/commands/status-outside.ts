/**
 * `cairn status --store URL`: whether backups still come in, seen by a computer that has no secret of the vault. With
 * `--watch` again and again, and by `--tell` to somebody when they stop: an alarm for when the computer that makes the
 * backups is dead.
 */
import { fail, isCairnError } from '@cairn/core/errors.js'
import { type Alarm, messageOf, type ToldAlarm, tellNow } from '@cairn/core/plan/alarms.js'
import { readWatched, watchedFile, writeWatched } from '@cairn/node/machine/watched.js'
import type { StorePlace } from '@cairn/node/ports.js'
import { realPorts as ports } from '@cairn/node/real.js'
import { openChannel } from '@cairn/node/schedule/notify/open.js'
import { parseCredentials } from '@cairn/node/stores/credentials.js'
import { openPlace } from '@cairn/node/vault/open-stores.js'
import { lookFromOutside, type Outside, type SeenBefore, seenOf } from '@cairn/node/vault/outside.js'
import type { Context } from '../context.js'
import { givenCredentials } from '../credentials.js'
import type { Outcome } from '../outcome.js'
import { ago, bad, columns, good, safe } from '../output.js'
import { toPlaces } from '../unlock.js'
import { note } from '../watching.js'

/** A snapshot is late, or the store was rolled back. */
const ATTENTION = 8

export interface OutsideOptions {
  readonly store?: string
  readonly credentialsFile?: string
  readonly watch?: boolean
  readonly every: number
  readonly tell?: string
  readonly tellCredentialsFile?: string
}

export async function outside(context: Context, url: string, options: OutsideOptions): Promise<Outcome> {
  const files = options.credentialsFile === undefined ? [] : [options.credentialsFile]
  const [place] = await toPlaces([url], files)
  if (place === undefined) return fail('store-absent', { store: url })
  const watching = { ...options, place, file: watchedFile(context.home, place.url, ports.primitives) }
  return options.watch ? keepLooking(context, watching) : lookOnce(watching)
}

async function lookOnce(looking: Looking): Promise<Outcome> {
  const { seen, kept } = await look(looking, await readWatched(ports, looking.file))
  return {
    json: seen,
    text: say(seen),
    next: [...(seen.rolledBack.length > 0 ? [meant(looking)] : []), ...(kept ? [] : [NOT_KEPT])],
    exit: isWell(seen) ? 0 : ATTENTION,
  }
}

const NOT_KEPT =
  'What was seen cannot be kept in the state folder of this computer: the next look will not know whether it was more before.'

function meant({ file }: Looking): string {
  return `Only if you made the store anew yourself, forget what was seen there: remove ${safe(file)}`
}

interface Looking {
  readonly place: StorePlace
  /** Where what was seen is kept. */
  readonly file: string
}

interface Look {
  readonly seen: Outside
  readonly before: SeenBefore
  /** What was seen is remembered for another time. */
  readonly kept: boolean
}

/** What was seen here before counts, whichever process saw it. */
async function look({ place, file }: Looking, known: SeenBefore): Promise<Look> {
  const seen = await lookFromOutside(openPlace(place, ports), ports.now(), known)
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

function isWell({ devices, rolledBack }: Outside): boolean {
  return devices.length > 0 && rolledBack.length === 0 && !devices.some(({ late }) => late)
}

function say({ vault, devices, rolledBack }: Outside): string {
  const now = ports.now()
  const rows = devices.map(({ device, seq, time, next_expected_by, late }) => [
    device,
    `snapshot ${seq}`,
    ago(new Date(time), now),
    late ? bad(`the next was expected by ${next_expected_by.slice(0, 10)}`) : good('in time'),
    rolledBack.includes(device) ? bad('newer ones were there before') : '',
  ])
  const gone = rolledBack
    .filter((lost) => !devices.some(({ device }) => device === lost))
    .map((device) => [device, bad('snapshots of it were there before')])
  return [
    `Vault ${safe(vault)}`,
    '',
    rows.length + gone.length > 0 ? columns([...rows, ...gone]) : bad('Nothing was ever saved here.'),
  ].join('\n')
}

type Watching = OutsideOptions & Looking

async function keepLooking(context: Context, options: Watching): Promise<Outcome> {
  const send = await sender(options)
  let before = await readWatched(ports, options.file)
  let told: readonly ToldAlarm[] = []
  let last = ''
  while (!context.signal.aborted) {
    const looked = await alarmsNow(options, before)
    before = looked.before
    if (!looked.kept) note(context, NOT_KEPT)
    const telling = tellNow(looked.alarms, { told, snoozes: [], now: ports.now() })
    const said =
      looked.alarms.map(({ kind, about }) => `${kind} ${about ?? ''}`.trim()).join(', ') || 'all is well'
    if (said !== last) note(context, said)
    last = said
    if (telling.tell.length === 0 && telling.over.length === 0) told = telling.told
    else if (await send(context, messageOf(telling, { names: 'hidden' }))) told = telling.told
    await ports.wait(options.every * 60_000, context.signal)
  }
  return { json: { stopped: true }, text: 'Stopped.' }
}

/** A store that cannot be asked is an alarm too: it may be gone for good. */
async function alarmsNow(
  watching: Watching,
  known: SeenBefore,
): Promise<Pick<Look, 'before' | 'kept'> & { readonly alarms: readonly Alarm[] }> {
  try {
    const { seen, before, kept } = await look(watching, known)
    const late = seen.devices
      .filter(({ late }) => late)
      .map(
        ({ device, next_expected_by }): Alarm => ({
          kind: 'backup-late',
          about: device,
          since: next_expected_by,
        }),
      )
    const lied = seen.rolledBack.map((device): Alarm => ({ kind: 'store-lied', about: device }))
    const never: readonly Alarm[] = seen.devices.length === 0 ? [{ kind: 'backup-never' }] : []
    return { alarms: [...lied, ...late, ...never], before, kept }
  } catch (error) {
    if (!isCairnError(error)) throw error
    const kind = error.kind === 'unreachable' ? 'store-unreached' : 'store-lied'
    return { alarms: [{ kind }], before: known, kept: true }
  }
}

/** Says whether the message was taken; without `--tell` nobody is to be told, and it always was. */
async function sender({ tell, tellCredentialsFile }: Watching) {
  if (tell === undefined) return async () => true
  const given = await givenCredentials(tellCredentialsFile)
  const credentials = async () => (given ? parseCredentials(given.bytes, given.from) : {})
  const channel = await openChannel({ name: 'tell', url: tell, credentials })
  return async (context: Context, message: ReturnType<typeof messageOf>) => {
    try {
      await channel.send(message)
      return true
    } catch (error) {
      if (!isCairnError(error)) throw error
      note(context, safe(error.message))
      return false
    }
  }
}
