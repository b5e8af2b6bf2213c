/**
 * A code with stains, mended: where its modules are of one colour over more than a code has, they are taken for unknown
 * and not for right or wrong, so that its correction bears twice as many. ISO/IEC 18004, section 7.5.1: of d codewords of
 * correction, e known to be spoilt and t wrong can be put right while e + 2t <= d. What the code says is left to the readers.
 */
import { corrected } from './qr-correction.js'
import {
  type Block,
  blocksOf,
  type Format,
  formatModules,
  formatsOf,
  isMasked,
  versionModules,
} from './qr-modules.js'

/** Modules along a side that are all of one colour: in a code that is whole one square of so many in 2^8 or 2^15. */
const SPOTS = [4, 3] as const
const MOST_FORMATS = 3

/**
 * @param modules row by row, true for black
 * @param grey how light each of them is, where that is known
 * @returns null when it is spoilt too much, or is no code
 */
export function mended(
  modules: readonly boolean[],
  size: number,
  grey?: Uint8Array,
): readonly boolean[] | null {
  const alike = SPOTS.map((side) => spotsOf(modules, size, side))
  const spots = grey ? [...alike, ...shadesOf(modules, grey, alike.at(-1)!)] : alike
  for (const format of formatsOf(modules, size, spots[0]!).slice(0, MOST_FORMATS)) {
    const whole = withFormat({ modules, size, spots }, format)
    if (whole) return whole
  }
  return null
}

interface Stained {
  readonly modules: readonly boolean[]
  readonly size: number
  /** 1 for what may be spoilt, by each way of telling. */
  readonly spots: readonly Uint8Array[]
}

/** 1 for every module that lies in a square of one colour. */
function spotsOf(modules: readonly boolean[], size: number, side: number): Uint8Array {
  const spots = new Uint8Array(modules.length)
  for (const [corner, largest] of squaresTo(modules, size).entries())
    if (largest >= side)
      for (let i = 0; i < side * side; i++) spots[corner - Math.floor(i / side) * size - (i % side)] = 1
  return spots
}

/** Part of the way from ink to paper: what lies farther off than that from both is neither. */
const NEAR = 0.12

/** 1 for every module that is neither as dark as ink nor as light as paper, and for those that are in spots as well. */
function shadesOf(modules: readonly boolean[], grey: Uint8Array, spots: Uint8Array): readonly Uint8Array[] {
  const ink = median(grey.filter((_, i) => modules[i]))
  const paper = median(grey.filter((_, i) => !modules[i]))
  const off = NEAR * (paper - ink)
  const between = grey.map((tone) => (Math.abs(tone - ink) > off && Math.abs(tone - paper) > off ? 1 : 0))
  return [between, between.map((isBetween, i) => isBetween | spots[i]!)]
}

function median(tones: Uint8Array): number {
  return tones.toSorted()[tones.length >> 1] ?? 0
}

/** The side of the largest square of one colour that ends at each module, its lower right one. */
function squaresTo(modules: readonly boolean[], size: number): Uint8Array {
  const sides = new Uint8Array(modules.length).fill(1)
  for (let at = size + 1; at < modules.length; at++) {
    if (at % size === 0) continue
    const before = [at - 1, at - size, at - size - 1] as const
    if (before.every((place) => modules[place] === modules[at]))
      sides[at] = 1 + Math.min(sides[before[0]]!, sides[before[1]]!, sides[before[2]]!)
  }
  return sides
}

function withFormat(stained: Stained, format: Format): readonly boolean[] | null {
  const { modules, size } = stained
  const whole = [...modules]
  for (const { place, black } of [...formatModules(size, format), ...versionModules(size)])
    whole[place] = black
  for (const block of blocksOf(size, format)) {
    const words = mendedBlock(stained, block, format)
    if (!words) return null
    for (const [i, places] of block.words.entries())
      for (const [bit, place] of places.entries())
        whole[place] = (((words[i]! >> (7 - bit)) & 1) === 1) !== isMasked(place, size, format)
  }
  return whole
}

function mendedBlock(
  { modules, size, spots }: Stained,
  { words, correction }: Block,
  format: Format,
): Uint8Array | null {
  const bit = (place: number) => (modules[place] !== isMasked(place, size, format) ? 1 : 0)
  const read = Uint8Array.from(words, (places) => places.reduce((word, place) => word * 2 + bit(place), 0))
  for (const unsure of spots) {
    const spoilt = words.flatMap((places, i) => (places.some((place) => unsure[place] === 1) ? [i] : []))
    const whole = corrected(read, correction, spoilt)
    if (whole) return whole
  }
  return null
}
