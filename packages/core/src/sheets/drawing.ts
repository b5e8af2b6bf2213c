/**
 * A sheet as plain marks on pages: what every layout gives and every renderer (PDF, SVG, HTML) takes. Lengths are
 * millimetres from the upper left corner of the page, x to the right, y downwards. Black on white: a mark is black,
 * or a grey that a laser printer keeps apart from white. Not here: what a sheet says, and how text is measured.
 */

export const PAPERS = {
  a4: { width: 210, height: 297 },
  letter: { width: 215.9, height: 279.4 },
  /** ISO/IEC 7810 ID-1. */
  card: { width: 85.6, height: 53.98 },
} as const

export type Paper = keyof typeof PAPERS

export interface Size {
  readonly width: number
  readonly height: number
}

/** `text` for sentences, `strong` for titles and words, `mono` for addresses, keys and numbers in columns. */
export type Face = 'text' | 'strong' | 'mono'

export interface TextMark {
  readonly kind: 'text'
  readonly x: number
  /** Of the baseline. */
  readonly y: number
  /** The font's em. */
  readonly size: number
  readonly face: Face
  /** One line, in NFC. */
  readonly text: string
  readonly anchor?: 'start' | 'middle' | 'end'
  readonly grey?: Grey
}

/** Lines and outlines of a width; a shape without `stroke` is filled. */
export interface RectMark extends Inked {
  readonly kind: 'rect'
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly radius?: number
}

export interface CircleMark extends Inked {
  readonly kind: 'circle'
  /** Of the centre. */
  readonly x: number
  readonly y: number
  readonly radius: number
}

export interface LineMark {
  readonly kind: 'line'
  readonly from: readonly [x: number, y: number]
  readonly to: readonly [x: number, y: number]
  readonly stroke: number
  readonly dash?: readonly number[]
  readonly grey?: Grey
}

/** Square modules, such as those of a QR code, as one shape without seams: rows from the top, true is black. */
export interface ModulesMark {
  readonly kind: 'modules'
  readonly x: number
  readonly y: number
  /** Of one module. */
  readonly side: number
  readonly rows: readonly (readonly boolean[])[]
}

interface Inked {
  readonly stroke?: number
  readonly dash?: readonly number[]
  readonly grey?: Grey
}

/** 0 is black, 1 white. */
export type Grey = number

export type Mark = TextMark | RectMark | CircleMark | LineMark | ModulesMark

export interface Page {
  readonly marks: readonly Mark[]
}

export interface Drawing {
  /** Of every page. */
  readonly size: Size
  /** What it is, for the file's title and for screen readers: no secret. */
  readonly title: string
  /** BCP 47, of the words on it. */
  readonly language: string
  readonly pages: readonly Page[]
}

/** Whether a code is on it: a small paper may have no room for one. */
export function isCoded({ pages }: Drawing): boolean {
  return pages.some(({ marks }) => marks.some(({ kind }) => kind === 'modules'))
}

/** What a layout needs to know of fonts. */
export interface Metrics {
  /** Width of a line of text at a size (em, mm), in mm. @throws CairnError for a character that no font has */
  readonly widthOf: (text: string, face: Face, size: number) => number
}
