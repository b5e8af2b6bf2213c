// @ts-check
// The kerning of a font as a plain table of pairs. In the font it is in GPOS: by pairs and by classes of glyphs, with
// tables for languages. OpenType 1.9, chapters GPOS (lookup types 2 and 9) and kern (format 0).
import { charactersOf, tablesOf, writeFont } from './merge.js'

const PAIR = 2
const EXTENSION = 9
/** Of a value record: x advance alone, which is all that these fonts have. */
const X_ADVANCE = 4

/** @typedef {(left: number, right: number) => number | null} Pairs */

/** @param {Uint8Array} bytes */
const viewOf = (bytes) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** Index of a glyph in a coverage table. @param {DataView} gpos @param {number} at @returns {Map<number, number>} */
function coverage(gpos, at) {
  const found = new Map()
  for (let i = 0; i < gpos.getUint16(at + 2); i++) {
    if (gpos.getUint16(at) === 1) found.set(gpos.getUint16(at + 4 + 2 * i), i)
    else {
      const [first, last, start] = [0, 2, 4].map((field) => gpos.getUint16(at + 4 + 6 * i + field))
      for (let glyph = Number(first); glyph <= Number(last); glyph++)
        found.set(glyph, Number(start) + glyph - Number(first))
    }
  }
  return found
}

/** Class of a glyph; 0 for those that are not named. @param {DataView} gpos @param {number} at @returns {Map<number, number>} */
function classes(gpos, at) {
  const found = new Map()
  if (gpos.getUint16(at) === 1) {
    for (let i = 0; i < gpos.getUint16(at + 4); i++)
      found.set(gpos.getUint16(at + 2) + i, gpos.getUint16(at + 6 + 2 * i))
    return found
  }
  for (let i = 0; i < gpos.getUint16(at + 2); i++) {
    const [first, last, value] = [0, 2, 4].map((field) => gpos.getUint16(at + 4 + 6 * i + field))
    for (let glyph = Number(first); glyph <= Number(last); glyph++) found.set(glyph, value)
  }
  return found
}

/** Null where the subtable says nothing of the pair. @param {DataView} gpos @param {number} at @returns {Pairs} */
function pairs(gpos, at) {
  if (gpos.getUint16(at + 4) !== X_ADVANCE || gpos.getUint16(at + 6) !== 0)
    throw new Error('kerning of an unknown form')
  const covered = coverage(gpos, at + gpos.getUint16(at + 2))
  return gpos.getUint16(at) === 1 ? byPair(gpos, at, covered) : byClass(gpos, at, covered)
}

/** @param {DataView} gpos @param {number} at @param {Map<number, number>} covered @returns {Pairs} */
function byPair(gpos, at, covered) {
  const known = new Map()
  for (const [left, index] of covered) {
    const set = at + gpos.getUint16(at + 10 + 2 * index)
    for (let i = 0; i < gpos.getUint16(set); i++)
      known.set(left * 65_536 + gpos.getUint16(set + 2 + 4 * i), gpos.getInt16(set + 4 + 4 * i))
  }
  return (left, right) => known.get(left * 65_536 + right) ?? null
}

/** @param {DataView} gpos @param {number} at @param {Map<number, number>} covered @returns {Pairs} */
function byClass(gpos, at, covered) {
  const [left, right] = [8, 10].map((field) => classes(gpos, at + gpos.getUint16(at + field)))
  const columns = gpos.getUint16(at + 14)
  return (a, b) => {
    if (!covered.has(a)) return null
    const cell = (left?.get(a) ?? 0) * columns + (right?.get(b) ?? 0)
    return gpos.getInt16(at + 16 + 2 * cell)
  }
}

/** Of every lookup for pairs, its subtables in order. @param {Uint8Array} table @returns {Pairs[][]} */
function lookups(table) {
  const gpos = viewOf(table)
  const list = gpos.getUint16(8)
  return Array.from({ length: gpos.getUint16(list) }, (_, i) => {
    const at = list + gpos.getUint16(list + 2 + 2 * i)
    return Array.from({ length: gpos.getUint16(at + 4) }, (_, j) => {
      const start = at + gpos.getUint16(at + 6 + 2 * j)
      const isExtension = gpos.getUint16(at) === EXTENSION
      const type = isExtension ? gpos.getUint16(start + 2) : gpos.getUint16(at)
      return type === PAIR ? [pairs(gpos, isExtension ? start + gpos.getUint32(start + 4) : start)] : []
    }).flat()
  })
}

/**
 * The font without OpenType's layout and without instructions for screens, and with the kerning of the characters as a
 * table of pairs: what Cairn's own reader of fonts takes.
 * @param {Uint8Array} font @param {ReadonlySet<number>} characters @returns {Uint8Array}
 */
export function flatten(font, characters) {
  const tables = tablesOf(font)
  const kept = ['OS/2', 'cmap', 'glyf', 'head', 'hhea', 'hmtx', 'loca', 'maxp', 'name', 'post']
  const slim = Object.fromEntries(
    kept.map((tag) => [tag, /** @type {Uint8Array} */ (tables.get(tag) ?? new Uint8Array(0))]),
  )
  const gpos = tables.get('GPOS')
  const cmap = charactersOf(/** @type {Uint8Array} */ (tables.get('cmap')))
  const glyphs = [...new Set([...cmap].filter(([code]) => characters.has(code)).map(([, glyph]) => glyph))]
  return writeFont(gpos ? { ...slim, kern: kernOf(lookups(gpos), glyphs) } : slim)
}

/** @param {Pairs[][]} from @param {number[]} glyphs @returns {Uint8Array} */
function kernOf(from, glyphs) {
  const sorted = glyphs.toSorted((a, b) => a - b)
  const found = sorted.flatMap((left) =>
    sorted.flatMap((right) => {
      const values = from.map((tables) =>
        tables.map((pair) => pair(left, right)).find((value) => value !== null),
      )
      const value = values.find((one) => one !== undefined && one !== null && one !== 0)
      return value ? [[left, right, value]] : []
    }),
  )
  const kern = new Uint8Array(18 + 6 * found.length)
  const view = viewOf(kern)
  view.setUint16(2, 1)
  view.setUint16(6, kern.length - 4)
  view.setUint16(8, 1)
  view.setUint16(10, found.length)
  for (const [i, [left = 0, right = 0, value = 0]] of found.entries()) {
    view.setUint16(18 + 6 * i, left)
    view.setUint16(20 + 6 * i, right)
    view.setInt16(22 + 6 * i, value)
  }
  return kern
}
