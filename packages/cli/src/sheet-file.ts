/** The words of a recovery sheet from a file: a text, a page, a scan or a photo of it. */
import { stat } from 'node:fs/promises'
import { fail, isCairnError } from '@cairn/core/errors.js'
import { readSheet } from '@cairn/core/sheets/recovery-sheet.js'
import { MAX_FILE_BYTES } from '@cairn/node/sheets/bounds.js'
import { formatOf } from '@cairn/node/sheets/picture.js'
import { askWords } from './ask.js'
import type { Context } from './context.js'
import { failFile, MAX_SECRET_BYTES, readBounded, readStdin, secretText } from './input.js'

/** The words, lower case, single spaces: secret. @throws CairnError `sheet-unreadable`, and those of reading a picture */
export async function readSheetFile(path: string): Promise<string> {
  const bytes = path === '-' ? await readStdin(MAX_FILE_BYTES) : await readBounded(path, await mostOf(path))
  const name = path === '-' ? 'standard input' : path
  if (isTyped({ name, bytes })) return readSheet(secretText(bytes)).words
  const { readSheets } = await import('@cairn/node/sheets/read.js')
  const found = (await readSheets([{ name, bytes }])).find(({ kind }) => kind === 'vault-share')
  return found?.text ?? fail('sheet-unreadable')
}

const SHEET_WORDS = 33 // SLIP-39 of 256 bits

/** From the file, or else typed. */
export async function askSheet(
  context: Context,
  { what, file }: { readonly what: string; readonly file: string | undefined },
): Promise<string> {
  if (file !== undefined) return readSheetFile(file)
  const { indexOf } = await import('@cairn/core/words/slip39/words.js')
  const words = await askWords(context, {
    what,
    option: '--sheet-file',
    count: SHEET_WORDS,
    known: (word) => indexOf(word) !== null,
  })
  return words.join(' ')
}

/** A pipe has no size, and holds what a person typed. */
async function mostOf(path: string): Promise<number> {
  const { size } = await stat(path).catch((error) => failFile(error, path))
  return Math.min(Math.max(size, MAX_SECRET_BYTES), MAX_FILE_BYTES)
}

function isTyped(file: { readonly name: string; readonly bytes: Uint8Array }): boolean {
  try {
    return ['text', 'html'].includes(formatOf(file))
  } catch (error) {
    if (isCairnError(error, 'picture-unknown')) return true
    throw error
  }
}
