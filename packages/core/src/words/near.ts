/**
 * Words of a list that a person may have meant. For counting and for showing at request; nothing in Cairn
 * ever replaces a word by a near one on its own.
 */

const plain = new WeakMap<readonly string[], readonly string[]>()

/**
 * The words of `list` that begin with the same four letters as `word` or differ from it by one letter added,
 * left out, replaced or swapped with its neighbour. Accents do not count; words of less than three letters
 * (Chinese) have no near words.
 */
export function near(word: string, list: readonly string[]): readonly string[] {
  const typed = withoutAccents(word)
  if (typed.length < 3 || typed.length > 32) return []
  return list.filter((_, i) => isNear(typed, plainOf(list)[i] as string))
}

function plainOf(list: readonly string[]): readonly string[] {
  const known = plain.get(list)
  if (known) return known
  const words = list.map(withoutAccents)
  plain.set(list, words)
  return words
}

function withoutAccents(word: string): string {
  return word.normalize('NFKD').toLowerCase().replace(/\p{M}/gu, '')
}

function isNear(typed: string, word: string): boolean {
  if (typed.length >= 4 && typed.slice(0, 4) === word.slice(0, 4)) return true
  return word.length >= 3 && withinOneSlip(typed, word)
}

/** Same after removing what both begin and end with, but for one letter or two swapped ones. */
function withinOneSlip(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let end = 0
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++
  const restA = a.slice(start, a.length - end)
  const restB = b.slice(start, b.length - end)
  if (restA.length <= 1 && restB.length <= 1) return true
  return restA.length === 2 && restA[0] === restB[1] && restA[1] === restB[0]
}
