/** `cairn wallet list`: the wallets that are backed up from this machine. */

import { readWallets, type WalletEntry } from '@cairn/node/machine/wallets.js'
import { realPorts as ports } from '@cairn/node/real.js'
import type { Context } from '../../context.js'
import { openHere } from '../../machine.js'
import type { Outcome } from '../../outcome.js'
import { columns, count, safe } from '../../output.js'

export async function run(context: Context): Promise<Outcome> {
  const machine = await openHere(context)
  const wallets = await readWallets(ports.disk, machine.home)
  const json = { wallets: wallets.map(toJson) }
  if (wallets.length === 0)
    return { json, text: 'No wallet was added yet.', next: ['Find some: cairn wallet scan'] }
  return { json, text: columns(wallets.map(row)) }
}

function toJson({ name, kind, source, added, known }: WalletEntry): unknown {
  return { name, kind, source, added, encrypted: known.encrypted, fingerprints: known.identity.fingerprints }
}

function row({ name, kind, source, known }: WalletEntry): readonly string[] {
  const addresses = known.addresses.length === 0 ? '' : count(known.addresses.length, 'address', 'addresses')
  return [safe(name), kind, known.encrypted ? 'encrypted' : '', addresses, safe(source)]
}
