/**
 * How alarms leave this machine, and what was told: the ways that the person set up, what sleeps until when, and for
 * each way the alarms it has carried, so that one that fails does not keep the others from being heard, nor the reverse.
 */
import { join } from 'node:path'
import { fail, isCairnError } from '@cairn/core/errors.js'
import { ALARMS, type AlarmKind, type Snooze, type ToldAlarm } from '@cairn/core/plan/alarms.js'
import { instant } from '@cairn/core/vault/head.js'
import * as z from 'zod'
import type { Disk } from '../disk.js'
import { parseCredentials } from '../stores/credentials.js'
import type { VaultHome } from './home.js'
import { localError, readState, writeLocal, writeState } from './state.js'

const kind = z.enum(Object.keys(ALARMS) as [AlarmKind, ...AlarmKind[]])
const channelName = z.string().regex(/^[\w.-]{1,40}$/)
const about = z.string().max(4096).optional() // a path where a wallet lies, at its longest

const settingsSchema = z.strictObject({
  channels: z.array(z.strictObject({ name: channelName, url: z.string().max(2000) })).max(50),
  /** Whether messages carry names of wallets and stores. */
  names: z.enum(['hidden', 'shown']),
  snoozes: z.array(z.strictObject({ kind: kind.optional(), about, until: instant })).max(1000),
})
const toldSchema = z.strictObject({
  channels: z.record(
    z.string(),
    z.strictObject({
      told: z.array(z.strictObject({ kind, about, first: instant, last: instant, times: z.int().min(1) })),
      /** Since when it carries nothing, and why. */
      failing: z.strictObject({ since: instant, reason: z.string() }).optional(),
    }),
  ),
})

export interface ChannelPlace {
  readonly name: string
  readonly url: string
}

export interface AlarmSettings {
  readonly channels: readonly ChannelPlace[]
  readonly names: 'hidden' | 'shown'
  readonly snoozes: readonly Snooze[]
}

export interface ChannelMemory {
  readonly told: readonly ToldAlarm[]
  readonly failing?: { readonly since: string; readonly reason: string }
}

export type Told = Readonly<Record<string, ChannelMemory>>

const settingsFile = (home: VaultHome) => join(home.folder, 'alarms.json')
/** Held by whoever tells. */
export const tellLock = (home: VaultHome) => join(home.folder, 'tell.lock')
const toldFile = (home: VaultHome) => join(home.folder, 'told.json')

/** @throws CairnError `state-damaged` */
export async function readAlarmSettings(disk: Disk, home: VaultHome): Promise<AlarmSettings> {
  const stored = await readState(disk, settingsFile(home), settingsSchema)
  return (stored as AlarmSettings | undefined) ?? { channels: [], names: 'hidden', snoozes: [] }
}

export async function writeAlarmSettings(
  disk: Disk,
  home: VaultHome,
  settings: AlarmSettings,
): Promise<void> {
  await writeState(disk, settingsFile(home), settings)
}

/** Nothing was told when the file is damaged: an alarm too many is better than one too few. */
export async function readTold(disk: Disk, home: VaultHome): Promise<Told> {
  try {
    return ((await readState(disk, toldFile(home), toldSchema))?.channels ?? {}) as Told
  } catch (error) {
    if (isCairnError(error, 'state-damaged')) return {}
    throw error
  }
}

export async function writeTold(disk: Disk, home: VaultHome, told: Told): Promise<void> {
  await writeState(disk, toldFile(home), { channels: told })
}

/** What opens a channel, kept as that of stores is: a file of its own, mode 0600. */
export function channelCredentials(home: VaultHome, channel: string): string {
  return join(home.folder, 'alarm-credentials', `${channel}.toml`)
}

/** @throws CairnError `channel-known`, `channel-url`, `credentials-invalid` */
export async function addChannel(
  disk: Disk,
  home: VaultHome,
  { name, url, credentials }: ChannelPlace & { credentials?: { bytes: Uint8Array; from: string } },
): Promise<void> {
  const settings = await readAlarmSettings(disk, home)
  if (!channelName.safeParse(name).success)
    fail('channel-url', { reason: 'its name has letters, digits, ., _ and -, at most 40 of them' })
  if (settings.channels.some((known) => known.name === name)) fail('channel-known', { channel: name })
  if (credentials) {
    const path = channelCredentials(home, name)
    await parseCredentials(credentials.bytes, credentials.from)
    await disk.makeFolder(join(path, '..')).catch((error) => localError(error, path))
    await writeLocal(disk, path, credentials.bytes)
  }
  await writeAlarmSettings(disk, home, { ...settings, channels: [...settings.channels, { name, url }] })
}

/** @throws CairnError `channel-absent` */
export async function removeChannel(disk: Disk, home: VaultHome, name: string): Promise<void> {
  const settings = await readAlarmSettings(disk, home)
  const channels = settings.channels.filter((known) => known.name !== name)
  if (channels.length === settings.channels.length) fail('channel-absent', { channel: name })
  await writeAlarmSettings(disk, home, { ...settings, channels })
  await disk.remove(channelCredentials(home, name)).catch(() => {})
  const { [name]: _, ...others } = await readTold(disk, home)
  await writeTold(disk, home, others)
}
