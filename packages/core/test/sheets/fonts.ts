/** The fonts that the build made, for tests of the core, which itself reads no disk. */
import { readFileSync } from 'node:fs'
import { type FontName, openFonts } from '../../src/sheets/draw/fonts.js'

const FOLDER = new URL('../../dist/fonts/', import.meta.url)

export const readFont = (name: FontName): Uint8Array => readFileSync(new URL(`${name}.ttf`, FOLDER))

export const fonts = openFonts(readFont)
