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
  const { found } = await readSheets([{ name, bytes }])
  const share = found.find(({ kind }) => kind === 'vault-share')
  return share?.text ?? fail('sheet-unreadable')
}

const SHEET_WORDS = 33 // SLIP-39 of 256 bits

export interface SheetQuestion {
  /** As in "The words of the sheet". */
  readonly what: string
  /** What is wrong with words that are those of some sheet, or null; nothing is unless given. */
  readonly wrong?: (words: string) => Promise<string | null>
}

/** From the file, or else typed. @throws CairnError `input-missing`, `usage`, and those of reading the file */
export async function askSheet(
  context: Context,
  { file, ...question }: SheetQuestion & { readonly file: string | undefined },
): Promise<string> {
  if (file !== undefined) return readSheetFile(file)
  const typed = await typeSheet(context, question)
  return typed ?? fail('usage', { reason: 'no words were typed, and nothing was done' })
}

/** Typed, and again until they are right: a slip among 33 words is told at once. Null after an empty answer. */
export async function typeSheet(
  context: Context,
  { what, wrong = async () => null }: SheetQuestion,
): Promise<string | null> {
  const { indexOf } = await import('@cairn/core/words/slip39/words.js')
  const question = { what, option: '--sheet-file', count: SHEET_WORDS }
  for (;;) {
    const words = await askWords(context, { ...question, known: (word) => indexOf(word) !== null })
    if (words.length === 0) return null
    const typed = words.join(' ')
    const problem = (await slipIn(typed)) ?? (await wrong(typed))
    if (problem === null) return typed
    process.stderr.write(`${problem}\n`)
  }
}

/** What shows that a word is miswritten, without knowing the vault. */
async function slipIn(words: string): Promise<string | null> {
  const { checkShare } = await import('@cairn/core/words/slip39/share.js')
  const { valid, words: count } = checkShare(words)
  if (valid) return null
  return count === SHEET_WORDS
    ? 'These words do not fit together: one is miswritten or out of place. Look at the paper again, and type them once more.'
    : `A sheet has ${SHEET_WORDS} words, and these are ${count}. Type them once more.`
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
