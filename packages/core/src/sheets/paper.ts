/**
 * Bytes as numbered pages, of which any K of K + M bring the bytes back: docs/paper-pages.md. Meant for sealed
 * snapshots, of any length that 255 pages hold. Not here: drawing and scanning QR codes.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { concat, hex } from '../bytes.js'
import { fail } from '../errors.js'
import { requireEnough } from './paper/arrange.js'
import { type Stripe, stripeAt } from './paper/erasure.js'
import {
  DIGEST_BYTES,
  encodePage,
  MAX_PAGE_BYTES,
  MAX_PAGES,
  PAGE_OVERHEAD_BYTES,
  type PageSet,
  pageNumbers,
  pageSet,
  stripeBytes,
} from './paper/page.js'
import { listed, type SetState, type SortedPages, type Stray, sortPages } from './paper/stack.js'

export {
  type Arrangement,
  arrange,
  codesOn,
  fitsSet,
  type MissingSheets,
  missingSheets,
  perSheetOf,
} from './paper/arrange.js'
export { formatPage, type Page, type PageSet, parsePage } from './paper/page.js'
export { type SetState, type SortedPages, type Stray, sortPages } from './paper/stack.js'

/**
 * The longest page that a QR code of version 25 (117 modules a side) holds as Base45, by its level of error
 * correction: ISO/IEC 18004, table 7, has 1451, 1041 and 779 alphanumeric characters for M, Q and H.
 */
export const QR_PAGE_BYTES = { M: 967, Q: 694, H: 519 } as const
/** Level Q: a quarter of a code may be stained and the page is still read; what is beyond that is for the parity. */
export const PAGE_BYTES = QR_PAGE_BYTES.Q

export interface PageLayout {
  /** Bytes of a page at most, 40 to 2953: what a code holds. */
  readonly pageBytes?: number
  /** M: how many pages may be lost, 0 to 254. */
  readonly parity: number
}

/**
 * The K + M pages of a content; the first K bear it in order.
 * @param content 1 byte or more, sealed: the pages bear its bytes and a hash of them for everyone to read
 * @throws CairnError `paper-layout`
 */
export function encodePages(content: Uint8Array, layout: PageLayout): readonly Uint8Array[] {
  const set = pageSet(content, plan(content.length, layout))
  const size = stripeBytes(set)
  const filled = new Uint8Array(set.data * size)
  filled.set(content)
  const data: readonly Stripe[] = dataNumbers(set).map((x) => ({
    x,
    bytes: filled.subarray((x - 1) * size, x * size),
  }))
  return pageNumbers(set).map((number) => encodePage({ set, number, stripe: stripeAt(data, number) }))
}

/**
 * The content of a stack of pages. Damaged, repeated and foreign ones do no harm as long as K good pages are there.
 * @param only the id of the set that is meant, when there are pages of several
 * @throws CairnError `paper-unreadable`, `paper-version`, `paper-mixed`, `paper-set`, `paper-few`, `paper-content`
 */
export function decodePages(given: readonly Uint8Array[], only?: string): Uint8Array {
  const sorted = sortPages(given)
  const { set, pages, needed, missing, damaged } = chosen(sorted, only)
  if (needed > 0)
    return fail('paper-few', {
      set: set.id,
      needed,
      pages: set.data + set.parity,
      missing: listed(missing, damaged),
    })
  const stripes = pages.slice(0, set.data).map(({ number, stripe }) => ({ x: number, bytes: stripe }))
  const content = concat(...dataNumbers(set).map((x) => stripeAt(stripes, x)))
  const whole = content.subarray(0, set.length)
  const digest = hex(sha256(whole).subarray(0, DIGEST_BYTES))
  if (digest !== set.digest || content.subarray(set.length).some((byte) => byte !== 0))
    return fail('paper-content', { set: set.id })
  return whole
}

/** What was printed on sheets of paper, and what of it was there. */
export interface ReadSheets {
  readonly content: Uint8Array
  readonly state: SetState
}

/**
 * As `decodePages`, for codes on sheets as `arrange` puts them: what is missing is named by sheets.
 * @throws CairnError `paper-short`, and those of `decodePages`
 */
export function decodeSheets(given: readonly Uint8Array[], only?: string): ReadSheets {
  const state = chosen(sortPages(given), only)
  requireEnough(state)
  return { content: decodePages(given, state.set.id), state }
}

function dataNumbers(set: PageSet): readonly number[] {
  return pageNumbers(set).slice(0, set.data)
}

/** As few data pages as hold the content. */
function plan(
  length: number,
  { pageBytes = PAGE_BYTES, parity }: PageLayout,
): { data: number; parity: number } {
  const least = PAGE_OVERHEAD_BYTES + 1
  if (!(Number.isInteger(pageBytes) && pageBytes >= least && pageBytes <= MAX_PAGE_BYTES))
    return fail('paper-layout', { reason: `a page has ${least} to ${MAX_PAGE_BYTES} bytes` })
  if (!(Number.isInteger(parity) && parity >= 0 && parity < MAX_PAGES))
    return fail('paper-layout', { reason: `a set has 0 to ${MAX_PAGES - 1} parity pages` })
  if (length === 0) return fail('paper-layout', { reason: 'there is nothing to print' })
  const data = Math.ceil(length / (pageBytes - PAGE_OVERHEAD_BYTES))
  if (data + parity > MAX_PAGES)
    return fail('paper-layout', {
      reason: `${length} bytes need ${data} pages besides ${parity} parity pages`,
    })
  return { data, parity }
}

/** The set that is meant. Sets of which there are damaged pages only do not stand in the way of another. */
function chosen({ sets, strays }: SortedPages, only: string | undefined): SetState {
  const meant = sets.filter(({ set }) => only === undefined || set.id === only)
  const good = meant.filter(({ pages }) => pages.length > 0)
  const found = good.length > 0 ? good : meant
  if (found.length > 1) return fail('paper-mixed', { count: found.length, sets: named(found) })
  if (found[0]) return found[0]
  if (only !== undefined && sets.length > 0) return fail('paper-set', { set: only, sets: named(sets) })
  const newer = strays.find(({ kind }) => kind === 'newer')
  return newer
    ? fail('paper-version', { place: newer.place })
    : fail('paper-unreadable', { pages: unread(strays) })
}

const NAMED = 8

function named(states: readonly SetState[]): string {
  const all = states.map(({ set, pages, damaged }) => {
    const seen = [...pages.map(({ number }) => number), ...damaged].sort((a, b) => a - b)
    return `${set.id} (codes ${listed(seen)})`
  })
  return [...all.slice(0, NAMED), ...(all.length > NAMED ? ['…'] : [])].join(', ')
}

function unread(strays: readonly Stray[]): string {
  const places = (kind: Stray['kind']) =>
    strays.filter((stray) => stray.kind === kind).map(({ place }) => place)
  const [damaged, foreign] = [places('damaged'), places('foreign')]
  const parts = [
    ...(damaged.length > 0 ? [`damaged ${listed(damaged)}`] : []),
    ...(foreign.length > 0 ? [`no page of Cairn ${listed(foreign)}`] : []),
  ]
  return parts.join('; ') || 'there are none'
}
