/** What every renderer refuses before it begins: a drawing of a size that no sheet has. */
import { fail } from '../../errors.js'
import type { Drawing } from '../drawing.js'

const MAX_PAGES = 1_000
const MAX_MARKS = 200_000
/** The largest side of a page: A2, in mm. */
const MAX_SIDE = 600
/** A code of version 40 has 177 modules a side. */
const MAX_MODULES = 400

/** @throws CairnError `sheet-too-large` */
export function checkBounds({ pages, size }: Drawing): void {
  const marks = pages.flatMap((page) => page.marks)
  const modules = marks.flatMap((mark) => (mark.kind === 'modules' ? mark.rows : []))
  if (
    pages.length > MAX_PAGES ||
    marks.length > MAX_MARKS ||
    !(Math.max(size.width, size.height) <= MAX_SIDE) ||
    marks.some((mark) => mark.kind === 'modules' && mark.rows.length > MAX_MODULES) ||
    modules.some((row) => row.length > MAX_MODULES)
  )
    fail('sheet-too-large')
}
