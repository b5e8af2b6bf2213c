/**
 * Words of a list that a person may have meant: for counting, for proposals at request, and never put in place of
 * a word on its own. `phrase check` counts the same words that `phrase fix` proposes.
 */
import { type Found, makeTree, type Node, search } from './near/tree.js'

export interface NearWord {
  readonly word: string
  readonly index: number
  /** Bits; 0 for the word itself, accents and capitals aside. */
  readonly cost: number
}

/** One slip of any kind; two cost 6 at least. */
const ONE_SLIP = 5
/** "identified by the first four letters" (BIP-0039): a word cut off there, or the right beginning and another end. */
const ABBREVIATED = 1
const SAME_BEGINNING = 5
/** Another form of the word. */
const OTHER_FORM = 4
const ENDINGS = ['s', 'es', 'd', 'ed', 'ing', 'er', 'ly', 'y', 'n']
const LONGEST = 32

/** What is known of a list, accents aside. */
interface Plain {
  readonly exact: ReadonlySet<string>
  /** Index of the one word with these letters, or null when there are several. */
  readonly whole: ReadonlyMap<string, number | null>
  readonly firstFour: ReadonlyMap<string, number | null>
}

const plain = new WeakMap<readonly string[], Plain>()
/** Apart, since it takes longer to make than all the rest. */
const trees = new WeakMap<readonly string[], Node>()

/**
 * The words of `list` that are at most one slip away from `word` (`near/slips.ts`), or begin with the same four
 * letters. Accents do not count; words of less than three letters (Chinese) have no near words.
 */
export function near(word: string, list: readonly string[]): readonly string[] {
  return nearWords(word, list).map((found) => found.word)
}

/** The same with their costs, up to `limit` bits, the nearest first. */
export function nearWords(word: string, list: readonly string[], limit = ONE_SLIP): readonly NearWord[] {
  const typed = withoutAccents(word)
  if (typed.length < 3 || typed.length > LONGEST) return []
  const costs = new Map<number, number>()
  for (const { index, cost } of [...search(treeOf(list), typed, limit), ...related(typed, list)])
    if (cost <= Math.min(limit, (costs.get(index) ?? limit + 1) - 1)) costs.set(index, cost)
  const found = Array.from(costs, ([index, cost]) => ({ word: list[index] as string, index, cost }))
  return found
    .filter(({ word }) => withoutAccents(word).length >= 3)
    .sort((a, b) => a.cost - b.cost || a.index - b.index)
}

/**
 * The word that a text stands for beyond doubt: the word itself, the only one with these letters (accents aside),
 * or the only one that begins with these four.
 */
export function meant(word: string, list: readonly string[]): string | null {
  const { exact, whole, firstFour } = plainOf(list)
  const typed = withoutAccents(word)
  if (exact.has(word)) return word
  const index = whole.get(typed) ?? (typed.length === 4 ? firstFour.get(typed) : null)
  return index === null || index === undefined ? null : (list[index] as string)
}

function plainOf(list: readonly string[]): Plain {
  const known = plain.get(list)
  if (known) return known
  const words = list.map(withoutAccents)
  const made = {
    exact: new Set(list),
    whole: unique(words),
    firstFour: unique(words.map((word) => word.slice(0, 4))),
  }
  plain.set(list, made)
  return made
}

function treeOf(list: readonly string[]): Node {
  const known = trees.get(list)
  if (known) return known
  const tree = makeTree(list.map(withoutAccents))
  trees.set(list, tree)
  return tree
}

function unique(keys: readonly string[]): ReadonlyMap<string, number | null> {
  const map = new Map<string, number | null>()
  for (const [index, key] of keys.entries()) map.set(key, map.has(key) ? null : index)
  return map
}

function withoutAccents(word: string): string {
  return word.normalize('NFKD').toLowerCase().replace(/\p{M}/gu, '')
}

/** Words with the same beginning, and other forms of one word. */
function related(typed: string, list: readonly string[]): readonly Found[] {
  const { whole } = plainOf(list)
  const forms = ENDINGS.flatMap((end) => [
    typed + end,
    ...(typed.endsWith(end) ? [typed.slice(0, -end.length)] : []),
  ])
  const indexes = forms.map((form) => whole.get(form)).filter((index) => typeof index === 'number')
  const others = indexes.map((index) => ({ index, cost: OTHER_FORM }))
  if (typed.length < 4) return others
  return [
    ...others,
    ...below(treeOf(list), typed.slice(0, 4)).map((index) => {
      const cut = list[index] !== undefined && withoutAccents(list[index]).startsWith(typed)
      return { index, cost: cut ? ABBREVIATED : SAME_BEGINNING }
    }),
  ]
}

/** Indexes of all words that begin with these letters. */
function below(node: Node, letters: string): readonly number[] {
  if (node.letters.length >= letters.length)
    return [...node.indexes, ...node.children.flatMap((child) => below(child, letters))]
  return node.children
    .filter((child) => letters.startsWith(child.letters))
    .flatMap((child) => below(child, letters))
}
