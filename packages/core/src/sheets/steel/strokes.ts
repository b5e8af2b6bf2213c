/**
 * The letters A to Z as strokes, close to what stamps for steel look like: drawn on plates, and what the reader compares
 * a stamped letter with. In a box of 4 by 6 from the upper left corner, y downwards. docs/steel.md, section "Letters".
 */
import type { Point } from './homography.js'

export const BOX = { width: 4, height: 6 } as const

/** Strokes are separated by semicolons, points of a stroke by spaces. */
const DRAWN: Readonly<Record<string, string>> = {
  A: '0,6 2,0 4,6; 0.7,4 3.3,4',
  B: '0,6 0,0 2.5,0 3.5,0.7 3.5,2.2 2.5,2.9 0,2.9; 2.5,2.9 4,3.8 4,5.1 2.8,6 0,6',
  C: '4,1.2 3,0.1 1.2,0.1 0,1.6 0,4.4 1.2,5.9 3,5.9 4,4.8',
  D: '0,0 2.4,0 4,1.6 4,4.4 2.4,6 0,6 0,0',
  E: '4,0 0,0 0,6 4,6; 0,2.9 3.2,2.9',
  F: '4,0 0,0 0,6; 0,2.9 3.2,2.9',
  G: '4,1.2 3,0.1 1.2,0.1 0,1.6 0,4.4 1.2,5.9 3,5.9 4,5 4,3.2 2.4,3.2',
  H: '0,0 0,6; 4,0 4,6; 0,2.9 4,2.9',
  I: '2,0 2,6',
  J: '3.2,0 3.2,4.6 2.2,5.9 1,5.9 0.2,4.8',
  K: '0,0 0,6; 4,0 0,3.6; 1.5,2.4 4,6',
  L: '0,0 0,6 4,6',
  M: '0,6 0,0 2,4.2 4,0 4,6',
  N: '0,6 0,0 4,6 4,0',
  O: '2.8,0 4,1.5 4,4.5 2.8,6 1.2,6 0,4.5 0,1.5 1.2,0 2.8,0',
  P: '0,6 0,0 2.8,0 4,0.9 4,2.3 2.8,3.2 0,3.2',
  Q: '2.8,0 4,1.5 4,4.5 2.8,6 1.2,6 0,4.5 0,1.5 1.2,0 2.8,0; 2.4,4 4.3,6.3',
  R: '0,6 0,0 2.8,0 4,0.9 4,2.3 2.8,3.2 0,3.2; 2.2,3.2 4,6',
  S: '3.8,1 2.8,0.1 1.2,0.1 0.2,1 0.2,2.1 1.2,2.8 2.9,3.2 4,4 4,5 3,5.9 1,5.9 0,4.9',
  T: '0,0 4,0; 2,0 2,6',
  U: '0,0 0,4.5 1.2,6 2.8,6 4,4.5 4,0',
  V: '0,0 2,6 4,0',
  W: '0,0 1,6 2,1.8 3,6 4,0',
  X: '0,0 4,6; 4,0 0,6',
  Y: '0,0 2,3 4,0; 2,3 2,6',
  Z: '0,0 4,0 0,6 4,6',
}

/** Lines of points. */
export const STROKES: ReadonlyMap<string, readonly (readonly Point[])[]> = new Map(
  Object.entries(DRAWN).map(([letter, strokes]) => [letter, strokes.split(';').map(pointsOf)]),
)

function pointsOf(stroke: string): readonly Point[] {
  return stroke
    .trim()
    .split(' ')
    .map((point) => point.split(',').map(Number) as [number, number])
}
