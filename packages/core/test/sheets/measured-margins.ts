/**
 * How many stains a code stands by its correction and the size of its modules, seen at a poor look: what the table in
 * `layout/margins.ts` holds. For tests and for the figures.
 */
import { equal, utf8 } from '../../src/bytes.js'
import { blur } from '../../src/sheets/damage/camera.js'
import { type Damaged, stain } from '../../src/sheets/damage/paper.js'
import { type Correction, LOOK, STAINS } from '../../src/sheets/layout/margins.js'

import { cutOut } from '../../src/sheets/margin.js'
import type { CodeReader } from '../../src/sheets/read/codes.js'
import { preparations } from '../../src/sheets/read/prepare.js'
import { blocksOf } from '../../src/sheets/read/qr-modules.js'
import { scaled } from '../../src/sheets/read/raster.js'
import { stream } from '../draws.js'
import { drawCodes } from './read/drawn.js'

const QUIET_ZONE = 4
const MM_PER_INCH = 25.4
/** Pixels of a module where the stains are drawn. */
const FINE = 6
/** Of the codes that must be read at a level. */
const LEAST_RATE = 0.95

export interface Cell {
  readonly correction: Correction
  /** Of a module, in mm. */
  readonly module: number
}

/** Random digits, as many as a code of this size holds. */
function contentOf({ correction }: Cell, seed: number): string {
  const blocks = blocksOf(LOOK.modules, { correction, mask: 0 })
  const words = blocks.reduce((sum, block) => sum + block.words.length - block.correction, 0)
  return Array.from(stream(seed).draw(Math.floor((words * 8 - 18) / 10) * 3), (byte) => byte % 10).join('')
}

function codeOf(cell: Cell, text: string): Damaged {
  const [from, to] = [QUIET_ZONE * FINE, (QUIET_ZONE + LOOK.modules) * FINE]
  const [low, high] = [
    { x: from, y: from },
    { x: to, y: to },
  ]
  const corners = [low, { x: to, y: from }, high, { x: from, y: to }] as const
  return cutOut(drawCodes([{ text, level: cell.correction }], FINE), corners, LOOK.modules)
}

/** Whether a code with stains on so many percent is read at the look by one of the readers. */
async function isRead(
  cell: Cell,
  readers: readonly CodeReader[],
  { percent, seed }: { readonly percent: number; readonly seed: number },
): Promise<boolean> {
  const text = contentOf(cell, seed)
  const code = codeOf(cell, text)
  const stained = { ...code, raster: stain(code, percent, seed) }
  const blurred = blur(stained, (100 * LOOK.blur) / cell.module)
  const seen = scaled(blurred, (cell.module * LOOK.dpi) / MM_PER_INCH / FINE)
  for (const prepared of preparations(seen))
    for (const reader of readers)
      if ((await reader.read(prepared)).some(({ bytes }) => equal(bytes, utf8(text)))) return true
  return false
}

/** The largest level of stains at which, as at all below, enough codes are read; null where those without are not. */
export async function stands(
  cell: Cell,
  readers: readonly CodeReader[],
  count: number,
): Promise<number | null> {
  let last: number | null = null
  for (const percent of STAINS) {
    let lost = 0
    for (let seed = 1; seed <= count && lost <= (1 - LEAST_RATE) * count; seed++)
      if (!(await isRead(cell, readers, { percent, seed }))) lost++
    if (lost > (1 - LEAST_RATE) * count) break
    last = percent
  }
  return last
}
