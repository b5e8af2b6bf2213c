/**
 * Plates read from a picture: a photo, a scan or a page as it was rendered. Finds the big marks, straightens the
 * perspective and reads what is there (`frame-reading.ts`). Several plates may be in one picture, turned any way; a
 * picture of a mirror, or of the back of a plate, is read as one when nothing else can be.
 */
import { fail } from '../../errors.js'
import type { Box, Raster } from '../read/raster.js'
import { darkness } from './discs.js'
import { type Frame, findFrames, type Hand } from './frame.js'
import { isGood, type PlateReading, readFrame, readMark } from './frame-reading.js'
import { type Point, project } from './homography.js'
import type { PlateKind } from './kinds.js'
import { bigMarks } from './places.js'
import { softener } from './soft.js'
import { findSpots, type Spot } from './spots.js'

export type { CheckState, PlateReading } from './frame-reading.js'

/** The second is tried where nothing is read as the first. */
const HANDS: readonly Hand[] = ['straight', 'mirrored']

/**
 * The plate in a picture.
 * @param hands of a page that was drawn only `straight`
 * @throws CairnError `steel-unseen`, `steel-blank`
 */
export function readPlate(raster: Raster, hands = HANDS): PlateReading {
  const [first] = readPlates(raster, hands)
  return first ?? fail('steel-unseen')
}

/** All plates in a picture, none for one without. @throws CairnError `steel-blank` when all of them are */
export function readPlates(raster: Raster, hands = HANDS): readonly PlateReading[] {
  const spots = spotter(raster)
  const straight = lookFor(raster, spots, 'straight')
  if (straight.some(isRead)) return readingsOf(straight)
  const mirrored = hands.includes('mirrored') ? lookFor(raster, spots, 'mirrored').filter(isRead) : []
  if (mirrored.length > 0) return readingsOf(mirrored)
  const [likeliest] = straight
  if (likeliest?.reading === null) return fail('steel-blank')
  return readingsOf(straight)
}

export interface PlateMeasure {
  readonly kind: PlateKind
  /** Between the middles of the four big marks, in pixels: above, below, on the left, on the right. */
  readonly sides: readonly [number, number, number, number]
}

/** What a plate says that it is, and how large it is, whether or not anything is punched; null where none is seen. */
export function measurePlate(raster: Raster): PlateMeasure | null {
  const soft = softener(raster)
  for (const side of SIDES)
    for (const frame of findFrames(findSpots(raster, side))) {
      const { kind } = readMark(soft(frame), frame)
      if (kind) return { kind, sides: sidesOf(frame) }
    }
  return null
}

function sidesOf({ plane, size }: Frame): PlateMeasure['sides'] {
  const [a, b, c, d] = bigMarks(size).map((at) => project(plane, at)) as [Point, Point, Point, Point, Point]
  const between = ([x, y]: Point, [u, v]: Point) => Math.hypot(u - x, v - y)
  return [between(a, b), between(d, c), between(a, d), between(b, c)]
}

/** Pixels of the longer side: the second for plates that are a small part of the picture, as on a scanned page. */
const SIDES = [800, 1600]

interface Seen {
  /** Null for a plate without a punch. */
  readonly reading: PlateReading | null
  /** Of the marks of the frame. */
  readonly darkness: number
  readonly likeness: number
  readonly box: Box
}

interface Read extends Seen {
  readonly reading: PlateReading
}

function isRead(seen: Seen): seen is Read {
  return seen.reading !== null && isGood(seen.reading)
}

type Spotter = (side: number) => readonly Spot[]

/** The spots are the same for both hands. */
function spotter(raster: Raster): Spotter {
  const found = new Map<number, readonly Spot[]>()
  return (side) => {
    const spots = found.get(side) ?? findSpots(raster, side)
    found.set(side, spots)
    return spots
  }
}

/** The likeliest first. On a finer picture too, until the plates that are found are all of a phrase. */
function lookFor(raster: Raster, spots: Spotter, hand: Hand): readonly Seen[] {
  let seen: readonly Seen[] = []
  const most = Math.max(raster.width, raster.height)
  for (const side of SIDES.filter((_, i) => i === 0 || (SIDES[i - 1] as number) < most)) {
    seen = apart([...seen, ...platesIn(raster, findFrames(spots(side), hand))])
    if (isComplete(seen.filter(isRead))) break
  }
  const least = LEAST_LIKE * Math.min(...seen.filter(isRead).map((one) => one.darkness))
  return seen.filter((one) => isRead(one) || !Number.isFinite(least) || one.darkness >= least)
}

/** Of the darkness of the marks of a plate that was read, those of one beside it that was not. */
const LEAST_LIKE = 0.6

function isComplete(read: readonly Read[]): boolean {
  const beside = ({ kind }: PlateReading) =>
    read.filter(({ reading }) => reading.kind.style === kind.style && reading.kind.words === kind.words)
  return read.length > 0 && read.every(({ reading }) => beside(reading).length >= reading.of)
}

function readingsOf(seen: readonly Seen[]): readonly PlateReading[] {
  const readings = seen.flatMap(({ reading }) => reading ?? [])
  return readings.sort((a, b) => a.kind.number - b.kind.number)
}

/** Less is no mark. */
const LEAST_DARKNESS = 0.07
/** Frames whose mark is a mark, and frames whose mark may have a slip. */
const MOST_READ = 60
const MOST_GUESSED = 3

function platesIn(raster: Raster, frames: readonly Frame[]): readonly Seen[] {
  const seen: Seen[] = []
  const soft = softener(raster)
  const likely = frames
    .map((frame) => ({ frame, dark: darkness(soft(frame), frame) }))
    .filter(({ dark }) => dark > LEAST_DARKNESS)
    .sort((a, b) => likeness(b) - likeness(a))
  const told = likely.map((one) => ({ ...one, mark: readMark(soft(one.frame), one.frame) }))
  const clear = told.filter(({ mark }) => mark.kind !== null).slice(0, MOST_READ)
  const unclear = told.filter(({ mark }) => mark.kind === null).slice(0, MOST_GUESSED)
  for (const { frame, dark, mark } of [...clear, ...unclear]) {
    if (seen.some((one) => stateOf(one) >= 0 && isWithin(frame.box, one.box))) continue
    const found = readFrame(soft(frame), frame, mark)
    if (found) seen.push({ ...found, box: frame.box, darkness: dark, likeness: likeness({ frame, dark }) })
  }
  return seen
}

interface Likely {
  readonly frame: Frame
  /** Of its marks. */
  readonly dark: number
}

/** Punches lie as the marks do in many places, and are darker than marks that the light reaches: but not as far apart. */
function likeness({ frame: { box, spread }, dark }: Likely): number {
  return (box.width * box.height * dark) / spread
}

/** Less than 0 for one that is not read. */
function stateOf({ reading }: Seen): number {
  return ['settled', 'holds'].indexOf(reading?.check ?? '')
}

/**
 * Of those that overlap the one whose check holds, else the one that is settled, else the likeliest: a frame that is none gives
 * punches at random, whose check all but never holds.
 */
function apart(seen: readonly Seen[]): readonly Seen[] {
  const kept: Seen[] = []
  for (const one of [...seen].sort((a, b) => stateOf(b) - stateOf(a) || b.likeness - a.likeness))
    if (!kept.some(({ box }) => isWithin(one.box, box))) kept.push(one)
  return kept
}

/** By the middle of the inner one, either way round: plates do not lie on each other. */
function isWithin(a: Box, b: Box): boolean {
  const holdsMiddle = (outer: Box, inner: Box) => {
    const [x, y] = [inner.x + inner.width / 2, inner.y + inner.height / 2]
    return x > outer.x && x < outer.x + outer.width && y > outer.y && y < outer.y + outer.height
  }
  return holdsMiddle(a, b) || holdsMiddle(b, a)
}
