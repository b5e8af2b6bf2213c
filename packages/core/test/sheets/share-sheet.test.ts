import { describe, expect, test } from 'vitest'
import type { Drawing, Paper } from '../../src/sheets/drawing.js'
import { layOutShare, type ShareContent, shareContent } from '../../src/sheets/share-sheet.js'
import { check, splitWith } from '../../src/words/shares.js'
import type { ShareForm } from '../../src/words/sskr.js'
import { stream } from '../draws.js'
import { codeOf } from '../refusal.js'
import { fonts } from './fonts.js'
import { faults } from './marks.js'

const plain = { holders: [], date: '2026-11-26' }
const secret = (bytes: number) => stream(3).draw(bytes)
const twoOfThree = { groupThreshold: 1, groups: [{ threshold: 2, count: 3 }] }

const lay = (text: string, paper: Paper = 'a4', options: Partial<ShareContent> = {}) =>
  layOutShare(shareContent(text, 1, { ...plain, ...options }), { paper, metrics: fonts })

const texts = ({ pages }: Drawing) =>
  pages.flatMap(({ marks }) => marks.flatMap((mark) => (mark.kind === 'text' ? [mark.text] : [])))

const slip39 = (bytes: number, plan = twoOfThree) =>
  splitWith(secret(bytes), { scheme: 'slip39', ...plan }, stream(4).draw).flat()
const sskr = (form: ShareForm) =>
  splitWith(secret(32), { scheme: 'sskr', form, ...twoOfThree }, stream(4).draw).flat()

const SHARES: readonly (readonly [string, readonly string[], Partial<ShareContent>])[] = [
  ['SLIP-39, 20 words', slip39(16), {}],
  ['SLIP-39, 33 words', slip39(32), {}],
  ['SLIP-39, 59 words', slip39(64), {}],
  ['SSKR in words', sskr('words'), {}],
  ['SSKR as a URI', sskr('uri'), {}],
  ['SSKR in few letters', sskr('minimal'), {}],
  ['SSKR as a UR', sskr('ur'), {}],
  ['codex32', splitWith(secret(32), { scheme: 'codex32', ...twoOfThree }, stream(4).draw).flat(), {}],
  [
    'Seed XOR',
    splitWith(
      secret(32),
      { scheme: 'seedxor', groupThreshold: 1, groups: [{ threshold: 3, count: 3 }] },
      stream(4).draw,
    ).flat(),
    { scheme: 'seedxor' },
  ],
]

describe('the sheet of a share', () => {
  test.each(SHARES)('of %s has all of it, once for the eye and once for a camera', (_, shares, options) => {
    expect(shares.length).toBeGreaterThan(1)
    for (const paper of ['a4', 'letter'] as const) {
      for (const text of shares) {
        const content = shareContent(text, 1, { ...plain, ...options })
        const drawing = layOutShare(content, { paper, metrics: fonts })
        expect(faults(drawing)).toEqual([])
        // on Letter the longest leaves no room for what it is
        expect(drawing.pages.length).toBeLessThanOrEqual(content.pieces.length > 50 ? 2 : 1)
        expect(content.pieces.join(content.piecesAre === 'words' ? ' ' : '')).toBe(text.trim())
        expect(content.qr).toBe(text.trim())
        for (const piece of content.pieces) expect(texts(drawing)).toContain(piece)
      }
    }
  })

  test('tells which share of which set it is, how many are needed, and who holds the others', () => {
    const text = slip39(16)[1] as string
    const facts = check(text).facts
    const said = texts(lay(text, 'a4', { of: 3, holders: ['1: Anna', '3: notary Blum'], name: 'Family' }))
    expect(said).toContain('Share 2 of 3')
    expect(said).toContain('2 of 3 shares of its set')
    expect(said).toContain(facts?.set)
    expect(said).toContain('1: Anna')
    expect(said).toContain('3: notary Blum')
    expect(said.join(' ')).toContain('cairn share check')
  })

  test('tells its group, and how many groups are needed', () => {
    const plan = {
      groupThreshold: 2,
      groups: [
        { threshold: 1, count: 1 },
        { threshold: 2, count: 3 },
      ],
    }
    const said = texts(lay(slip39(16, plan)[2] as string))
    expect(said).toContain('2, of group 2')
    expect(said).toContain('2 shares of its group')
    expect(said).toContain('2 of 2')
  })

  test('says of a part of Seed XOR that every part is needed', () => {
    const [, parts = [], options = {}] = SHARES.at(-1) ?? []
    expect(texts(lay(parts[0] as string, 'a4', options))).toContain('every share of the set')
  })

  test('says of a part of Seed XOR what its check cannot tell', () => {
    const [, parts = [], options = {}] = SHARES.at(-1) ?? []
    const said = texts(lay(parts[0] as string, 'a4', options)).join(' ')
    expect(said).toContain('not of which set it is')
    expect(said).not.toContain('every word is right')
    expect(said).not.toContain('hand in their old shares')
  })

  const groups = (groupThreshold: number) =>
    slip39(16, {
      groupThreshold,
      groups: [
        { threshold: 1, count: 1 },
        { threshold: 2, count: 3 },
      ],
    })
  const UNSHARED = 'ms10testsxxxxxxxxxxxxxxxxxxxxxxxxxx4nzvca9cmczlw' // BIP-93, test vector 1

  test.each([
    ['one of one', slip39(16, { groupThreshold: 1, groups: [{ threshold: 1, count: 1 }] })[0] as string],
    ['a group of one, of which one is needed', groups(1)[0] as string],
    ['the unshared secret of codex32', UNSHARED],
  ])('says of %s that it is the whole key', (_, text) => {
    const said = texts(lay(text)).join(' ')
    expect(said).toContain('The whole key')
    expect(said).not.toContain('By itself it opens no wallet')
    expect(said).not.toContain('several people')
    expect(texts(lay(text, 'card')).join(' ')).toContain('the whole key')
  })

  test('says of a share whose group is not enough that it opens nothing', () => {
    expect(texts(lay(groups(2)[0] as string)).join(' ')).toContain('By itself it opens no wallet')
  })

  test('is refused where fewer shares are said to be there than this one tells', () => {
    const [, second, third] = slip39(16)
    expect(codeOf(() => lay(second as string, 'a4', { of: 1 }))).toBe('usage')
    expect(codeOf(() => lay(third as string, 'a4', { of: 2 }))).toBe('usage')
    expect(texts(lay(third as string, 'a4', { of: 3 }))).toContain('Share 3 of 3')
  })

  test('is refused for a share with a mistake', () => {
    const wrong = (slip39(16)[0] as string).replace(/\w+$/, 'academic')
    expect(codeOf(() => lay(wrong))).toBe('share-checksum')
    expect(codeOf(() => lay('nothing of the kind'))).toBe('share-unreadable')
    // a part of Seed XOR, or not
    expect(codeOf(() => lay(`${'abandon '.repeat(11)}about`))).toBe('usage')
  })

  test('fits a card with 20 words, and is refused with 33', () => {
    const card = lay(slip39(16)[0] as string, 'card')
    expect(faults(card)).toEqual([])
    expect(texts(card).filter((text) => /^\d+$/.test(text))).toHaveLength(20)
    expect(codeOf(() => lay(slip39(32)[0] as string, 'card'))).toBe('sheet-paper')
  })
})
