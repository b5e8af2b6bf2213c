/**
 * The fonts of the sheets, from the disk: beside the bundled command, or where the build of the core leaves them. Each is
 * read when a text needs it.
 */
import { readFileSync } from 'node:fs'
import { fail } from '@cairn/core/errors.js'
import { type FontName, type Fonts, openFonts } from '@cairn/core/sheets/draw/fonts.js'

const FOLDERS = ['./fonts/', '../../../core/dist/fonts/']

let opened: Fonts | null = null

/** The same for the life of the process. @throws CairnError `sheet-fonts`, by what is drawn with them */
export function diskFonts(): Fonts {
  opened ??= openFonts(read)
  return opened
}

function read(name: FontName): Uint8Array {
  for (const folder of FOLDERS) {
    try {
      return readFileSync(new URL(`${folder}${name}.ttf`, import.meta.url))
    } catch {
      // looked for in the next place
    }
  }
  return fail('sheet-fonts')
}
