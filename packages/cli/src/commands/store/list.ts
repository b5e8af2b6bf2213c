/** `cairn store list`: where snapshots lie, from this computer's memory; no store is asked. */
import { keptHere } from '@cairn/node/machine/credentials.js'
import { readSeen, type Snapshot } from '@cairn/node/machine/memory.js'
import { realPorts as ports } from '@cairn/node/real.js'
import type { Context } from '../../context.js'
import { KEPT } from '../../kept-words.js'
import { openHere } from '../../machine.js'
import type { Outcome } from '../../outcome.js'
import { columns, moment, safe, size, warn } from '../../output.js'

export async function run(context: Context): Promise<Outcome> {
  const machine = await openHere(context)
  const { snapshots } = await readSeen(ports.disk, machine.home)
  const { credentials } = await keptHere(machine, ports.disk)
  const stores = machine.config.stores.map(({ name, url, limit }) => ({
    name,
    url,
    last: lastIn(snapshots, name),
    credentials: credentials[name] ?? null,
    ...(limit === undefined ? {} : { limit }),
  }))
  const rows = stores.map(({ name, url, last, limit, credentials: kept }) => [
    safe(name),
    last === null ? warn('nothing saved yet') : `snapshot ${last.seq}, ${moment(new Date(last.time))}`,
    safe(url),
    limit === undefined ? '' : `at most ${size(limit)}/s`,
    kept === null ? '' : `opened by what is ${KEPT[kept]}`,
  ])
  return { json: { stores }, text: columns(rows) }
}

function lastIn(snapshots: readonly Snapshot[], store: string) {
  const last = snapshots.findLast(({ stores }) => stores.includes(store))
  return last === undefined ? null : { seq: last.seq, time: last.time, snapshot: last.id }
}
