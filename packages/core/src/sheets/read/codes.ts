/**
 * The QR codes on a raster, by one or more readers. A reader is a program of others; what two of them give for one
 * code must be the same bytes. Not here: what the codes say (`content.ts`).
 */
import { equal } from '../../bytes.js'
import { preparations } from './prepare.js'
import type { Quad, Raster } from './raster.js'

export interface Code {
  /** What all segments of the code hold: digits and letters in ASCII, bytes as they are. */
  readonly bytes: Uint8Array
  /** Around the code in pixels, from the upper left clockwise as the code stands. */
  readonly corners: Quad
  /** Along a side, where the reader tells. */
  readonly modules?: number
  /** Of its correction, where the reader tells: L, M, Q or H. */
  readonly level?: string
}

export interface CodeReader {
  readonly name: string
  /** The codes that it finds in one look, none for a picture without any. Throws only for faults of the reader. */
  readonly read: (raster: Raster) => readonly Code[] | Promise<readonly Code[]>
}

/** One content, and which of the readers found it. */
export interface SeenCode {
  readonly bytes: Uint8Array
  readonly readers: readonly string[]
  /** Where each of them saw it, and on which raster: some draw its outline closer than others. */
  readonly seen: readonly { readonly raster: Raster; readonly corners: Quad }[]
}

/** More codes than any sheet has. */
export const MAX_CODES = 64

/**
 * Everything that any of the readers finds. The raster is prepared in further ways until all readers agree on at
 * least one code, or no way is left.
 */
export async function readCodes(
  raster: Raster,
  readers: readonly CodeReader[],
): Promise<readonly SeenCode[]> {
  const seen: Sighting[] = []
  for (const prepared of preparations(raster)) {
    for (const reader of readers)
      note(seen, await reader.read(prepared), { reader: reader.name, raster: prepared })
    if (seen.length > 0 && seen.every((code) => code.readers.length === readers.length)) break
  }
  return seen
}

interface Sighting extends SeenCode {
  readonly readers: string[]
  readonly seen: SeenCode['seen'][number][]
}

interface Look {
  readonly reader: string
  readonly raster: Raster
}

function note(seen: Sighting[], codes: readonly Code[], { reader, raster }: Look): void {
  for (const { bytes, corners } of codes) {
    const known = seen.find((code) => equal(code.bytes, bytes))
    if (!known) seen.push({ bytes, readers: [reader], seen: [{ raster, corners }] })
    else if (!known.readers.includes(reader)) {
      known.readers.push(reader)
      known.seen.push({ raster, corners })
    }
  }
}
