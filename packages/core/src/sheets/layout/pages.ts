/** Blocks on pages: one below the other, on as many pages as they need, each with a footer that counts them. */
import { fail } from '../../errors.js'
import { type Drawing, type Mark, PAPERS, type Page } from '../drawing.js'
import { plainText } from '../html.js'
import { type Block, flow } from './block.js'
import type { Kit } from './kit.js'
import { wrap } from './text.js'

export interface Sheet {
  /** Of the file, for its window and for screen readers: no secret. */
  readonly title: string
  /** BCP 47. */
  readonly language: string
  /** What stands at the bottom of each page: what belongs together. */
  readonly footer: string
  readonly blocks: readonly Block[]
  /** At the top of every page but the first: none unless given. */
  readonly again?: Block
  /** As in "a phrase of 24 words", for the error. */
  readonly what: string
  /** Refused when there are more; any number unless given. */
  readonly maxPages?: number
  /** Numbers of this sheet among others of the same file; its own unless given. */
  readonly count?: { readonly first: number; readonly of: number }
  /** What stands in the place of the number, on every page. */
  readonly number?: string
}

/** Sums of heights are a little off. */
const ROUNDING = 1e-6

/** @throws CairnError `sheet-paper` */
export function layOut(kit: Kit, sheet: Sheet): Drawing {
  const { title, language, what, maxPages, count } = sheet
  const filled = fill(kit, sheet)
  const tooHigh = filled.some((page) => heightOf(kit, page) > kit.height + ROUNDING)
  if (tooHigh || filled.length > (maxPages ?? Number.POSITIVE_INFINITY))
    return fail('sheet-paper', { what, paper: kit.paper })
  const { first, of } = count ?? { first: 1, of: filled.length }
  const pages = filled.map((page, i) =>
    drawPage(kit, page, footer(kit, sheet.footer, sheet.number ?? pageNumber(kit, first + i, of))),
  )
  return { size: PAPERS[kit.paper], title: plainText(title), language, pages }
}

/** The blocks of the first variant that has room on one page, else of the last. */
export function firstFitting<Variant>(
  kit: Kit,
  variants: readonly Variant[],
  make: (variant: Variant) => readonly Block[],
): readonly Block[] {
  let blocks: readonly Block[] = []
  for (const variant of variants) {
    blocks = make(variant)
    if (heightOf(kit, blocks) <= kit.height) break
  }
  return blocks
}

function fill(kit: Kit, { blocks, again }: Sheet): readonly (readonly Block[])[] {
  const lead = again ? [again] : []
  const pages: Block[][] = [[]]
  const waiting = [...blocks]
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const page = pages.at(-1) as Block[]
    const [here, rest] = parted(next, roomOn(kit, page))
    // what is higher than a page is refused afterwards
    const isTooHigh = here === null && page.length <= (pages.length > 1 ? lead.length : 0)
    page.push(...(isTooHigh ? [next] : here ? [here] : []))
    if (rest === null || isTooHigh) continue
    pages.push([...lead])
    waiting.unshift(rest)
  }
  return pages
}

function roomOn(kit: Kit, page: readonly Block[]): number {
  return kit.height - heightOf(kit, page) - (page.length > 0 ? kit.style.gap : 0) + ROUNDING
}

/** What has room here, and what goes on the next page: all of a block that stays whole. */
function parted(block: Block, room: number): readonly [Block | null, Block | null] {
  if (block.height <= room) return [block, null]
  const { blocks, gap, again } = block.parts ?? { blocks: [], gap: 0 }
  const fitting = blocks.filter((_, i) => flow({ blocks: blocks.slice(0, i + 1), gap }).height <= room).length
  // the last part does not go over alone
  const here = fitting === blocks.length - 1 && fitting > 2 ? fitting - 1 : fitting
  if (here === 0) return [null, block]
  const rest = [...(again ? [again] : []), ...blocks.slice(here)]
  return [
    flow({ blocks: blocks.slice(0, here), gap }),
    flow({ blocks: rest, gap, ...(again ? { again } : {}) }),
  ]
}

/** Of blocks below each other on a page. */
export function heightOf({ style }: Kit, blocks: readonly Block[]): number {
  return blocks.reduce((sum, { height }) => sum + height, 0) + Math.max(blocks.length - 1, 0) * style.gap
}

function drawPage({ style }: Kit, blocks: readonly Block[], foot: readonly Mark[]): Page {
  let y = style.margin
  const marks = blocks.flatMap((block) => {
    const drawn = block.draw({ x: style.margin, y })
    y += block.height + style.gap
    return drawn
  })
  return { marks: [...marks, ...foot] }
}

/** A card that is the only one has no number. */
function pageNumber({ paper }: Kit, page: number, of: number): string {
  return paper === 'card' && of === 1 ? '' : `${page} / ${of}`
}

/** What belongs together at the left margin, and the number of the page at the right one. */
function footer(kit: Kit, text: string, number: string): readonly Mark[] {
  const { style, width, paper } = kit
  const y = PAPERS[paper].height - style.margin
  const common = { kind: 'text', y, size: style.small, face: 'text' } as const
  const room = width - kit.metrics.widthOf(number, 'text', style.small) - 2 * style.small
  const [first = '', ...rest] = wrap(kit, text, { width: room, size: style.small })
  return [
    { ...common, x: style.margin, text: rest.length > 0 ? `${first}…` : first },
    ...(number === '' ? [] : [{ ...common, x: style.margin + width, text: number, anchor: 'end' } as const]),
  ]
}
