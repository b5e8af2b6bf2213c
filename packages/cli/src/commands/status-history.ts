/** `cairn status --history`: the calendar of what was saved, late, failed and proven; from this machine's memory. */
import { resolve } from 'node:path'
import { fail } from '@cairn/core/errors.js'
import { DAY_MS } from '@cairn/core/plan/due.js'
import { type Day, type History, historyOf, type Row } from '@cairn/core/plan/history.js'
import { drawHistoryHtml, drawHistorySvg } from '@cairn/core/sheets/history.js'
import { vaultFingerprint } from '@cairn/core/vault/description.js'
import { readJournal } from '@cairn/node/machine/journal.js'
import type { Machine } from '@cairn/node/machine/open.js'
import { recallSeen } from '@cairn/node/machine/recall.js'
import { realPorts as ports } from '@cairn/node/real.js'
import { readPastDrills, readStatus, type Status } from '@cairn/node/vault/status.js'
import type { Context } from '../context.js'
import { writePrivate } from '../input.js'
import { openHere } from '../machine.js'
import type { Outcome } from '../outcome.js'
import { bad, bold, columns, count, good, safe, warn } from '../output.js'

export interface HistoryOptions {
  readonly days: number
  readonly out?: string
}

export async function history(context: Context, options: HistoryOptions): Promise<Outcome> {
  const machine = await openHere(context)
  const status = await readStatus(machine, ports)
  const past = await readHistory(machine, status, options.days)
  const next = nextOf(status)
  if (options.out === undefined)
    return { json: { ...past, next }, text: `${say(past)}\n\n${next.join('\n')}`, next: [] }
  const path = resolve(options.out)
  const draw = { svg: drawHistorySvg, html: drawHtml(machine, next) }[path.split('.').at(-1) ?? '']
  if (draw === undefined) return fail('usage', { reason: '--out takes a file that ends in .svg or .html' })
  await writePrivate(path, draw(past))
  return { json: { ...past, next, path }, text: `Written to ${safe(path)}.` }
}

function drawHtml({ description }: Machine, next: readonly string[]): (past: History) => string {
  return (past) => drawHistoryHtml(past, { vault: vaultFingerprint(description), next })
}

async function readHistory(machine: Machine, status: Status, days: number): Promise<History> {
  const now = ports.now()
  const since = new Date(now.getTime() - (days + 1) * DAY_MS).toISOString()
  const { snapshots } = await recallSeen(machine, ports.disk)
  return historyOf(
    {
      wallets: status.wallets.map(({ name }) => name),
      stores: machine.config.stores.map(({ name }) => name),
      snapshots,
      drills: await readPastDrills(machine, since, ports),
      runs: await readJournal(ports.disk, machine.home, since),
    },
    { now, count: days, dayOf: localDay },
  )
}

/** The day where this computer is, YYYY-MM-DD. */
function localDay(time: Date): string {
  const two = (n: number) => String(n).padStart(2, '0')
  return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`
}

const SIGNS: Readonly<Record<Day, string>> = {
  before: ' ',
  quiet: '·',
  saved: good('■'),
  proven: good('✓'),
  differs: bad('▲'),
  failed: bad('✗'),
  late: bad('□'),
  away: warn('–'),
}

const LEGEND =
  '■ saved  ✓ a drill proved it  · nothing was due  □ late  ✗ failed  – store away  ▲ found wrong'

function say({ days, wallets, stores }: History): string {
  const row = ({ name, days: cells }: Row) => [safe(name), cells.map((day) => SIGNS[day]).join('')]
  const head = ['', `${days[0]} to ${days.at(-1)}, ${count(days.length, 'day')}`]
  return `${columns([head.map(bold), ...wallets.map(row), ['', ''], ...stores.map(row)])}\n\n${LEGEND}`
}

function nextOf({ wallets, stores }: Status): readonly string[] {
  const tasks = [...wallets, ...stores].flatMap(({ name, due }) =>
    due.map(({ what, overdue }) => `${safe(name)}: ${what} ${overdue ? 'is overdue' : 'is due'}`),
  )
  return tasks.length > 0 ? tasks : ['Nothing is due.']
}
