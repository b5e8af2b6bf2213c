/**
 * Where secrets come from: a prompt without echo, standard input, or a named file. Never an argument,
 * never the environment. With `--no-input`, and where nobody sits, nothing is asked.
 */
import { fail } from '@cairn/core/errors.js'
import type { Context } from './context.js'
import { MAX_SECRET_BYTES, readSecret, readStdin, secretText } from './input.js'
import { Interrupted, type Keys, openKeys, somebodyIsThere } from './terminal.js'

/** Longer than any passphrase a person types; a phrase of 59 words fits. */
const MAX_TYPED = 4096
/** Of the longest share of SLIP-39. */
const MAX_WORDS = 59

export interface Question {
  /** As in "the passphrase of the wallet". */
  readonly what: string
  /** The option that answers it without asking. */
  readonly option: string
}

/** The secret in `file` (`-`: standard input), or typed. @throws CairnError `input-missing` and those of reading. */
export async function askSecret(context: Context, question: Question, file?: string): Promise<string> {
  return file === undefined ? type(context, question) : readSecret(file)
}

/** A new secret: typed twice, or read once from `file`. */
export async function askNewSecret(context: Context, question: Question, file?: string): Promise<string> {
  const first = await askSecret(context, question, file)
  if (file !== undefined) return first
  const again = await type(context, { ...question, what: `${question.what} again` })
  if (first !== again) fail('input-differs', { what: question.what })
  return first
}

/** What a command works on: standard input when it is a pipe or file, else typed without echo. */
export async function askInput(
  context: Context,
  question: Question,
  limit = MAX_SECRET_BYTES,
): Promise<string> {
  if (process.stdin.isTTY) return type(context, question)
  const typed = secretText(await readStdin(limit))
  if (typed.trim() === '') return fail('input-missing', { what: question.what, option: question.option })
  return typed
}

/** As many lines as the person types before an empty one; from a pipe, its lines. */
export async function askLines(context: Context, question: Question): Promise<readonly string[]> {
  if (!process.stdin.isTTY) return nonEmpty(await askInput(context, question))
  return withKeys(context, question, async (keys) => {
    const lines: string[] = []
    while (lines.length < 256) {
      process.stderr.write(`${question.what}, ${lines.length + 1} (empty line: done): `)
      const line = await readLine(keys)
      if (line === '') break
      lines.push(line)
    }
    return lines
  })
}

export interface WordsQuestion extends Question {
  /** How many words there are, or null when only the person knows. */
  readonly count: number | null
  /** A word that could be one of them. What is not is asked for again, and never shown. */
  readonly known: (word: string) => boolean
}

/**
 * Words one by one, or several at once, without echo. Ends at the last one, or with an empty answer; where words are missing
 * then, with a second one.
 */
export function askWords(context: Context, question: WordsQuestion): Promise<readonly string[]> {
  const { what, count, known } = question
  return withKeys(context, question, async (keys) => {
    process.stderr.write(`${what}, not shown while you type.\n`)
    const words: string[] = []
    let isLeaving = false
    while (words.length < (count ?? MAX_WORDS)) {
      process.stderr.write(`word ${words.length + 1}${count === null ? '' : ` of ${count}`}: `)
      const typed = (await readLine(keys)).trim().toLowerCase().split(/\s+/)
      if (typed[0] === '') {
        if (count === null || words.length === 0 || isLeaving) break
        isLeaving = true
        process.stderr.write(
          `${words.length} of ${count} words so far. Go on, or press Enter again to leave it.\n`,
        )
        continue
      }
      isLeaving = false
      const unknown = typed.findIndex((word) => !known(word))
      if (unknown >= 0)
        process.stderr.write(`Word ${words.length + unknown + 1} is not in the list: type it again.\n`)
      words.push(...typed.slice(0, unknown < 0 ? undefined : unknown))
    }
    return words
  })
}

function nonEmpty(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

/** Waits for Enter. @throws CairnError `input-missing` */
export function askEnter(context: Context, question: Question): Promise<string> {
  return withKeys(context, question, (keys) => {
    process.stderr.write(`${question.what} `)
    return readLine(keys)
  })
}

/** One line, typed without echo. */
export function askLine(context: Context, question: Question): Promise<string> {
  return type(context, question)
}

function type(context: Context, question: Question): Promise<string> {
  return withKeys(context, question, (keys) => {
    process.stderr.write(`${question.what} (not shown while you type): `)
    return readLine(keys)
  })
}

/** True when a question would reach a person. */
export function canAsk(context: Context): boolean {
  return context.input && somebodyIsThere()
}

async function withKeys<T>(
  context: Context,
  question: Question,
  use: (keys: Keys) => Promise<T>,
): Promise<T> {
  const keys = canAsk(context) ? openKeys() : null
  if (keys === null) return fail('input-missing', { what: question.what, option: question.option })
  try {
    return await use(keys)
  } finally {
    keys.close()
  }
}

const ERASE_ONE = new Set(['\u007f', '\b'])
const ERASE_ALL = '\u0015' // Ctrl-U
const END = '\u0004' // Ctrl-D
const ESCAPE = '\u001b'

/** One line without echo. Arrow and function keys are left out, so that they do not become part of a secret. */
async function readLine(keys: Keys): Promise<string> {
  let typed: string[] = []
  for (;;) {
    const key = await keys.next()
    if (key === null || key === '\r' || key === '\n') break
    if (key === END && typed.length === 0) throw new Interrupted()
    if (key === ESCAPE) await skipSequence(keys)
    else if (ERASE_ONE.has(key)) typed.pop()
    else if (key === ERASE_ALL) typed = []
    else if (key >= ' ') typed.push(key)
    if (typed.length > MAX_TYPED) return fail('input-too-long', { limit: MAX_TYPED })
  }
  process.stderr.write('\n')
  return typed.join('')
}

/** ECMA-48, section 5.4: after ESC [ come parameter bytes, then one final byte of 0x40 to 0x7e; ESC O takes one. */
async function skipSequence(keys: Keys): Promise<void> {
  const kind = await keys.next()
  if (kind === 'O') await keys.next()
  if (kind !== '[') return
  for (;;) {
    const key = await keys.next()
    if (key === null || (key >= '@' && key <= '~')) return
  }
}
