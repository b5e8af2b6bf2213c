/**
 * QR codes on a sheet (ISO/IEC 18004): as strong a correction as the text allows on the room there is, with the quiet
 * zone that readers need, and a caption. What a code says is the caller's.
 */
import encodeQR from 'qr'
import { fail } from '../../errors.js'
import type { Mark } from '../drawing.js'
import { type Block, shifted, stack } from './block.js'
import type { Kit } from './kit.js'
import { CORRECTIONS, type Correction, LEAST_STAINS, MARGINS, type Margins, stainsStood } from './margins.js'
import { sentences } from './text.js'

export interface Qr {
  readonly rows: readonly (readonly boolean[])[]
  readonly correction: Correction
}

/** Light modules around a code: section 6.3.8. */
export const QUIET_ZONE = 4

/** The code of a text without its quiet zone. @throws CairnError `sheet-too-large` for more than a code holds */
export function makeQr(text: string, correction: Correction): Qr {
  try {
    const framed = encodeQR(text, 'raw', { ecc: correction, border: 1 })
    return { rows: framed.slice(1, -1).map((row) => row.slice(1, -1)), correction }
  } catch {
    return fail('sheet-too-large')
  }
}

export interface Fitting {
  /** In mm, where whoever reads the code needs larger ones. */
  readonly leastModule?: number
  readonly margins?: Margins
}

/**
 * The code that stands the most stains on a square of this side, quiet zone included: a stronger correction has smaller
 * modules, and what outweighs what is measured. Of two that stand as many the one with the larger modules; null when none
 * stands as many as it must.
 */
export function fitQr(
  text: string,
  side: number,
  { leastModule = 0, margins = MARGINS }: Fitting = {},
): Qr | null {
  let best: Fitted | null = null
  for (const correction of CORRECTIONS) {
    // what a weaker correction can stand at most is known without a code of it
    if (best && best.stands > stainsStood(correction, Number.POSITIVE_INFINITY, margins)) continue
    const qr = attempt(text, correction)
    if (!qr || moduleOf(qr, side) < leastModule) continue
    const fitted = { qr, stands: stainsStood(correction, moduleOf(qr, side), margins) }
    if (fitted.stands >= LEAST_STAINS && (!best || isBetter(fitted, best))) best = fitted
  }
  return best?.qr ?? null
}

interface Fitted {
  readonly qr: Qr
  readonly stands: number
}

function isBetter(a: Fitted, b: Fitted): boolean {
  return a.stands > b.stands || (a.stands === b.stands && a.qr.rows.length < b.qr.rows.length)
}

/** In mm. */
function moduleOf({ rows }: Qr, side: number): number {
  return side / (rows.length + 2 * QUIET_ZONE)
}

/** How wide the quiet zone is on a square of this side, in mm. */
export function quietZone(qr: Qr, side: number): number {
  return QUIET_ZONE * moduleOf(qr, side)
}

function attempt(text: string, correction: Correction): Qr | null {
  try {
    return makeQr(text, correction)
  } catch {
    return null
  }
}

export interface QrPlace {
  readonly qr: Qr
  /** Of the square with the quiet zone, in mm. */
  readonly side: number
  readonly caption?: string
}

/** The code in its square, the caption in lines below, from the left side of its modules on. */
export function qrBlock(kit: Kit, { qr, side, caption }: QrPlace): Block {
  const quiet = quietZone(qr, side)
  const code: Block = {
    height: side,
    draw: ({ x, y }): readonly Mark[] => [
      {
        kind: 'modules',
        x: x + quiet,
        y: y + quiet,
        side: moduleOf(qr, side),
        rows: qr.rows,
      },
    ],
  }
  if (caption === undefined) return code
  const text = sentences(kit, caption, { width: side - quiet, size: kit.style.small })
  return stack([code, shifted(text, { x: quiet })])
}

/**
 * The block with the corner of the code, not of its quiet zone, in the corner of its place: where there is white space
 * to the left of it and above anyway.
 */
export function flush(block: Block, { qr, side }: Pick<QrPlace, 'qr' | 'side'>): Block {
  const quiet = quietZone(qr, side)
  return { height: block.height - quiet, draw: ({ x, y }) => block.draw({ x: x - quiet, y: y - quiet }) }
}
