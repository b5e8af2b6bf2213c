/**
 * The inventory of places: who holds what where, on paper, with a column to tick and to date at each look. No secret.
 */
import { partOf, type Thing } from '../plan/places.js'
import type { Drawing } from './drawing.js'
import { plainText } from './html.js'
import { type Block, beside, flow, shifted, stack } from './layout/block.js'
import { HAND_LINES, type Kit, kitFor } from './layout/kit.js'
import { layOut } from './layout/pages.js'
import { heading, told } from './layout/section.js'
import { baseline, sentences, unbroken } from './layout/text.js'
import { titleBlock } from './layout/title.js'
import { line } from './layout/writing.js'
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
      told(kit, 'How to use it', [
        `Look at each thing once or twice a year, write the day beside it, and tell Cairn: ${unbroken('cairn place checked NAME')}`,
        'There is no secret on this page, but whoever reads it knows where to look. Keep it as you keep an address book.',
      ]),
      columnHeads(kit),
      ...places.map((place) => placeBlock(kit, place, things)),
    ],
    again: columnHeads(kit),
    what: `an inventory of ${things.length} things`,
  })
}

/** The rows of a place, which go on below its name on the next page where they are many. */
function placeBlock(kit: Kit, place: string, things: readonly Thing[]): Block {
  const here = things.filter(({ at }) => at === place)
  const title = plainText(`${place}  ·  ${here[0]?.kind}`)
  const [first, ...rest] = here.map((thing) => row(kit, thing))
  return flow({
    blocks: [stack([heading(kit, title), first as Block]), ...rest],
    gap: 0,
    again: heading(kit, `${title}, continued`),
  })
}

/** What a thing is of, in a few words. */
export function describeThing(thing: Thing): string {
  const { is, of } = thing
  const part = partOf(thing)
  if (part !== null) {
    const what = is === 'share' ? 'share' : `key, ${is === 'phrase' ? 'its words' : 'a device'},`
    return `${what} ${part.share} of ${of}, ${part.need} needed`
  }
  return {
    factor: `factor ${of} of the vault`,
    store: `store ${of}: the sealed vault`,
    phrase: `the words of ${of}`,
    share: '',
    device: `a device of ${of}`,
    recovery: `payments of ${of} signed in advance`,
  }[is]
}

/** Where columns begin, in shares of the width: the thing, who has it, when it was seen, and two days to write. */
const COLUMNS = [0, 1 / 3, 0.53, 2 / 3, 5 / 6] as const

/** Of a column, from the left margin; behind the last one, of the next. */
function edge({ width, style }: Kit, column: number): number {
  return (width + style.gutter) * (COLUMNS[column] ?? 1)
}

function cell(
  kit: Kit,
  column: number,
  { text, size }: { readonly text: string; readonly size: number },
): Block {
  const width = edge(kit, column + 1) - edge(kit, column) - kit.style.gutter
  return sentences(kit, text, { width, size })
}

function columnHeads(kit: Kit): Block {
  const { small } = kit.style
  const heads = ['What', 'With', 'Last seen', 'Seen on', 'Seen on']
  return beside(
    heads.map((text, i) => cell(kit, i, { text, size: small })),
    heads.map((_, i) => edge(kit, i)),
  )
}

/** What, with whom, when it was seen, and lines to write the day on. */
function row(kit: Kit, thing: Thing): Block {
  const { body, small, gap, gutter } = kit.style
  const what = stack([
    cell(kit, 0, { text: plainText(thing.name), size: body }),
    cell(kit, 0, { text: plainText(describeThing(thing)), size: small }),
  ])
  const whose = cell(kit, 1, { text: plainText(thing.with), size: body })
  const seen = shifted(cell(kit, 2, { text: thing.checked ?? 'not yet', size: small }), {
    y: baseline(body) - baseline(small),
  })
  const texts = beside([what, whose, seen], [0, edge(kit, 1), edge(kit, 2)])
  const height = Math.max(texts.height + gap / 4, HAND_LINES) + gap / 4
  const foot = height - gap / 4
  return {
    height,
    draw: ({ x, y }) => [
      ...texts.draw({ x, y }),
      line(x, y + foot, edge(kit, 3) - gutter),
      ...[3, 4].map((i) => line(x + edge(kit, i), y + foot, edge(kit, i + 1) - edge(kit, i) - gutter)),
    ],
  }
}
