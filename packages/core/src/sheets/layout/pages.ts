/** Blocks on pages: one below the other, on as many pages as they need, each with a footer that counts them. */
import { fail } from '../../errors.js'
import { type Drawing, type Mark, PAPERS, type Page } from '../drawing.js'
import { plainText } from '../html.js'
import type { Block } from './block.js'
import { HAIRLINE, INK, type Kit } from './kit.js'
import { wrap } from './text.js'

export interface Sheet {
  /** Of the file, for its window and for screen readers: no secret. */
  readonly title: string
  /** BCP 47. */
  readonly language: string
  /** What stands at the bottom of each page: what belongs together. */
  readonly footer: string
  readonly blocks: readonly Block[]
  /** As in "a phrase of 24 words", for the error. */
  readonly what: string
  /** Refused when there are more; any number unless given. */
  readonly maxPages?: number
  /** Numbers of this sheet among others of the same file; its own unless given. */
  readonly count?: { readonly first: number; readonly of: number }
  /** What stands in the place of the number, on every page. */
  readonly number?: string
}

/** @throws CairnError `sheet-paper` */
export function layOut(kit: Kit, sheet: Sheet): Drawing {
  const { title, language, blocks, what, maxPages, count } = sheet
  const filled = fill(kit, blocks)
  const tooHigh = filled.some((page) => heightOf(kit, page) > kit.height + 1e-6)
  if (tooHigh || filled.length > (maxPages ?? Number.POSITIVE_INFINITY))
    return fail('sheet-paper', { what, paper: kit.paper })
  const { first, of } = count ?? { first: 1, of: filled.length }
  const pages = filled.map((page, i) =>
    drawPage(kit, page, footer(kit, sheet.footer, sheet.number ?? `${first + i} / ${of}`)),
  )
  return { size: PAPERS[kit.paper], title: plainText(title), language, pages }
}

function fill(kit: Kit, blocks: readonly Block[]): readonly (readonly Block[])[] {
  const pages: Block[][] = [[]]
  for (const block of blocks) {
    const page = pages.at(-1) as Block[]
    if (page.length > 0 && heightOf(kit, [...page, block]) > kit.height) pages.push([block])
    else page.push(block)
  }
  return pages
}

function heightOf({ style }: Kit, blocks: readonly Block[]): number {
  return blocks.reduce((sum, { height, gap = style.gap }, i) => sum + height + (i > 0 ? gap : 0), 0)
}

function drawPage({ style }: Kit, blocks: readonly Block[], foot: readonly Mark[]): Page {
  let y = style.margin
  const marks = blocks.flatMap((block, i) => {
    y += i > 0 ? (block.gap ?? style.gap) : 0
    const drawn = block.draw({ x: style.margin, y })
    y += block.height
    return drawn
  })
  return { marks: [...marks, ...foot] }
}

/** A hairline with what belongs together to the left of it and the number of the page to the right. */
function footer(kit: Kit, text: string, number: string): readonly Mark[] {
  const { style, width, paper } = kit
  const right = style.margin + width
  const y = PAPERS[paper].height - style.margin
  const common = { kind: 'text', y, size: style.small, face: 'text', grey: INK.quiet } as const
  const room = width - kit.metrics.widthOf(number, 'text', style.small) - style.small
  const [first = '', ...rest] = wrap(kit, text, { width: room - style.small, size: style.small })
  const line = y - style.small * 1.5
  return [
    { kind: 'line', from: [style.margin, line], to: [right, line], stroke: HAIRLINE, grey: INK.line },
    { ...common, x: style.margin, text: rest.length > 0 ? `${first}…` : first },
    { ...common, x: right, text: number, anchor: 'end' },
  ]
}
