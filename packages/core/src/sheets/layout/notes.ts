/** Lines to write on in what is left of a page. */
import { type Block, stack } from './block.js'
import type { Kit } from './kit.js'
import { HAND_LINES, handLines, heading } from './text.js'

const MOST_LINES = 6
/** Of the heading, in mm. */
const HEAD = 6

/** Below these blocks; none where there is no room. */
export function notes(kit: Kit, blocks: readonly Block[]): readonly Block[] {
  const used = blocks.reduce((sum, { height }) => sum + height + kit.style.gap, 0)
  const lines = Math.min(Math.floor((kit.height - used - HEAD) / HAND_LINES), MOST_LINES)
  return lines < 1 ? [] : [stack([heading(kit, 'Notes'), handLines(lines, kit.width)])]
}
