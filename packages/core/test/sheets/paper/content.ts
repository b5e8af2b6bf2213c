import { encodePage, readPage } from '@cairn/core/sheets/paper/page.js'
import { decodePages } from '@cairn/core/sheets/paper.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { subsets } from '../../subsets.js'

/** Bytes without a pattern that a shift would keep; the same for the same seed. */
export function content(length: number, seed = 1): Uint8Array {
  let state = seed
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state >>> 24
  })
}

/** The page with its hash made anew, as if nothing had happened to it. */
export function rehashed(page: Uint8Array): Uint8Array {
  const body = page.subarray(0, page.length - 8)
  return Uint8Array.from([...body, ...sha256(body).subarray(0, 8)])
}

/** The page with its id and its hash made anew, as somebody does who wants it to be believed. */
export function identified(page: Uint8Array): Uint8Array {
  const id = sha256(Uint8Array.from([...page.subarray(0, 4), ...page.subarray(9, 31)])).subarray(0, 4)
  return rehashed(Uint8Array.from([...page.subarray(0, 4), ...id, ...page.subarray(8)]))
}

/** How many choices of `data` pages do not give the content back. */
export function failures(pages: readonly Uint8Array[], data: number, bytes: Uint8Array): number {
  return Array.from(subsets(pages, data)).filter((some) => {
    try {
      return Buffer.compare(decodePages(some), bytes) !== 0
    } catch {
      return true
    }
  }).length
}

/** How many single flipped bits of a page are not noticed by a reader. */
export function unnoticed(
  page: Uint8Array,
  read: (bytes: Uint8Array) => ReturnType<typeof readPage>,
): number {
  return Array.from({ length: page.length * 8 }, (_, bit) =>
    page.with(bit >> 3, (page[bit >> 3] as number) ^ (1 << (bit & 7))),
  ).filter((flipped) => read(flipped).kind === 'page').length
}

/** The same pages with another stripe on one of them, and a right hash. */
export function withStripe(page: Uint8Array, change: (stripe: Uint8Array) => Uint8Array): Uint8Array {
  const read = readPage(page)
  if (read.kind !== 'page') throw new Error('no page')
  return encodePage({ ...read.page, stripe: change(read.page.stripe) })
}
