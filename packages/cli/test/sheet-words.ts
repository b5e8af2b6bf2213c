/**
 * Words of a recovery sheet on a screen. What the command itself says has some words of SLIP-39's list too, and they are
 * the same whatever was drawn: a test names them, and any other one is of the sheet.
 */
import { WORDS } from '@cairn/core/words/slip39/words.js'

/** Words of the list that stand in a text; the name of the folder, which is drawn too, is left out. */
export function sheetWordsOn(text: string, { cwd }: { readonly cwd: string }): readonly string[] {
  const tokens = new Set(
    text
      .replaceAll(cwd, '')
      .toLowerCase()
      .split(/[^a-z]+/),
  )
  return WORDS.filter((word) => tokens.has(word))
}
