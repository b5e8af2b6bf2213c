/**
 * Slips of the pen: what people do to a list of words when they copy it by hand. Each slip changes the list.
 */
import fc from 'fast-check'

type Slip = (words: readonly string[], at: number, to: number, from: readonly string[]) => readonly string[]

const replace: Slip = (words, at, to, from) => words.with(at, from[to % from.length] as string)
const swap: Slip = (words, at, to) => {
  const other = to % words.length
  return words.with(at, words[other] as string).with(other, words[at] as string)
}
const omit: Slip = (words, at) => words.toSpliced(at, 1)
const repeat: Slip = (words, at) => words.toSpliced(at, 0, words[at] as string)
const move: Slip = (words, at, to) =>
  words.toSpliced(at, 1).toSpliced(to % words.length, 0, words[at] as string)
const letter: Slip = (words, at, to) => {
  const word = words[at] as string
  const i = to % word.length
  return words.with(at, word.slice(0, i) + String.fromCharCode(97 + (to % 26)) + word.slice(i + 1))
}

const kinds = [replace, swap, omit, repeat, move, letter]

/** One to three slips in one text, with replacements from `list`; the result differs from `words`. */
export function slips(words: readonly string[], list: readonly string[]): fc.Arbitrary<readonly string[]> {
  const slip = fc.record({
    kind: fc.constantFrom(...kinds),
    at: fc.nat(words.length - 1),
    to: fc.nat(0xffff),
  })
  return fc
    .array(slip, { minLength: 1, maxLength: 3 })
    .map((list_) =>
      list_.reduce((text, { kind, at, to }) => kind(text, Math.min(at, text.length - 1), to, list), words),
    )
    .filter((text) => text.join(' ') !== words.join(' '))
}
