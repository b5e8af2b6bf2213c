/**
 * `cairn restore [NAME] --to DIR`: from the stores of this machine, or with `--from` from any store and a
 * quorum of factors on a machine that never saw the vault.
 */
import { join, resolve } from 'node:path'
import { fail } from '@cairn/core/errors.js'
import { PLACES_NAME } from '@cairn/core/plan/places.js'
import { parseAnchor } from '@cairn/core/vault/anchor.js'
import { deviceName, liveDevices } from '@cairn/core/vault/devices.js'
import { headKey } from '@cairn/core/vault/object.js'
import type { Machine } from '@cairn/node/machine/open.js'
import { realPorts as ports } from '@cairn/node/real.js'
import { heldAgainst, requireAnchor } from '@cairn/node/vault/anchored.js'
import { frozenAt } from '@cairn/node/vault/compare.js'
import { type Past, requireSnapshots } from '@cairn/node/vault/open.js'
import { type RestoreReport, restore } from '@cairn/node/vault/restore.js'
import { findPlaces, type Taken, takePlaces } from '@cairn/node/vault/saved-places.js'
import type { Context } from '../context.js'
import { type OpenedPaper, type PaperOptions, paperAdvice, unlockPaper } from '../from-paper.js'
import { openHere } from '../machine.js'
import type { Outcome } from '../outcome.js'
import { count, good, moment, safe } from '../output.js'
import { anyLies, pastJson, pastWarnings } from '../past.js'
import { withProgress } from '../progress.js'
import { type Opened, unlockElsewhere, unlockHere, whose } from '../unlock.js'

interface Options extends PaperOptions {
  readonly from?: readonly string[]
  readonly credentialsFile?: readonly string[]
  readonly to?: string
  readonly at?: string
  readonly device?: string
  readonly anchor?: string
  readonly overwrite?: boolean
  readonly force?: boolean
}

/** What came back is genuine, but a store lies about what it holds. */
const ATTENTION = 8

export async function run(context: Context, options: Options, name: string | undefined): Promise<Outcome> {
  const to = resolve(options.to ?? fail('usage', { reason: 'say where to restore to: --to DIR' }))
  const anchor = options.anchor === undefined ? undefined : parseAnchor(options.anchor)
  const { machine, opened, paper } = await openFrom(context, options)
  const past = anchor ? heldAgainst(opened.past, anchor, opened.description) : opened.past
  if (anchor) requireAnchor(past, anchor)
  requireSnapshots(past)
  const { nameOf, ...which } = whose(opened, options.device, machine)
  const report = await withProgress(context, 'Restoring', (progress) =>
    restore(
      {
        reading: opened.reading,
        heads: past.heads,
        names: name === undefined ? [] : [name],
        to,
        nameOf,
        ...which,
        ...(options.at === undefined ? {} : { at: options.at }),
        inTheWay: options.overwrite ? 'keep' : 'refuse',
        risky: options.force ? 'force' : 'refuse',
        progress,
      },
      ports,
    ),
  )
  const places = name === undefined && machine ? await takeIn(machine, opened, past) : undefined
  return {
    json: { ...toJson(report), stores: pastJson(past) },
    text: say(report, { to, nameOf: isShared(opened) ? nameOf : undefined }),
    next: [
      ...(paper
        ? paperAdvice(paper.scanned, newestOf(report.snapshots)?.time)
        : advice(report, past, options)),
      ...frozenWarning(past, opened, machine),
      ...placesAdvice(report, to, places),
    ],
    exit: anyLies(past) ? ATTENTION : 0,
  }
}

interface Source {
  /** Absent for a vault that is restored by its stores alone, or from paper. */
  readonly machine?: Machine
  readonly opened: Opened
  readonly paper?: OpenedPaper
}

async function openFrom(context: Context, options: Options): Promise<Source> {
  const { from, fromPaper, anchor } = options
  if (fromPaper !== undefined) {
    if (from !== undefined || anchor !== undefined)
      return fail('usage', { reason: '--from-paper goes with neither --from nor --anchor' })
    const paper = await unlockPaper(context, options)
    return { opened: paper.opened, paper }
  }
  if (options.printId !== undefined) return fail('usage', { reason: '--print-id goes with --from-paper' })
  if (from !== undefined) return { opened: await unlockElsewhere(context, from, options) }
  const machine = await openHere(context)
  return { machine, opened: await unlockHere(context, machine, options) }
}

/** The newest list of places becomes that of this computer, unless its own one is newer. */
async function takeIn(machine: Machine, { reading }: Opened, { heads }: Past): Promise<Taken | undefined> {
  const list = await findPlaces(reading, heads).catch(() => undefined) // what was asked for is restored already
  return list && takePlaces(machine, list, ports)
}

function placesAdvice({ files }: RestoreReport, to: string, taken: Taken | undefined): readonly string[] {
  if (taken === 'taken') return ['Who holds what where came back too: cairn place list']
  const [list] = files.filter(({ wallet }) => wallet === PLACES_NAME)
  return list === undefined
    ? []
    : [`Who holds what where: cairn place list --file '${safe(join(to, list.path))}'`]
}

function toJson({ snapshots, files, kept }: RestoreReport): object {
  const newest = newestOf(snapshots)
  return {
    snapshot: newest?.id,
    device: newest?.device,
    seq: newest?.seq,
    time: newest?.time,
    snapshots,
    files,
    kept,
    verified: true,
  }
}

function newestOf(snapshots: RestoreReport['snapshots']) {
  return [...snapshots].sort((a, b) => Date.parse(b.time) - Date.parse(a.time) || b.seq - a.seq)[0]
}

interface Telling {
  readonly to: string
  /** Absent where the vault has one device. */
  readonly nameOf: ((device: string) => string) | undefined
}

function isShared({ description }: Opened): boolean {
  return description.devices.length > 1
}

function say({ snapshots, wallets, files, kept }: RestoreReport, { to, nameOf }: Telling): string {
  const lines = wallets.map((wallet) => `  ${safe(wallet.name)}  ${sayWallet(wallet)}`)
  const by = (device: string) => (nameOf ? ` by ${safe(nameOf(device))}` : '')
  const from = snapshots.map(
    ({ seq, time, device }) => `snapshot ${seq} of ${moment(new Date(time))}${by(device)}`,
  )
  return [
    `Restored ${count(files.length, 'file')} to ${safe(to)}, ${good('each one verified')}`,
    `from ${from.join(', ')}`,
    ...lines,
    ...kept.map((path) => `what was in the way is now ${safe(path)}`),
  ].join('\n')
}

function sayWallet({ kind, counts }: RestoreReport['wallets'][number]): string {
  if (kind === 'file') return 'byte for byte'
  const parts = [
    count(counts.addresses, 'address', 'addresses'),
    count(counts.labels, 'label'),
    count(counts.transactions, 'transaction'),
  ]
  return parts.join(', ')
}

function advice(report: RestoreReport, past: Past, { from }: Options): readonly string[] {
  return [...pastWarnings(past), ...(from === undefined ? [] : strangerAdvice(report, past))]
}

/** Nobody saved when it was due, or everybody hides it: after a loss the first is likely, and no reason not to restore. */
function frozenWarning(
  { chain }: Past,
  { description }: Opened,
  machine: Machine | undefined,
): readonly string[] {
  const devices = liveDevices(description).filter(({ id }) => id !== machine?.device.id)
  const at = frozenAt(chain, { devices: devices.map(({ id }) => id), now: ports.now() })
  const late = chain.find(({ head }) => headKey(head.device, head.seq) === at)?.head
  if (late === undefined) return []
  const what = `The newest snapshot of ${safe(deviceName(description, late.device))} is of ${moment(new Date(late.time))}`
  return [
    `${what}, and the next was expected by ${moment(new Date(late.next_expected_by))}: nothing was saved since, or the stores hide it.`,
  ]
}

/** One store that hides its newest snapshots cannot be told from one that never had them. */
function strangerAdvice({ snapshots }: RestoreReport, { stores }: Past): readonly string[] {
  const newest = newestOf(snapshots)
  if (stores.length > 1 || newest === undefined) return []
  const shown = `snapshot ${newest.seq} of ${moment(new Date(newest.time))}`
  return [
    `This store shows ${shown} as the newest. If your sheet or memory says more, try another copy with --from.`,
  ]
}
