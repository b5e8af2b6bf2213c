/** `cairn store list`: where snapshots lie, from this computer's memory; no store is asked. */
import { readSeen, type Snapshot } from '@cairn/node/machine/memory.js'
import { realPorts as ports } from '@cairn/node/real.js'
import type { Context } from '../../context.js'
import { openHere } from '../../machine.js'
import type { Outcome } from '../../outcome.js'
import { columns, moment, safe, size, warn } from '../../output.js'

export async function run(context: Context): Promise<Outcome> {
  const machine = await openHere(context)
  const { snapshots } = await readSeen(ports.disk, machine.home)
  const stores = machine.config.stores.map(({ name, url, limit }) => ({
    name,
    url,
    last: lastIn(snapshots, name),
    ...(limit === undefined ? {} : { limit }),
  }))
  const rows = stores.map(({ name, url, last, limit }) => [
    safe(name),
    last === null ? warn('nothing saved yet') : `snapshot ${last.seq}, ${moment(new Date(last.time))}`,
    safe(url),
    limit === undefined ? '' : `at most ${size(limit)}/s`,
  ])
  return { json: { stores }, text: columns(rows) }
}

function lastIn(snapshots: readonly Snapshot[], store: string) {
  const last = snapshots.findLast(({ stores }) => stores.includes(store))
  return last === undefined ? null : { seq: last.seq, time: last.time, snapshot: last.id }
}
