/** docs/paper-pages.md is held to the code: its vectors, its table and its Python. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { hex, text, utf8 } from '@cairn/core/bytes.js'
import { kitFor } from '@cairn/core/sheets/layout/kit.js'
import { layOutSnapshot } from '@cairn/core/sheets/layout/snapshot.js'
import {
  type Arrangement,
  decodePages,
  encodePages,
  formatPage,
  PAGE_BYTES,
  parsePage,
  QR_PAGE_BYTES,
} from '@cairn/core/sheets/paper.js'
import { describe, expect, test } from 'vitest'
import { leaveOut } from '../../../../test/left-out.js'
import { refusal } from '../refusal.js'
import { subsets } from '../subsets.js'
import { fonts } from './fonts.js'

const document = readFileSync(new URL('../../../../docs/paper-pages.md', import.meta.url), 'utf8')
const block = (name: string) => document.split(`\`\`\`${name}\n`)[1]?.split('\n```')[0] ?? ''
const lines = (name: string) => block(name).split('\n')

const CONTENT = 'A sealed snapshot, as it lies in the store.'
const texts = lines('texts')

describe('the vectors of docs/paper-pages.md', () => {
  test('are the pages of its content, as bytes and as text', () => {
    expect(document).toContain(`The content \`${CONTENT}\` (43 bytes of ASCII)`)
    const pages = encodePages(utf8(CONTENT), { pageBytes: 54, parity: 2 })
    expect(pages.map(hex)).toEqual(lines('pages'))
    expect(pages.map(formatPage)).toEqual(texts)
  })

  test.each(lines('readings'))('%s', (line) => {
    const [given = '', outcome = ''] = line.split(' = ')
    const stack = given.split(' + ').map((item) => {
      const page = texts[Number.parseInt(item, 10) - 1] as string
      return parsePage(item.endsWith('x') ? page.slice(0, -2) + page.at(-1)?.repeat(2) : page)
    })
    if (outcome === 'content') expect(text(decodePages(stack))).toBe(CONTENT)
    else expect(refusal(() => decodePages(stack)).details).toMatchObject({ missing: outcome.slice(8) })
  })

  test('hold for the Python of the document, with every choice of pages', () => {
    const choices = Array.from(subsets(texts, 3))
    const program = `${block('python')}\nfor texts in ${JSON.stringify(choices)}: print(content(texts).decode())`
    const { stdout, stderr, error } = spawnSync('python3', ['-c', program], { encoding: 'utf8' })
    if (error) return leaveOut('the Python of docs/paper-pages.md', { because: 'there is no python3' })
    expect(stderr).toBe('')
    expect(stdout.trim().split(/\r?\n/)).toEqual(choices.map(() => CONTENT))
    return undefined
  })
})

/** ISO/IEC 18004:2015, table 7, for M, Q and H: alphanumeric characters, and of version 25 also bytes. */
const CHARACTERS = { 15: [600, 426, 321], 20: [970, 702, 557], 25: [1451, 1041, 779], 40: [3391, 2420, 1852] }
const BYTES_OF_25 = [997, 715, 535]

/** Three characters of Base45 hold two bytes, two that are left one (RFC 9285, section 4); a character of Base32 five bits. */
const base45Bytes = (characters: number) => Math.floor(characters / 3) * 2 + (characters % 3 === 2 ? 1 : 0)
const base32Bytes = (characters: number) => Math.floor((characters * 5) / 8)

describe('the figures of docs/paper-pages.md', () => {
  test.each(Object.entries(CHARACTERS))('follow from the capacities of version %s', (version, characters) => {
    const size = `${version} (${17 + 4 * Number(version)})`
    const row = (as: string, bytes: readonly number[]) =>
      `| ${[size, as, ...bytes.map((count) => count.toLocaleString('en-US'))].join(' | ')} |`
    const plain = document.replaceAll('**', '')
    expect(plain).toContain(row('Base45', characters.map(base45Bytes)))
    if (version !== '25') return
    expect(plain).toContain(row('Base32', characters.map(base32Bytes)))
    expect(plain).toContain(row('bytes', BYTES_OF_25))
    const [base45, base32, bytes] = [base45Bytes(1451), base32Bytes(1451), 997]
    const more = Math.round((base45 / base32 - 1) * 100)
    const less = Math.round((1 - base45 / bytes) * 100)
    expect(document).toContain(`Base45 holds ${more} % more than Base32 and ${less} % less than bytes`)
  })

  test('are those of the code', () => {
    const { M, Q, H } = QR_PAGE_BYTES
    expect(document).toContain(`| **25 (117)** | **Base45** | **${M}** | **${Q}** | **${H}** |`)
    expect(document).toContain(`Pages have ${PAGE_BYTES} bytes unless`)
    const net = PAGE_BYTES - 39
    expect(document).toContain(`20,000 bytes has then ${Math.ceil(20_000 / net)} data pages`)
    expect(document).toContain(`${(255 * net).toLocaleString('en-US')} bytes, or 200 and 55`)
    expect(document).toContain(`${(200 * net).toLocaleString('en-US')} bytes.`)
  })

  test.each([6, 12] as const)('are those of %i codes drawn on a sheet of A4', (perSheet) => {
    const net = (PAGE_BYTES - 39) * perSheet
    const module = `${moduleOf(perSheet).toFixed(2)} mm`
    expect(document).toContain(`| ${perSheet} | ${module} | ${net.toLocaleString('en-US')} bytes |`)
    const most = Math.floor(255 / perSheet)
    if (perSheet === 12)
      expect(document).toContain(
        `The most is ${most} sheets of twelve codes, with ${((most - 1) * net).toLocaleString('en-US')} bytes`,
      )
  })
})

/** The side of a module, in mm, of the codes on a full sheet. */
function moduleOf(perSheet: Arrangement['perSheet']): number {
  const pages = encodePages(new Uint8Array((PAGE_BYTES - 39) * perSheet), {
    pageBytes: PAGE_BYTES,
    parity: 0,
  })
  const drawing = layOutSnapshot(kitFor('a4', fonts), {
    ...{ vault: '0000-1111-2222-3333-4444', print: '00000000', codes: pages.map(formatPage), wallets: 1 },
    arrangement: { perSheet, data: perSheet, parity: 0, sheets: 1 },
    ...{ snapshots: [{ seq: 1, date: '2026-01-01' }], date: '2026-01-02', policy: ['Two of three open it.'] },
  })
  const sides = (drawing.pages.at(-1)?.marks ?? []).flatMap((mark) =>
    mark.kind === 'modules' && mark.rows.length === 117 ? [mark.side] : [],
  )
  expect(sides).toHaveLength(perSheet)
  return sides[0] as number
}
