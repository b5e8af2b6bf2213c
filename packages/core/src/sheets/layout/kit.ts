/**
 * What every layout of a sheet is made with: paper, its margins, the sizes of type, and how text is measured. The look
 * is one for all sheets: black on white, lots of white, hairlines, one family of type, a title, a quiet footer. The
 * pieces are in the files beside this one; a layout puts them together with `layOut` of `pages.ts`.
 */
import type { Metrics, Paper } from '../drawing.js'
import { PAPERS } from '../drawing.js'

/** Ems of type and other measures, in mm. */
export interface Style {
  readonly title: number
  readonly subtitle: number
  readonly body: number
  readonly small: number
  /** Of words to copy by hand. */
  readonly word: number
  /** From the number of a word to the word. */
  readonly number: number
  /** Height of a row of words. */
  readonly row: number
  /** Between columns. */
  readonly gutter: number
  /** Between blocks. */
  readonly gap: number
  readonly margin: number
  /** Kept free at the bottom for the footer. */
  readonly footer: number
}

export interface Kit {
  readonly paper: Paper
  readonly metrics: Metrics
  readonly style: Style
  /** Of the page within its margins. */
  readonly width: number
  /** Within margins and footer. */
  readonly height: number
  /** Where what belongs to a label or heading begins, from the left margin: the second of three columns. */
  readonly axis: number
}

/** 10 points are 3.53 mm. */
const PAGE: Style = {
  title: 8.5,
  subtitle: 4.2,
  body: 3.5,
  small: 3,
  word: 5.3,
  number: 3,
  row: 9.4,
  gutter: 6,
  gap: 7,
  margin: 20,
  footer: 10,
}

/** The letter x is 0.52 em high: 2 mm of it are read without glasses. */
const CARD: Style = {
  title: 3.6,
  subtitle: 2.3,
  body: 2.3,
  small: 2,
  word: 3.9,
  number: 2,
  row: 4.3,
  gutter: 1.4,
  gap: 1.6,
  margin: 4,
  footer: 4,
}

/** In mm: a pixel of 150 dots an inch, so that no copy loses it. Black, as all ink is: printers draw grey as dots. */
export const HAIRLINE = 0.17

/** Least height of a line to write on with a pen, in mm. */
export const HAND_LINES = 8

/** On a card, with a fine one. */
export const HAND_LINES_CARD = 5.5

/** How high lines stand above each other, in em. */
export const LEADING = 1.42

/** Of capital letters, in em. */
export const CAP_HEIGHT = 0.7

/** @param paper A4, Letter or a card */
export function kitFor(paper: Paper, metrics: Metrics): Kit {
  return kitOf(paper, metrics, paper === 'card' ? CARD : PAGE)
}

/** With other measures, for a sheet that is read at length or has to hold much. */
export function restyled({ paper, metrics, style }: Kit, changes: Partial<Style>): Kit {
  return kitOf(paper, metrics, { ...style, ...changes })
}

function kitOf(paper: Paper, metrics: Metrics, style: Style): Kit {
  const { margin, footer, gutter } = style
  const width = PAPERS[paper].width - 2 * margin
  const height = PAPERS[paper].height - 2 * margin - footer
  return { paper, metrics, style, width, height, axis: (width + gutter) / 3 }
}
