/**
 * `cairn sheet snapshot [NAME…]`: wallets of a vault on paper, sealed as in a store: pages of codes of which some may be
 * lost. Nothing that is opened for it touches a disk.
 */
import { vaultFingerprint } from '@cairn/core/vault/description.js'
import { realPorts as ports } from '@cairn/node/real.js'
import { type SnapshotSheets, snapshotPdf, snapshotSheets } from '@cairn/node/sheets/print-snapshot.js'
import { requireSnapshots } from '@cairn/node/vault/open.js'
import { type MadeCapsule, toCapsule } from '@cairn/node/vault/to-capsule.js'
import type { Context } from '../../context.js'
import { type Delivered, type DeliveryOptions, deliverSheet, prepareDelivery } from '../../deliver-sheet.js'
import type { FactorOptions } from '../../factors.js'
import { openHere } from '../../machine.js'
import type { Outcome } from '../../outcome.js'
import { bold, columns, count, moment, safe, size } from '../../output.js'
import { anyLies, pastWarnings } from '../../past.js'
import { withProgress } from '../../progress.js'
import { unlockHere, whose } from '../../unlock.js'

interface Options extends FactorOptions, DeliveryOptions {
  readonly at?: string
  readonly device?: string
  readonly parity?: number
  readonly mostPages: number
  readonly paper: 'a4' | 'letter'
}

/** Read into memory at most; what does not shrink to a hundredth of it is no thing for paper. */
const MOST_BYTES = 64 * 1024 * 1024

const ATTENTION = 8

export async function run(context: Context, options: Options, names: readonly string[]): Promise<Outcome> {
  const { paper, parity: mayLose, mostPages: mostSheets } = options
  const machine = await openHere(context)
  const prepared = await prepareDelivery(context, options, { holds: 'sealed' })
  const { reading, past, ...opened } = await unlockHere(context, machine, options)
  requireSnapshots(past)
  const { description } = opened
  const which = {
    ...(options.at === undefined ? {} : { at: options.at }),
    ...whose({ ...opened, reading, past }, options.device, machine),
  }
  const capsule = await toCapsule(
    { reading, heads: past.heads, names, description, mostBytes: MOST_BYTES, ...which },
    ports,
  )
  const sheets = snapshotSheets({ capsule, description, paper, mayLose, mostSheets })
  const content = await withProgress(context, 'Proving', (progress) => snapshotPdf(sheets, progress))
  const request = { content, title: 'Cairn: a vault on paper', paper }
  const delivered = await deliverSheet(context, { ...prepared, options, request })
  const made = { capsule, sheets, delivered, fingerprint: vaultFingerprint(description) }
  return {
    json: toJson(made),
    text: say(made),
    next: [...pastWarnings(past), ...delivered.next, ...advice(made)],
    exit: anyLies(past) ? ATTENTION : 0,
  }
}

interface Made {
  readonly capsule: MadeCapsule
  readonly sheets: SnapshotSheets
  readonly delivered: Delivered
  readonly fingerprint: string
}

function toJson({ capsule, sheets, delivered, fingerprint }: Made): object {
  const { arrangement, print, mayLose } = sheets
  return {
    vault: fingerprint,
    print,
    pages: arrangement.sheets,
    may_lose: mayLose,
    codes: sheets.codes.length,
    bytes: capsule.bytes.length,
    wallets: capsule.manifest.wallets.map(({ name, snapshot }) => ({ name, ...snapshot })),
    proven: true,
    ...delivered.json,
  }
}

function say({ capsule, sheets, delivered, fingerprint }: Made): string {
  const { arrangement, print, mayLose } = sheets
  const enough = arrangement.sheets - mayLose
  const rows = capsule.manifest.wallets.map(({ name, snapshot }) => {
    const bytes = capsule.sizes.find(({ wallet }) => wallet === name)?.bytes ?? 0
    return [`  ${safe(name)}`, `snapshot ${snapshot.seq} of ${moment(new Date(snapshot.time))}`, size(bytes)]
  })
  return [
    `${bold(count(arrangement.sheets, 'page'))} of codes and two of instructions, print ${print} of the vault ${fingerprint}`,
    `any ${enough} of them ${enough === 1 ? 'is' : 'are'} enough; every code was read back by two readers`,
    columns(rows),
    ...delivered.text,
  ].join('\n')
}

function advice({ sheets }: Made): readonly string[] {
  const { mayLose } = sheets
  return [
    mayLose === 0
      ? 'None of these pages may be lost: --parity 1 adds one that may.'
      : 'Do not keep all of them in one place. When what opens the vault changes, or a wallet does, print it anew.',
    'Try it once: scan the pages, and cairn restore --from-paper SCANS… --to FOLDER',
  ]
}
