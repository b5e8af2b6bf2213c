/** `cairn place remove NAME`: takes a thing off the list. The thing itself is left where it is. */
import { removeThing } from '@cairn/core/plan/places.js'
import { readPlaces, writePlaces } from '@cairn/node/machine/places.js'
import { realPorts as ports } from '@cairn/node/real.js'
import type { Context } from '../../context.js'
import { openHere } from '../../machine.js'
import type { Outcome } from '../../outcome.js'
import { safe } from '../../output.js'

export async function run(context: Context, _options: object, name: string): Promise<Outcome> {
  const { home } = await openHere(context)
  await writePlaces(ports, home, removeThing(await readPlaces(ports.disk, home), name))
  return {
    json: { removed: name },
    text: `${safe(name)} is off the list. Nothing was destroyed: the thing itself is where it was.`,
  }
}
