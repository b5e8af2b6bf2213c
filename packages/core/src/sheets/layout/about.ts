/** What a sheet is about: its code in the first column, and from the axis on what is to be known of it. */
import { type Block, beside } from './block.js'
import { type Fact, facts, labelWidth } from './facts.js'
import type { Kit } from './kit.js'
import { fitQr, flush, qrBlock } from './qr.js'
import { mainWidth } from './section.js'

/** The side of the code on A4 and Letter, quiet zone included, in mm. */
const QR_SIDE = 50

export interface About {
  /** What the code says: none unless given. */
  readonly code?: string | undefined
  readonly caption: string
  readonly rows: readonly Fact[]
}

/** Without a code, the labels are in the first column. */
export function aboutBlock(kit: Kit, { code, caption, rows }: About): Block {
  const qr = code === undefined ? null : fitQr(code, QR_SIDE)
  if (qr === null) return facts(kit, rows)
  const drawn = flush(qrBlock(kit, { qr, side: QR_SIDE, caption }), { qr, side: QR_SIDE })
  const told = facts(kit, rows, { width: mainWidth(kit), indent: labelWidth(kit, rows) })
  return beside([drawn, told], [0, kit.axis])
}
