/**
 * `cairn status`: for every wallet, what is saved and what is proven, which are two things; for every store what is known
 * of it. No store is asked.
 */

import { fail } from '@cairn/core/errors.js'
import { ALARMS, type Alarm } from '@cairn/core/plan/alarms.js'
import type { Task, WalletReason } from '@cairn/core/plan/due.js'
import { realDisk } from '@cairn/node/disk.js'
import { openDevice } from '@cairn/node/machine/device.js'
import { readStanding } from '@cairn/node/schedule/standing.js'
import type { DeviceStatus, Proven, Saved, Status, WalletStatus } from '@cairn/node/vault/status.js'
import type { Context } from '../context.js'
import { sayKept } from '../kept-words.js'
import type { Outcome } from '../outcome.js'
import { ago, bad, bold, columns, good, LOST_MEMORY, safe, warn } from '../output.js'
import { sayStores, storeAdvice } from '../store-rows.js'
import type { HistoryOptions } from './status-history.js'
import type { OutsideOptions } from './status-outside.js'

/** Something is overdue. */
const ATTENTION = 8

const ports = { disk: realDisk, now: () => new Date() }

type Options = OutsideOptions & HistoryOptions & { readonly history?: boolean }

export async function run(context: Context, options: Options): Promise<Outcome> {
  if (options.store !== undefined) {
    const { outside } = await import('./status-outside.js')
    return outside(context, options.store, options)
  }
  if (options.history) {
    const { history } = await import('./status-history.js')
    return history(context, options)
  }
  if (options.watch || options.tell !== undefined)
    return fail('usage', { reason: '--watch and --tell go with --store URL; on this computer: cairn serve' })
  const device = await openDevice({ home: context.home, vault: context.vault ?? undefined }, realDisk)
  const standing = await readStanding(device, ports)
  const { alarms = [], attention } = standing
  const isSilent = alarms.some(({ kind }) => kind === 'schedule-silent')
  return {
    json: standing,
    text: [say(standing), ...sayAlarms(alarms)].join('\n\n'),
    next: [...advice(standing), ...(isSilent ? [SILENT] : [])],
    exit: attention ? ATTENTION : 0,
  }
}

const SILENT =
  'What the system has of the job: cairn schedule status. Without one on purpose: cairn schedule remove'

function sayAlarms(alarms: readonly Alarm[]): readonly string[] {
  if (alarms.length === 0) return []
  return [columns(alarms.map(({ kind, about = '' }) => [warn(ALARMS[kind]), safe(about)]))]
}

function say({ wallets, stores, devices = [], kept }: Status): string {
  if (wallets.length === 0) return 'No wallet was added yet.'
  const now = ports.now()
  const said = sayKept(kept)
  const tables = [sayWallets(wallets, now), sayStores(stores, now)]
  const others = devices.length > 0 ? [sayDevices(devices, now)] : []
  return [...tables, ...others, ...(said.length > 0 ? [said.join('\n')] : [])].join('\n\n')
}

function sayDevices(devices: readonly DeviceStatus[], now: Date): string {
  const head = ['other computer', 'newest'].map((title) => bold(title))
  const rows = devices.map(({ name, seq, time, late }) => {
    const newest = `snapshot ${seq}, ${ago(new Date(time), now)}`
    return [safe(name), late ? bad(`${newest}: late`) : newest]
  })
  return columns([head, ...rows])
}

function sayWallets(wallets: readonly WalletStatus[], now: Date): string {
  const head = ['wallet', 'kind', 'saved', 'proven', 'due'].map((title) => bold(title))
  return columns([head, ...wallets.map((wallet) => row(wallet, now))])
}

function row({ name, kind, saved, proven, due }: WalletStatus, now: Date): readonly string[] {
  return [safe(name), safe(kind), saySaved(saved, now), sayProven({ saved, proven, now }), sayDue(due)]
}

function saySaved(saved: Saved | null, now: Date): string {
  if (saved === null) return bad('never')
  return `${good(ago(new Date(saved.time), now))}, ${safe(saved.stores.join(' + '))}`
}

/** A drill proves the snapshot it restored and no later one. */
function sayProven({
  saved,
  proven,
  now,
}: {
  saved: Saved | null
  proven: Proven | null
  now: Date
}): string {
  if (proven === null) return warn('never')
  const when = ago(new Date(proven.time), now)
  return proven.snapshot === saved?.snapshot
    ? good(when)
    : `${when}, ${warn(`snapshot ${proven.seq}, not the newest`)}`
}

const WHY: Readonly<Record<WalletReason, string>> = {
  'never-saved': 'backup: never saved',
  late: 'backup: late',
  ahead: 'backup: dated ahead of the clock',
  'never-proven': 'drill: never proven',
  'drill-old': 'drill: the last one is old',
  'drill-changed': 'drill: it changed since the last one',
  'drill-differs': 'drill: the last one found differences',
}

function sayDue(due: readonly Task<WalletReason>[]): string {
  return due.map(({ why, overdue }) => (overdue ? bad(WHY[why]) : WHY[why])).join('; ')
}

function advice({ wallets, stores, devices = [], memory }: Status): readonly string[] {
  if (memory === 'lost') return [LOST_MEMORY]
  return [...walletAdvice(wallets), ...storeAdvice(stores), ...devices.flatMap(lateAdvice)]
}

function lateAdvice({ name, late }: DeviceStatus): readonly string[] {
  const word = `cairn device remove ${safe(name)}`
  return late
    ? [`${safe(name)} saved nothing for too long. Look there; if it is no more in use: ${word}`]
    : []
}

function walletAdvice(wallets: readonly WalletStatus[]): readonly string[] {
  if (wallets.length === 0) return ['Find your wallets: cairn wallet scan']
  const due = (what: Task['what']) =>
    wallets.filter((wallet) => wallet.due.some((task) => task.what === what))
  const names = (some: readonly WalletStatus[]) => some.map(({ name }) => name).join(' ')
  if (due('backup').length > 0) return [`Next: cairn backup ${names(due('backup'))}`]
  const [first] = due('drill')
  return first ? [`Next: cairn drill ${first.name}`] : []
}
