/**
 * Walks a person through writing a phrase down: the words in groups on the alternate screen, then a few of them asked
 * for, then all of them. What is typed is not shown. Ctrl-C leaves nothing behind.
 */
import { differences, groups, questions } from '@cairn/core/words/write-down.js'
import { askLine, askWords } from './ask.js'
import type { Context } from './context.js'
import { count } from './output.js'
import { revealPages, withFooter } from './reveal.js'

/** True when the whole phrase was typed from the paper. */
export async function writeDown(context: Context, phrase: string): Promise<boolean> {
  const words = phrase.split(/\s/u).length
  tell(
    `A new phrase of ${count(words, 'word')} is shown next, four words a page. Write them down with their numbers,`,
  )
  tell(
    'where nobody and no camera looks on. It is shown once more when something does not fit, and never kept.',
  )
  for (;;) {
    await revealPages(context, pages(phrase))
    if ((await asksFew(context, phrase)) && (await asksAll(context, phrase, words))) return true
    tell('The words are shown again: correct the paper.')
  }
}

function pages(phrase: string): readonly string[] {
  const found = groups(phrase).map(({ first, words }) =>
    words.map((word, i) => `${String(first + i).padStart(4)}  ${word}`).join('\n'),
  )
  return found.map((page, i) => withFooter(page, i === found.length - 1))
}

async function asksFew(context: Context, phrase: string): Promise<boolean> {
  const words = phrase.split(/\s/u)
  for (const place of questions(words.length)) {
    const question = { what: `word ${place} on your paper`, option: 'a terminal' }
    if (differences(words[place - 1] as string, await askLine(context, question)).length === 0) continue
    tell(`That is not word ${place}.`)
    return false
  }
  return true
}

async function asksAll(context: Context, phrase: string, words: number): Promise<boolean> {
  tell('Now the whole phrase, from the paper.')
  const typed = await askWords(context, {
    what: 'The words in order, one by one or all at once',
    option: 'a terminal',
    count: words,
    known: () => true,
  })
  const wrong = differences(phrase, typed.join(' '))
  if (wrong.length > 0) tell(`Not as shown: ${wrong.length > 1 ? 'words' : 'word'} ${wrong.join(', ')}.`)
  return wrong.length === 0
}

function tell(line: string): void {
  process.stderr.write(`${line}\n`)
}
