/**
 * Templates of plates on paper in their true size, to cut out and punch through; or a plate alone on a page of its own
 * size, for who engraves it. docs/steel.md, section "Printing".
 */
import type { Drawing, Mark, Metrics } from '../drawing.js'
import { type Block, shifted, stack } from '../layout/block.js'
import { HAIRLINE, type Kit, kitFor } from '../layout/kit.js'
import { layOut } from '../layout/pages.js'
import { mainWidth, section, steps } from '../layout/section.js'
import { sentences } from '../layout/text.js'
import { titleBlock } from '../layout/title.js'
import { isShareCount } from './content.js'
import { STEEL_SIZES } from './kinds.js'
import { drawPlate } from './layout.js'
import type { Plate } from './plates.js'

export type SteelPaper = 'a4' | 'letter' | 'plate'

export interface SteelSheetOptions {
  readonly paper: SteelPaper
  readonly metrics: Metrics
}

/** All plates of a phrase. @throws CairnError `sheet-paper` */
export function layOutSteel(plates: readonly Plate[], { paper, metrics }: SteelSheetOptions): Drawing {
  const [first] = plates as readonly [Plate]
  const title = first.holes || first.letters ? 'Steel plate' : 'Steel plate, blank'
  if (paper === 'plate') {
    const pages = plates.map((plate) => ({ marks: drawPlate(plate) }))
    return { size: STEEL_SIZES[first.size], title, language: 'en', pages }
  }
  const kit = kitFor(paper, metrics)
  const { width, height } = STEEL_SIZES[first.size]
  const what = `${first.style}, ${first.size}, ${width} x ${height} mm, ${plates.length === 1 ? 'one plate' : `${plates.length} plates`}`
  return layOut(kit, {
    ...{ title, language: 'en', what: 'these plates', footer: `${title}  ·  ${what}` },
    blocks: [
      titleBlock(kit, { title, subtitle: `Template for ${what}` }),
      section(kit, 'How to punch it', [steps(kit, stepsOf(first), { gap: 0.6 })]),
      shifted(ruler(kit), { x: kit.axis }),
      ...plates.map((plate) => plateBlock(kit, plate)),
    ],
  })
}

/** What the paper says and punches do not: without it nobody knows in fifty years what the holes are. */
const KEY_STEP =
  'Scratch or stamp the key onto the plate or its back, as it stands on the template: whoever finds holes alone does not know what they mean.'

function stepsOf({ style, words, holes, letters }: Plate): readonly string[] {
  const isBlank = holes === null && letters === null
  const stamped = isShareCount(words) ? SHARE_LETTERS : LETTERS
  const work = { binary: DOTS, decimal: DOTS, seedqr: SQUARES, letters: stamped }[style]
  const [punch, count] = isBlank ? work.blank : work.filled
  const end = isBlank ? '' : ' Then burn the template: it is as secret as the phrase.'
  return [
    'Print at 100 %, not fitted to the page, and measure the line of 100 mm below.',
    'Cut along the dashed line, and tape the template onto the plate without a fold.',
    punch,
    KEY_STEP,
    `${count}${end}`,
  ]
}

interface Work {
  /** What is punched, and how it is checked. */
  readonly filled: readonly [punch: string, count: string]
  readonly blank: readonly [punch: string, count: string]
}

const MARKS = 'Punch the five big marks and the black ones of the small ones beside them'
const DISCS = 'a black disc is a punch, aim at the white point in it; a circle stays as it is'

const DOTS: Work = {
  filled: [
    `${MARKS}, then row after row: ${DISCS}.`,
    'Count the punches of every row before you take the template off: with the check every row and every column of dots is even.',
  ],
  blank: [
    `${MARKS}. For each word mark the columns whose sum is its number with a pencil, then the check, and punch row after row.`,
    'With the check every row and every column of dots is even: count them before you take the template off.',
  ],
}

const SQUARES: Work = {
  filled: [
    `${MARKS}, then row after row: ${DISCS}.`,
    'Count the punches of every row and column before you take the template off, and compare with the number at its edge.',
  ],
  blank: [
    `${MARKS}, and the black discs. Fill in the dark squares that your signing device shows, zone by zone, with a pencil, and punch row after row.`,
    'Compare every zone with the device before you take the template off.',
  ],
}

const LETTERS: Work = {
  filled: [
    `${MARKS}, then stamp letter after letter into its box.`,
    'Read every word aloud from the steel before you take the template off.',
  ],
  blank: [
    `${MARKS}, then stamp the first four letters of each word into its boxes, and the two check words: cairn phrase parity --words 2.`,
    'Read every word aloud from the steel before you take the template off.',
  ],
}

/** A share has a checksum of its own. */
const SHARE_LETTERS: Work = {
  filled: LETTERS.filled,
  blank: [`${MARKS}, then stamp the first four letters of each word into its boxes.`, LETTERS.blank[1]],
}

const LONG_RULER = 100

function ruler(kit: Kit): Block {
  const said = sentences(kit, '100 mm when printed at 100 %', { width: kit.width, size: kit.style.small })
  const scale: Block = {
    height: 4,
    draw: ({ x, y }): readonly Mark[] => [
      { kind: 'line', from: [x, y + 1.5], to: [x + LONG_RULER, y + 1.5], stroke: 0.2 },
      ...Array.from({ length: 11 }, (_, i): Mark => {
        const at = x + i * 10
        const half = i % 10 === 0 ? 1.4 : 0.8
        return { kind: 'line', from: [at, y + 1.5 - half], to: [at, y + 1.5 + half], stroke: 0.2 }
      }),
    ],
  }
  return stack([scale, said])
}

/** Within a dashed line to cut along. */
function plateBlock(kit: Kit, plate: Plate): Block {
  const { width, height } = STEEL_SIZES[plate.size]
  const left = width > mainWidth(kit) ? (kit.width - width) / 2 : kit.axis
  return {
    height,
    draw: ({ x, y }) => [
      { kind: 'rect', x: x + left, y, width, height, radius: 3, stroke: HAIRLINE, dash: [2, 1.5] },
      ...drawPlate(plate).map((mark) => moved(mark, x + left, y)),
    ],
  }
}

function moved(mark: Mark, dx: number, dy: number): Mark {
  if (mark.kind !== 'line') return { ...mark, x: mark.x + dx, y: mark.y + dy }
  const [from, to] = [mark.from, mark.to].map(([x, y]) => [x + dx, y + dy] as const)
  return { ...mark, from: from as LinePoint, to: to as LinePoint }
}

type LinePoint = readonly [x: number, y: number]
