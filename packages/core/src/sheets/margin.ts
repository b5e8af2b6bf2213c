/**
 * How much damage a code stands: kinds of damage at levels, done to its pixels, and the largest level at which it is
 * still read. A simulation: real stains and lenses differ, and the sheet's own code is what is tried.
 */
import { equal } from '../bytes.js'
import { blur, compress, dim, photograph, rotate, tilt } from './damage/camera.js'
import { type Damaged, fade, fold, stain } from './damage/paper.js'
import type { CodeReader } from './read/codes.js'
import { preparations } from './read/prepare.js'
import { type Box, cropped, type Quad, type Raster } from './read/raster.js'

export type { Damaged } from './damage/paper.js'

export interface Damage {
  readonly name:
    | 'stain'
    | 'fold'
    | 'fade'
    | 'blur'
    | 'tilt'
    | 'rotation'
    | 'low-light'
    | 'compression'
    | 'photo'
  readonly unit: 'percent' | 'degrees' | 'folds'
  /** What is tried, from little to much. */
  readonly levels: readonly number[]
  /** The same for the same seed. */
  readonly apply: (code: Damaged, level: number, seed: number) => Raster
}

export const DAMAGES: readonly Damage[] = [
  { name: 'stain', unit: 'percent', levels: [5, 10, 15, 20, 25, 30, 35, 40], apply: stain },
  { name: 'fold', unit: 'folds', levels: [1, 2, 3, 4, 6, 8, 12], apply: fold },
  { name: 'fade', unit: 'percent', levels: [20, 40, 60, 70, 80, 85, 90, 95], apply: fade },
  { name: 'blur', unit: 'percent', levels: [20, 30, 40, 50, 60, 70, 80, 100], apply: blur },
  { name: 'tilt', unit: 'degrees', levels: [10, 20, 30, 40, 50, 60, 70], apply: tilt },
  { name: 'rotation', unit: 'degrees', levels: [7, 45, 90, 133, 180], apply: rotate },
  { name: 'low-light', unit: 'percent', levels: [50, 70, 80, 85, 90, 93, 95], apply: dim },
  { name: 'compression', unit: 'percent', levels: [20, 40, 60, 70, 80, 90, 95], apply: compress },
  { name: 'photo', unit: 'degrees', levels: [10, 20, 30, 40, 50, 60], apply: photograph },
]

export interface Margin {
  readonly damage: Damage['name']
  readonly unit: Damage['unit']
  /** The largest level at which every try was read by one of the readers; 0 when not even the smallest was. */
  readonly read: number
}

/** What every code of level H is to stand; the figures count it. */
export const PROMISED: Readonly<Partial<Record<Damage['name'], number>>> = { stain: 15, tilt: 10 }

/** Whether a code stands what is promised of sheets. */
export function isAsPromised(margins: readonly Margin[]): boolean {
  return margins.every(({ damage, read }) => read >= (PROMISED[damage] ?? 0))
}

/** A code on a page, cut out with as much white around it as a hand leaves. */
export function cutOut(page: Raster, corners: Quad, modules: number): Damaged {
  const xs = corners.map(({ x }) => x)
  const ys = corners.map(({ y }) => y)
  const box = { x: Math.min(...xs), y: Math.min(...ys), width: 0, height: 0 }
  const [width, height] = [Math.max(...xs) - box.x, Math.max(...ys) - box.y]
  const around = Math.round(Math.max(width, height) * 0.15)
  const outer: Box = {
    x: box.x - around,
    y: box.y - around,
    width: width + 2 * around,
    height: height + 2 * around,
  }
  const raster = cropped(page, outer)
  const [left, top] = [Math.max(0, Math.floor(outer.x)), Math.max(0, Math.floor(outer.y))]
  return { raster, box: { x: box.x - left, y: box.y - top, width, height }, module: width / modules }
}

export interface Trial {
  readonly code: Damaged
  /** What it says. */
  readonly bytes: Uint8Array
  readonly readers: readonly CodeReader[]
}

/** Whether one of the readers reads the damaged code as it is. */
export async function survives(
  { code, bytes, readers }: Trial,
  damage: Damage,
  { level, seed }: { readonly level: number; readonly seed: number },
): Promise<boolean> {
  for (const prepared of preparations(damage.apply(code, level, seed)))
    for (const reader of readers)
      if ((await reader.read(prepared)).some((found) => equal(found.bytes, bytes))) return true
  return false
}

/** The margin of a code for each kind of damage: level by level, until one try of `seeds` is not read. */
export async function marginOf(trial: Trial, seeds: readonly number[]): Promise<readonly Margin[]> {
  const margins: Margin[] = []
  for (const damage of DAMAGES) {
    let read = 0
    for (const level of damage.levels) {
      let every = true
      for (const seed of seeds) every &&= await survives(trial, damage, { level, seed })
      if (!every) break
      read = level
    }
    margins.push({ damage: damage.name, unit: damage.unit, read })
  }
  return margins
}
