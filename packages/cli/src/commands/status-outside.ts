/**
 * `cairn status --store URL`: whether backups still come in, seen by a computer that has no secret of the vault. With
 * `--watch` again and again, and by `--tell` to somebody when they stop: an alarm for when the computer that makes the
 * backups is dead.
 */
import { fail, isCairnError } from '@cairn/core/errors.js'
import { ALARMS, type Alarm, type Message } from '@cairn/core/plan/alarms.js'
import { realPorts as ports } from '@cairn/node/real.js'
import { openChannel } from '@cairn/node/schedule/notify/open.js'
import { isWell, keepLooking, type Lookout, lookOnce, lookoutAt } from '@cairn/node/schedule/outside-watch.js'
import { parseCredentials } from '@cairn/node/stores/credentials.js'
import type { Outside } from '@cairn/node/vault/outside.js'
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
  if (options.tell !== undefined && !options.watch)
    return fail('usage', { reason: '--tell goes with --watch: a single look tells by its exit code' })
  const files = options.credentialsFile === undefined ? [] : [options.credentialsFile]
  const [place] = await toPlaces([url], files)
  if (place === undefined) return fail('store-absent', { store: url })
  const lookout = lookoutAt(context.home, place, ports)
  return options.watch ? stand(context, lookout, options) : glance(lookout)
}

async function glance(lookout: Lookout): Promise<Outcome> {
  const { seen, kept } = await lookOnce(lookout, ports)
  return {
    json: seen,
    text: say(seen),
    next: [...(seen.rolledBack.length > 0 ? [meant(lookout)] : []), ...(kept ? [] : [NOT_KEPT])],
    exit: isWell(seen) ? 0 : ATTENTION,
  }
}

const NOT_KEPT =
  'What was seen cannot be kept in the state folder of this computer: the next look will not know whether it was more before.'

function meant({ file }: Lookout): string {
  return `Only if you made the store anew yourself, forget what was seen there: remove ${safe(file)}`
}

function say({ vault, devices, rolledBack }: Outside): string {
  const now = ports.now()
  const rows = devices.map(({ device, seq, time, next_expected_by, late }) => [
    device,
    `snapshot ${seq}`,
    ago(new Date(time), now),
    late ? bad(lateBy({ time, next_expected_by }, now)) : good('in time'),
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

/** One that is late before it was expected is of a time to come. */
function lateBy({ time, next_expected_by }: { time: string; next_expected_by: string }, now: Date): string {
  return now.getTime() > Date.parse(next_expected_by)
    ? `the next was expected by ${next_expected_by.slice(0, 10)}`
    : `dated ${time.slice(0, 10)}, ahead of the clock`
}

function sayAlarm({ kind, about }: Alarm): string {
  return about === undefined ? ALARMS[kind] : `${ALARMS[kind]} (${safe(about)})`
}

async function stand(context: Context, lookout: Lookout, options: OutsideOptions): Promise<Outcome> {
  let last = ''
  const saw = (alarms: readonly Alarm[], kept: boolean) => {
    if (!kept) note(context, NOT_KEPT)
    const said = alarms.map(sayAlarm).join(' ') || 'all is well'
    if (said !== last) note(context, said)
    last = said
  }
  const watchman = {
    everyMs: options.every * 60_000,
    signal: context.signal,
    send: await sender(context, options),
    saw,
  }
  await keepLooking(lookout, watchman, ports)
  return { json: { stopped: true }, text: 'Stopped.' }
}

/** Says whether the message was taken; without `--tell` nobody is to be told, and it always was. */
async function sender(context: Context, { tell, tellCredentialsFile }: OutsideOptions) {
  if (tell === undefined) return async () => true
  const given = await givenCredentials(tellCredentialsFile)
  const credentials = async () => (given ? parseCredentials(given.bytes, given.from) : {})
  const channel = await openChannel({ name: 'tell', url: tell, credentials })
  return async (message: Message) => {
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
