/**
 * What to advise about each wallet of this machine: what backups remember of it, held against the wallet as it is now.
 * No password, no key and no store is needed.
 */
import { type Advice, advise, expectedWithinDays } from '@cairn/core/plan/advise.js'
import type { WalletPast } from '@cairn/core/plan/calendar.js'
import { NO_USE } from '@cairn/core/plan/use.js'
import type { Device } from '../machine/device.js'
import { type Remembered, readFacts } from '../machine/facts.js'
import { expectedBy, readIndex, type Snapshot } from '../machine/memory.js'
import { recallSeen } from '../machine/recall.js'
import { readWallets, type WalletEntry } from '../machine/wallets.js'
import type { Ports } from '../ports.js'
import { type Glance, lookNow, type SeenNow } from './sighting.js'

/** In the order in which the wallets were added. @throws CairnError `wallets-damaged`, `file-denied` */
export async function readAdvice(machine: Device, ports: Ports): Promise<readonly Advice[]> {
  const entries = await readWallets(ports.disk, machine.home)
  const { snapshots } = await recallSeen(machine, ports.disk)
  const facts = await readFacts(ports.disk, machine.home)
  const { files } = await readIndex(ports.disk, machine.home, ports.primitives)
  const now = ports.now().getTime()
  const advice: Advice[] = []
  for (const entry of entries) {
    const seen = await lookNow(entry, files, ports)
    advice.push(
      advise(pastOf(entry, { last: lastOf(entry, snapshots), facts: facts.get(entry.name), seen }), now),
    )
  }
  return advice
}

function lastOf({ name }: WalletEntry, snapshots: readonly Snapshot[]): Snapshot | undefined {
  return snapshots.findLast(({ wallets, stores }) => wallets.includes(name) && stores.length > 0)
}

interface Known {
  readonly last: Snapshot | undefined
  readonly facts: Remembered | undefined
  readonly seen: SeenNow | null
}

function pastOf(entry: WalletEntry, { last, facts, seen }: Known): WalletPast {
  const newest = facts?.observed.at(-1)
  // what was remembered is of another snapshot where that one was made by an older version, or the memory was lost
  const isOfLast = last !== undefined && facts?.seq === last.seq
  const before = isOfLast && newest && facts ? { facts: newest.facts, marks: facts.marks } : null
  return {
    name: entry.name,
    saved: last?.time ?? null,
    expected: last && expectedBy(last, entry.name),
    observed: facts?.observed ?? [],
    before,
    now: seen?.sighting ?? null,
    changed: before === null || seen === null ? null : seen.content !== newest?.content,
    use: seen?.use ?? NO_USE,
    keys: Math.max(seen?.sighting.facts.keys ?? 0, entry.known.importedKeys),
  }
}

/** A wallet as a backup is saving it. */
export interface Saving extends Glance {
  readonly name: string
  readonly content: string
}

/** How many days after this backup the next one of each wallet in it is late, by name. */
export function nextExpected(
  saving: readonly Saving[],
  { facts, time }: { readonly facts: ReadonlyMap<string, Remembered>; readonly time: Date },
): ReadonlyMap<string, number> {
  const saved = time.toISOString()
  const days = saving.map(({ name, content, sighting, use }): readonly [string, number] => {
    const observed = [...(facts.get(name)?.observed ?? []), { time: saved, content, facts: sighting.facts }]
    const { keys } = sighting.facts
    const past = { name, saved, observed, before: sighting, now: sighting, changed: false, use, keys }
    return [name, expectedWithinDays(advise(past, time.getTime()))]
  })
  return new Map(days)
}
