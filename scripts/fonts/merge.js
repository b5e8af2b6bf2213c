// @ts-check
// One TrueType font out of many that share a design: webfonts of East Asian languages come in slices of some hundred
// characters. Outlines, widths and the table of characters only. OpenType 1.9, chapters glyf, loca, hmtx, cmap.

/** @typedef {{ readonly outline: Uint8Array, readonly metric: Uint8Array }} Glyph */

/** @param {Uint8Array} bytes @returns {DataView} */
const viewOf = (bytes) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** @param {Uint8Array} font @returns {Map<string, Uint8Array>} */
export function tablesOf(font) {
  const view = viewOf(font)
  return new Map(
    Array.from({ length: view.getUint16(4) }, (_, i) => {
      const at = 12 + 16 * i
      const tag = String.fromCharCode(...font.subarray(at, at + 4))
      const start = view.getUint32(at + 8)
      return [tag, font.subarray(start, start + view.getUint32(at + 12))]
    }),
  )
}

/** @param {Map<string, Uint8Array>} tables @param {string} tag @returns {Uint8Array} */
function need(tables, tag) {
  const found = tables.get(tag)
  if (!found) throw new Error(`a font without ${tag}`)
  return found
}

/** Character to glyph, of the subtables of format 4 and 12. @param {Uint8Array} cmap @returns {Map<number, number>} */
export function charactersOf(cmap) {
  const view = viewOf(cmap)
  const found = new Map()
  for (let i = 0; i < view.getUint16(2); i++) {
    const at = view.getUint32(8 + 8 * i)
    if (view.getUint16(at) === 12) readGroups(view, at, found)
    if (view.getUint16(at) === 4) readSegments(view, at, found)
  }
  return found
}

/** @param {DataView} view @param {number} at @param {Map<number, number>} found */
function readGroups(view, at, found) {
  for (let i = 0; i < view.getUint32(at + 12); i++) {
    const [first, last, glyph] = [0, 4, 8].map((field) => view.getUint32(at + 16 + 12 * i + field))
    for (let code = Number(first); code <= Number(last); code++)
      found.set(code, Number(glyph) + code - Number(first))
  }
}

/** @param {DataView} view @param {number} at @param {Map<number, number>} found */
function readSegments(view, at, found) {
  const twice = view.getUint16(at + 6)
  for (let i = 0; i < twice; i += 2) {
    const [last, first, delta, range] = [14, 16 + twice, 16 + 2 * twice, 16 + 3 * twice].map((field) =>
      view.getUint16(at + field + i),
    )
    for (let code = Number(first); code <= Number(last) && code !== 0xffff; code++) {
      const place = at + 16 + 3 * twice + i + Number(range) + 2 * (code - Number(first))
      const glyph = range === 0 ? code : view.getUint16(place)
      if (glyph !== 0) found.set(code, (glyph + Number(delta)) & 0xffff)
    }
  }
}

/** Glyphs of a font by number; composites are refused, no slice has any. @param {Map<string, Uint8Array>} tables */
function glyphsOf(tables) {
  const [head, loca, glyf, hmtx, hhea] = ['head', 'loca', 'glyf', 'hmtx', 'hhea'].map((tag) =>
    need(tables, tag),
  )
  if (!head || !loca || !glyf || !hmtx || !hhea) throw new Error('unreachable')
  const long = viewOf(head).getUint16(50) === 1
  const offset = (/** @type {number} */ i) =>
    long ? viewOf(loca).getUint32(4 * i) : 2 * viewOf(loca).getUint16(2 * i)
  const widths = viewOf(hhea).getUint16(34)
  return (/** @type {number} */ glyph) => {
    const outline = glyf.subarray(offset(glyph), offset(glyph + 1))
    if (outline.length > 0 && viewOf(outline).getInt16(0) < 0) throw new Error('a glyph made of others')
    const metric = new Uint8Array(4)
    const last = Math.min(glyph, widths - 1)
    metric.set(hmtx.subarray(4 * last, 4 * last + 2))
    const bearing = glyph < widths ? 4 * glyph + 2 : 4 * widths + 2 * (glyph - widths)
    metric.set(hmtx.subarray(bearing, bearing + 2), 2)
    return { outline, metric }
  }
}

/** The fonts as one; of a character that several have, the first. @param {readonly Uint8Array[]} fonts @returns {Uint8Array} */
export function mergeFonts(fonts) {
  const first = tablesOf(/** @type {Uint8Array} */ (fonts[0]))
  /** @type {Map<number, Glyph>} */
  const characters = new Map()
  for (const font of fonts) {
    const tables = tablesOf(font)
    const glyphOf = glyphsOf(tables)
    for (const [code, glyph] of charactersOf(need(tables, 'cmap')))
      if (!characters.has(code)) characters.set(code, glyphOf(glyph))
  }
  const codes = [...characters.keys()].sort((a, b) => a - b)
  const glyphs = [glyphsOf(first)(0), ...codes.map((code) => /** @type {Glyph} */ (characters.get(code)))]
  return assemble(first, { codes, glyphs })
}

/** @param {Map<string, Uint8Array>} like @param {{ codes: readonly number[], glyphs: readonly Glyph[] }} merged */
function assemble(like, { codes, glyphs }) {
  const { loca, glyf } = outlines(glyphs)
  const head = need(like, 'head').slice()
  viewOf(head).setUint16(50, 1) // long offsets
  viewOf(head).setUint32(8, 0) // the checksum of the whole is filled in below
  const hhea = need(like, 'hhea').slice()
  viewOf(hhea).setUint16(34, glyphs.length)
  const maxp = need(like, 'maxp').slice()
  viewOf(maxp).setUint16(4, glyphs.length)
  for (const [field, most] of mostOf(glyphs)) viewOf(maxp).setUint16(field, most)
  const post = new Uint8Array(32)
  viewOf(post).setUint32(0, 0x30000) // no names of glyphs
  const hmtx = Buffer.concat(glyphs.map(({ metric }) => metric))
  const tables = { 'OS/2': need(like, 'OS/2'), cmap: cmapOf(codes), glyf, head, hhea, hmtx, loca, maxp }
  return writeFont({ ...tables, name: need(like, 'name'), post })
}

/** Of maxp: the most points and contours of a glyph. @param {readonly Glyph[]} glyphs @returns {[number, number][]} */
function mostOf(glyphs) {
  const drawn = glyphs.filter(({ outline }) => outline.length > 0).map(({ outline }) => viewOf(outline))
  const contours = drawn.map((view) => view.getInt16(0))
  const points = drawn.map((view, i) => view.getUint16(8 + 2 * Number(contours[i])) + 1)
  const most = (/** @type {number[]} */ all) => all.reduce((a, b) => Math.max(a, b), 0)
  return [
    [6, most(points)],
    [8, most(contours)],
  ]
}

/** @param {readonly Glyph[]} glyphs */
function outlines(glyphs) {
  const loca = new Uint8Array(4 * (glyphs.length + 1))
  const padded = glyphs.map(({ outline }) => Buffer.concat([outline, Buffer.alloc(-outline.length & 3)]))
  let at = 0
  for (const [i, { length }] of padded.entries()) {
    viewOf(loca).setUint32(4 * i, at)
    at += length
  }
  viewOf(loca).setUint32(4 * glyphs.length, at)
  return { loca, glyf: Buffer.concat(padded) }
}

/** Format 12 alone: glyph 1 is the first character, and so on. @param {readonly number[]} codes */
function cmapOf(codes) {
  /** @type {[first: number, last: number, glyph: number][]} */
  const groups = []
  for (const [i, code] of codes.entries()) {
    const group = groups.at(-1)
    if (group && group[1] === code - 1) group[1] = code
    else groups.push([code, code, i + 1])
  }
  const bytes = new Uint8Array(28 + 12 * groups.length)
  const view = viewOf(bytes)
  for (const [at, value] of /** @type {const} */ ([
    [2, 1],
    [4, 3],
    [6, 10],
    [12, 12],
  ]))
    view.setUint16(at, value)
  view.setUint32(8, 12)
  view.setUint32(16, 16 + 12 * groups.length)
  view.setUint32(24, groups.length)
  for (const [i, group] of groups.entries())
    for (const [j, value] of group.entries()) view.setUint32(28 + 12 * i + 4 * j, value)
  return bytes
}

/** @param {Uint8Array} bytes */
function checksum(bytes) {
  const view = viewOf(Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]))
  let sum = 0
  for (let at = 0; at < view.byteLength; at += 4) sum = (sum + view.getUint32(at)) >>> 0
  return sum
}

/** @param {Readonly<Record<string, Uint8Array>>} tables @returns {Uint8Array} */
export function writeFont(tables) {
  const entries = Object.entries(tables)
  const header = new Uint8Array(12 + 16 * entries.length)
  const view = viewOf(header)
  const power = 2 ** Math.floor(Math.log2(entries.length))
  view.setUint32(0, 0x10000)
  view.setUint16(4, entries.length)
  view.setUint16(6, power * 16)
  view.setUint16(8, Math.log2(power))
  view.setUint16(10, (entries.length - power) * 16)
  let at = header.length
  for (const [i, [tag, bytes]] of entries.entries()) {
    header.set(Buffer.from(tag, 'latin1'), 12 + 16 * i)
    view.setUint32(16 + 16 * i, checksum(bytes))
    view.setUint32(20 + 16 * i, at)
    view.setUint32(24 + 16 * i, bytes.length)
    at += bytes.length + (-bytes.length & 3)
  }
  const font = Buffer.concat([
    header,
    ...entries.map(([, bytes]) => Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)])),
  ])
  const head = tablesOf(font).get('head')
  if (head) viewOf(head).setUint32(8, (0xb1b0afba - checksum(font)) >>> 0)
  return font
}
