// @ts-check
// What the sheets are measured against: a page of text by the PDF library alone, pdftoppm, and zbarimg on the same pictures.
// Seconds are of processor time; a peer that is a program is measured as a whole process.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cutOut, DAMAGES } from '../packages/core/dist/sheets/margin.js'
import { readCodes } from '../packages/core/dist/sheets/read/codes.js'
import { pdfPages } from '../packages/node/dist/sheets/pdf.js'
import { READERS, readSheets } from '../packages/node/dist/sheets/read.js'
import { zxingReader } from '../packages/node/dist/sheets/zxing-reader.js'
import { has } from './tools.js'

/**
 * @typedef {import('../packages/core/dist/sheets/read/raster.js').Raster} Raster
 * @typedef {import('../packages/core/dist/sheets/drawing.js').Drawing} Drawing
 * @typedef {{ what: string, cairn: number, peer: string, theirs: number, note?: string }} Compared
 */

const DPI = 300
const TRIES = 5
const SEEDS = [1, 2, 3]
/** Of each kind of damage, where codes begin to be lost. */
const LEVEL = 4
const POINTS_PER_MM = 72 / 25.4

/** Seconds of processor time of this process. @param {() => Promise<unknown>} run */
export async function cpuOf(run) {
  const before = process.cpuUsage()
  await run()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}

/**
 * Seconds of processor time of a program, and what it printed. A shell tells the time of its children, on every system.
 * @param {string[]} command
 */
function program(command) {
  const options = { maxBuffer: 1e9, env: { ...process.env, LC_ALL: 'C' } }
  const { stdout } = spawnSync('sh', ['-c', '"$@"; times', 'sh', ...command], options)
  const lines = stdout.toString().trimEnd().split('\n')
  // POSIX, `times`: the last line but one is of the shell, the last of its children, user and system
  const spent = [...(lines.at(-1) ?? '').matchAll(/(\d+)m([\d.]+)s/g)]
  const seconds = spent.reduce((sum, [, minutes, rest]) => sum + 60 * Number(minutes) + Number(rest), 0)
  return { seconds, printed: lines.slice(0, -2).join('\n') }
}

/** The texts of a sheet as a PDF by the library as its manual says, without its code. @param {Drawing} drawing @param {Uint8Array} font */
export async function plainPage({ size, pages }, font) {
  const load = createRequire(new URL('../packages/core/package.json', import.meta.url))
  const { PDFDocument } = load('@cantoo/pdf-lib')
  const file = await PDFDocument.create()
  file.registerFontkit(load('@cantoo/fontkit'))
  const embedded = await file.embedFont(font, { subset: true })
  for (const { marks } of pages) {
    const page = file.addPage([size.width * POINTS_PER_MM, size.height * POINTS_PER_MM])
    for (const mark of marks)
      if (mark.kind === 'text')
        page.drawText(mark.text, {
          ...{ x: mark.x * POINTS_PER_MM, y: (size.height - mark.y) * POINTS_PER_MM },
          ...{ size: mark.size * POINTS_PER_MM, font: embedded },
        })
  }
  return file.save()
}

/** @param {Uint8Array} pdf a sheet with one code @returns {Promise<{ rows: Compared[], missing: string[] }>} */
export async function readingRows(pdf) {
  const folder = mkdtempSync(join(tmpdir(), 'cairn-sheets-'))
  try {
    const rows = [
      ...(has('pdftoppm') ? [await rasterRow(pdf, folder)] : []),
      ...(has('zbarimg') ? [await codesRow(pdf, folder), await photoRow(pdf, folder)] : []),
    ]
    return { rows, missing: ['pdftoppm', 'zbarimg'].filter((name) => !has(name)) }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** @param {Uint8Array} pdf @returns {Promise<Raster>} */
async function rasterOf(pdf) {
  for await (const page of pdfPages('sheet', pdf)) return page.raster(DPI)
  throw new Error('no page')
}

/** @param {Uint8Array} pdf @param {string} folder @returns {Promise<Compared>} */
async function rasterRow(pdf, folder) {
  const file = join(folder, 'sheet.pdf')
  writeFileSync(file, pdf)
  await rasterOf(pdf) // compiled once
  const cairn = await cpuOf(async () => {
    for (let i = 0; i < TRIES; i++) await rasterOf(pdf)
  })
  let theirs = 0
  for (let i = 0; i < TRIES; i++)
    theirs += program(['pdftoppm', '-r', `${DPI}`, '-gray', file, join(folder, 'page')]).seconds
  return {
    ...{ what: `a page of A4 as pixels at ${DPI} dots an inch`, peer: 'pdftoppm' },
    ...{ cairn: cairn / TRIES, theirs: theirs / TRIES },
  }
}

/** @param {Uint8Array} pdf @param {string} folder @returns {Promise<Compared>} */
async function codesRow(pdf, folder) {
  const page = await rasterOf(pdf)
  const [code] = await zxingReader.read(page)
  if (!code) throw new Error('no code')
  const clean = cutOut(page, code.corners, code.modules ?? 0)
  const pictures = DAMAGES.flatMap((damage) =>
    SEEDS.map((seed) => damage.apply(clean, damage.levels[LEVEL] ?? 0, seed)),
  )
  const files = pictures.map((picture, i) => pgm(join(folder, `${i}.pgm`), picture))
  const says = Buffer.from(code.bytes).toString()
  let found = 0
  const cairn = await cpuOf(async () => {
    for (const picture of pictures)
      if ((await readCodes(picture, READERS)).some(({ bytes }) => Buffer.from(bytes).toString() === says))
        found++
  })
  const { seconds, printed } = program(['zbarimg', '-q', '--raw', '-Sdisable', '-Sqrcode.enable', ...files])
  const theirs = printed.split('\n').filter((line) => line === says).length
  return {
    ...{ what: `${pictures.length} pictures of a damaged code`, peer: 'zbarimg', cairn, theirs: seconds },
    note: `found ${found}, by zbarimg ${theirs}`,
  }
}

/** A page without its code, in the light of a lamp. @param {Uint8Array} pdf @param {string} folder @returns {Promise<Compared>} */
async function photoRow(pdf, folder) {
  const page = await rasterOf(pdf)
  const [width, height] = [3000, 4000]
  const grey = new Uint8Array(width * height)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [u, v] = [Math.floor(x * 0.8 + y * 0.02), Math.floor(y * 0.8 - x * 0.02)]
      // the lower half of a sheet has text only: it is shown twice
      const ink = page.grey[((v % (page.height >> 1)) + (page.height >> 1)) * page.width + u] ?? 90
      grey[y * width + x] = (40 + ink * 0.8) * (1 - Math.hypot(x - 900, y - 900) / 9000)
    }
  const data = Buffer.alloc(width * height * 4, 255)
  for (let i = 0; i < grey.length; i++) data.fill(grey[i] ?? 0, i * 4, i * 4 + 3)
  const { encode } = createRequire(import.meta.url)('jpeg-js')
  const file = join(folder, 'photo.jpg')
  writeFileSync(file, encode({ width, height, data }, 85).data)
  const read = () => readSheets([{ name: file, bytes: readFileSync(file) }]).catch(() => [])
  const cairn = await cpuOf(read)
  const { seconds } = program(['zbarimg', '-q', '--raw', '-Sdisable', '-Sqrcode.enable', file])
  return {
    ...{ what: 'a photo of 12 million pixels of text, no code', peer: 'zbarimg', cairn, theirs: seconds },
    note: 'Cairn looks for steel plates too',
  }
}

/** @param {string} file @param {Raster} raster */
function pgm(file, { width, height, grey }) {
  writeFileSync(file, Buffer.concat([Buffer.from(`P5 ${width} ${height} 255\n`), grey]))
  return file
}
