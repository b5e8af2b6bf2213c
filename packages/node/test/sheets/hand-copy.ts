/**
 * The grid of a SeedQR as a hand fills it in with a pen: squares that end before their lines or behind them, edges that
 * waver, gaps between strokes, ink that is not black, and squares that are wrong.
 */

import type { Damaged } from '@cairn/core/sheets/damage/paper.js'
import { type Chance, seeded } from '@cairn/core/sheets/damage/seeded.js'
import { drawSvg } from '@cairn/core/sheets/draw/svg.js'
import type { Raster } from '@cairn/core/sheets/read/raster.js'
import { fixedModules, type Modules } from '@cairn/core/sheets/seedqr.js'
import {
  blankSeedQr,
  layOutSeedQr,
  type SeedQrWords,
  seedQrContent,
} from '@cairn/core/sheets/seedqr-sheet.js'
import { fromEntropy } from '@cairn/core/words/bip39.js'
import { diskFonts } from '@cairn/node/sheets/fonts.js'
import { picturePages } from '@cairn/node/sheets/picture.js'

export interface HandCopy {
  readonly words: SeedQrWords
  readonly compact: boolean
  /** As they should be. */
  readonly modules: Modules
  /** How many squares become wrong, drawn by lot among those that are not printed. */
  readonly slips: number
  readonly seed: number
}

export interface Copied {
  readonly code: Damaged
  /** From 0. */
  readonly wrong: readonly { readonly row: number; readonly column: number }[]
}

const DPI = 150
/** Of a square: how far an edge is from its line at most, and how much it wavers besides. */
const OFF = 0.14
const WAVER = 0.05

/** The printed grid, filled in. */
export async function copyByHand(copy: HandCopy): Promise<Copied> {
  const fonts = diskFonts()
  const drawing = layOutSeedQr(blankSeedQr(copy.words, copy), { paper: 'a4', metrics: fonts })
  const svg = Buffer.from(drawSvg(drawing, { fonts, page: 0 }))
  const { value: page } = await picturePages({ name: 'grid', bytes: svg }).next()
  const raster: Raster = await page.raster(DPI)
  const chance = seeded(copy.seed)
  const place = gridOn(copy, raster)
  const size = copy.modules.length
  const free = fixedModules(size).flatMap((cells, row) =>
    cells.flatMap((fixed, column) => (fixed === null ? [{ row, column }] : [])),
  )
  const wrong = drawLots(free, copy.slips, chance)
  const out = { ...raster, grey: raster.grey.slice() }
  for (const { row, column } of free) {
    const isWrong = wrong.some((one) => one.row === row && one.column === column)
    if (copy.modules[row]?.[column] !== isWrong)
      fillSquare(
        out,
        { x: place.x + column * place.module, y: place.y + row * place.module, side: place.module },
        chance,
      )
  }
  const side = size * place.module
  return { code: { raster: out, box: { ...place, width: side, height: side }, module: place.module }, wrong }
}

/** The code on the sheet of any phrase of that length stands where the grid alone does. */
function gridOn({ words, compact }: HandCopy, raster: Raster) {
  const phrase = fromEntropy(new Uint8Array((words / 3) * 4))
  const { pages, size } = layOutSeedQr(seedQrContent(phrase, { compact, date: '2026-11-26' }), {
    paper: 'a4',
    metrics: diskFonts(),
  })
  const mark = pages[0]?.marks.find(({ kind }) => kind === 'modules')
  if (mark?.kind !== 'modules') throw new Error('there is no grid')
  const scale = raster.width / size.width
  return { x: mark.x * scale, y: mark.y * scale, module: mark.side * scale }
}

function drawLots<T>(all: readonly T[], count: number, chance: Chance): readonly T[] {
  const rest = [...all]
  return Array.from({ length: count }, () => rest.splice(Math.floor(chance() * rest.length), 1)[0] as T)
}

interface Square {
  readonly x: number
  readonly y: number
  readonly side: number
}

function fillSquare({ width, grey }: Raster, { x, y, side }: Square, chance: Chance): void {
  const edges = Array.from({ length: 4 }, () => (chance() * 2 - 1) * OFF * side) as [
    number,
    number,
    number,
    number,
  ]
  const waves = Array.from({ length: 4 }, () => chance() * 6)
  const ink = 25 + 50 * chance()
  const stroke = 3 + chance() * 2
  for (let row = Math.floor(y - side * 0.3); row < y + side * 1.3; row++)
    for (let column = Math.floor(x - side * 0.3); column < x + side * 1.3; column++) {
      const waver = (along: number, i: number) =>
        Math.sin((along / side) * 7 + (waves[i] as number)) * WAVER * side
      const isIn =
        column > x + edges[0] + waver(row, 0) &&
        column < x + side + edges[1] + waver(row, 1) &&
        row > y + edges[2] + waver(column, 2) &&
        row < y + side + edges[3] + waver(column, 3)
      if (!isIn) continue
      const isGap = Math.abs((column + row * 0.4) % stroke) < 0.5 && chance() < 0.35
      const at = row * width + column
      grey[at] = Math.min(grey[at] as number, Math.round(isGap ? 150 : ink + 18 * chance()))
    }
}
