/** `cairn place fetch`: takes the newest list out of the vault, from whichever of its computers changed it last. */
import { fail } from '@cairn/core/errors.js'
import { readPlaces } from '@cairn/node/machine/places.js'
import { realPorts as ports } from '@cairn/node/real.js'
import { findPlaces, takePlaces } from '@cairn/node/vault/saved-places.js'
import type { Context } from '../../context.js'
import type { FactorOptions } from '../../factors.js'
import { openHere } from '../../machine.js'
import type { Outcome } from '../../outcome.js'
import { count, good } from '../../output.js'
import { unlockHere } from '../../unlock.js'

export async function run(context: Context, options: FactorOptions): Promise<Outcome> {
  const machine = await openHere(context)
  const { reading, past } = await unlockHere(context, machine, options)
  const list = (await findPlaces(reading, past.heads)) ?? fail('places-absent')
  const taken = await takePlaces(machine, list, ports)
  const things = await readPlaces(ports.disk, machine.home)
  return {
    json: { taken: taken === 'taken', things },
    text:
      taken === 'taken'
        ? good(`The list of the vault is that of this computer now: ${count(things.length, 'thing')}.`)
        : 'The list of this computer is the newest one.',
  }
}
