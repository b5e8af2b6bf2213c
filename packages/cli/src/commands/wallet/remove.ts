/** `cairn wallet remove NAME`: no longer backs the wallet up. Its snapshots and its files stay. */

import { removeWallet } from '@cairn/node/machine/wallets.js'
import { realPorts as ports } from '@cairn/node/real.js'
import type { Context } from '../../context.js'
import { openHere } from '../../machine.js'
import type { Outcome } from '../../outcome.js'
import { safe } from '../../output.js'

export async function run(context: Context, _options: object, name: string): Promise<Outcome> {
  const machine = await openHere(context)
  await removeWallet(ports.disk, machine.home, name)
  return {
    json: { removed: name },
    text: `${safe(name)} is no longer backed up. The wallet itself and its snapshots are untouched.`,
  }
}
