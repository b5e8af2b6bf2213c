/** What holds for every drawing: nothing outside the page, no text across other text or a code. */
import type { Drawing, Mark, TextMark } from '../../src/sheets/drawing.js'
import { fonts } from './fonts.js'

interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** Of letters, in em: above the baseline those with an accent, and below it. */
const ABOVE = 0.8
const BELOW = 0.2

function textBox({ x, y, size, text, face, anchor = 'start' }: TextMark): Box {
  const width = fonts.widthOf(text, face, size)
  const left = x - { start: 0, middle: 0.5, end: 1 }[anchor] * width
  return { left, top: y - ABOVE * size, right: left + width, bottom: y + BELOW * size }
}

export function boxOf(mark: Mark): Box {
  switch (mark.kind) {
    case 'text':
      return textBox(mark)
    case 'rect':
      return { left: mark.x, top: mark.y, right: mark.x + mark.width, bottom: mark.y + mark.height }
    case 'circle': {
      const { x, y, radius } = mark
      return { left: x - radius, top: y - radius, right: x + radius, bottom: y + radius }
    }
    case 'line': {
      const [[x1, y1], [x2, y2]] = [mark.from, mark.to]
      return {
        left: Math.min(x1, x2),
        top: Math.min(y1, y2),
        right: Math.max(x1, x2),
        bottom: Math.max(y1, y2),
      }
    }
    case 'modules': {
      const { x, y, side, rows } = mark
      return { left: x, top: y, right: x + side * (rows[0]?.length ?? 0), bottom: y + side * rows.length }
    }
  }
}

function name(mark: Mark): string {
  return mark.kind === 'text' ? `"${mark.text}"` : mark.kind
}

/** Boxes that touch do not meet. */
function meet(a: Box, b: Box): boolean {
  const slack = 0.01
  return (
    a.left < b.right - slack &&
    b.left < a.right - slack &&
    a.top < b.bottom - slack &&
    b.top < a.bottom - slack
  )
}

/** Light space around a code, in modules: ISO/IEC 18004, section 6.3.8. */
const QUIET_ZONE = 4

function kept(mark: Mark): Box {
  const box = boxOf(mark)
  const quiet = mark.kind === 'modules' ? QUIET_ZONE * mark.side : 0
  return {
    left: box.left - quiet,
    top: box.top - quiet,
    right: box.right + quiet,
    bottom: box.bottom + quiet,
  }
}

/** What is wrong with a drawing, by page; empty when nothing is. */
export function faults({ pages, size }: Drawing): readonly string[] {
  return pages.flatMap(({ marks }, page) => {
    const outside = marks.filter((mark) => {
      const { left, top, right, bottom } = kept(mark)
      return left < 0 || top < 0 || right > size.width || bottom > size.height
    })
    const solid = marks.filter(({ kind }) => kind === 'text' || kind === 'modules')
    const across = solid.flatMap((a, i) =>
      solid
        .slice(i + 1)
        .flatMap((b) => (meet(kept(a), kept(b)) ? [`${name(a)} and ${name(b)} overlap`] : [])),
    )
    return [...outside.map((mark) => `${name(mark)} is outside`), ...across].map(
      (what) => `page ${page + 1}: ${what}`,
    )
  })
}
