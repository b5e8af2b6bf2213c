/** `cairn snapshots`: what was saved when, newest first, and which stores show it now. */
import { realPorts as ports } from '@cairn/node/real.js'
import { listSnapshots, type SnapshotRow } from '@cairn/node/vault/snapshots.js'
import type { Context } from '../context.js'
import { openHere } from '../machine.js'
import type { Outcome } from '../outcome.js'
import { columns, moment, safe } from '../output.js'

export async function run(context: Context): Promise<Outcome> {
  const snapshots = await listSnapshots(await openHere(context), ports)
  if (snapshots.length === 0) {
    return { json: { snapshots }, text: 'No snapshot yet.', next: ['Make the first: cairn backup'] }
  }
  const head = ['snapshot', 'time', 'id', 'stores', 'wallets']
  return { json: { snapshots }, text: columns([head, ...snapshots.map(row)]) }
}

function row({ seq, time, id, stores, wallets }: SnapshotRow): readonly string[] {
  const held = wallets?.join(', ') ?? 'known only to the opened vault'
  return [`${seq}`, moment(new Date(time)), id.slice(0, 12), safe(stores.join(', ')), safe(held)]
}
