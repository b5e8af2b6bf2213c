/**
 * A page of a drawing as SVG 1.1, sized in mm. Text is drawn as outlines of its glyphs, so that every viewer shows the
 * same without a font; what is written is there for screen readers as title only. No scripts, no outside resources.
 */
import type { Drawing, Mark, ModulesMark, Page, TextMark } from '../drawing.js'
import { escapeHtml } from '../html.js'
import { checkBounds } from './bounds.js'
import type { FontName, Fonts } from './fonts.js'
import { outlineModules } from './modules.js'

export interface SvgOptions {
  readonly fonts: Fonts
  /** Which page, from 0; the first unless given. */
  readonly page?: number
  /** Invisible text over the outlines, for marking, searching and screen readers: what HTML needs. None unless given. */
  readonly textLayer?: 'over'
}

/** @throws CairnError `sheet-character`, `sheet-too-large` */
export function drawSvg(drawing: Drawing, { fonts, page = 0, textLayer }: SvgOptions): string {
  checkBounds(drawing)
  const { size, title, pages, language } = drawing
  const marks = (pages[page] as Page).marks
  const stage: Stage = { fonts, language, prefix: `p${page}`, defined: new Map() }
  const drawn = marks.map((mark) => draw(mark, stage))
  const over =
    textLayer === 'over' ? marks.flatMap((mark) => (mark.kind === 'text' ? [layer(mark, stage)] : [])) : []
  const glyphs = [...stage.defined.values()].map(({ id, path }) => `<path id="${id}" d="${path}"/>`)
  const which = pages.length > 1 ? `, page ${page + 1} of ${pages.length}` : ''
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${n(size.width)}mm" height="${n(size.height)}mm" viewBox="0 0 ${n(size.width)} ${n(size.height)}" xml:lang="${escapeHtml(language)}">`,
    `<title>${escapeHtml(title)}${which}</title>`,
    `<defs>${glyphs.join('')}</defs>`,
    `<rect width="${n(size.width)}" height="${n(size.height)}" fill="#fff"/>`,
    ...drawn,
    ...over,
    '</svg>',
    '',
  ].join('\n')
}

interface Stage {
  readonly fonts: Fonts
  readonly language: string
  /** Of the names of glyphs, which are one space in an HTML file. */
  readonly prefix: string
  readonly defined: Map<string, { readonly id: string; readonly path: string }>
}

function draw(mark: Mark, stage: Stage): string {
  switch (mark.kind) {
    case 'text':
      return drawText(mark, stage)
    case 'modules':
      return drawModules(mark)
    case 'line': {
      const [[x1, y1], [x2, y2]] = [mark.from, mark.to]
      return `<path d="M${n(x1)} ${n(y1)}L${n(x2)} ${n(y2)}" ${inked(mark)}/>`
    }
    case 'rect': {
      const { x, y, width, height, radius = 0 } = mark
      const round = radius > 0 ? ` rx="${n(radius)}"` : ''
      return `<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}"${round} ${inked(mark)}/>`
    }
    case 'circle':
      return `<circle cx="${n(mark.x)}" cy="${n(mark.y)}" r="${n(mark.radius)}" ${inked(mark)}/>`
  }
}

function inked(mark: { stroke?: number; dash?: readonly number[]; grey?: number }): string {
  const { stroke, dash = [], grey = 0 } = mark
  if (stroke === undefined) return `fill="${colour(grey)}"`
  const dashes = dash.length > 0 ? ` stroke-dasharray="${dash.map(n).join(' ')}"` : ''
  return `fill="none" stroke="${colour(grey)}" stroke-width="${n(stroke)}"${dashes}`
}

function colour(grey: number): string {
  const level = Math.round(Math.min(Math.max(grey, 0), 1) * 255)
  return `#${level.toString(16).padStart(2, '0').repeat(3)}`
}

function startOf({ x, size, anchor = 'start' }: TextMark, width: number): number {
  return x - { start: 0, middle: 0.5, end: 1 }[anchor] * width * size
}

/** In thousandths of an em, y upwards, as the glyphs are defined. */
function drawText(mark: TextMark, stage: Stage): string {
  const { text, face, size, y, grey = 0 } = mark
  const { runs, width } = stage.fonts.lineOf(text, face, stage.language)
  const uses = runs.flatMap(({ font, glyphs }) =>
    glyphs.flatMap(({ glyph, x }) => {
      const id = define(font, glyph, stage)
      return id === null ? [] : [`<use xlink:href="#${id}" x="${Math.round(x * 1000)}"/>`]
    }),
  )
  const scale = (size / 1000).toFixed(7)
  return `<g transform="matrix(${scale} 0 0 -${scale} ${n(startOf(mark, width))} ${n(y)})" fill="${colour(grey)}">${uses.join('')}</g>`
}

/** The name of a glyph's outline; null for a blank. */
function define(font: FontName, glyph: number, { fonts, prefix, defined }: Stage): string | null {
  const key = `${font} ${glyph}`
  const known = defined.get(key)
  if (known) return known.id
  const from = fonts.fontOf(font)
  const path = from
    .getGlyph(glyph)
    ?.path.scale(1000 / from.unitsPerEm)
    .toSVG()
  if (!path) return null
  const id = `${prefix}g${defined.size}`
  defined.set(key, { id, path })
  return id
}

function drawModules({ x, y, side, rows }: ModulesMark): string {
  const rings = outlineModules(rows).map(
    (ring) => `M${ring.map(([i, j]) => `${n(x + i * side)} ${n(y + j * side)}`).join('L')}Z`,
  )
  return `<path d="${rings.join('')}" fill="#000"/>`
}

function layer(mark: TextMark, { fonts, language }: Stage): string {
  const { text, face, size, y } = mark
  const width = fonts.lineOf(text, face, language).width
  if (text.trim() === '') return ''
  const fit = `textLength="${n(width * size)}" lengthAdjust="spacingAndGlyphs"`
  return `<text x="${n(startOf(mark, width))}" y="${n(y)}" font-size="${n(size)}" fill-opacity="0" ${fit}>${escapeHtml(text)}</text>`
}

/** A number to a thousandth of a mm. */
function n(value: number): string {
  return String(Math.round(value * 1000) / 1000)
}
