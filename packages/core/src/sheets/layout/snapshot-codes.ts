/** The pages of codes of a vault on paper: six large codes with what they are beside them, or twelve with that below. */
import { fail } from '../../errors.js'
import type { Page } from '../drawing.js'
import { type Arrangement, codesOn } from '../paper.js'
import { type Block, beside, shifted, stack } from './block.js'
import { type Kit, LEADING } from './kit.js'
import { layOut, type Sheet } from './pages.js'
import { makeQr, qrBlock, quietZone } from './qr.js'
import { sentences } from './text.js'
import { titleBlock } from './title.js'

/** How many pages there are, and how many of them may be lost. */
export function countsOf({ sheets, data, perSheet }: Arrangement) {
  return { sheets, mayLose: sheets - Math.ceil(data / perSheet) }
}

export interface CodePrint {
  readonly arrangement: Arrangement
  /** Texts of all codes, in order. */
  readonly codes: readonly string[]
  /** The day, YYYY-MM-DD. */
  readonly date: string
}

export interface CodePage {
  readonly print: CodePrint
  /** From 1. */
  readonly sheet: number
}

/** @throws CairnError `sheet-paper`, `sheet-too-large` */
export function codePage(kit: Kit, common: Omit<Sheet, 'blocks'>, { print, sheet }: CodePage): Page {
  const { sheets, mayLose } = countsOf(print.arrangement)
  const enough = sheets - mayLose
  const subtitle = `Any ${enough} of these pages ${enough === 1 ? 'brings' : 'bring'} all of it back.`
  const head = titleBlock(kit, {
    title: `Page ${sheet} of ${sheets}`,
    subtitle: `A vault on paper. ${subtitle}`,
  })
  const room = kit.height - head.height - kit.style.gap - ROUNDING
  const area = { codes: codesOf(print, sheet), says: says(print), room }
  const blocks = print.arrangement.perSheet === 6 ? fewCodes(kit, area) : manyCodes(kit, area)
  const number = `${sheet} / ${sheets}`
  return layOut(kit, { ...common, blocks: [head, ...blocks], maxPages: 1, number }).pages[0] as Page
}

/** Enough to go on with for whoever finds one page alone. */
function says({ date }: CodePrint): readonly string[] {
  return [
    `Sealed wallet backups, printed on ${date}.`,
    'With Cairn: cairn restore --from-paper SCANS… --to FOLDER.',
    'Without: each code is Base45 of a part, as the first pages of this print say; age and tar open the whole.',
  ]
}

interface CodeArea {
  readonly codes: readonly Code[]
  readonly says: readonly string[]
  /** Height, in mm. */
  readonly room: number
}

interface Code {
  readonly number: number
  readonly qr: ReturnType<typeof makeQr>
}

function codesOf({ codes, arrangement }: CodePrint, sheet: number): readonly Code[] {
  const numbers = codesOn(sheet, arrangement.perSheet)
  return numbers.map((number) => ({ number, qr: makeQr(codes[number - 1] as string, 'quartile') }))
}

/** Width of what is said beside the codes, in mm. */
const SAYS = 32

function fewCodes(kit: Kit, { codes, says: lines, room }: CodeArea): readonly Block[] {
  const width = kit.width - SAYS - kit.style.gutter
  const grid = codeGrid(kit, { codes, columns: 2, width, room })
  const style = { width: SAYS, size: kit.style.small }
  const said = stack(
    lines.map((text) => sentences(kit, text, style)),
    kit.style.gap,
  )
  return [beside([shifted(said, { y: kit.style.gap }), grid], [0, kit.width - width])]
}

function manyCodes(kit: Kit, { codes, says: lines, room }: CodeArea): readonly Block[] {
  const foot = sentences(kit, lines.join(' '), { width: kit.width, size: kit.style.small })
  const left = room - foot.height - kit.style.gap
  return [codeGrid(kit, { codes, columns: 3, width: kit.width, room: left }), foot]
}

/** Of the square around a code with its quiet zone, in mm, where a code of version 25 is at least this large. */
const LEAST_SIDE = 40

/** Sums of heights are a little off. */
const ROUNDING = 0.01

/** Below each code, in mm. */
const CAPTION = 3.6

interface Grid {
  readonly codes: readonly Code[]
  readonly columns: number
  readonly width: number
  readonly room: number
}

/** As large as the room allows; the modules of the outer codes reach to both sides. @throws CairnError `sheet-paper` */
function codeGrid(kit: Kit, { codes, columns, width, room }: Grid): Block {
  const rows = codes.length / columns
  const quiet = quietZone((codes[0] as Code).qr, 1)
  const side = Math.min(width / (columns - 2 * quiet), room / rows - CAPTION)
  if (side < LEAST_SIDE) fail('sheet-paper', { what: 'a vault on paper', paper: kit.paper })
  const step = (width + 2 * quiet * side - side) / (columns - 1)
  const cells = codes.map((code) => codeBlock(kit, code, side))
  const grid = Array.from({ length: rows }, (_, row) =>
    beside(
      cells.slice(row * columns, (row + 1) * columns),
      Array.from({ length: columns }, (_, i) => i * step - quiet * side),
    ),
  )
  return stack(grid)
}

function codeBlock(kit: Kit, { qr, number }: Code, side: number): Block {
  const caption = sentences(kit, `${number}`, { width: side, size: CAPTION / LEADING, anchor: 'middle' })
  return stack([qrBlock(kit, { qr, side }), caption])
}
