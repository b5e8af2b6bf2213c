/** `cairn sheet places`: the list of who holds what where, on paper, with days to write beside each thing. */
import { layOutPlaces } from '@cairn/core/sheets/places-sheet.js'
import { vaultFingerprint } from '@cairn/core/vault/description.js'
import { readPlaces } from '@cairn/node/machine/places.js'
import { realPorts as ports } from '@cairn/node/real.js'
import { diskFonts } from '@cairn/node/sheets/fonts.js'
import type { Context } from '../../context.js'
import { openHere } from '../../machine.js'
import type { Outcome } from '../../outcome.js'
import { bold, count, today } from '../../output.js'
import { type OutOptions, prepareOut, sendOut, sheetJson } from '../../sheet-out.js'

export async function run(context: Context, options: OutOptions): Promise<Outcome> {
  const prepared = await prepareOut(context, options, { holds: 'nothing' })
  const { home, description } = await openHere(context)
  const things = await readPlaces(ports.disk, home)
  const content = { vault: vaultFingerprint(description), things, date: today() }
  const drawing = layOutPlaces(content, { paper: options.paper, metrics: diskFonts() })
  const sent = await sendOut(context, [{ drawing, codes: [] }], prepared)
  return {
    json: {
      ...sheetJson(sent, prepared),
      things: things.length,
    },
    text: [bold(`${count(things.length, 'thing')}`), ...sent.text].join('\n'),
    next: [
      ...sent.next,
      ...(things.length === 0 ? ['Nothing is on the list yet: cairn place add'] : []),
      'It tells where to look: keep it as you keep an address book.',
    ],
  }
}
