/** `cairn store remove NAME`: saves there no longer, and forgets what opens it. What lies there stays. */
import { realPorts as ports } from '@cairn/node/real.js'
import { removeStore } from '@cairn/node/vault/stores.js'
import type { Context } from '../../context.js'
import { openHere } from '../../machine.js'
import type { Outcome } from '../../outcome.js'
import { safe } from '../../output.js'

export async function run(context: Context, _options: object, name: string): Promise<Outcome> {
  const { url } = await removeStore(await openHere(context), name, ports)
  return {
    json: { removed: name, url },
    text: `${safe(name)} gets no more snapshots. What lies at ${safe(url)} is untouched, and still opens with the factors of this vault.`,
  }
}
