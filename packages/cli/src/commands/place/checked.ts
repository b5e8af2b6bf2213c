/** `cairn place checked NAME`: somebody has seen it where it should be, today or on a day. */
import { checkThing } from '@cairn/core/plan/places.js'
import { readPlaces, writePlaces } from '@cairn/node/machine/places.js'
import { realPorts as ports } from '@cairn/node/real.js'
import { planRehearsals } from '@cairn/node/vault/rehearsals.js'
import type { Context } from '../../context.js'
import { openHere } from '../../machine.js'
import type { Outcome } from '../../outcome.js'
import { good, safe, today } from '../../output.js'
import { seenDay } from '../../seen-day.js'

export async function run(
  context: Context,
  options: { readonly on?: string },
  name: string,
): Promise<Outcome> {
  const machine = await openHere(context)
  const on = seenDay(options.on ?? today())
  const things = checkThing(await readPlaces(ports.disk, machine.home), name, on)
  await writePlaces(ports, machine.home, things)
  const next = (await planRehearsals(machine, ports)).find(
    (each) => each.what === 'place' && each.name === name,
  )
  return {
    json: { name, checked: on, ...(next ? { next: next.by } : {}) },
    text: good(`${safe(name)} was seen on ${on}.`),
    next: next ? [`Look again by ${next.by.slice(0, 10)}.`] : [],
  }
}
