/** The rules of the look that can be counted, as docs/sheets.md has them; what breaks one, by page. */
import type { Drawing, LineMark, Mark, Page, Paper, TextMark } from '../../src/sheets/drawing.js'
import { PAPERS } from '../../src/sheets/drawing.js'
import { HAIRLINE, HAND_LINES, HAND_LINES_CARD, kitFor } from '../../src/sheets/layout/kit.js'
import { fonts } from './fonts.js'
import { boxOf, faults } from './marks.js'

/** In mm: 3 are 8.5 points. */
const PAGE = { type: 3, margin: 12, hand: HAND_LINES, foot: 6 } as const
const CARD = { type: 2, margin: 4, hand: HAND_LINES_CARD, foot: 2.5 } as const
/** Numbers of codes, which nobody needs but to tell them apart. */
const LEAST_NUMBER = 2.5
const SLACK = 0.02

/** Empty when the drawing keeps them all. */
export function breaches(drawing: Drawing): readonly string[] {
  const paper: Paper = drawing.size.width === PAPERS.card.width ? 'card' : 'a4'
  const rules = paper === 'card' ? CARD : PAGE
  return [
    ...faults(drawing),
    ...drawing.pages.flatMap((page, i) =>
      [
        ...outsideMargins(page, drawing, rules.margin),
        ...smallType(page, rules.type),
        ...grey(page),
        ...thinLines(page),
        ...lowLines(page, { least: rules.hand, small: kitFor(paper, fonts).style.small * 1.2 }),
        ...nearFooter(page, rules.foot),
      ].map((what) => `page ${i + 1}: ${what}`),
    ),
  ]
}

const texts = ({ marks }: Page) => marks.flatMap((mark) => (mark.kind === 'text' ? [mark] : []))
const lines = ({ marks }: Page) => marks.flatMap((mark) => (mark.kind === 'line' ? [mark] : []))

function nameOf(mark: Mark): string {
  return mark.kind === 'text' ? `"${mark.text}"` : mark.kind
}

/** The light space around a code may be a part of the margin. */
function outsideMargins({ marks }: Page, { size }: Drawing, margin: number): readonly string[] {
  const isOutside = (mark: Mark) => {
    const { left, right, top, bottom } = boxOf(mark)
    const below = mark.kind === 'text' ? mark.y : bottom
    const [least, most] = [margin - SLACK, margin - SLACK]
    return left < least || right > size.width - most || top < least || below > size.height - most
  }
  return marks.filter(isOutside).map((mark) => `${nameOf(mark)} is in the margin`)
}

function smallType(page: Page, least: number): readonly string[] {
  const isSmall = ({ text, size }: TextMark) =>
    size < (/^\d{1,3}$/.test(text) ? Math.min(LEAST_NUMBER, least) : least)
  return texts(page)
    .filter((mark) => isSmall({ ...mark, size: mark.size + 1e-9 }))
    .map((mark) => `"${mark.text}" is set in ${mark.size} mm`)
}

/** Black; white is for words on black. */
function grey({ marks }: Page): readonly string[] {
  const isGrey = (mark: Mark) => 'grey' in mark && ![0, 1, undefined].includes(mark.grey)
  return marks.filter(isGrey).map((mark) => `${nameOf(mark)} is grey`)
}

function thinLines({ marks }: Page): readonly string[] {
  const isThin = (mark: Mark) => 'stroke' in mark && mark.stroke !== undefined && mark.stroke < HAIRLINE
  return marks.filter(isThin).map((mark) => `${nameOf(mark)} is thinner than a hairline`)
}

const overlap = (a: LineMark, left: number, right: number) =>
  Math.min(a.to[0], right) - Math.max(a.from[0], left) > SLACK

/** A line to write on is one with nothing on it but its number or label. */
function lowLines(
  page: Page,
  { least, small }: { readonly least: number; readonly small: number },
): readonly string[] {
  const printed = texts(page).filter(({ size }) => size > small)
  const all = lines(page)
  const isFree = (line: LineMark) =>
    !printed.some((text) => {
      const { left, right } = boxOf(text)
      const above = line.from[1] - text.y
      return above > -SLACK && above < least && overlap(line, left, right)
    })
  return all.filter(isFree).flatMap((line) => {
    const next = all.filter(
      (other) => other.from[1] < line.from[1] - SLACK && overlap(line, other.from[0], other.to[0]),
    )
    const height = line.from[1] - Math.max(...next.map(({ from }) => from[1]))
    return height < least - SLACK ? [`a line to write on is ${height.toFixed(1)} mm high`] : []
  })
}

/** A line just above the footer looks like one of it. */
function nearFooter(page: Page, least: number): readonly string[] {
  const foot = Math.max(...texts(page).map(({ y }) => y))
  const near = lines(page).filter(({ from }) => from[1] <= foot && foot - from[1] < least)
  return near.map(() => 'a line is near the footer')
}
