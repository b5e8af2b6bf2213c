/** What a sheet tells in few words: labels in a column, what they are in another, or a place to write it. */
import type { Face, Mark } from '../drawing.js'
import { type Block, beside, shifted, stack } from './block.js'
import { HAIRLINE, HAND_LINES, type Kit, LEADING } from './kit.js'
import { baseline, sentences } from './text.js'
import { handLines } from './writing.js'

export interface Fact {
  readonly label: string
  /** Several, one below the other; null for a line to write it on. */
  readonly value: string | readonly string[] | null
  /** `text` unless given; `mono` for addresses and fingerprints. */
  readonly face?: Face
  /** Boxes to tick, one of them, in place of a line. */
  readonly choices?: readonly string[]
}

export interface FactsPlace {
  /** From the left side of the labels; the page unless given. */
  readonly width?: number
  /** From the labels to what they are: the axis of the page unless given. */
  readonly indent?: number
}

/** Letters of one width look larger than others of the same size. */
const MONO = 0.94

export function facts(kit: Kit, rows: readonly Fact[], place: FactsPlace = {}): Block {
  const { width = kit.width, indent = kit.axis } = place
  return stack(rows.map((row) => factRow(kit, row, { width, indent })))
}

function factRow(kit: Kit, fact: Fact, { width, indent }: Required<FactsPlace>): Block {
  const { body, small, gutter } = kit.style
  const foot = fact.value === null ? HAND_LINES - body * LEADING : 0
  const named = sentences(kit, fact.label, { width: indent - gutter / 2, size: small })
  const label = shifted(named, { y: foot + baseline(body) - baseline(small) })
  return beside([label, valueBlock(kit, fact, width - indent)], [0, indent])
}

function valueBlock(kit: Kit, { value, face = 'text', choices }: Fact, width: number): Block {
  if (value === null) return choices ? ticks(kit, choices) : handLines(1, width)
  const { body } = kit.style
  const size = face === 'mono' ? body * MONO : body
  const say = (text: string, width: number) =>
    shifted(sentences(kit, text, { width, face, size }), { y: baseline(body) - baseline(size) })
  return typeof value === 'string' ? say(value, width) : listed(kit, value, { width, say })
}

/** So many stand below each other; more in two columns. */
const FEW = 8

interface List {
  readonly width: number
  readonly say: (text: string, width: number) => Block
}

/** Read downwards. */
function listed(kit: Kit, values: readonly string[], { width, say }: List): Block {
  const columns = values.length > FEW ? 2 : 1
  const each = Math.ceil(values.length / columns)
  const cell = (width + kit.style.gutter) / columns
  const row = (i: number) =>
    beside(
      values.filter((_, n) => n % each === i).map((value) => say(value, cell - kit.style.gutter)),
      [0, cell],
    )
  return stack(
    Array.from({ length: each }, (_, i) => row(i)),
    LIST_GAP,
  )
}

/** Between values of which some take two lines, in mm. */
const LIST_GAP = 0.6

/** Boxes with what they mean, on one line. */
function ticks(kit: Kit, choices: readonly string[]): Block {
  const { body, gap } = kit.style
  const side = body
  const base = HAND_LINES - body * LEADING + baseline(body)
  const widths = choices.map((text) => side * 1.6 + kit.metrics.widthOf(text, 'text', body) + gap)
  const lefts = widths.map((_, i) => widths.slice(0, i).reduce((sum, width) => sum + width, 0))
  return {
    height: HAND_LINES,
    draw: ({ x, y }) =>
      choices.flatMap((text, i): readonly Mark[] => {
        const left = x + (lefts[i] as number)
        return [
          {
            ...{ kind: 'rect', x: left, y: y + base - side * 0.85, width: side, height: side },
            stroke: HAIRLINE,
          },
          { kind: 'text', x: left + side * 1.6, y: y + base, size: body, face: 'text', text },
        ]
      }),
  }
}

/** From the labels to what they are, where the labels begin at the axis; long ones take two lines. */
export function labelWidth(kit: Kit, rows: readonly Fact[]): number {
  const { small, gutter } = kit.style
  const widest = Math.max(0, ...rows.map(({ label }) => kit.metrics.widthOf(label, 'text', small)))
  return Math.min(widest + gutter, kit.axis / 2)
}
