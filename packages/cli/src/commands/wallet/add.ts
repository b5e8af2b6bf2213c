/** `cairn wallet add NAME PATH`: takes a wallet into care. Its password is used once and not kept. */

import type { WalletEntry } from '@cairn/node/machine/wallets.js'
import { realPorts as ports } from '@cairn/node/real.js'
import { add } from '@cairn/node/vault/add-wallet.js'
import type { Context } from '../../context.js'
import { openHere } from '../../machine.js'
import type { Outcome } from '../../outcome.js'
import { count, good, safe } from '../../output.js'
import { type LookOptions, look } from '../../wallet-password.js'

export async function run(
  context: Context,
  options: LookOptions,
  name: string,
  path: string,
): Promise<Outcome> {
  const machine = await openHere(context)
  const wallet = await look(context, path, options)
  const entry = await add(machine, { name, source: path, wallet }, ports)
  return { json: toJson(entry), text: say(entry), next: advice(entry) }
}

function toJson({ name, kind, source, known }: WalletEntry): unknown {
  const { encrypted, opened, identity, addresses } = known
  const { fingerprints, descriptors } = identity
  return { name, kind, source, encrypted, opened, fingerprints, descriptors, addresses: addresses.length }
}

function say({ name, kind, known }: WalletEntry): string {
  const what =
    kind === 'file' ? 'as it is' : `as ${kind}, ${count(known.addresses.length, 'address', 'addresses')}`
  return `${good(`${safe(name)} is added`)} ${what}`
}

function advice({ name, known }: WalletEntry): readonly string[] {
  const dark = known.encrypted && !known.opened
  const hint = `Without its password only what is public could be read; cairn wallet remove ${name} and add it again to give it.`
  return [...(dark ? [hint] : []), `Next: cairn backup ${name}`]
}
