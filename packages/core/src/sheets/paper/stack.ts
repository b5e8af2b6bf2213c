/**
 * A stack of scanned pages, sorted: what is there of each set, what is damaged, what is missing. Never throws, so
 * that a face can show after each scan how many pages are to come.
 */
import { equal } from '../../bytes.js'
import { type Page, type PageSet, pageNumbers, type ReadPage, readPage } from './page.js'

/** What is there of a set, and what is not. Pages by number, ascending. */
export interface SetState {
  readonly set: PageSet
  /** The first good copy of each page. */
  readonly pages: readonly Page[]
  /** Pages of which only damaged copies are there, or two that differ though both look whole. */
  readonly damaged: readonly number[]
  /** All that are not good: the damaged ones too. */
  readonly missing: readonly number[]
  /** How many of the missing are needed; 0 when the content can be read. */
  readonly needed: number
}

/** A thing that is of no set: its place among those given, from 1, and why. */
export interface Stray {
  readonly place: number
  readonly kind: 'damaged' | 'newer' | 'foreign'
}

export interface SortedPages {
  readonly sets: readonly SetState[]
  readonly strays: readonly Stray[]
}

/** What a stack of pages is, in any order, some twice, some of other sets, some damaged. */
export function sortPages(given: readonly Uint8Array[]): SortedPages {
  const read = given.map(readPage)
  const groups = grouped(read.filter(hasSet), (each) => setKey(setOf(each)))
  const strays = read.flatMap((each, i) => (hasSet(each) ? [] : [{ place: i + 1, kind: each.kind }]))
  return { sets: Array.from(groups.values(), stateOf), strays }
}

/** Page numbers as a person reads them: `2, 5-9, 12 (damaged)`. */
export function listed(pages: readonly number[], damaged: readonly number[] = []): string {
  const runs: { first: number; last: number; mark: string }[] = []
  for (const page of pages) {
    const mark = damaged.includes(page) ? ' (damaged)' : ''
    const run = runs.at(-1)
    if (run && run.last === page - 1 && run.mark === mark) run.last = page
    else runs.push({ first: page, last: page, mark })
  }
  return runs
    .map(({ first, last, mark }) => `${first === last ? first : `${first}-${last}`}${mark}`)
    .join(', ')
}

type OfSet = Extract<ReadPage, { kind: 'page' }> | { kind: 'damaged'; claim: Omit<Page, 'stripe'> }

function hasSet(read: ReadPage): read is OfSet {
  return read.kind === 'page' || (read.kind === 'damaged' && read.claim !== null)
}

function setOf(read: OfSet): PageSet {
  return read.kind === 'page' ? read.page.set : read.claim.set
}

/** All fields: ids have 32 bits and could meet. */
function setKey({ id, data, parity, length, digest }: PageSet): string {
  return [id, data, parity, length, digest].join(' ')
}

function stateOf(group: readonly OfSet[]): SetState {
  const set = setOf(group[0] as OfSet)
  const copies = grouped(
    group.flatMap((read) => (read.kind === 'page' ? [read.page] : [])),
    ({ number }) => number,
  )
  const pages = pageNumbers(set).flatMap((number) => agreed(copies.get(number) ?? []))
  const good = new Set(pages.map(({ number }) => number))
  const missing = pageNumbers(set).filter((number) => !good.has(number))
  const seen = new Set(group.map((read) => (read.kind === 'page' ? read.page.number : read.claim.number)))
  const damaged = missing.filter((number) => seen.has(number))
  return { set, pages, damaged, missing, needed: Math.max(set.data - pages.length, 0) }
}

/** One page of its copies; none when they differ, for then nobody knows which is right. */
function agreed(copies: readonly Page[]): readonly Page[] {
  const [first] = copies
  return first && copies.every(({ stripe }) => equal(stripe, first.stripe)) ? [first] : []
}

function grouped<K, V>(values: readonly V[], keyOf: (value: V) => K): ReadonlyMap<K, readonly V[]> {
  const groups = new Map<K, V[]>()
  for (const value of values) {
    const group = groups.get(keyOf(value))
    if (group) group.push(value)
    else groups.set(keyOf(value), [value])
  }
  return groups
}
