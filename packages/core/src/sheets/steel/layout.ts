/**
 * A plate as a drawing in its true size: to print and punch through, or to have engraved. What is to be punched is a
 * black disc with a white point in it to aim at; what stays as it is, a thin circle. docs/steel.md.
 */
import type { Mark, TextMark } from '../drawing.js'
import { countMarks, zoneMarks } from '../layout/zones.js'
import { fixedModules } from '../seedqr.js'
import { isShareCount, wordsOf } from './content.js'
import type { Point } from './homography.js'
import { CHECK_WORDS, encodeMark, STEEL_SIZES } from './kinds.js'
import { nameOf } from './letters.js'
import {
  bigMarks,
  codePlaces,
  type Grid,
  gridOf,
  LETTER,
  letterPlaces,
  MARK_RADIUS,
  PUNCH_RADIUS,
} from './places.js'
import type { Plate } from './plates.js'
import { BOX, STROKES } from './strokes.js'

const HAIR = 0.12
const PALE = 0.55
/** Of the white point, of the radius around it. */
const AIM = 0.2
const SMALL = 1.6
const LABEL = 2

/** The marks of a plate, from its upper left corner. */
export function drawPlate(plate: Plate): readonly Mark[] {
  return [
    ...bigMarks(plate.size).map((at) => disc(at, MARK_RADIUS)),
    ...bigMarks(plate.size).map((at) => aim(at, PUNCH_RADIUS)),
    ...codePlaces().flatMap((at, i) => hole(at, PUNCH_RADIUS, encodeMark(plate)[i] === true)),
    ...title(plate),
    ...(plate.style === 'letters' ? lettersMarks(plate) : gridMarks(plate)),
    ...keyMarks(plate),
    ...ruler(plate),
  ]
}

function gridMarks(plate: Plate): readonly Mark[] {
  const grid = gridOf(plate)
  const around = plate.style === 'seedqr' ? seedQrMarks(plate, grid) : tableMarks(grid)
  const known = plate.style === 'seedqr' ? fixedModules(grid.xs.length) : []
  const holes = grid.ys.flatMap((y, row) => {
    return grid.xs.flatMap((x, column) => {
      const punched = plate.holes?.[row]?.[column] ?? known[row]?.[column] ?? false
      return hole([x, y], grid.radius, punched)
    })
  })
  return [...around, ...holes]
}

/** Names of rows and columns, and lines that set the check apart. */
function tableMarks({ xs, ys, rowNames, columnNames }: Grid): readonly Mark[] {
  const [left, right, top, bottom] = [
    xs[0] as number,
    xs.at(-1) as number,
    ys[0] as number,
    ys.at(-1) as number,
  ]
  const above = (bottom + (ys.at(-2) as number)) / 2
  const before = (right + (xs.at(-2) as number)) / 2
  const size = Math.min(SMALL, ((xs[1] as number) - left) * 0.34)
  const columns = columnNames.map((name, i) =>
    text([xs[i] as number, top - 2], name, { size, anchor: 'middle' }),
  )
  const rows = rowNames.map((name, i) =>
    text([left - 2.2, (ys[i] as number) + 0.35 * LABEL], name, {
      size: name === 'check' ? SMALL : LABEL,
      anchor: 'end',
    }),
  )
  return [
    ...columns,
    ...rows,
    line([left - 6, above], [right + 1.6, above]),
    line([before, top - 3.8], [before, bottom + 1.2]),
  ]
}

function seedQrMarks({ holes }: Plate, { xs, ys }: Grid): readonly Mark[] {
  const pitch = (xs[1] as number) - (xs[0] as number)
  const [left, top] = [(xs[0] as number) - pitch / 2, (ys[0] as number) - pitch / 2]
  const grid = { left, top, pitch, modules: xs.length }
  return [
    ...zoneMarks({ ...grid, label: SMALL, line: { stroke: HAIR, grey: PALE } }),
    ...(holes ? countMarks(grid, holes, Math.min(SMALL, pitch * 0.85)) : []),
  ]
}

function lettersMarks(plate: Plate): readonly Mark[] {
  return letterPlaces(plate).flatMap(({ name, number, letters }, i): readonly Mark[] => [
    text([number[0] + 2, number[1] + 0.35 * LABEL], name, { size: LABEL, anchor: 'end' }),
    ...letters.map((at) => box(at)),
    ...letters.flatMap((at, n) => letterMarks(at, plate.letters?.[i]?.[n] ?? '')),
  ])
}

/** The strokes of a letter around its centre. */
function letterMarks([x, y]: Point, letter: string): readonly Mark[] {
  const place = ([u, v]: Point): Point => [
    x + (u / BOX.width - 0.5) * LETTER.width,
    y + (v / BOX.height - 0.5) * LETTER.height,
  ]
  return (STROKES.get(letter) ?? []).flatMap((points) =>
    points
      .slice(1)
      .flatMap((to, i): readonly Mark[] => [
        { kind: 'line', from: place(points[i] as Point), to: place(to), stroke: LETTER.stroke },
        ...[points[i] as Point, to].map((at) => disc(place(at), LETTER.stroke / 2)),
      ]),
  )
}

function box([x, y]: Point): Mark {
  const [width, height] = [LETTER.width + 1.5, LETTER.height + 1.5]
  return { kind: 'rect', x: x - width / 2, y: y - height / 2, width, height, stroke: HAIR, grey: PALE }
}

/** Enough on the steel itself to read it in fifty years. */
function keyMarks(plate: Plate): readonly Mark[] {
  const { x, y } = KEY[plate.size][plate.style === 'seedqr' ? 'seedqr' : 'table']
  const pitch = SMALL * 1.45
  return keyLines(plate).map((words, i) => text([x, y + i * pitch], words, i === 0 ? { face: 'strong' } : {}))
}

const KEY = {
  card: { table: { x: 67.5, y: 13 }, seedqr: { x: 55, y: 13 } },
  square: { table: { x: 81.5, y: 22 }, seedqr: { x: 14, y: 91.2 } },
} as const

function keyLines(plate: Plate): readonly string[] {
  const words = wordsOf(plate.list)
  const list = isShareCount(plate.words)
    ? ['list: SLIP-39']
    : ['list: BIP-39', capital(nameOf(plate.list).slice(7))]
  if (plate.style === 'seedqr') return seedQrKey(plate)
  if (plate.style === 'letters')
    return ['KEY', ...list, 'the first four', 'letters of', 'each word', ...checkWordLines(plate)]
  return [
    ...['KEY', ...list, 'the sum of the', 'punched columns', 'is the number', 'of the word:'],
    ...[`1 ${plainly(words[0])}`, `${words.length} ${plainly(words.at(-1))}`],
    ...['check: with it,', 'every row and', 'every column has', 'an even number', 'of punches'],
  ]
}

/** Lists have their words decomposed, which no font draws. */
function plainly(word = ''): string {
  return word.normalize('NFC')
}

function capital(word: string): string {
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`
}

function checkWordLines({ words }: Plate): readonly string[] {
  if (isShareCount(words)) return ['check: the last', '3 words of', 'the share']
  const names = Array.from({ length: CHECK_WORDS }, (_, i) => `C${i + 1}`).join(' and ')
  return [`${names}:`, 'check words', '(parity words', 'of Cairn)']
}

function seedQrKey({ compact, size }: Plate): readonly string[] {
  const what = compact
    ? ['a punch is a dark square of a', 'QR code: the entropy of a', 'BIP-39 phrase as bytes']
    : [
        'a punch is a dark square of a',
        'QR code: four digits a word, its',
        'place in the BIP-39 English',
        'list, counted from 0',
      ]
  const check = [
    'check: the QR code puts some',
    'wrong punches right; numbers at',
    'the edge count a line’s punches',
  ]
  const name = compact ? 'CompactSeedQR' : 'SeedQR'
  if (size === 'card') return [`KEY  ${name}`, ...what, ...check]
  return [`KEY  ${name}: ${what.slice(0, 2).join(' ')}`, what.slice(2).join(' '), check.join(' ')]
}

function title(plate: Plate): readonly Mark[] {
  const { width } = STEEL_SIZES[plate.size]
  const y = plate.style === 'seedqr' ? 7.2 : 8 // not in a line with the numbers of zones
  const what = `${plate.words} words${plate.style === 'seedqr' ? '' : `, ${plate.style}`}`
  return [
    text([width - 8, y], `${what}  ·  plate ${plate.number} of ${plate.of}`, { size: 1.8, anchor: 'end' }),
  ]
}

/** Where the grid leaves room for it. */
const RULERS = {
  card: { table: { x: 17.8, y: 51.9, length: 50 }, seedqr: { x: 55, y: 42, length: 25 } },
  square: { table: { x: 25, y: 97.9, length: 50 }, seedqr: { x: 25, y: 97.9, length: 50 } },
} as const

function ruler({ size, style }: Plate): readonly Mark[] {
  const { x, y, length } = RULERS[size][style === 'seedqr' ? 'seedqr' : 'table']
  const ends = [x, x + length].map((at) => solid([at, y - 0.7], [at, y + 0.7]))
  const label =
    length === 25
      ? text([x + length / 2, y - 0.8], `${length} mm`, { size: LABEL, anchor: 'middle' })
      : text([x - 1.5, y + 0.35 * LABEL], `${length} mm`, { size: LABEL, anchor: 'end' })
  return [solid([x, y], [x + length, y]), ...ends, label]
}

function hole(at: Point, radius: number, punched: boolean): readonly Mark[] {
  return punched
    ? [disc(at, radius), aim(at, radius)]
    : [{ kind: 'circle', x: at[0], y: at[1], radius: radius * 0.9, stroke: HAIR, grey: PALE }]
}

function disc([x, y]: Point, radius: number): Mark {
  return { kind: 'circle', x, y, radius }
}

function aim([x, y]: Point, radius: number): Mark {
  return { kind: 'circle', x, y, radius: radius * AIM, grey: 1 }
}

function line(from: Point, to: Point): Mark {
  return { kind: 'line', from, to, stroke: HAIR, grey: PALE }
}

function solid(from: Point, to: Point): Mark {
  return { kind: 'line', from, to, stroke: 0.2 }
}

function text([x, y]: Point, words: string, style: Partial<TextMark> = {}): Mark {
  return { kind: 'text', x, y, size: SMALL, face: 'text', text: words, ...style }
}
