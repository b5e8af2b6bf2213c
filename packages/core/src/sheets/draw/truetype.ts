/**
 * A TrueType font, as far as drawing text needs it: characters, widths, kerning, outlines. OpenType 1.9, chapters cmap
 * (formats 4 and 12), hmtx, kern (format 0), glyf, loca. The font is one that Cairn's own build made: this trusts it.
 * Not here: shaping. Each character is one glyph, which fits the scripts that sheets are written in when in NFC.
 */

/** Of a glyph, in font units, y upwards: `on` marks points of the curve, the others are quadratic control points. */
export interface Point {
  readonly x: number
  readonly y: number
  readonly on: boolean
}
export type Outline = readonly (readonly Point[])[]

export interface TrueType {
  readonly unitsPerEm: number
  /** As PDF wants them, in font units. */
  readonly ascent: number
  readonly descent: number
  readonly capHeight: number
  readonly box: readonly [number, number, number, number]
  readonly postScriptName: string
  /** Null for a character that it does not have. */
  readonly glyphOf: (character: number) => number | null
  readonly advanceOf: (glyph: number) => number
  readonly kerningOf: (left: number, right: number) => number
  readonly outlineOf: (glyph: number) => Outline
  /** The bytes of its glyf entry; empty for a blank. */
  readonly glyphData: (glyph: number) => Uint8Array
  readonly leftBearingOf: (glyph: number) => number
  readonly table: (tag: string) => Uint8Array | null
}

/** @param bytes a font of the build; kept, not copied */
export function openTrueType(bytes: Uint8Array): TrueType {
  const tables = tablesOf(bytes)
  const table = (tag: string) => tables.get(tag) ?? null
  const view = (tag: string) => viewOf(tables.get(tag) ?? new Uint8Array(0))
  const [head, hhea, os2, hmtx, loca] = ['head', 'hhea', 'OS/2', 'hmtx', 'loca'].map(view) as [
    DataView,
    DataView,
    DataView,
    DataView,
    DataView,
  ]
  const characters = readCmap(view('cmap'))
  const widths = hhea.getUint16(34)
  const isLong = head.getInt16(50) === 1
  const offset = (glyph: number) => (isLong ? loca.getUint32(4 * glyph) : 2 * loca.getUint16(2 * glyph))
  const glyf = tables.get('glyf') ?? new Uint8Array(0)
  const glyphData = (glyph: number) => glyf.subarray(offset(glyph), offset(glyph + 1))
  const kerning = readKern(table('kern'))
  return {
    unitsPerEm: head.getUint16(18),
    ascent: hhea.getInt16(4),
    descent: hhea.getInt16(6),
    capHeight: os2.getUint16(0) >= 2 ? os2.getInt16(88) : hhea.getInt16(4),
    box: [head.getInt16(36), head.getInt16(38), head.getInt16(40), head.getInt16(42)],
    postScriptName: readName(view('name'), tables.get('name') ?? new Uint8Array(0)),
    glyphOf: (character) => characters.get(character) ?? null,
    advanceOf: (glyph) => hmtx.getUint16(4 * Math.min(glyph, widths - 1)),
    leftBearingOf: (glyph) =>
      hmtx.getInt16(glyph < widths ? 4 * glyph + 2 : 4 * widths + 2 * (glyph - widths)),
    kerningOf: (left, right) => kerning.get(left * 65_536 + right) ?? 0,
    glyphData,
    outlineOf: (glyph) => outline(glyphData, glyph),
    table,
  }
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

function tablesOf(bytes: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const view = viewOf(bytes)
  return new Map(
    Array.from({ length: view.getUint16(4) }, (_, i) => {
      const at = 12 + 16 * i
      const start = view.getUint32(at + 8)
      const tag = String.fromCharCode(...bytes.subarray(at, at + 4))
      return [tag, bytes.subarray(start, start + view.getUint32(at + 12))] as const
    }),
  )
}

function readCmap(cmap: DataView): ReadonlyMap<number, number> {
  const found = new Map<number, number>()
  for (let i = 0; i < cmap.getUint16(2); i++) {
    const at = cmap.getUint32(8 + 8 * i)
    if (cmap.getUint16(at) === 12) readGroups(cmap, at, found)
    if (cmap.getUint16(at) === 4) readSegments(cmap, at, found)
  }
  return found
}

function readGroups(cmap: DataView, at: number, found: Map<number, number>): void {
  for (let i = 0; i < cmap.getUint32(at + 12); i++) {
    const group = at + 16 + 12 * i
    const first = cmap.getUint32(group)
    const glyph = cmap.getUint32(group + 8)
    for (let code = first; code <= cmap.getUint32(group + 4); code++) found.set(code, glyph + code - first)
  }
}

function readSegments(cmap: DataView, at: number, found: Map<number, number>): void {
  const twice = cmap.getUint16(at + 6)
  const field = (block: number, i: number) =>
    cmap.getUint16(at + 14 + block * twice + (block > 0 ? 2 : 0) + i)
  for (let i = 0; i < twice; i += 2) {
    const [last, first, delta, range] = [field(0, i), field(1, i), field(2, i), field(3, i)]
    for (let code = first; code <= last && code !== 0xffff; code++) {
      const place = at + 16 + 3 * twice + i + range + 2 * (code - first)
      const glyph = range === 0 ? code : cmap.getUint16(place)
      if (glyph !== 0) found.set(code, (glyph + delta) & 0xffff)
    }
  }
}

/** Pairs of glyphs to what lies between them; of version 0, format 0. */
function readKern(table: Uint8Array | null): ReadonlyMap<number, number> {
  if (table === null) return new Map()
  const kern = viewOf(table)
  return new Map(
    Array.from({ length: kern.getUint16(10) }, (_, i) => {
      const at = 18 + 6 * i
      return [kern.getUint32(at), kern.getInt16(at + 4)] as const
    }),
  )
}

/** The PostScript name (6), in UTF-16 as Windows has it. */
function readName(name: DataView, bytes: Uint8Array): string {
  const strings = name.getUint16(4)
  for (let i = 0; i < name.getUint16(2); i++) {
    const at = 6 + 12 * i
    if (name.getUint16(at) !== 3 || name.getUint16(at + 6) !== 6) continue
    const start = strings + name.getUint16(at + 10)
    const utf16 = bytes.subarray(start, start + name.getUint16(at + 8))
    return String.fromCharCode(...utf16.filter((_, j) => j % 2 === 1)).replace(/[^\w-]/g, '')
  }
  return 'Font'
}

type GlyphData = (glyph: number) => Uint8Array

/** Composites go down a few levels at most. */
const MAX_DEPTH = 6

function outline(glyphData: GlyphData, glyph: number, depth = 0): Outline {
  const data = glyphData(glyph)
  if (data.length === 0 || depth > MAX_DEPTH) return []
  const view = viewOf(data)
  if (view.getInt16(0) >= 0) return simple(data, view)
  return components(data).flatMap(({ glyph: part, map }) =>
    outline(glyphData, part, depth + 1).map((contour) => contour.map(map)),
  )
}

function simple(data: Uint8Array, view: DataView): Outline {
  const contours = view.getInt16(0)
  const ends = Array.from({ length: contours }, (_, i) => view.getUint16(10 + 2 * i))
  const count = (ends.at(-1) ?? -1) + 1
  let at = 10 + 2 * contours
  at += 2 + view.getUint16(at)
  const flags: number[] = []
  while (flags.length < count) {
    const flag = data[at++] as number
    const times = flag & 8 ? 1 + (data[at++] as number) : 1
    for (let i = 0; i < times; i++) flags.push(flag)
  }
  const axis = (short: number, same: number) => {
    let value = 0
    return flags.map((flag) => {
      if (flag & short) value += (flag & same ? 1 : -1) * (data[at++] as number)
      else if (!(flag & same)) {
        value += view.getInt16(at)
        at += 2
      }
      return value
    })
  }
  const xs = axis(2, 16)
  const ys = axis(4, 32)
  const points = flags.map((flag, i) => ({ x: xs[i] as number, y: ys[i] as number, on: (flag & 1) === 1 }))
  return ends.map((end, i) => points.slice(i === 0 ? 0 : (ends[i - 1] as number) + 1, end + 1))
}

export interface Component {
  readonly glyph: number
  /** Where its number stands in the data. */
  readonly at: number
  readonly map: (point: Point) => Point
}

/** Of a composite glyph. */
export function components(data: Uint8Array): readonly Component[] {
  const view = viewOf(data)
  const found: Component[] = []
  for (let at = 10, more = true; more; ) {
    const flags = view.getUint16(at)
    const start = at + 4
    const [dx, dy] =
      flags & 1
        ? [view.getInt16(start), view.getInt16(start + 2)]
        : [view.getInt8(start), view.getInt8(start + 1)]
    const scale = start + (flags & 1 ? 4 : 2)
    const [xx, xy, yx, yy, size] = readScale(view, flags, scale)
    found.push({
      glyph: view.getUint16(at + 2),
      at: at + 2,
      map: ({ x, y, on }) => ({ x: x * xx + y * yx + dx, y: x * xy + y * yy + dy, on }),
    })
    at = scale + size
    more = (flags & 0x20) !== 0
  }
  return found
}

/** Fixed-point numbers of 2.14 bits. */
function readScale(
  view: DataView,
  flags: number,
  at: number,
): readonly [number, number, number, number, number] {
  const f2dot14 = (i: number) => view.getInt16(at + 2 * i) / 16_384
  if (flags & 0x08) return [f2dot14(0), 0, 0, f2dot14(0), 2]
  if (flags & 0x40) return [f2dot14(0), 0, 0, f2dot14(1), 4]
  if (flags & 0x80) return [f2dot14(0), f2dot14(1), f2dot14(2), f2dot14(3), 8]
  return [1, 0, 0, 1, 0]
}
