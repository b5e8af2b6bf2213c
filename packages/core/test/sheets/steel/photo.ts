/**
 * Photos of plates that nobody took: the marks of a plate in ink on paper or as dents in brushed steel, seen in
 * perspective, in light from one side, with grain, rust, scratches, dents and punches of several depths, with a glare, noise,
 * blur and the blocks of JPEG. Not in them: lenses that bend, shadows of hands, and steel that is not flat.
 */
import { compress } from '../../../src/sheets/damage/camera.js'
import type { Mark } from '../../../src/sheets/drawing.js'
import { blankRaster, type Raster, sampleAt } from '../../../src/sheets/read/raster.js'
import { fitHomography, type Homography, type Point, project } from '../../../src/sheets/steel/homography.js'
import { STEEL_SIZES, type SteelSize } from '../../../src/sheets/steel/kinds.js'

export interface View {
  readonly seed: number
  readonly material: 'paper' | 'steel'
  /** Pixels of the longer side of the picture. */
  readonly side?: number
  /** Degrees from straight above, and of turning in the plane. */
  readonly tilt?: number
  readonly turn?: number
  /** Of the light, from one side to the other: 0 is even, 1 is none at all on the dark side. */
  readonly shade?: number
  /** Standard deviation, of 255 greys. */
  readonly noise?: number
  /** Pixels, to each side. */
  readonly blur?: number
  readonly scratches?: number
  /** Blows beside the holes, as large as a punch. */
  readonly dents?: number
  /** Of punches and marks: from 0, all as deep, to 1, some that are not seen. */
  readonly uneven?: number
  /** Blotches of rust, some mm wide. */
  readonly rust?: number
  /** Of the light that steel throws into the camera at one place: 0 is none, 1 is white there. */
  readonly glare?: number
  /** Percent of the quality of a JPEG that is given away; 0 is no JPEG. */
  readonly loss?: number
}

/** A number from 0 to below 1 at each call; mulberry32. */
export function draws(seed: number): () => number {
  let state = (seed * 2_654_435_761) >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

const MARGIN = 9
const FINE = 8

/** A photo of a plate. */
export function photograph(marks: readonly Mark[], size: SteelSize, view: View): Raster {
  const draw = draws(view.seed)
  const surface = surfaceOf(marks, size, { view, draw })
  const seen = project3d(size, view, draw)
  return exposed(surface, seen, { view, draw })
}

interface Chance {
  readonly view: View
  readonly draw: () => number
}

/** The plate from straight above, eight pixels a mm, with what it lies on around it. */
function surfaceOf(marks: readonly Mark[], size: SteelSize, { view, draw }: Chance): Raster {
  const { width, height } = STEEL_SIZES[size]
  const [w, h] = [Math.round((width + 2 * MARGIN) * FINE), Math.round((height + 2 * MARGIN) * FINE)]
  const page = blankRaster(w, h, view.material === 'paper' ? 235 : 70)
  const steel = view.material === 'steel'
  paint(page, [0, 0, width, height], () => (steel ? 168 : 238))
  if (steel) grain(page, draw)
  const ink: Ink = { page, steel, light: draw() * 2 * Math.PI, draw, uneven: view.uneven ?? 0 }
  for (let i = 0; i < (view.rust ?? 0); i++) rusted(ink, [draw() * width, draw() * height])
  for (const mark of marks) drawMark(ink, mark)
  for (let i = 0; i < (view.scratches ?? 0); i++) scratch(ink, [width, height])
  for (let i = 0; i < (view.dents ?? 0); i++) dent(ink, [draw() * width, draw() * height], 0.4 + draw() * 0.4)
  return page
}

interface Ink {
  readonly page: Raster
  readonly steel: boolean
  readonly light: number
  readonly draw: () => number
  readonly uneven: number
}

function drawMark(ink: Ink, mark: Mark): void {
  const { page, steel, draw } = ink
  if (mark.kind === 'circle' && mark.stroke === undefined) {
    if (!steel) disc(page, mark, () => (mark.grey === 1 ? 238 : 22))
    else if (mark.grey !== 1)
      dent(
        ink,
        [mark.x + (draw() - 0.5) * 0.3, mark.y + (draw() - 0.5) * 0.3],
        mark.radius * (0.85 + draw() * 0.3),
      )
  } else if (mark.kind === 'circle' && !steel) ring(page, mark)
  else if (mark.kind === 'line' && (!steel || mark.stroke > 0.4))
    stroke(page, mark.from, mark.to, { width: mark.stroke, grey: steel ? 70 : 22 + 200 * (mark.grey ?? 0) })
  else if (mark.kind === 'text' && !steel) words(page, mark)
}

/** Half in the light, half in the dark, with a rim. */
function dent({ page, light, draw, uneven }: Ink, [x, y]: Point, radius: number): void {
  const [lx, ly, slope, depth] = [Math.cos(light), Math.sin(light), 0.75 + draw() * 0.25, 1 - uneven * draw()]
  disc(page, { x, y, radius: radius * 1.12 }, (dx, dy, before) => {
    const far = Math.hypot(dx, dy) / radius
    if (far > 1) return before * (1 + 0.12 * depth)
    const shade = -0.38 + 0.5 * slope * ((dx * lx + dy * ly) / radius)
    return Math.min(250, before * (1 + depth * shade))
  })
}

/** Darker, with a ragged edge, and blind to the light. */
function rusted({ page, draw }: Ink, [x, y]: Point): void {
  const [radius, dark] = [1 + draw() * 3, 0.55 + draw() * 0.3]
  const waves = Array.from({ length: 4 }, (_, i) => [i + 2, draw() * 7, draw() * 0.25] as const)
  disc(page, { x, y, radius: radius * 1.6 }, (dx, dy, before) => {
    const angle = Math.atan2(dy, dx)
    const edge = waves.reduce((sum, [n, turn, high]) => sum + high * Math.sin(n * angle + turn), 1)
    return Math.hypot(dx, dy) < radius * edge ? before * (dark + (draw() - 0.5) * 0.2) : before
  })
}

interface Round {
  readonly x: number
  readonly y: number
  readonly radius: number
}

type Shade = (dx: number, dy: number, before: number) => number

function disc(page: Raster, { x, y, radius }: Round, shade: Shade): void {
  paint(page, [x - radius, y - radius, 2 * radius, 2 * radius], (u, v, before) =>
    Math.hypot(u - x, v - y) <= radius ? shade(u - x, v - y, before) : before,
  )
}

function ring(page: Raster, { x, y, radius }: Round): void {
  paint(page, [x - radius - 0.2, y - radius - 0.2, 2 * radius + 0.4, 2 * radius + 0.4], (u, v, before) =>
    Math.abs(Math.hypot(u - x, v - y) - radius) < 0.07 ? 140 : before,
  )
}

function stroke(
  page: Raster,
  [ax, ay]: Point,
  [bx, by]: Point,
  { width, grey }: { readonly width: number; readonly grey: number },
): void {
  const half = Math.max(width / 2, 0.06)
  const length = (bx - ax) ** 2 + (by - ay) ** 2 || 1e-9
  const box = [Math.min(ax, bx) - half, Math.min(ay, by) - half] as const
  const extent = [Math.abs(bx - ax) + 2 * half, Math.abs(by - ay) + 2 * half] as const
  paint(page, [...box, ...extent], (u, v, before) => {
    const t = Math.min(1, Math.max(0, ((u - ax) * (bx - ax) + (v - ay) * (by - ay)) / length))
    return Math.hypot(u - ax - t * (bx - ax), v - ay - t * (by - ay)) <= half ? grey : before
  })
}

/** Something as dark and as large as a line of text. */
function words(page: Raster, mark: Extract<Mark, { kind: 'text' }>): void {
  const step = mark.size * 0.55
  const width = step * mark.text.length
  const left = mark.x - (mark.anchor === 'end' ? width : mark.anchor === 'middle' ? width / 2 : 0)
  for (const [i, letter] of [...mark.text].entries())
    if (letter !== ' ')
      paint(
        page,
        [left + i * step, mark.y - mark.size * 0.7, step * 0.75, mark.size * 0.7],
        (u, v, before) => (Math.floor(u * 5) % 2 === Math.floor(v * 3) % 2 ? 30 : before),
      )
}

function scratch({ page, draw }: Ink, [width, height]: Point): void {
  const from: Point = [draw() * width, draw() * height]
  const [angle, length] = [draw() * Math.PI, 10 + draw() * 40]
  const to: Point = [from[0] + length * Math.cos(angle), from[1] + length * Math.sin(angle)]
  stroke(page, from, to, { width: 0.12 + draw() * 0.2, grey: draw() < 0.5 ? 60 : 230 })
}

/** Lines along the plate, some pixels long. */
function grain(page: Raster, draw: () => number): void {
  for (let y = 0; y < page.height; y++) {
    let value = 0
    for (let x = 0; x < page.width; x++) {
      value = value * 0.97 + (draw() - 0.5) * 5
      const i = y * page.width + x
      page.grey[i] = clamp((page.grey[i] as number) + value)
    }
  }
}

/** A box in mm of the plate. */
function paint(
  page: Raster,
  [x, y, width, height]: readonly [number, number, number, number],
  shade: Shade,
): void {
  const pixel = (mm: number) => Math.round((mm + MARGIN) * FINE)
  for (let row = Math.max(0, pixel(y)); row <= Math.min(page.height - 1, pixel(y + height)); row++)
    for (let column = Math.max(0, pixel(x)); column <= Math.min(page.width - 1, pixel(x + width)); column++) {
      const i = row * page.width + column
      page.grey[i] = clamp(shade(column / FINE - MARGIN, row / FINE - MARGIN, page.grey[i] as number))
    }
}

/** From pixels of the photo to mm of the plate; the camera is some three widths away. */
function project3d(
  size: SteelSize,
  { side = 800, tilt = 0, turn = 0 }: View,
  draw: () => number,
): Homography {
  const { width, height } = STEEL_SIZES[size]
  const [axis, spin] = [draw() * 2 * Math.PI, (turn * Math.PI) / 180]
  const angle = (tilt * Math.PI) / 180
  const corners: readonly Point[] = [
    [0, 0],
    [width, 0],
    [width, height],
    [0, height],
  ]
  const seen = corners.map(([x, y]): Point => {
    const [u, v] = [x - width / 2, y - height / 2]
    const along = u * Math.cos(axis) + v * Math.sin(axis)
    const across = -u * Math.sin(axis) + v * Math.cos(axis)
    const far = 3.2 * width
    const scale = far / (far + across * Math.sin(angle))
    const [a, c] = [along * scale, across * Math.cos(angle) * scale]
    const [p, q] = [a * Math.cos(axis) - c * Math.sin(axis), a * Math.sin(axis) + c * Math.cos(axis)]
    return [p * Math.cos(spin) - q * Math.sin(spin), p * Math.sin(spin) + q * Math.cos(spin)]
  })
  const unit = (side * 0.8) / width
  const [cx, cy] = [side / 2 + (draw() - 0.5) * 30, side * 0.5 * sideways(size) + (draw() - 0.5) * 20]
  const pixels = seen.map(([x, y]): Point => [cx + x * unit, cy + y * unit])
  return fitHomography(pixels, corners) as Homography
}

/** Height of the picture to its width. */
function sideways(size: SteelSize): number {
  return size === 'card' ? 0.8 : 1.1
}

function exposed(surface: Raster, toPlate: Homography, { view, draw }: Chance): Raster {
  const side = view.side ?? 800
  const [width, height] = [
    side,
    Math.round(
      side * sideways(view.material === 'paper' || surface.width > 1.2 * surface.height ? 'card' : 'square'),
    ),
  ]
  const out = new Float32Array(width * height)
  const [lx, ly] = [Math.cos(draw() * 7), Math.sin(draw() * 7)]
  const shine = shining(view, draw)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [u, v] = project(toPlate, [x, y])
      const light =
        1 -
        (view.shade ?? 0) *
          (0.5 + 0.5 * ((lx * (x - width / 2)) / width + (ly * (y - height / 2)) / height) * 1.4)
      const seen = sampleAt(surface, (u + MARGIN) * FINE, (v + MARGIN) * FINE) * light
      out[y * width + x] = seen + (255 - seen) * shine(x / width, y / height)
    }
  const soft = blurred(out, width, view.blur ?? 0)
  const grey = Uint8Array.from(soft, (value) => clamp(value + (view.noise ?? 0) * normal(draw)))
  const picture = { width, height, grey }
  return view.loss
    ? compress({ raster: picture, box: { x: 0, y: 0, width, height }, module: 1 }, view.loss)
    : picture
}

/** A band of light across the picture, as wide as a fifth of it. Of the light that is missing, how much it adds. */
function shining({ glare = 0 }: View, draw: () => number): (x: number, y: number) => number {
  const [angle, at] = [draw() * Math.PI, 0.3 + draw() * 0.4]
  const [u, v] = [Math.cos(angle), Math.sin(angle)]
  return (x, y) => glare * Math.exp(-(((x - at) * u + (y - at) * v) ** 2) / (2 * 0.1 ** 2))
}

/** The mean of a square, twice. */
function blurred(values: Float32Array, width: number, reach: number): Float32Array {
  if (reach < 1) return values
  let now = values
  for (const step of [1, width, 1, width]) {
    const next = new Float32Array(now.length)
    for (let i = 0; i < now.length; i++) {
      let [sum, n] = [0, 0]
      for (let d = -reach; d <= reach; d++) {
        const at = i + d * step
        if (at < 0 || at >= now.length) continue
        sum += now[at] as number
        n++
      }
      next[i] = sum / n
    }
    now = next
  }
  return now
}

function normal(draw: () => number): number {
  return 2 * (draw() + draw() + draw() - 1.5) // variance 1, and near enough to a bell
}

function clamp(value: number): number {
  return Math.max(0, Math.min(255, Math.round(value)))
}
