/**
 * A TrueType font with some glyphs of another, numbered anew from 1: what a PDF embeds. Instructions are left out, since
 * what they call is. OpenType 1.9, chapters glyf and loca.
 */
import { concat } from '../../bytes.js'
import { components, type TrueType, viewOf } from './truetype.js'

const WE_HAVE_INSTRUCTIONS = 0x0100

/** @param glyphs of the font; the one at place i gets the number i + 1, and 0 stays what is drawn for no character */
export function subsetTrueType(font: TrueType, glyphs: readonly number[]): Uint8Array {
  const wanted = [0, ...glyphs]
  const data: Uint8Array[] = []
  // parts of composite glyphs are added behind while the list is gone through
  for (let i = 0; i < wanted.length; i++) data.push(renumbered(font.glyphData(wanted[i] as number), wanted))
  const head = copy(font, 'head')
  viewOf(head).setInt16(50, 1)
  const hhea = copy(font, 'hhea')
  viewOf(hhea).setUint16(34, wanted.length)
  const maxp = copy(font, 'maxp')
  viewOf(maxp).setUint16(4, wanted.length)
  return writeTables({
    glyf: concat(...data),
    head,
    hhea,
    hmtx: widths(font, wanted),
    loca: offsets(data),
    maxp,
  })
}

function copy(font: TrueType, tag: string): Uint8Array {
  return Uint8Array.from(font.table(tag) ?? [])
}

/** The data without instructions, padded to 4 bytes. */
function renumbered(data: Uint8Array, wanted: number[]): Uint8Array {
  if (data.length === 0) return data
  const bare = viewOf(data).getInt16(0) >= 0 ? bareSimple(data) : bareComposite(data, wanted)
  return concat(bare, new Uint8Array(-bare.length & 3))
}

function bareSimple(data: Uint8Array): Uint8Array {
  const at = 10 + 2 * viewOf(data).getInt16(0)
  const rest = at + 2 + viewOf(data).getUint16(at)
  return concat(data.subarray(0, at), new Uint8Array(2), data.subarray(rest))
}

function bareComposite(data: Uint8Array, wanted: number[]): Uint8Array {
  const bare = new Uint8Array(data) // slice of a Node buffer is no copy
  const view = viewOf(bare)
  for (const { glyph, at } of components(data)) {
    const known = wanted.indexOf(glyph)
    view.setUint16(at, known >= 0 ? known : wanted.push(glyph) - 1)
    view.setUint16(at - 2, view.getUint16(at - 2) & ~WE_HAVE_INSTRUCTIONS)
  }
  return bare
}

function offsets(data: readonly Uint8Array[]): Uint8Array {
  const loca = new Uint8Array(4 * (data.length + 1))
  let at = 0
  for (const [i, { length }] of data.entries()) {
    at += length
    viewOf(loca).setUint32(4 * (i + 1), at)
  }
  return loca
}

function widths(font: TrueType, glyphs: readonly number[]): Uint8Array {
  const hmtx = new Uint8Array(4 * glyphs.length)
  for (const [i, glyph] of glyphs.entries()) {
    viewOf(hmtx).setUint16(4 * i, font.advanceOf(glyph))
    viewOf(hmtx).setInt16(4 * i + 2, font.leftBearingOf(glyph))
  }
  return hmtx
}

/** In the order of their tags. Checksums stay 0: readers of embedded fonts do not look at them. */
function writeTables(tables: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const entries = Object.entries(tables)
  const header = new Uint8Array(12 + 16 * entries.length)
  const view = viewOf(header)
  const power = Math.floor(Math.log2(entries.length))
  view.setUint32(0, 0x10000)
  const search = [entries.length, 16 * 2 ** power, power, 16 * (entries.length - 2 ** power)]
  for (const [i, value] of search.entries()) view.setUint16(4 + 2 * i, value)
  let at = header.length
  for (const [i, [tag, bytes]] of entries.entries()) {
    for (let j = 0; j < 4; j++) header[12 + 16 * i + j] = tag.charCodeAt(j)
    view.setUint32(20 + 16 * i, at)
    view.setUint32(24 + 16 * i, bytes.length)
    at += bytes.length + (-bytes.length & 3)
  }
  return concat(header, ...entries.map(([, bytes]) => concat(bytes, new Uint8Array(-bytes.length & 3))))
}
