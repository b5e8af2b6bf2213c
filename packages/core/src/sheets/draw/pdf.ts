/**
 * A drawing as a PDF at true scale: fonts embedded with the glyphs it uses, lines and modules as outlines, printed
 * without scaling where the viewer obeys. The same drawing gives the same bytes: no date unless given, and nothing of
 * the machine or of a program that made it. ISO 32000-1.
 */
import { PDFDocument, PDFHexString, PDFName, PDFString } from '@cantoo/pdf-lib'
import { zlibSync } from 'fflate'
import { utf8 } from '../../bytes.js'
import type { Drawing, LineMark, Mark, ModulesMark, Page, TextMark } from '../drawing.js'
import { checkBounds } from './bounds.js'
import type { FontName, Fonts } from './fonts.js'
import { outlineModules } from './modules.js'
import { type Embedded, embedFonts, splitBlocks } from './pdf-fonts.js'

export interface PdfOptions {
  readonly fonts: Fonts
  /** Written into the file as its date; none unless given. */
  readonly date?: Date
}

/** Of deflate: the library's own makes a page 4 % smaller, in twice the time. */
const CONTENT_LEVEL = 1
/** 1 pt is 1/72 inch. */
const POINTS_PER_MM = 72 / 25.4

/** @throws CairnError `sheet-character`, `sheet-too-large` */
export async function drawPdf(drawing: Drawing, { fonts, date }: PdfOptions): Promise<Uint8Array> {
  checkBounds(drawing)
  const file = await PDFDocument.create({ updateMetadata: false })
  const used = await embedFonts(file, drawing, fonts)
  const contents = drawing.pages.map((page) => content(page, { drawing, fonts, used }))
  const { context, catalog } = file
  const dictionary = Object.fromEntries([...used.values()].map(({ key, font }) => [key, font.ref]))
  const size: [number, number] = [drawing.size.width * POINTS_PER_MM, drawing.size.height * POINTS_PER_MM]
  for (const stream of contents) {
    const { node } = file.addPage(size)
    const packed = zlibSync(utf8(stream), { level: CONTENT_LEVEL })
    node.set(PDFName.of('Contents'), context.register(context.stream(packed, { Filter: 'FlateDecode' })))
    node.set(PDFName.of('Resources'), context.obj({ Font: dictionary }))
  }
  catalog.set(PDFName.of('Lang'), PDFString.of(drawing.language))
  catalog.set(
    PDFName.of('ViewerPreferences'),
    context.obj({ PrintScaling: 'None', DisplayDocTitle: true, Duplex: 'Simplex' }),
  )
  const dates = date ? { CreationDate: PDFString.fromDate(date) } : {}
  context.trailerInfo.Info = context.register(
    context.obj({ Title: PDFHexString.fromText(drawing.title), ...dates }),
  )
  await file.flush()
  for (const one of used.values()) splitBlocks(file, one)
  return file.save({ addDefaultPage: false, updateFieldAppearances: false })
}

interface Stage {
  readonly drawing: Drawing
  readonly fonts: Fonts
  readonly used: ReadonlyMap<FontName, Embedded>
}

/** In mm from the upper left corner: the first operator turns the page's own system into that one. */
function content({ marks }: Page, stage: Stage): string {
  const { height } = stage.drawing.size
  const scale = POINTS_PER_MM.toFixed(6)
  const system = `${scale} 0 0 -${scale} 0 ${(height * POINTS_PER_MM).toFixed(4)} cm`
  return [system, ...marks.map((mark) => draw(mark, stage))].join('\n')
}

function draw(mark: Mark, stage: Stage): string {
  switch (mark.kind) {
    case 'text':
      return drawText(mark, stage)
    case 'line':
      return drawLine(mark)
    case 'modules':
      return drawModules(mark)
    case 'rect':
    case 'circle': {
      const path = mark.kind === 'rect' ? rectPath(mark) : circlePath(mark)
      const { stroke, grey = 0, dash = [] } = mark
      if (stroke === undefined) return `${n(grey)} g ${path} f`
      return `${n(grey)} G ${n(stroke)} w [${dash.map(n).join(' ')}] 0 d ${path} S`
    }
  }
}

function drawText({ text, face, size, x, y, anchor = 'start', grey = 0 }: TextMark, stage: Stage): string {
  const { fonts, used, drawing } = stage
  const { runs, width } = fonts.lineOf(text, face, drawing.language)
  const start = x - { start: 0, middle: 0.5, end: 1 }[anchor] * width * size
  const shown = runs.map(({ font: name, glyphs }) => {
    const { key, font } = used.get(name) as Embedded
    const at = start + (glyphs[0]?.x ?? 0) * size
    const codes = font.encodeText(String.fromCodePoint(...glyphs.map(({ character }) => character)))
    return `/${key} ${n(size)} Tf 1 0 0 -1 ${n(at)} ${n(y)} Tm ${codes} Tj`
  })
  return `BT ${n(grey)} g ${shown.join(' ')} ET`
}

function drawLine({ from, to, stroke, dash = [], grey = 0 }: LineMark): string {
  return `${n(grey)} G ${n(stroke)} w [${dash.map(n).join(' ')}] 0 d ${n(from[0])} ${n(from[1])} m ${n(to[0])} ${n(to[1])} l S`
}

/** In a system whose unit is a module: whole numbers take a third of the room, and of the time to deflate them. */
function drawModules({ x, y, side, rows }: ModulesMark): string {
  const rings = outlineModules(rows).map((ring) =>
    ring.map(([i, j], k) => `${i} ${j} ${k === 0 ? 'm' : 'l'}`).join(' '),
  )
  const system = `${side.toFixed(6)} 0 0 ${side.toFixed(6)} ${n(x)} ${n(y)} cm`
  return `q 0 g ${system} ${rings.map((ring) => `${ring} h`).join(' ')} f Q`
}

function rectPath(rect: { x: number; y: number; width: number; height: number; radius?: number }): string {
  const { x, y, width, height, radius = 0 } = rect
  if (radius === 0) return `${n(x)} ${n(y)} ${n(width)} ${n(height)} re`
  return roundPath({ left: x, top: y, right: x + width, bottom: y + height, radius })
}

function circlePath({ x, y, radius }: { x: number; y: number; radius: number }): string {
  return roundPath({ left: x - radius, top: y - radius, right: x + radius, bottom: y + radius, radius })
}

/** Of a Bézier curve that is a quarter of a circle: from its end to its control point. */
const QUARTER = 0.552285

function roundPath(box: {
  left: number
  top: number
  right: number
  bottom: number
  radius: number
}): string {
  const { left, top, right, bottom, radius: r } = box
  const k = r * (1 - QUARTER)
  const curve = (...points: number[]) => `${points.map(n).join(' ')} c`
  return [
    `${n(left + r)} ${n(top)} m ${n(right - r)} ${n(top)} l`,
    curve(right - k, top, right, top + k, right, top + r),
    `${n(right)} ${n(bottom - r)} l`,
    curve(right, bottom - k, right - k, bottom, right - r, bottom),
    `${n(left + r)} ${n(bottom)} l`,
    curve(left + k, bottom, left, bottom - k, left, bottom - r),
    `${n(left)} ${n(top + r)} l`,
    curve(left, top + k, left + k, top, left + r, top),
    'h',
  ].join(' ')
}

/** A number to a thousandth, without zeros that say nothing. */
function n(value: number): string {
  return String(Math.round(value * 1000) / 1000)
}
