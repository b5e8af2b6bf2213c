/**
 * Tells what is wrong by every way that was set up. Each way has a memory of its own; one that does not carry a
 * message is an alarm itself on the others, and is tried again at the next run.
 */
import { isCairnError } from '@cairn/core/errors.js'
import { type Alarm, messageOf, tellNow } from '@cairn/core/plan/alarms.js'
import {
  type AlarmSettings,
  type ChannelMemory,
  type ChannelPlace,
  channelCredentials,
  readAlarmSettings,
  readTold,
  tellLock,
  writeTold,
} from '../machine/alarms.js'
import type { VaultHome } from '../machine/home.js'
import { readIfThere } from '../machine/state.js'
import type { Ports } from '../ports.js'
import { parseCredentials } from '../stores/credentials.js'
import type { Channel } from './notify/channel.js'
import type { openChannel } from './notify/open.js'

export interface TellPorts extends Pick<Ports, 'disk' | 'now'> {
  /** `openChannel`, unless tests have another one. */
  readonly openChannel: typeof openChannel
}

export interface Delivery {
  readonly channel: string
  readonly state: 'told' | 'nothing-new' | 'failed'
  readonly reason?: string
}

/** Tells by each channel what it has not told yet. One that fails is named, and fails nobody else. */
export async function tell(
  home: VaultHome,
  alarms: readonly Alarm[],
  ports: TellPorts,
): Promise<readonly Delivery[]> {
  const settings = await readAlarmSettings(ports.disk, home)
  if (settings.channels.length === 0) return []
  const memory = await readTold(ports.disk, home)
  const results = await Promise.all(
    settings.channels.map(async (place) => {
      const others = failing(memory, place.name)
      const past = memory[place.name] ?? { told: [] }
      return tellBy(place, { alarms: [...alarms, ...others], past, settings, home, ports })
    }),
  )
  const told = Object.fromEntries(results.map(({ delivery, memory }) => [delivery.channel, memory]))
  if (JSON.stringify(told) !== JSON.stringify(memory)) await writeTold(ports.disk, home, told)
  return results.map(({ delivery }) => delivery)
}

/**
 * As `tell`, unless another process tells at this moment: then null, so that of two that come at once one is heard. A
 * lock that cannot be made, since the disk is full or denied, keeps nobody from telling.
 */
export async function tellAlone(
  home: VaultHome,
  alarms: readonly Alarm[],
  ports: TellPorts & Pick<Ports, 'exclusively'>,
): Promise<readonly Delivery[] | null> {
  let holds = false
  try {
    return await ports.exclusively(tellLock(home), () => {
      holds = true
      return tell(home, alarms, ports)
    })
  } catch (error) {
    if (holds || !isCairnError(error)) throw error
    return error.code === 'vault-busy' ? null : tell(home, alarms, ports)
  }
}

/** Sends a message that is no alarm, to see whether it arrives: then it is not failing. @throws CairnError `message-unsent` */
export async function tryChannel(home: VaultHome, place: ChannelPlace, ports: TellPorts): Promise<void> {
  const channel = await openHere(home, place, ports)
  await channel.send({
    subject: 'Cairn: a test',
    lines: ['This is how an alarm looks. Nothing is wrong.'],
  })
  const memory = await readTold(ports.disk, home)
  await writeTold(ports.disk, home, { ...memory, [place.name]: { told: memory[place.name]?.told ?? [] } })
}

/** Channels other than this one that carry nothing: told by those that do. */
function failing(memory: Readonly<Record<string, ChannelMemory>>, self: string): readonly Alarm[] {
  return Object.entries(memory).flatMap(([name, { failing }]) =>
    failing && name !== self ? [{ kind: 'message-failed' as const, about: name, since: failing.since }] : [],
  )
}

interface Telling {
  readonly alarms: readonly Alarm[]
  readonly past: ChannelMemory
  readonly settings: AlarmSettings
  readonly home: VaultHome
  readonly ports: TellPorts
}

interface Result {
  readonly delivery: Delivery
  readonly memory: ChannelMemory
}

async function tellBy(
  place: ChannelPlace,
  { alarms, past, settings, home, ports }: Telling,
): Promise<Result> {
  const now = ports.now()
  const next = tellNow(alarms, { told: past.told, snoozes: settings.snoozes, now })
  const channel = place.name
  if (next.tell.length === 0 && next.over.length === 0)
    return { delivery: { channel, state: 'nothing-new' }, memory: { ...past, told: next.told } }
  try {
    const open = await openHere(home, place, ports)
    await open.send(messageOf(next, settings))
    return { delivery: { channel, state: 'told' }, memory: { told: next.told } }
  } catch (error) {
    if (!isCairnError(error)) throw error
    const reason = error.message
    const since = past.failing?.since ?? now.toISOString()
    return {
      delivery: { channel, state: 'failed', reason },
      memory: { told: past.told, failing: { since, reason } },
    }
  }
}

function openHere(home: VaultHome, place: ChannelPlace, ports: TellPorts): Promise<Channel> {
  const path = channelCredentials(home, place.name)
  const credentials = async () => {
    const bytes = await readIfThere(ports.disk, path)
    return bytes ? parseCredentials(bytes, path) : {}
  }
  return ports.openChannel({ ...place, credentials })
}
