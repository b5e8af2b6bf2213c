import { drawPdf } from '@cairn/core/sheets/draw/pdf.js'
import { drawSvg } from '@cairn/core/sheets/draw/svg.js'
import type { CircleMark, Drawing, Mark, TextMark } from '@cairn/core/sheets/drawing.js'
import { parseSteelWords, type SteelWords } from '@cairn/core/sheets/steel/content.js'
import { STEEL_SIZES, STEEL_STYLES } from '@cairn/core/sheets/steel/kinds.js'
import { gridOf } from '@cairn/core/sheets/steel/places.js'
import { blankPlates, makePlates, type Plate } from '@cairn/core/sheets/steel/plates.js'
import { layOutSteel } from '@cairn/core/sheets/steel/sheet.js'
import { fromEntropy } from '@cairn/core/words/bip39.js'
import { diskFonts } from '@cairn/node/sheets/fonts.js'
import { proveSteel } from '@cairn/node/sheets/prove-steel.js'
import { describe, expect, test } from 'vitest'
import { codeOfRejection } from '../../../core/test/refusal.js'

const fonts = diskFonts()
type Render = (drawing: Drawing) => Promise<Uint8Array>
const RENDERERS: Readonly<Record<'pdf' | 'svg', Render>> = {
  pdf: (drawing) => drawPdf(drawing, { fonts }),
  svg: async (drawing) => Buffer.from(drawSvg(drawing, { fonts })),
}

const content = parseSteelWords(fromEntropy(new Uint8Array(16).map((_, i) => i * 37 + 5)))

interface Template {
  readonly plates: readonly Plate[]
  readonly content: SteelWords | null
  readonly drawing: Drawing
}

const template = (plates: readonly Plate[], holds: SteelWords | null, paper: 'a4' | 'plate'): Template => ({
  ...{ plates, content: holds },
  drawing: layOutSteel(plates, { paper, metrics: fonts }),
})

describe('the proof of a template', () => {
  test.each(STEEL_STYLES)('passes %s, with a phrase and blank, as PDF and SVG', async (style) => {
    for (const [plan, render, paper] of [
      [{ style, size: 'card' }, RENDERERS.pdf, 'a4'],
      [{ style, size: 'square' }, RENDERERS.svg, 'plate'],
    ] as const)
      for (const made of [
        template(makePlates(content, plan), content, paper),
        template(blankPlates(12, plan), null, paper),
      ])
        await proveSteel({ ...made, files: [await render(made.drawing)] }, fonts)
  })
})

const isText = (mark: Mark): mark is TextMark => mark.kind === 'text'
const isRing = (mark: Mark): mark is CircleMark => mark.kind === 'circle' && mark.stroke !== undefined

/** A plate by itself, so that its pages are small. */
const plates = makePlates(content, { style: 'binary', size: 'card' })
const MADE = template(plates, content, 'plate')
const BLANK = template(blankPlates(12, { style: 'binary', size: 'card' }), null, 'plate')

type Change = (mark: Mark) => Mark | readonly Mark[]
const changed = ({ drawing }: Template, change: Change): Drawing => ({
  ...drawing,
  pages: drawing.pages.map(({ marks }) => ({ marks: marks.flatMap(change) })),
})
const marksOf = ({ drawing }: Template) => drawing.pages.flatMap(({ marks }) => marks)
const pitch = (() => {
  const { xs } = gridOf(plates[0] as Plate)
  return (xs[1] as number) - (xs[0] as number)
})()

/** The first mark of a kind, drawn otherwise. */
function first(made: Template, is: (mark: Mark) => boolean, change: Change): Drawing {
  const [found] = marksOf(made).filter(is)
  if (!found) throw new Error('there is no such mark')
  return changed(made, (mark) => (mark === found ? change(mark) : mark))
}

const retyped = (from: string, to: string) => (made: Template) =>
  first(
    made,
    (mark) => isText(mark) && mark.text === from,
    (mark) => ({ ...mark, text: to }) as Mark,
  )

const lost = (is: (mark: Mark) => boolean) => (made: Template) => first(made, is, () => [])

/** As a printer that fits a page into its margins. */
function shrunk({ drawing }: Template, size = drawing.size): Drawing {
  const by = (value: number) => value * 0.97
  const pair = ([x, y]: readonly [number, number]) => [by(x), by(y)] as const
  const small = (mark: Mark): Mark =>
    mark.kind === 'line'
      ? { ...mark, from: pair(mark.from), to: pair(mark.to) }
      : mark.kind === 'circle'
        ? { ...mark, x: by(mark.x), y: by(mark.y), radius: by(mark.radius) }
        : mark.kind === 'text'
          ? { ...mark, x: by(mark.x), y: by(mark.y), size: by(mark.size) }
          : mark
  return { ...drawing, size, pages: drawing.pages.map(({ marks }) => ({ marks: marks.map(small) })) }
}

const { width, height } = STEEL_SIZES.card

const TWINS: readonly (readonly [string, (made: Template) => Drawing])[] = [
  ['loses a circle of the grid', lost(isRing)],
  ['loses the point to aim at', lost((mark) => mark.kind === 'circle' && mark.grey === 1)],
  [
    'loses the line that sets the check apart',
    lost((mark) => mark.kind === 'line' && mark.grey !== undefined),
  ],
  ['loses the ruler', lost((mark) => mark.kind === 'line' && mark.grey === undefined)],
  [
    'shifts a place of the grid by one',
    (made) => first(made, isRing, (mark) => ({ ...(mark as CircleMark), x: (mark as CircleMark).x + pitch })),
  ],
  [
    'shifts a place of the grid by a third of a mm',
    (made) => first(made, isRing, (mark) => ({ ...(mark as CircleMark), x: (mark as CircleMark).x + 0.33 })),
  ],
  ['changes the number of a row', retyped('8', '3')],
  ['changes the value of a column', retyped('2048', '2049')],
  ['changes the name of the check row', retyped('check', 'chock')],
  ['changes the key', retyped('1 abandon', '0 abandon')],
  ['loses a line of the key', lost((mark) => isText(mark) && mark.text === '2048 zoo')],
  ['shrinks the plate', (made) => shrunk(made)],
  ['shrinks the plate with its page', (made) => shrunk(made, { width: width * 0.97, height: height * 0.97 })],
]

describe.each([
  ['with a phrase', MADE],
  ['that is blank', BLANK],
] as const)('of a template %s', (_, made) => {
  test.each(TWINS)('the proof catches a renderer that %s', async (_, breakIt) => {
    const broken = breakIt(made)
    for (const [name, render] of Object.entries(RENDERERS)) {
      const files = [await render(broken)]
      expect(await codeOfRejection(() => proveSteel({ ...made, files }, fonts)), name).toBe('sheet-unproven')
    }
  })
})

describe('a plate that is drawn of something else', () => {
  const prove = async (drawing: Drawing, meant: Template) =>
    codeOfRejection(async () => proveSteel({ ...meant, files: [await RENDERERS.svg(drawing)] }, fonts))

  test('has enough punches to lose one', () => {
    const discs = plates[0]?.holes?.flat().filter((punched) => punched).length ?? 0
    expect(discs).toBeGreaterThan(20)
  })

  test.each([2, 5, 12])('is caught where a punch is missing or too many in column %i', async (column) => {
    const other = template(
      plates.map((plate) => ({
        ...plate,
        holes: (plate.holes ?? []).map((holes, y) =>
          holes.map((hole, x) => (y === 3 && x === column ? !hole : hole)),
        ),
      })),
      content,
      'plate',
    )
    // what was meant is what is drawn, so that only the words tell
    expect(await prove(other.drawing, { ...MADE, drawing: other.drawing })).toBe('sheet-unproven')
  })

  test('is caught where it says that it is another plate', async () => {
    const other = template(blankPlates(12, { style: 'decimal', size: 'card' }), null, 'plate')
    expect(await prove(other.drawing, { ...BLANK, drawing: other.drawing })).toBe('sheet-unproven')
  })

  test('is caught where its size was never true', async () => {
    const small = shrunk(BLANK)
    expect(await prove(small, { ...BLANK, drawing: small })).toBe('sheet-unproven')
  })
})
