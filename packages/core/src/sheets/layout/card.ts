/** What a card holds: a title, the words, and their code where there is room beside them. */
import { type Block, beside } from './block.js'
import { HAND_LINES_CARD, type Kit } from './kit.js'
import { fitQr, qrBlock, quietZone } from './qr.js'
import { titleBlock } from './title.js'
import { columnsOf, rowsOf, type WordGrid, wordGrid } from './words.js'

export interface Card {
  readonly title: string
  readonly grid: WordGrid
  /** What the code says: none unless given. */
  readonly code?: string | undefined
}

/** The title is left out where the words need its room. @throws CairnError `sheet-paper` */
export function cardBlocks(kit: Kit, { title, grid, code }: Card): readonly Block[] {
  const head = titleBlock(kit, { title })
  const room = kit.height - head.height - kit.style.gap
  const coded = code === undefined ? null : besideCode(kit, { grid, code, room })
  if (coded) return [head, coded]
  const words = roomyGrid(kit, grid, room)
  return words.height <= room ? [head, words] : [roomyGrid(kit, grid, kit.height)]
}

/** In mm. */
const SMALLEST_CODE = 15

/** The words with the largest code that fits beside them; null when none does. */
function besideCode(
  kit: Kit,
  { grid, code, room }: { readonly grid: WordGrid; readonly code: string; readonly room: number },
): Block | null {
  for (let side = room; side >= SMALLEST_CODE; side--) {
    const qr = fitQr(code, side)
    const narrow = { ...grid, width: kit.width - side - kit.style.gap }
    if (qr === null || columnsOf(kit, narrow) < 1) continue
    const words = roomyGrid(kit, narrow, room)
    if (words.height > room) continue
    // its modules end where the title does: the margin is light too
    const left = kit.width - side + Math.min(quietZone(qr, side), kit.style.margin)
    return beside([words, qrBlock(kit, { qr, side })], [0, left])
  }
  return null
}

/** Rows as far apart as the room allows, up to where a card looks empty. @throws CairnError `sheet-paper` */
function roomyGrid(kit: Kit, grid: WordGrid, room: number): Block {
  const least = grid.words.includes(null) ? HAND_LINES_CARD : kit.style.row
  const row = Math.max(least, Math.min(room / rowsOf(kit, grid), kit.style.row * 1.5))
  return wordGrid(kit, { ...grid, row })
}
