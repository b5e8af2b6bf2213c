/** `cairn snapshots`: what was saved when, newest first, and which stores show it now. */
import { parseTag } from '@cairn/core/vault/tags.js'
import { realPorts as ports } from '@cairn/node/real.js'
import { listSnapshots, type SnapshotRow } from '@cairn/node/vault/snapshots.js'
import type { Context } from '../context.js'
import { openHere } from '../machine.js'
import type { Outcome } from '../outcome.js'
import { columns, moment, safe } from '../output.js'

interface Options {
  readonly tag?: readonly string[]
}

export async function run(context: Context, { tag }: Options): Promise<Outcome> {
  const asked = tag?.map(parseTag)
  const all = await listSnapshots(await openHere(context), ports)
  const snapshots = all.filter(({ tags = [] }) => asked?.some((name) => tags.includes(name)) ?? true)
  if (snapshots.length === 0 && all.length > 0)
    return { json: { snapshots }, text: 'No snapshot with such a tag that this computer knows of.' }
  if (snapshots.length === 0) {
    return { json: { snapshots }, text: 'No snapshot yet.', next: ['Make the first: cairn backup'] }
  }
  const isShared = new Set(all.map(({ device }) => device)).size > 1
  const device = (name: string) => (isShared ? [safe(name)] : [])
  const head = ['snapshot', ...device('device'), 'time', 'id', 'stores', 'wallets']
  const rows = snapshots.map((snapshot) => row(snapshot, device(snapshot.device_name)))
  return {
    json: { snapshots },
    text: columns([[...head, ...(hasTags(snapshots) ? ['tags'] : [])], ...rows]),
  }
}

/** A column that nobody filled is not shown. */
function hasTags(snapshots: readonly SnapshotRow[]): boolean {
  return snapshots.some(({ tags = [] }) => tags.length > 0)
}

function row(
  { seq, time, id, stores, wallets, tags = [] }: SnapshotRow,
  device: readonly string[],
): readonly string[] {
  const held = wallets?.join(', ') ?? 'known only to the opened vault'
  return [
    `${seq}`,
    ...device,
    moment(new Date(time)),
    id.slice(0, 12),
    safe(stores.join(', ')),
    safe(held),
    safe(tags.join(', ')),
  ]
}
