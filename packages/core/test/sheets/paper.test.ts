import { utf8 } from '@cairn/core/bytes.js'
import { readPage } from '@cairn/core/sheets/paper/page.js'
import { listed } from '@cairn/core/sheets/paper/stack.js'
import {
  decodePages,
  encodePages,
  formatPage,
  PAGE_BYTES,
  parsePage,
  QR_PAGE_BYTES,
  sortPages,
} from '@cairn/core/sheets/paper.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { codeOf, refusal } from '../refusal.js'
import { content, failures, identified, rehashed, unnoticed, withStripe } from './paper/content.js'

const at = (pages: readonly Uint8Array[], ...numbers: readonly number[]) =>
  numbers.map((number) => pages[number - 1] as Uint8Array)
const idOf = (page: Uint8Array) => sortPages([page]).sets[0]?.set.id as string
const flip = (page: Uint8Array, i: number) => page.with(i, (page[i] as number) ^ 1)

const bytes = content(50)
const pages = encodePages(bytes, { pageBytes: 52, parity: 3 }) // 4 + 3, 13 bytes each
const other = encodePages(content(50, 2), { pageBytes: 52, parity: 3 })

describe('pages', () => {
  test('come back whole from every choice of as many as bear the content, in small sets', () => {
    for (let data = 1; data <= 6; data++)
      for (let parity = 0; parity <= 4; parity++) {
        const plain = content(data * 3 - (data > 2 ? 2 : 0), data)
        const set = encodePages(plain, { pageBytes: 42, parity })
        expect(set).toHaveLength(data + parity)
        expect(failures(set, data, plain)).toBe(0)
      }
  })

  test('of a code that is none are caught by that', () => {
    const copies = pages.map((page, i) =>
      i > 4 ? withStripe(page, () => (pages[4] as Uint8Array).slice(31, -8)) : page,
    )
    expect(failures(copies, 4, bytes)).toBeGreaterThan(0)
  })

  test('come back in any order, some twice, with one page less refused and the missing ones named', () => {
    const sizes = fc.tuple(fc.integer({ min: 1, max: 120 }), fc.integer({ min: 0, max: 135 }), fc.integer())
    fc.assert(
      fc.property(sizes, ([data, parity, seed]) => {
        const plain = content(data * 5, seed)
        const set = encodePages(plain, { pageBytes: 44, parity })
        const order = shuffled(set, seed)
        const enough = order.slice(0, data)
        expect(decodePages([...enough, ...enough.slice(0, 3)])).toEqual(plain)
        const given = new Set(order.slice(1, data))
        const absent = set.flatMap((page, i) => (given.has(page) ? [] : [i + 1]))
        const { code, details } = refusal(() => decodePages([...given]))
        expect(code).toBe(data === 1 ? 'paper-unreadable' : 'paper-few')
        if (data > 1)
          expect(details).toMatchObject({ needed: 1, pages: data + parity, missing: listed(absent) })
      }),
      { seed: 6, numRuns: 25 },
    )
  })

  test('are as many as there are numbers, and no more', () => {
    const plain = content(200 * (PAGE_BYTES - 39))
    const set = encodePages(plain, { parity: 55 })
    expect(set).toHaveLength(255)
    expect(set.every((page) => page.length === PAGE_BYTES)).toBe(true)
    expect(Buffer.compare(decodePages(set.slice(55)), plain)).toBe(0)
    expect(refusal(() => encodePages(plain, { parity: 56 })).message).toContain(
      '131000 bytes need 200 pages besides 56 parity pages',
    )
  })

  test('are laid out only as they can be', () => {
    for (const layout of [
      { parity: -1 },
      { parity: 255 },
      { parity: 1.5 },
      { parity: 1, pageBytes: 39 },
      { parity: 1, pageBytes: 2954 },
      { parity: Number.NaN },
    ])
      expect(codeOf(() => encodePages(bytes, layout))).toBe('paper-layout')
    expect(codeOf(() => encodePages(new Uint8Array(), { parity: 1 }))).toBe('paper-layout')
  })

  test('bear the content itself first, without any mathematics', () => {
    const plain = pages.slice(0, 4).flatMap((page) => Array.from(page.slice(31, -8)))
    expect(Uint8Array.from(plain.slice(0, 50))).toEqual(bytes)
  })
})

describe('damage', () => {
  test('of any single bit of a page is noticed', () => {
    for (const page of pages) expect(unnoticed(page, readPage)).toBe(0)
  })

  test('is not by a reader without the hash of the page', () => {
    expect(unnoticed(pages[0] as Uint8Array, (page) => readPage(rehashed(page)))).toBeGreaterThan(100)
  })

  test('of any kind is noticed, or it is none', () => {
    const length = (pages[0] as Uint8Array).length
    const edits = fc.array(fc.tuple(fc.nat(length - 1), fc.nat(255)), { minLength: 1, maxLength: 9 })
    fc.assert(
      fc.property(fc.nat(6), edits, fc.nat(length), (i, changes, cut) => {
        const page = pages[i] as Uint8Array
        const changed = page.slice()
        for (const [place, value] of changes) changed[place] = value
        if (Buffer.compare(changed, page) !== 0) expect(readPage(changed).kind).not.toBe('page')
        if (cut < length) expect(readPage(page.slice(0, cut)).kind).not.toBe('page')
        expect(readPage(Uint8Array.from([...page, ...changed.slice(0, cut)])).kind === 'page').toBe(cut === 0)
      }),
      { seed: 7, numRuns: 400 },
    )
  })

  test('counts as a lost page, and is named by number when too few are left', () => {
    const [third] = at(pages, 3) as [Uint8Array]
    const torn = flip(third, 40)
    expect(decodePages([...at(pages, 1, 2, 5), torn, ...at(pages, 7)])).toEqual(bytes)
    const { code, message, hint } = refusal(() => decodePages([...at(pages, 1, 2), torn, ...at(pages, 7)]))
    expect(code).toBe('paper-few')
    expect(message).toBe(`the set ${idOf(third)} needs 1 more of its 7 pages; missing are 3 (damaged), 4-6`)
    expect(hint).toContain('any 1 of these')
    expect(decodePages([torn, ...at(pages, 1, 2, 7), third])).toEqual(bytes)
  })

  test('of the header leaves a page that is of no set, named by its place', () => {
    const stack = [
      ...at(pages, 1),
      flip(pages[1] as Uint8Array, 12),
      utf8('https://example.org'),
      new Uint8Array(),
    ]
    expect(sortPages(stack).strays).toEqual([
      { place: 2, kind: 'damaged' },
      { place: 3, kind: 'foreign' },
      { place: 4, kind: 'foreign' },
    ])
    expect(refusal(() => decodePages(stack.slice(1))).message).toBe(
      'none of the pages given can be read: damaged 1; no page of Cairn 2-3',
    )
    expect(refusal(() => decodePages([])).message).toContain('there are none')
  })

  test('made on purpose, with a right hash, is noticed in the content', () => {
    const forged = withStripe(pages[1] as Uint8Array, (stripe) => flip(stripe, 0))
    expect(codeOf(() => decodePages([...at(pages, 1, 3, 4), forged]))).toBe('paper-content')
    const filling = withStripe(pages[3] as Uint8Array, (stripe) => flip(stripe, 12))
    expect(codeOf(() => decodePages([...at(pages, 1, 2, 3), filling]))).toBe('paper-content')
  })

  test('is suspected of a page that is there in two forms', () => {
    const forged = withStripe(pages[1] as Uint8Array, (stripe) => flip(stripe, 0))
    expect(decodePages([...at(pages, 1, 2, 3, 4, 5), forged])).toEqual(bytes)
    const few = refusal(() => decodePages([forged, ...at(pages, 1, 2, 3, 4)]))
    expect(few.details).toMatchObject({ needed: 1, missing: '2 (damaged), 5-7' })
  })
})

describe('pages of several sets', () => {
  test('are named, and one of them can be chosen', () => {
    const stack = [...at(pages, 1, 2, 3, 4), ...at(other, 2, 6)]
    const [a, b] = [idOf(pages[0] as Uint8Array), idOf(other[0] as Uint8Array)]
    const { code, message } = refusal(() => decodePages(stack))
    expect(code).toBe('paper-mixed')
    expect(message).toBe(`the pages are of 2 sets: ${a} (codes 1-4), ${b} (codes 2, 6)`)
    expect(decodePages(stack, a)).toEqual(bytes)
    expect(refusal(() => decodePages(stack, b)).details).toMatchObject({ needed: 2, missing: '1, 3-5, 7' })
    expect(codeOf(() => decodePages(stack, '00000000'))).toBe('paper-set')
  })

  test('are told apart when only the layout differs', () => {
    const more = encodePages(bytes, { pageBytes: 52, parity: 4 })
    expect(codeOf(() => decodePages([...pages.slice(0, 3), ...more.slice(3)]))).toBe('paper-mixed')
  })

  test('do not stand in the way when all that is there of one is damaged', () => {
    expect(decodePages([...pages, flip(other[0] as Uint8Array, 40)])).toEqual(bytes)
    expect(refusal(() => decodePages([flip(pages[2] as Uint8Array, 40)])).details).toMatchObject({
      needed: 4,
      missing: '1-2, 3 (damaged), 4-7',
    })
  })

  test('of a later version are told', () => {
    const newer = rehashed((pages[0] as Uint8Array).with(2, 0x13).with(3, 0xf8))
    expect(formatPage(newer).slice(0, 6)).toBe('CAIRN2')
    expect(refusal(() => decodePages([new Uint8Array(), newer])).message).toContain('page 2 of those given')
  })
})

describe('the header', () => {
  test.each([
    ['no data page', [9, 0]],
    ['more pages than there are numbers', [9, 255]],
    ['more parity than there are numbers', [10, 252]],
    ['4 GB of content', [11, 255]],
    ['no content', [14, 0]],
    ['a data page of nothing but filling', [9, 49]],
    ['the number 0', [8, 0]],
    ['a number that the set does not have', [8, 8]],
  ] as const)('with %s and a right id and hash is refused, and claims nothing', (_, [place, value]) => {
    const page = identified((pages[0] as Uint8Array).with(place, value))
    expect(readPage(page)).toEqual({ kind: 'damaged', claim: null })
  })

  test('with a stripe of another length is damaged, whatever its id and hash', () => {
    const page = identified((pages[0] as Uint8Array).with(14, 40))
    expect(readPage(page)).toMatchObject({ kind: 'damaged', claim: { number: 1, set: { length: 40 } } })
    expect(readPage(identified(pages[0] as Uint8Array))).toMatchObject({ kind: 'page' })
  })

  test('with an id that does not follow from it is damaged', () => {
    for (const place of [4, 7, 20])
      expect(readPage(rehashed(flip(pages[0] as Uint8Array, place)))).toEqual({
        kind: 'damaged',
        claim: null,
      })
  })

  test('of hostile bytes ends in an answer', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), (tail) => {
        expect(readPage(tail).kind).toBe('foreign')
        expect(readPage(Uint8Array.of(0x90, 0x30, 0x0c, 0x0f, ...tail)).kind).toBe('damaged')
      }),
      { seed: 8, numRuns: 300 },
    )
    expect(readPage(new Uint8Array(1_000_000)).kind).toBe('foreign')
  })
})

describe('the text of a page', () => {
  test('begins with CAIRN1, bears the page, and may have lines around it', () => {
    for (const page of pages) {
      const text = formatPage(page)
      expect(text).toMatch(/^CAIRN1[0-9A-Z $%*+./:-]+[^ ]$/)
      expect(parsePage(`\r\n ${text} \n`)).toEqual(page)
    }
  })

  test('that is damaged or foreign stays so', () => {
    const text = formatPage(pages[0] as Uint8Array)
    expect(readPage(parsePage(text.replace('CAIRN1', 'CAIRN1#'))).kind).toBe('damaged')
    expect(readPage(parsePage(text.slice(0, -2))).kind).toBe('damaged')
    expect(readPage(parsePage(`${text.slice(0, -1)}a`)).kind).toBe('damaged')
    expect(readPage(parsePage('https://example.org')).kind).toBe('foreign')
    expect(readPage(parsePage('CAIRN1'.repeat(2000))).kind).toBe('foreign')
  })

  /** ISO/IEC 18004, table 7: alphanumeric characters of version 25. */
  test.each([
    ['M', 1451],
    ['Q', 1041],
    ['H', 779],
  ] as const)(
    'fills a QR code of version 25 at level %s, and one byte more does not fit',
    (level, capacity) => {
      const [page] = encodePages(content(9000), { pageBytes: QR_PAGE_BYTES[level], parity: 1 })
      expect(page?.length).toBeLessThanOrEqual(QR_PAGE_BYTES[level])
      expect(formatPage(new Uint8Array(QR_PAGE_BYTES[level])).length).toBeLessThanOrEqual(capacity)
      expect(formatPage(new Uint8Array(QR_PAGE_BYTES[level] + 1)).length).toBeGreaterThan(capacity)
    },
  )
})

function shuffled<T>(list: readonly T[], seed: number): readonly T[] {
  const keys = content(list.length * 3, seed ^ 0x5bd1e995)
  const key = (i: number) => keys[3 * i] as number
  return list
    .map((value, i) => ({ value, i }))
    .sort((a, b) => key(a.i) - key(b.i) || a.i - b.i)
    .map(({ value }) => value)
}
