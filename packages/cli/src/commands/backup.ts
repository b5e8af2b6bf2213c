/** `cairn backup [NAME...]`: a snapshot to every store. "Saved" is said only of what was read back. */
import { type CairnError, EXIT_CODES, fail } from '@cairn/core/errors.js'
import { parseTag } from '@cairn/core/vault/tags.js'
import { realPorts as ports } from '@cairn/node/real.js'
import { runDue } from '@cairn/node/schedule/run-due.js'
import { type BackupReport, backup, type StoreOutcome, type WalletOutcome } from '@cairn/node/vault/backup.js'
import type { DueReport } from '@cairn/node/vault/backup-due.js'
import type { Context } from '../context.js'
import { openHere, openOrTell } from '../machine.js'
import type { Outcome } from '../outcome.js'
import { bad, columns, count, good, moment, safe, size, warn } from '../output.js'
import { withProgress } from '../progress.js'

/** A snapshot was made, but not of every wallet, or not in every store, or by a machine that lost its memory. */
const ATTENTION = 8

const REBUILT =
  'What this computer remembered of its snapshots was damaged and is written anew: every wallet was saved, and the stores are trusted as they are. Look once yourself: cairn check, cairn snapshots'

interface Options {
  readonly tag?: readonly string[]
  readonly due?: boolean
}

export async function run(
  context: Context,
  { tag = [], due }: Options,
  names: readonly string[],
): Promise<Outcome> {
  const tags = tag.map(parseTag)
  if (due) return saveDue(context, { tags, names })
  const machine = await openHere(context)
  const report = await withProgress(context, 'Saving', (progress) =>
    backup(machine, { names, tags, progress }, ports),
  )
  return outcomeOf(report)
}

interface Asked {
  readonly tags: readonly string[]
  readonly names: readonly string[]
}

/**
 * For whatever comes by often: it ends at once when nothing is due, and when another backup is at work. However it went,
 * what is late or wrong is told afterwards.
 */
async function saveDue(context: Context, { tags, names }: Asked): Promise<Outcome> {
  if (names.length > 0) return fail('usage', { reason: '--due finds out by itself which wallets are due' })
  const machine = await openOrTell(context)
  const { realAlarmPorts } = await import('@cairn/node/schedule/real-alarms.js')
  const { found, told } = await withProgress(context, 'Saving', (progress) =>
    runDue(machine, { tags, progress }, realAlarmPorts),
  )
  const done = found === null ? BUSY : sayDue(found)
  if (told) return done
  return {
    ...done,
    next: [...(done.next ?? []), 'Alarms cannot be told: cairn alarm list'],
    exit: done.exit || ATTENTION,
  }
}

const BUSY: Outcome = { json: { due: [], busy: true }, text: 'Another command works on this vault.' }

function sayDue(found: DueReport): Outcome {
  const { due, retried, report } = found
  if (report === null) return nothingDue(found)
  const outcome = outcomeOf(report)
  return { ...outcome, json: { due, retried, ...(outcome.json as object) } }
}

function nothingDue({ advice }: DueReport): Outcome {
  const next = advice.map((each) => each.next).sort()[0] ?? null
  const when =
    next === null ? 'No wallet was added yet.' : `The next backup is due at ${moment(new Date(next))}.`
  return { json: { due: [], next }, text: `Nothing is due. ${when}` }
}

function outcomeOf(report: BackupReport): Outcome {
  const expected = [...report.stores.filter(isExpected), ...report.wallets]
  const whole = expected.every(({ state }) => state === 'saved')
  const forgot = report.memory === 'rebuilt'
  const damaged = report.stores.some((store) => store.damaged !== undefined)
  const isRemoved = report.stores.some(({ self }) => self === 'removed')
  const unread = report.wallets.find(({ state }) => state === 'unread')?.error
  return {
    json: { ...(unread ? { error: told(unread) } : {}), ...toJson(report) },
    text: say(report),
    next: [
      ...(forgot ? [REBUILT] : []),
      ...report.stores.flatMap(newerPolicy),
      ...(damaged ? [DAMAGED] : []),
      'Saved is not yet proven: cairn drill shows that it restores.',
    ],
    exit: unread ? EXIT_CODES[unread.kind] : whole && !forgot && !damaged && !isRemoved ? 0 : ATTENTION,
  }
}

const DAMAGED =
  'A part of what older backups stored was read again, and it is not what it was. The next backup puts it there again from another store. Next: cairn check --repair, which reads everything'

/** All but drives that are away because another one of this vault has its turn. */
function isExpected({ instead }: StoreOutcome): boolean {
  return instead === undefined
}

function newerPolicy({ name, policy, self }: StoreOutcome): readonly string[] {
  if (policy !== 'newer') return []
  if (self === 'removed')
    return [
      `The store ${safe(name)} says that this computer was removed from the vault: then nobody believes this snapshot. To know: cairn device list --confirm`,
    ]
  return [
    `The store ${safe(name)} shows a vault.json that this computer does not know: another computer changed the vault. Unlock it here once: cairn device list --confirm`,
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
  if ('instead' in more && more.instead !== undefined)
    return [safe(name), 'away', `${safe(more.instead)} is in its place`]
  const paint = { saved: good, unreachable: warn, unread: warn, refused: bad, failed: bad }[state]
  const { mended = [], damaged = [] }: Partial<StoreOutcome> = more
  const notes = [
    ...(error ? [`${safe(error.message)} (${safe(error.hint)})`] : []),
    ...(mended.length > 0
      ? [`put back: ${mended.length > 3 ? count(mended.length, 'object') : safe(mended.join(', '))}`]
      : []),
    ...(damaged.length > 0 ? [bad(`${count(damaged.length, 'older object')} damaged or missing`)] : []),
  ]
  return [safe(name), paint(state), notes.join('; ')]
}
