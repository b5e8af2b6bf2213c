/**
 * Writing a phrase down, as steps: what to show, what to ask, and what was right. Any face can walk through it; a
 * phrase counts as confirmed only when the whole of it was typed from the paper.
 */
import { random } from '../random.js'
import { splitWords } from './text.js'

/** Words a page, as many as one keeps in mind while writing. */
const GROUP = 4
const QUESTIONS = 3

/** The words in groups of four, each with the number of its first word. */
export function groups(
  phrase: string,
): readonly { readonly first: number; readonly words: readonly string[] }[] {
  const words = phrase.split(/\s+/u)
  return Array.from({ length: Math.ceil(words.length / GROUP) }, (_, i) => ({
    first: i * GROUP + 1,
    words: words.slice(i * GROUP, (i + 1) * GROUP),
  }))
}

/** Places to ask for, from 1, all different, in the order in which they are asked. */
export function questions(words: number, draw: (length: number) => Uint8Array = random): readonly number[] {
  const places = new Set<number>()
  while (places.size < Math.min(QUESTIONS, words)) {
    const byte = draw(1)[0] as number
    if (byte < 256 - (256 % words)) places.add((byte % words) + 1)
  }
  return [...places]
}

/** The places, from 1, at which what was typed is not the phrase; also those that are missing or too many. */
export function differences(phrase: string, typed: string): readonly number[] {
  const [wanted, given] = [splitWords(phrase), splitWords(typed)]
  const places = Array.from({ length: Math.max(wanted.length, given.length) }, (_, i) => i)
  return places.filter((i) => wanted[i] !== given[i]).map((i) => i + 1)
}
