/**
 * The pictures of SeedQR and CompactSeedQR (SeedSigner), as rows of modules, and back: level L, numeric mode in
 * versions 2 and 3, byte mode in versions 1 and 2. What they say is in `words/seedqr.ts`.
 * https://github.com/SeedSigner/seedsigner/blob/dev/docs/seed_qr/README.md
 *
 * Any mask is read. The one that is drawn is the one that a SeedSigner draws, so that a copy made by hand can be
 * compared with its screen: python-qrcode chooses it with the marks of ISO/IEC 18004 section 7.8.3, counted while the
 * format information is still empty. https://github.com/lincolnloop/python-qrcode/blob/v7.3.1/qrcode/util.py
 */
import { encodeQR } from 'qr'
import { decodeQR } from 'qr/decode.js'
import { fail } from '../errors.js'
import { decode, decodeCompact, encode, encodeCompact } from '../words/seedqr.js'

/** From the top; true is dark. */
export type Modules = readonly (readonly boolean[])[]

/** A CompactSeedQR or not; which the code itself says by its mode. */
export interface SeedQrForm {
  readonly compact: boolean
}

const MASKS = [0, 1, 2, 3, 4, 5, 6, 7] as const

/** The modules of a phrase, without the quiet zone. @throws CairnError as `encode` of `words/seedqr.ts` */
export function seedQrModules(phrase: string, { compact }: SeedQrForm): Modules {
  const drawn = MASKS.map((mask) => draw(phrase, mask, compact))
  const points = drawn.map((modules) => lostPoints(withoutFormat(modules)))
  return drawn[points.indexOf(Math.min(...points))] as Modules
}

/**
 * The phrase of sampled modules, some of which may be wrong: the Reed-Solomon code of the symbol puts right two code
 * words in version 1, five in 2, seven in 3, and `wrong` says which modules those were.
 * @throws CairnError `seedqr-unreadable`; as `decode` of `words/seedqr.ts`
 */
export function readSeedQrModules(modules: Modules): SeedQrReading {
  const { phrase, compact } = readSeedQrPhrase(modules)
  const drawn = MASKS.map((mask) => draw(phrase, mask, compact)).filter(
    (rows) => rows.length === modules.length,
  )
  const found = drawn.map((rows) => differences(rows, modules))
  const [wrong] = [...found].sort((a, b) => a.length - b.length)
  return { phrase, compact, wrong: wrong ?? fail('seedqr-unreadable') }
}

export interface SeedQrReading extends SeedQrForm {
  readonly phrase: string
  /** Modules that are not as the code has them, counted from 0. */
  readonly wrong: readonly { readonly row: number; readonly column: number }[]
}

/** The same without telling which modules were wrong, in a quarter of the time. @throws CairnError as `readSeedQrModules` */
export function readSeedQrPhrase(modules: Modules): Omit<SeedQrReading, 'wrong'> {
  const text = codeText(withPatterns(modules))
  const compact = !/^\d{48,96}$/.test(text)
  return { compact, phrase: compact ? compactPhrase(text) : decode(text) }
}

/** Wrong modules that a symbol of any size puts right, whichever they are. */
export const SEEDQR_FIXES = 2

/** Modules on a side: version 1, 2 or 3. */
export function modulesOf({ words, compact }: SeedQrForm & { readonly words: number }): 21 | 25 | 29 {
  if (compact) return words === 12 ? 21 : 25
  return words <= 18 ? 25 : 29 // 77 digits at most in version 2
}

/** Modules on the side of a zone of a SeedSigner's enlarged view: A1, A2 … from the left, rows by letters. */
export function zoneSide(modules: number): number {
  return modules === 21 ? 7 : 5
}

/** Finders, timing and alignment as every symbol of that size has them; null where data and format are. */
export function fixedModules(size: number): readonly (readonly (boolean | null)[])[] {
  const at = (x: number, y: number): boolean | null => {
    const finder = FINDERS.find(([fx, fy]) => isIn(x, fx, size) && isIn(y, fy, size))
    if (finder) return finderModule(x - originOf(finder[0], size), y - originOf(finder[1], size))
    if (x === 6 || y === 6) return (x + y) % 2 === 0
    const [dx, dy] = [Math.abs(x - size + 7), Math.abs(y - size + 7)]
    if (size > 21 && Math.max(dx, dy) <= 2) return Math.max(dx, dy) !== 1
    return x === 8 && y === size - 8 ? true : null
  }
  return Array.from({ length: size }, (_, y) => Array.from({ length: size }, (_, x) => at(x, y)))
}

const FINDERS = [
  [0, 0],
  [1, 0],
  [0, 1],
] as const

/** Within the eight modules of a finder and its separator at the near or the far end. */
function isIn(x: number, end: 0 | 1, size: number): boolean {
  return end === 0 ? x < 8 : x >= size - 8
}

function originOf(end: 0 | 1, size: number): number {
  return end === 0 ? 0 : size - 7
}

function finderModule(x: number, y: number): boolean {
  const ring = Math.max(Math.abs(x - 3), Math.abs(y - 3))
  return ring === 3 || ring <= 1
}

function draw(phrase: string, mask: number, compact: boolean): Modules {
  const common = { ecc: 'low', mask, border: BORDER } as const
  const text = compact ? String.fromCharCode(...encodeCompact(phrase)) : encode(phrase)
  const form = compact
    ? ({ encoding: 'byte', textEncoder: bytesOf } as const)
    : { encoding: 'numeric' as const }
  return inner(encodeQR(text, 'raw', { ...common, ...form }))
}

/** The least that the library draws. */
const BORDER = 1

function inner(rows: Modules): Modules {
  return rows.slice(BORDER, -BORDER).map((row) => row.slice(BORDER, -BORDER))
}

/** One character a byte. */
function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}

function compactPhrase(text: string): string {
  return text.length % 4 === 0 && text.length >= 16 && text.length <= 32
    ? decodeCompact(bytesOf(text))
    : fail('seedqr-unreadable')
}

function withPatterns(modules: Modules): Modules {
  const fixed = fixedModules(modules.length)
  return modules.map((row, y) => row.map((dark, x) => fixed[y]?.[x] ?? dark))
}

const SCALE = 4
const QUIET = 4

/** @throws CairnError `seedqr-unreadable` */
function codeText(modules: Modules): string {
  const side = (modules.length + 2 * QUIET) * SCALE
  const data = new Uint8Array(side * side * 3).fill(255)
  for (const [y, row] of modules.entries())
    for (const [x, dark] of row.entries()) if (dark) fillModule(data, side, { x, y })
  const textDecoder = (bytes: Uint8Array) => String.fromCharCode(...bytes)
  try {
    return decodeQR({ width: side, height: side, data }, { textDecoder, timeLimit: Number.POSITIVE_INFINITY })
  } catch {
    return fail('seedqr-unreadable')
  }
}

function fillModule(
  data: Uint8Array,
  side: number,
  { x, y }: { readonly x: number; readonly y: number },
): void {
  for (let line = 0; line < SCALE; line++) {
    const start = (((y + QUIET) * SCALE + line) * side + (x + QUIET) * SCALE) * 3
    data.fill(0, start, start + SCALE * 3)
  }
}

function differences(a: Modules, b: Modules): SeedQrReading['wrong'] {
  return a.flatMap((cells, row) => {
    return cells.flatMap((dark, column) => (dark === b[row]?.[column] ? [] : [{ row, column }]))
  })
}

/** Light where the format information and the module beside it will be. */
function withoutFormat(modules: Modules): Modules {
  const size = modules.length
  const isFormat = (x: number, y: number) =>
    (y === 8 && x !== 6 && (x <= 8 || x >= size - 8)) || (x === 8 && y !== 6 && (y <= 8 || y >= size - 8))
  return modules.map((row, y) => row.map((dark, x) => dark && !isFormat(x, y)))
}

function lostPoints(rows: Modules): number {
  const columns = rows.map((_, x) => rows.map((row) => row[x] as boolean))
  const lines = [...rows, ...columns]
  const dark = rows.flat().filter((module) => module).length
  const percent = (dark * 100) / rows.length ** 2
  return (
    lines.reduce((sum, line) => sum + runPoints(line) + finderPoints(line), 0) +
    blockPoints(rows) +
    Math.floor(Math.abs(percent - 50) / 5) * 10
  )
}

/** "Adjacent modules in row/column in same colour": 3 for five of them, and 1 for each more. */
function runPoints(line: readonly boolean[]): number {
  const runs =
    line
      .map(Number)
      .join('')
      .match(/0{5,}|1{5,}/g) ?? []
  return runs.reduce((sum, run) => sum + run.length - 2, 0)
}

/** "1:1:3:1:1 ratio pattern in row/column, preceded or followed by light area 4 modules wide": 40. */
function finderPoints(line: readonly boolean[]): number {
  return (
    40 *
    [
      ...line
        .map(Number)
        .join('')
        .matchAll(/(?=10111010000|00001011101)/g),
    ].length
  )
}

/** "Block of modules in same colour", two by two: 3. */
function blockPoints(rows: Modules): number {
  const isBlock = (x: number, y: number) =>
    [rows[y]?.[x + 1], rows[y + 1]?.[x], rows[y + 1]?.[x + 1]].every((module) => module === rows[y]?.[x])
  const inner = Array.from({ length: rows.length - 1 }, (_, i) => i)
  return 3 * inner.reduce((sum, y) => sum + inner.filter((x) => isBlock(x, y)).length, 0)
}
