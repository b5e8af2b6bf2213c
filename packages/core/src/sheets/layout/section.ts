/**
 * A part of a sheet: its heading in the first of three columns, and what it says in the other two, from the axis on that
 * goes through the whole page. On two pages where one has no room for all of it, and never a heading alone.
 */
import { type Block, beside, flow, shifted, stack } from './block.js'
import type { Kit } from './kit.js'
import { sentences } from './text.js'

/** Width of what stands from the axis on. */
export function mainWidth({ width, axis }: Kit): number {
  return width - axis
}

/** A heading of a part of the sheet. */
export function heading(kit: Kit, text: string, width = kit.width): Block {
  return sentences(kit, text, { width, face: 'strong' })
}

/** @param blocks as wide as `mainWidth` */
export function section(kit: Kit, title: string, blocks: readonly Block[]): Block {
  const label = heading(kit, title, kit.axis - kit.style.gutter)
  const [first, ...rest] = blocks
  if (!first) return label
  const top = beside([label, first], [0, kit.axis])
  return flow({
    blocks: [top, ...rest.map((block) => shifted(block, { x: kit.axis }))],
    gap: kit.style.gap / 4,
  })
}

/** A section that is sentences, a paragraph each. */
export function told(kit: Kit, title: string, paragraphs: readonly string[]): Block {
  return section(
    kit,
    title,
    paragraphs.map((text) => sentences(kit, text, { width: mainWidth(kit) })),
  )
}

export interface StepsStyle {
  /** `mainWidth` unless given. */
  readonly width?: number
  readonly size?: number
  readonly gap?: number
  /** The number of the first one, 1 unless given. */
  readonly first?: number
}

/** Numbered steps, the numbers in front of their lines. */
export function stepBlocks(kit: Kit, lines: readonly string[], style: StepsStyle = {}): readonly Block[] {
  const { width = mainWidth(kit), size = kit.style.body, first = 1 } = style
  const indent = 2 * size
  return lines.map((line, i) =>
    beside(
      [
        sentences(kit, `${first + i}.`, { width: indent, size }),
        sentences(kit, line, { width: width - indent, size }),
      ],
      [0, indent],
    ),
  )
}

/** The steps as one block. */
export function steps(kit: Kit, lines: readonly string[], style: StepsStyle = {}): Block {
  return stack(stepBlocks(kit, lines, style), style.gap ?? kit.style.gap / 4)
}
