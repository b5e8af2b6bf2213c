/** Files with sheets on them, read: pictures by their codes, texts by their words. */
import { fail, isCairnError } from '@cairn/core/errors.js'
import { type CodeReader, readCodes, type SeenCode } from '@cairn/core/sheets/read/codes.js'
import { qrReader } from '@cairn/core/sheets/read/qr-reader.js'
import { seedQrSlips } from '@cairn/core/sheets/read/slips.js'
import { joinParts, type Reading, readContent, readMarkup, readTyped } from '@cairn/core/sheets/read.js'
import { readSteel } from '@cairn/core/sheets/steel/join.js'
import { type PlateReading, readPlates } from '@cairn/core/sheets/steel/read.js'
import { MAX_FILE_BYTES } from './bounds.js'
import { againPages, formatOf, isPicture, type PictureFile, type PicturePage, textOf } from './picture.js'
import { zxingReader } from './zxing-reader.js'

/** Two programs that have nothing in common: what both give is what stands there. */
export const READERS: readonly CodeReader[] = [qrReader, zxingReader]

/** Of a scan in usual quality. */
const READING_DPI = 300

export interface FoundReading extends Reading {
  /** As the person named it; several where a UR came from several. */
  readonly files: readonly string[]
  /** Page of a PDF, from 1; null where it came from a text or from several pages. */
  readonly page: number | null
  /** Who read the code; empty for words. */
  readonly readers: readonly string[]
}

export interface SheetsFound {
  /** Secrets before what is public. */
  readonly found: readonly FoundReading[]
  /** Names of pictures on which nothing could be read, though others have something: second pages have no code. */
  readonly without: readonly string[]
}

/**
 * Everything that the files hold, and where nothing was found.
 * @throws CairnError those of `picturePages` and `readSteel`; `codes-none` when nothing is found on any picture,
 * `sheet-unknown` when nothing is found in a text
 */
export async function readSheets(files: readonly PictureFile[]): Promise<SheetsFound> {
  const all: FoundReading[] = []
  const plates = new Map<string, readonly PlateReading[]>()
  const none: string[] = []
  for (const file of files) {
    requireSize(file)
    const pages = againPages(file)
    const found = await readFile(file, pages())
    all.push(...found)
    if (found.length > 0) continue
    if (!isPicture(file)) fail('sheet-unknown', { name: file.name })
    const seen = await platesOn(pages(), files.length)
    if (seen.length === 0) none.push(file.name)
    else plates.set(file.name, seen)
  }
  const steel = plates.size > 0 ? platesBeside(all, plates) : []
  const found = joined([...all, ...(steel ?? [])]).toSorted((a, b) => Number(b.secret) - Number(a.secret))
  const without = [...none, ...(steel === null ? plates.keys() : [])]
  return found.length > 0 ? { found, without } : fail('codes-none', { name: without.join(', ') })
}

/**
 * Words in print look like plates that are not clear: beside sheets that were read, plates that were not are none. Null then.
 * @throws CairnError as `readSteel` where nothing else was found
 */
function platesBeside(
  all: readonly FoundReading[],
  plates: ReadonlyMap<string, readonly PlateReading[]>,
): readonly FoundReading[] | null {
  try {
    return onSteel(plates)
  } catch (error) {
    if (all.length > 0 && isCairnError(error)) return null
    throw error
  }
}

function requireSize({ name, bytes }: PictureFile): void {
  if (bytes.length === 0) fail('picture-damaged', { name, reason: 'it is empty' })
  if (bytes.length > MAX_FILE_BYTES)
    fail('picture-too-large', {
      name,
      what: `${Math.round(bytes.length / 1024 / 1024)} MB`,
      limit: `${MAX_FILE_BYTES / 1024 / 1024} MB`,
    })
}

/** Its codes; where there are none, words that can be selected, as people type them or programs save them. */
async function readFile(
  file: PictureFile,
  pages: AsyncIterable<PicturePage>,
): Promise<readonly FoundReading[]> {
  const { name } = file
  const found: FoundReading[] = []
  const texts: string[] = []
  let number = 0
  for await (const page of pages) {
    number++
    texts.push(page.text)
    const about = `${page.title ?? ''}\n${page.text}`
    for (const code of await readCodes(await page.raster(READING_DPI), READERS))
      found.push({ ...readCode(code, about), files: [name], page: number, readers: code.readers })
  }
  if (found.length > 0) return found
  const text = textOf(file)
  const words = formatOf(file) === 'text' ? readTyped(text ?? '') : readMarkup(text ?? '')
  return [...words, ...texts.flatMap(readTyped)].map((reading) => ({
    ...reading,
    files: [name],
    page: null,
    readers: [],
  }))
}

/** What it says, and of a SeedQR the squares that are wrong. */
function readCode(code: SeenCode, about: string): Reading {
  const reading = readContent(code.bytes, about)
  if (reading.kind !== 'seedqr') return reading
  const { text, tells } = reading
  const slips = seedQrSlips(code, { text, words: Number(tells.words), compact: tells.compact === true })
  return slips === null || slips.length === 0
    ? reading
    : { ...reading, tells: { ...tells, slips: slips.join(', ') } }
}

/**
 * Steel plates, and templates of them, where no code is. A blank one among several files is as one without any.
 * @throws CairnError `steel-blank` of the only file
 */
async function platesOn(pages: AsyncIterable<PicturePage>, files: number): Promise<readonly PlateReading[]> {
  const found: PlateReading[] = []
  try {
    for await (const page of pages) found.push(...readPlates(await page.raster(READING_DPI)))
  } catch (error) {
    if (files === 1 || !isCairnError(error, 'steel-blank')) throw error
  }
  return found
}

/** @throws CairnError as `readSteel` */
function onSteel(seen: ReadonlyMap<string, readonly PlateReading[]>): readonly FoundReading[] {
  return readSteel([...seen.values()].flat()).map(({ text, list, settled, plates }) => {
    const files = [...seen].filter(([, readings]) => readings.some((one) => plates.includes(one)))
    const { style, words } = (plates[0] as PlateReading).kind
    const [whole] = readTyped(text)
    return {
      ...{ kind: 'steel', secret: true, text, files: files.map(([name]) => name), page: null, readers: [] },
      tells: {
        ...whole?.tells,
        ...{ style, words, plates: plates.length, settled: settled.join(', ') },
        ...(list === 'slip39' ? {} : { language: list }),
        ...(plates.some(({ hand }) => hand === 'mirrored') ? { mirrored: true } : {}),
      },
    }
  })
}

/** The parts of URs become what they make together; what was read twice is there once. */
function joined(found: readonly FoundReading[]): readonly FoundReading[] {
  const known = new Map<string, FoundReading>()
  for (const reading of found) {
    const before = known.get(`${reading.kind} ${reading.text}`)
    known.set(`${reading.kind} ${reading.text}`, before ? merged(before, reading) : reading)
  }
  const files = [...new Set(found.flatMap((reading) => reading.files))]
  return joinParts([...known.values()]).map((reading) =>
    isFound(reading) ? reading : { ...reading, files, page: null, readers: READERS.map(({ name }) => name) },
  )
}

function isFound(reading: Reading): reading is FoundReading {
  return 'readers' in reading
}

function merged(a: FoundReading, b: FoundReading): FoundReading {
  return { ...a, files: [...new Set([...a.files, ...b.files])], page: null }
}
