/**
 * Where the codewords of a QR code lie among its modules, and which format it says it has. ISO/IEC 18004, sections 6.3
 * (what is no data), 7.6 and 7.7 (blocks, and the way of the bits), 7.8 (masks), 7.9 and 7.10 (format and version). The
 * tables are those of `qr`. Not here: what the codewords say.
 */
import {
  _alignmentPatterns as alignmentPatterns,
  _ECC_BLOCKS as BLOCKS,
  type ErrorCorrection,
  _formatBits as formatBits,
  _maskBits as maskBits,
  _versionBits as versionBits,
  _WORDS_PER_BLOCK as WORDS,
} from 'qr'

export interface Format {
  readonly correction: ErrorCorrection
  readonly mask: number
}

/** A place among the modules: its row times the size plus its column. */
type Place = number

const FORMATS: readonly Format[] = (['low', 'medium', 'quartile', 'high'] as const).flatMap((correction) =>
  Array.from({ length: 8 }, (_, mask) => ({ correction, mask })),
)

/** The likeliest formats first, by what is sure (not 1 in `unsure`) of the two places where it stands. */
export function formatsOf(modules: readonly boolean[], size: number, unsure: Uint8Array): readonly Format[] {
  const misses = (format: Format) =>
    formatModules(size, format).filter(({ place, black }) => unsure[place] !== 1 && modules[place] !== black)
      .length
  return FORMATS.map((format) => ({ format, missed: misses(format) }))
    .toSorted((a, b) => a.missed - b.missed)
    .map(({ format }) => format)
}

export interface Module {
  readonly place: Place
  readonly black: boolean
}

/** The two copies of the format, and the dark module beside the second. */
export function formatModules(size: number, { correction, mask }: Format): readonly Module[] {
  const bits = formatBits(correction, mask)
  return [
    ...formatPlaces(size).flatMap((copy) =>
      copy.map((place, i) => ({ place, black: ((bits >> i) & 1) === 1 })),
    ),
    { place: (size - 8) * size + 8, black: true },
  ]
}

/** The two copies of the version, which codes of 45 modules and more have. */
export function versionModules(size: number): readonly Module[] {
  const version = (size - 17) / 4
  if (version < 7) return []
  const bits = versionBits(version)
  return Array.from({ length: 18 }, (_, i) => {
    const [a, b, black] = [Math.floor(i / 3), size - 11 + (i % 3), ((bits >> i) & 1) === 1]
    return [
      { place: a * size + b, black },
      { place: b * size + a, black },
    ]
  }).flat()
}

/** Figure 25: both copies, the lowest bit first. */
function formatPlaces(size: number): readonly (readonly Place[])[] {
  const place = (x: number, y: number) => y * size + x
  const [along, down] = [
    [0, 1, 2, 3, 4, 5, 7, 8].map((y) => place(8, y)),
    [7, 5, 4, 3, 2, 1, 0].map((x) => place(x, 8)),
  ]
  const [right, below] = [
    Array.from({ length: 8 }, (_, i) => place(size - 1 - i, 8)),
    Array.from({ length: 7 }, (_, i) => place(8, size - 7 + i)),
  ]
  return [
    [...along, ...down],
    [...right, ...below],
  ]
}

/** The places of a block's codewords, eight modules each, highest bit first, those of correction last. */
export interface Block {
  readonly words: readonly (readonly Place[])[]
  readonly correction: number
}

/** The blocks of a code in which codewords are dealt out by turns. */
export function blocksOf(size: number, { correction }: Format): readonly Block[] {
  const version = (size - 17) / 4
  const [count, own] = [BLOCKS[correction][version - 1]!, WORDS[correction][version - 1]!]
  const way = wayOf(size)
  const all = Math.floor(way.length / 8)
  const word = (i: number) => way.slice(i * 8, i * 8 + 8)
  const data = Math.floor(all / count) - own
  const short = count - (all % count)
  return Array.from({ length: count }, (_, block) => {
    const [mine, extra] = [Array.from({ length: data }, (_, i) => word(i * count + block)), block - short]
    const longest = extra >= 0 ? [word(data * count + extra)] : []
    const from = all - own * count
    const check = Array.from({ length: own }, (_, i) => word(from + i * count + block))
    return { words: [...mine, ...longest, ...check], correction: own }
  })
}

const ways = new Map<number, readonly Place[]>()

/** The bits of the data go in pairs of columns from the right, up and down. */
function wayOf(size: number): readonly Place[] {
  const known = ways.get(size)
  if (known) return known
  const taken = functionPlaces(size)
  const way: Place[] = []
  let isUp = true
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right = 5
    for (let i = 0; i < size; i++) {
      const y = isUp ? size - 1 - i : i
      for (const x of [right, right - 1]) if (!taken.has(y * size + x)) way.push(y * size + x)
    }
    isUp = !isUp
  }
  ways.set(size, way)
  return way
}

/** Finder patterns with separators and format, timing, alignment patterns, and the version from 7 on. */
function functionPlaces(size: number): ReadonlySet<Place> {
  const taken = new Set<Place>()
  const fill = (left: number, top: number, width: number, height: number) => {
    for (let y = top; y < top + height; y++) for (let x = left; x < left + width; x++) taken.add(y * size + x)
  }
  fill(0, 0, 9, 9)
  fill(size - 8, 0, 8, 9)
  fill(0, size - 8, 9, 8)
  fill(0, 6, size, 1)
  fill(6, 0, 1, size)
  const version = (size - 17) / 4
  const centres = alignmentPatterns(version)
  const [first, last] = [centres[0], centres.at(-1)]
  for (const x of centres)
    for (const y of centres) {
      const isFinder = (x === first && (y === first || y === last)) || (x === last && y === first)
      if (!isFinder) fill(x - 2, y - 2, 5, 5)
    }
  if (version >= 7) {
    fill(size - 11, 0, 3, 6)
    fill(0, size - 11, 6, 3)
  }
  return taken
}

/** Whether the mask turns the module over. */
export function isMasked(place: Place, size: number, { mask }: Format): boolean {
  return ((maskBits(place % size, Math.floor(place / size)) >> mask) & 1) === 1
}
