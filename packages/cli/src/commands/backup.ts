/** `cairn backup [NAME...]`: a snapshot to every store. "Saved" is said only of what was read back. */
import { type CairnError, EXIT_CODES } from '@cairn/core/errors.js'
import { parseTag } from '@cairn/core/vault/tags.js'
import { realPorts as ports } from '@cairn/node/real.js'
import { type BackupReport, backup, type StoreOutcome, type WalletOutcome } from '@cairn/node/vault/backup.js'
import type { Context } from '../context.js'
import { openHere } from '../machine.js'
import type { Outcome } from '../outcome.js'
import { bad, columns, count, good, safe, size, warn } from '../output.js'
import { withProgress } from '../progress.js'

/** A snapshot was made, but not of every wallet, or not in every store, or by a machine that lost its memory. */
const ATTENTION = 8

const REBUILT =
  'What this computer remembered of its snapshots was damaged and is written anew: every wallet was saved, and the stores are trusted as they are. Look once yourself: cairn check, cairn snapshots'

interface Options {
  readonly tag?: readonly string[]
}

export async function run(
  context: Context,
  { tag = [] }: Options,
  names: readonly string[],
): Promise<Outcome> {
  const tags = tag.map(parseTag)
  const machine = await openHere(context)
  const report = await withProgress(context, 'Saving', (progress) =>
    backup(machine, { names, tags, progress }, ports),
  )
  const whole = [...report.stores, ...report.wallets].every(({ state }) => state === 'saved')
  const forgot = report.memory === 'rebuilt'
  const unread = report.wallets.find(({ state }) => state === 'unread')?.error
  return {
    json: { ...(unread ? { error: told(unread) } : {}), ...toJson(report) },
    text: say(report),
    next: [
      ...(forgot ? [REBUILT] : []),
      ...report.stores.flatMap(newerPolicy),
      'Saved is not yet proven: cairn drill shows that it restores.',
    ],
    exit: unread ? EXIT_CODES[unread.kind] : whole && !forgot ? 0 : ATTENTION,
  }
}

function newerPolicy({ name, policy }: StoreOutcome): readonly string[] {
  if (policy !== 'newer') return []
  return [
    `The store ${safe(name)} shows a policy that this computer does not know. Unlock it here once: cairn drill`,
  ]
}

function told({ code, message, hint }: CairnError) {
  return { code, message, hint }
}

function toJson({ snapshot, stores, wallets, bytes, ms, memory }: BackupReport) {
  const row = ({ name, state, error, ...more }: StoreOutcome | WalletOutcome) => ({
    name,
    state,
    ...more,
    ...(error ? { error: told(error) } : {}),
  })
  return {
    snapshot: snapshot.id,
    seq: snapshot.seq,
    stores: stores.map(row),
    wallets: wallets.map(row),
    bytes,
    ms,
    ...(memory === 'rebuilt' ? { memory } : {}),
  }
}

function say({ snapshot, stores, wallets, bytes, ms }: BackupReport): string {
  const rows = [
    ...wallets.map((row) => ['wallet', ...cells(row)]),
    ...stores.map((row) => ['store', ...cells(row)]),
  ]
  const read = `${size(bytes.read)} read, ${size(bytes.new)} new, ${size(bytes.sent)} sent, ${(ms / 1000).toFixed(1)} s`
  const saved = wallets.filter(({ state }) => state !== 'failed').length
  return `Snapshot ${snapshot.seq} of ${count(saved, 'wallet')} (${read})\n\n${columns(rows)}`
}

function cells({ name, state, error, ...more }: StoreOutcome | WalletOutcome): readonly string[] {
  const paint = { saved: good, unreachable: warn, unread: warn, refused: bad, failed: bad }[state]
  const mended = 'mended' in more && more.mended ? `put back: ${safe(more.mended.join(', '))}` : ''
  return [safe(name), paint(state), error ? `${safe(error.message)} (${safe(error.hint)})` : mended]
}
