/**
 * The inventory of places: who holds what where, on paper, with a column to tick and to date at each look. No secret.
 */
import type { Thing } from '../plan/places.js'
import type { Drawing, Mark } from './drawing.js'
import { plainText } from './html.js'
import { type Block, stack } from './layout/block.js'
import { HAIRLINE, INK, type Kit, kitFor } from './layout/kit.js'
import { layOut } from './layout/pages.js'
import { heading, sentences } from './layout/text.js'
import { titleBlock } from './layout/title.js'
import type { SheetOptions } from './phrase-sheet.js'

export interface PlacesSheet {
  /** The fingerprint of the vault. */
  readonly vault: string
  readonly things: readonly Thing[]
  /** YYYY-MM-DD. */
  readonly date: string
}

/** On as many pages as it takes, by place. @throws CairnError `sheet-paper`, `sheet-character` */
export function layOutPlaces(
  { vault, things, date }: PlacesSheet,
  { paper, metrics }: SheetOptions,
): Drawing {
  const kit = kitFor(paper, metrics)
  const places = [...new Set(things.map(({ at }) => at))]
  return layOut(kit, {
    title: 'Inventory of places',
    language: 'en',
    footer: plainText(`Inventory of places  ·  vault ${vault}  ·  ${date}`),
    blocks: [
      titleBlock(kit, { title: 'Inventory of places', subtitle: plainText(`Vault ${vault}, on ${date}`) }),
      sentences(
        kit,
        'Who holds what where. There is no secret on this page, but whoever reads it knows where to look: keep it as you keep an address book. Look at each thing once or twice a year, write the day beside it, and tell Cairn: cairn place checked NAME',
        { width: kit.width },
      ),
      ...places.map((place) => placeBlock(kit, place, things)),
    ],
    what: `an inventory of ${things.length} things`,
  })
}

function placeBlock(kit: Kit, place: string, things: readonly Thing[]): Block {
  const here = things.filter(({ at }) => at === place)
  const title = `${place}  ·  ${here[0]?.kind}`
  return stack([heading(kit, plainText(title)), ...here.map((thing) => row(kit, thing))], kit.style.gap / 8)
}

/** What a thing is of, in a few words. */
export function describeThing(thing: Thing): string {
  const { is, of } = thing
  if (thing.is === 'share') return `share ${thing.share} of ${of}, ${thing.need} needed`
  return {
    factor: `factor ${of} of the vault`,
    store: `store ${of}: the sealed vault`,
    phrase: `the words of ${of}`,
    share: '',
    device: `a device of ${of}`,
    recovery: `payments of ${of} signed in advance`,
  }[is]
}

/** Shares of the width: the thing, who has it, when it was seen, and two days to write. */
const COLUMNS = [0, 0.44, 0.58, 0.73, 0.87] as const

function row(kit: Kit, thing: Thing): Block {
  const { width, style } = kit
  const cell = (text: string, column: number, more: { readonly grey?: number } = {}) => ({
    left: width * (COLUMNS[column] as number),
    block: sentences(kit, text, {
      width: width * ((COLUMNS[column + 1] ?? 1) - (COLUMNS[column] as number)) - style.gutter / 2,
      ...more,
    }),
  })
  const name = stack([
    cell(plainText(thing.name), 0).block,
    sentences(kit, plainText(describeThing(thing)), {
      width: width * COLUMNS[1] - style.gutter / 2,
      size: style.small,
      grey: INK.quiet,
    }),
  ])
  const cells = [
    { left: 0, block: name },
    cell(plainText(thing.with), 1),
    cell(thing.checked ?? 'not seen yet', 2, { grey: INK.quiet }),
  ]
  const height = Math.max(...cells.map(({ block }) => block.height)) + style.gap / 3
  return {
    height,
    draw: ({ x, y }) => [
      ...cells.flatMap(({ left, block }) => block.draw({ x: x + left, y })),
      ...writing(kit, { x, y: y + height - style.gap / 4 }),
    ],
  }
}

function writing(
  { width, style }: Kit,
  { x, y }: { readonly x: number; readonly y: number },
): readonly Mark[] {
  const line = (from: number, to: number): Mark => ({
    ...{ kind: 'line', from: [x + from, y], to: [x + to, y], stroke: HAIRLINE, grey: INK.line },
  })
  return [
    line(0, width * COLUMNS[3] - style.gutter),
    line(width * COLUMNS[3], width * COLUMNS[4] - style.gutter / 2),
    line(width * COLUMNS[4], width),
  ]
}
