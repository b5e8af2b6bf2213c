/** Recovery sheets handed over: into new files that only their owner can read, or on the terminal. */
import { drawHtml, drawText, type RecoverySheet } from '@cairn/core/sheets/recovery-sheet.js'
import type { Context } from './context.js'
import { writePrivate } from './input.js'
import { reveal } from './reveal.js'

export interface Delivery {
  readonly sheets: readonly RecoverySheet[]
  /** A file for each sheet, in order; sheets beyond are shown. */
  readonly files: readonly string[]
}

export async function deliverSheets(context: Context, { sheets, files }: Delivery): Promise<void> {
  for (const [i, sheet] of sheets.entries()) {
    const file = files[i]
    if (file === undefined) await reveal(context, drawText(sheet).join('\n'))
    else if (file.endsWith('.txt')) await writePrivate(file, `${drawText(sheet).join('\n')}\n`)
    else await writePrivate(file, drawHtml(sheet))
  }
}
