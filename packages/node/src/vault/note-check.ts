/** What is noted of the stores after a check: that every byte was read, what it was, and whether they told the truth. */
import type { CairnError } from '@cairn/core/errors.js'
import type { LastRead } from '@cairn/core/plan/reread.js'
import type { History } from '@cairn/core/vault/history.js'
import { headKey } from '@cairn/core/vault/object.js'
import type { Machine } from '../machine/open.js'
import { type Change, readsOf, type StoreTrail, withReads } from '../machine/trail.js'
import type { Ports } from '../ports.js'
import type { Look } from './look.js'
import { noteStores } from './note-stores.js'

export interface NotingCheck {
  readonly machine: Machine
  readonly ports: Ports
  /** When the check began: nothing was read before. */
  readonly began: Date
}

/** What a check found of one store. */
interface Verdict {
  readonly name: string
  readonly history: History | 'unknown'
  readonly error?: CairnError
}

export interface Checked {
  readonly looks: readonly Look[]
  readonly reports: readonly Verdict[]
}

/** @throws CairnError `disk-full`, `file-denied` */
export async function noteCheck(
  { machine, ports, began }: NotingCheck,
  { looks, reports }: Checked,
): Promise<void> {
  const byName = new Map(looks.map((look) => [look.past.store.name, look]))
  const changes = reports
    .filter(({ history }) => history !== 'unknown')
    .map((report): [string, Change] => {
      const read = readIn(byName.get(report.name))
      return [report.name, (before) => withHistory(withAll(before, read, began), report, began)]
    })
  const tried = reports.map(({ name, history, error }) => ({
    name,
    failure: history === 'unknown' ? error : undefined,
  }))
  await noteStores(machine, { tried, changes: new Map(changes) }, ports)
}

/** Sizes by key of the objects and heads that were read and found whole. */
function readIn(look: Look | undefined): ReadonlyMap<string, number> {
  const heads = (look?.past.heads ?? []).map(({ head, bytes }): [string, number] => [
    headKey(head.device, head.seq),
    bytes.length,
  ])
  return new Map([...(look?.whole ?? []), ...heads])
}

/** What a backup stored in the meantime stays as it is noted. */
function withAll(before: StoreTrail, read: ReadonlyMap<string, number>, began: Date): StoreTrail {
  const atMs = began.getTime()
  const newer = [...readsOf(before)].filter(([, read]) => read.atMs > atMs && read.state === 'read')
  const now = [...read].map(([key, size]): [string, LastRead] => [key, { size, atMs, state: 'read' }])
  return { ...withReads(before, new Map([...now, ...newer])), checked: began.toISOString() }
}

function withHistory({ lied, ...before }: StoreTrail, { history }: Verdict, began: Date): StoreTrail {
  if (history === 'intact') return before
  if (history === 'damaged' || history === 'unknown') return lied ? { ...before, lied } : before
  return { ...before, lied: lied ?? { time: began.toISOString(), code: 'store-history' } }
}
