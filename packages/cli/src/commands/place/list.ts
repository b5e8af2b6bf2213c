/** `cairn place list`: who holds what where, and when somebody last looked. */
import { partOf, type Thing } from '@cairn/core/plan/places.js'
import { decodePlaces, readPlaces } from '@cairn/node/machine/places.js'
import { localError } from '@cairn/node/machine/state.js'
import { realPorts as ports } from '@cairn/node/real.js'
import type { Context } from '../../context.js'
import { openHere } from '../../machine.js'
import type { Outcome } from '../../outcome.js'
import { columns, safe, warn } from '../../output.js'

export async function run(context: Context, options: { readonly file?: string }): Promise<Outcome> {
  const things = await thingsOf(context, options.file)
  if (things.length === 0)
    return {
      json: { things },
      text: 'Nothing is on the list yet.',
      next: ['Begin: cairn place add "sheet in the bank" --is factor --of sheet --at bank --kind bank'],
    }
  return { json: { things }, text: columns(things.map(row)) }
}

/** Of a file that a restore gave back, also where no vault is known. */
async function thingsOf(context: Context, file: string | undefined): Promise<readonly Thing[]> {
  if (file === undefined) return readPlaces(ports.disk, (await openHere(context)).home)
  return decodePlaces(await ports.disk.read(file).catch((error) => localError(error, file))).things
}

function row(thing: Thing): readonly string[] {
  const { name, is, of, at, kind, with: holder, checked } = thing
  const part = partOf(thing)
  const what = part === null ? `${is} ${of}` : `${is} ${part.share}, ${part.need} needed, of ${of}`
  return [
    safe(name),
    safe(what),
    safe(`at ${at} (${kind})`),
    safe(`with ${holder}`),
    checked === null ? warn('never checked') : `checked ${checked}`,
  ]
}
