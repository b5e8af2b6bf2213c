/**
 * A capsule as sheets of paper: codes, pages, a file, and the proof that the file reads back. A file that two readers do
 * not read alike is none.
 */
import { text as decodeText, equal } from '@cairn/core/bytes.js'
import { fail } from '@cairn/core/errors.js'
import { drawPdf } from '@cairn/core/sheets/draw/pdf.js'
import type { Drawing, Paper } from '@cairn/core/sheets/drawing.js'
import { kitFor } from '@cairn/core/sheets/layout/kit.js'
import { layOutSnapshot } from '@cairn/core/sheets/layout/snapshot.js'
import {
  type Arrangement,
  arrange,
  decodeSheets,
  encodePages,
  fitsSet,
  formatPage,
  PAGE_BYTES,
  parsePage,
  sortPages,
} from '@cairn/core/sheets/paper.js'
import type { Code } from '@cairn/core/sheets/read/codes.js'
import { qrReader } from '@cairn/core/sheets/read/qr-reader.js'
import { cropped, type Raster } from '@cairn/core/sheets/read/raster.js'
import { type VaultDescription, vaultFingerprint } from '@cairn/core/vault/description.js'
import { policySentences } from '@cairn/core/vault/quorum.js'
import { type Progress, silent } from '../ports.js'
import type { MadeCapsule } from '../vault/to-capsule.js'
import { diskFonts } from './fonts.js'
import { provenPages, unproven } from './prove-page.js'
import { zxingReader } from './zxing-reader.js'

export interface SnapshotPlan {
  readonly capsule: MadeCapsule
  readonly description: VaultDescription
  readonly paper: Exclude<Paper, 'card'>
  /** How many sheets may be lost; a quarter unless given. */
  readonly mayLose?: number | undefined
  /** Refused when there would be more. */
  readonly mostSheets: number
}

export interface SnapshotSheets {
  /** Eight hex digits. */
  readonly print: string
  readonly arrangement: Arrangement
  /** How many sheets may be lost. */
  readonly mayLose: number
  readonly codes: readonly string[]
  readonly drawing: Drawing
}

/** The codes and the pages. @throws CairnError `capsule-large`, `sheet-paper`, `sheet-fonts` */
export function snapshotSheets(plan: SnapshotPlan): SnapshotSheets {
  const { capsule, description, paper } = plan
  const arrangement = arrange({ length: capsule.bytes.length, pageBytes: PAGE_BYTES, ...lose(plan) })
  requireFew(arrangement, plan)
  const pages = encodePages(capsule.bytes, { pageBytes: PAGE_BYTES, parity: arrangement.parity })
  const codes = pages.map(formatPage)
  const print = sortPages(pages).sets[0]?.set.id ?? ''
  const { time, wallets } = capsule.manifest
  const drawing = layOutSnapshot(kitFor(paper, diskFonts()), {
    vault: vaultFingerprint(description),
    ...{ print, arrangement, codes },
    snapshots: snapshotsOf(capsule),
    wallets: wallets.length,
    date: time.slice(0, 10),
    policy: policySentences(description.policy),
  })
  const mayLose = arrangement.sheets - Math.ceil(arrangement.data / arrangement.perSheet)
  return { print, arrangement, mayLose, codes, drawing }
}

function lose({ mayLose }: SnapshotPlan): { readonly mayLose?: number } {
  return mayLose === undefined ? {} : { mayLose }
}

function requireFew(arrangement: Arrangement, { capsule, mostSheets }: SnapshotPlan): void {
  const { sheets } = arrangement
  if (fitsSet(arrangement) && sheets <= mostSheets) return
  const [largest] = capsule.sizes
  fail('capsule-large', {
    size: `it would be ${sheets} pages`,
    limit: fitsSet(arrangement) ? `${mostSheets} are allowed` : 'a print has 255 codes at most, 12 a page',
    largest: largest ? `${largest.wallet} (${Math.ceil(largest.bytes / 1000)} kB compressed)` : 'nothing',
  })
}

function snapshotsOf({ manifest }: MadeCapsule) {
  const all = new Map(
    manifest.wallets.map(({ snapshot: { id, seq, time } }) => [id, { seq, date: time.slice(0, 10) }]),
  )
  return [...all.values()].sort((a, b) => a.seq - b.seq)
}

/** As a PDF, proven. @throws CairnError `sheet-unproven`, and those of `drawPdf` */
export async function snapshotPdf(sheets: SnapshotSheets, progress: Progress = silent): Promise<Uint8Array> {
  const bytes = await drawPdf(sheets.drawing, { fonts: diskFonts() })
  await proveSnapshot(bytes, sheets, progress)
  return bytes
}

/**
 * Draws the pages of a PDF as pixels, holds their words and marks against what was meant, and reads all codes with two
 * readers.
 * @throws CairnError `sheet-unproven`
 */
export async function proveSnapshot(
  bytes: Uint8Array,
  { codes, drawing }: Pick<SnapshotSheets, 'codes' | 'drawing'>,
  progress: Progress = silent,
): Promise<void> {
  const read = new Set<string>()
  let done = 0
  for await (const { fine } of provenPages({ files: [bytes], drawing }, diskFonts())) {
    for (const code of await readTwice(fine)) read.add(code)
    progress({ what: 'prove', done: ++done, total: drawing.pages.length })
  }
  if (codes.some((code) => !read.has(code))) unproven('a code is not read by both readers')
  decodeSheets([...read].map(parsePage))
}

/** What both readers give: the second one looks where the first one found something. */
async function readTwice(raster: Raster): Promise<readonly string[]> {
  const codes = await zxingReader.read(raster)
  const texts: string[] = []
  for (const code of codes) {
    const again = await qrReader.read(cropped(raster, around(code)))
    if (again.some(({ bytes }) => equal(bytes, code.bytes))) texts.push(decodeText(code.bytes))
  }
  return texts
}

/** A little more than the code, for its quiet zone. */
function around({ corners }: Code) {
  const [xs, ys] = [corners.map(({ x }) => x), corners.map(({ y }) => y)]
  const [left, top] = [Math.min(...xs), Math.min(...ys)]
  const side = Math.max(Math.max(...xs) - left, Math.max(...ys) - top)
  const more = side / 24
  return { x: left - more, y: top - more, width: side + 2 * more, height: side + 2 * more }
}
