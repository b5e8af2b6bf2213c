/** Recovery sheets handed over: into new files that only their owner can read, or on the terminal. */
import { fail } from '@cairn/core/errors.js'
import type { Paper } from '@cairn/core/sheets/drawing.js'
import { drawText, type RecoverySheet, sheetCode } from '@cairn/core/sheets/recovery-sheet.js'
import { layOutRecovery } from '@cairn/core/sheets/vault-sheet.js'
import { type VaultDescription, vaultFingerprint } from '@cairn/core/vault/description.js'
import type { Grouped, SheetWords } from '@cairn/core/vault/policy.js'
import { policySentences } from '@cairn/core/vault/quorum.js'
import { diskFonts } from '@cairn/node/sheets/fonts.js'
import { SHEET_FORMATS, type SheetFormat } from '@cairn/node/sheets/make.js'
import { canAsk } from './ask.js'
import type { Context } from './context.js'
import { writePrivate } from './input.js'
import { reveal } from './reveal.js'
import { prepareOut, type SheetOut, sendOut, sheetOf } from './sheet-out.js'

export interface Delivery {
  readonly sheets: readonly RecoverySheet[]
  /** A file for each sheet, in order; sheets beyond are shown. */
  readonly files: readonly string[]
}

const PAPER = 'a4'

export async function deliverSheets(context: Context, { sheets, files }: Delivery): Promise<void> {
  for (const [i, sheet] of sheets.entries()) {
    const file = files[i]
    if (file === undefined) await reveal(context, drawText(sheet).join('\n'))
    else if (file.endsWith('.txt')) await writePrivate(file, `${drawText(sheet).join('\n')}\n`)
    else {
      const options = { out: file, paper: PAPER, format: formatOf(file), names: 'literal' } as const
      const prepared = await prepareOut(context, options, { holds: 'secret' })
      await sendOut(context, [drawnSheet(sheet, PAPER)], prepared)
    }
  }
}

/** As a drawing, with what its code must say. */
export function drawnSheet(sheet: RecoverySheet, paper: Paper): SheetOut {
  return sheetOf(layOutRecovery(sheet, { paper, metrics: diskFonts() }), sheetCode(sheet))
}

/** By the ending of its name; a page of HTML where that says nothing. */
function formatOf(file: string): SheetFormat {
  return SHEET_FORMATS.find((format) => file.toLowerCase().endsWith(`.${format}`)) ?? 'html'
}

export interface SheetsOf {
  readonly sheets: readonly SheetWords[]
  readonly description: VaultDescription
  /** Where the copies of the vault are. */
  readonly places: readonly string[]
  /** The day, YYYY-MM-DD; that of the vault unless given. */
  readonly date?: string
  readonly newest?: RecoverySheet['newest']
}

/** What the sheets say. */
export function recoverySheets(made: SheetsOf): readonly RecoverySheet[] {
  const { sheets, description, places, newest = null } = made
  const common = {
    vault: vaultFingerprint(description),
    policy: policySentences(description.policy),
    places,
    date: made.date ?? description.created.slice(0, 10),
    newest,
  }
  return sheets.map((sheet) => ({ ...common, ...sheet }))
}

export interface NewSheets extends SheetsOf {
  readonly files: readonly string[]
}

/** The sheets of a set of shares that was just made. */
export function deliverNew(context: Context, made: NewSheets): Promise<void> {
  return deliverSheets(context, { sheets: recoverySheets(made), files: made.files })
}

/** Before anything is made. @throws CairnError `input-missing` when a sheet could neither be written nor shown */
export function requireSheetFiles(
  context: Context,
  { groups }: Grouped<{ readonly kind: string }>,
  files: readonly string[],
): void {
  const sheets = groups.flatMap(({ factors }) => factors).filter(({ kind }) => kind === 'sheet').length
  if (files.length < sheets && !canAsk(context))
    fail('input-missing', { what: 'a file for the recovery sheet', option: '--sheet-out FILE' })
}
