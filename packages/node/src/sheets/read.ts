/** Files with sheets on them, read: pictures by their codes, texts by their words. */
import { fail } from '@cairn/core/errors.js'
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

/**
 * Everything that the files hold, secrets before what is public.
 * @throws CairnError those of `picturePages`; `codes-none`, `sheet-unknown` when nothing is found in a file at all
 */
export async function readSheets(files: readonly PictureFile[]): Promise<readonly FoundReading[]> {
  const all: FoundReading[] = []
  const plates = new Map<string, readonly PlateReading[]>()
  for (const file of files) {
    requireSize(file)
    const pages = againPages(file)
    const found = await readFile(file, pages())
    const seen = found.length === 0 ? await platesOn(pages()) : []
    if (found.length + seen.length === 0)
      fail(isPicture(file) ? 'codes-none' : 'sheet-unknown', { name: file.name })
    all.push(...found)
    if (seen.length > 0) plates.set(file.name, seen)
  }
  if (plates.size > 0) all.push(...onSteel(plates))
  return joined(all).toSorted((a, b) => Number(b.secret) - Number(a.secret))
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

/** Steel plates, and templates of them, where no code is. */
async function platesOn(pages: AsyncIterable<PicturePage>): Promise<readonly PlateReading[]> {
  const found: PlateReading[] = []
  for await (const page of pages) found.push(...readPlates(await page.raster(READING_DPI)))
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
