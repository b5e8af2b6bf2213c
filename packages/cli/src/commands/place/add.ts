/** `cairn place add NAME`: puts one copy of one thing on the list of who holds what where. */
import { addThing } from '@cairn/core/plan/places.js'
import { readPlaces, writePlaces } from '@cairn/node/machine/places.js'
import { realPorts as ports } from '@cairn/node/real.js'
import type { Context } from '../../context.js'
import { openHere } from '../../machine.js'
import type { Outcome } from '../../outcome.js'
import { good, safe, today } from '../../output.js'
import { seenDay } from '../../seen-day.js'

interface Options {
  readonly is: string
  readonly of: string
  readonly at: string
  readonly kind?: string
  readonly with?: string
  readonly checked?: string | true
  readonly share?: number
  readonly need?: number
}

export async function run(context: Context, options: Options, name: string): Promise<Outcome> {
  const { home } = await openHere(context)
  const { is, of, at, with: holder = 'me', share, need } = options
  const given = options.checked === true ? today() : options.checked
  const checked = given === undefined ? null : seenDay(given)
  const numbers = { ...(share === undefined ? {} : { share }), ...(need === undefined ? {} : { need }) }
  const things = await readPlaces(ports.disk, home)
  const kind = options.kind ?? things.find((thing) => thing.at === at)?.kind ?? 'elsewhere'
  const all = addThing(things, { name, is, of, at, kind, with: holder, checked, ...numbers })
  await writePlaces(ports, home, all)
  return {
    json: { added: all.at(-1) },
    text: `${good(`${safe(name)} is on the list`)}: at ${safe(at)}, with ${safe(holder)}.`,
    next: [
      'It goes into the vault with the next backup, sealed: cairn backup',
      'Next: cairn plan, which says what one fire or one thief can do.',
    ],
  }
}
