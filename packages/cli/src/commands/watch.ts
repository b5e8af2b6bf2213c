/** `cairn watch`: backs wallets up when they change, until it is stopped. */
import type { Context } from '../context.js'
import { openHere } from '../machine.js'
import type { Outcome } from '../outcome.js'
import { count } from '../output.js'
import { watchWallets } from '../watching.js'

export async function run(context: Context): Promise<Outcome> {
  const saved = await watchWallets(context, await openHere(context))
  return { json: { saved }, text: `Stopped. ${count(saved, 'snapshot')} saved.` }
}
