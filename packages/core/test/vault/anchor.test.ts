import { describe, expect, it } from 'vitest'
import { anchorOf, formatAnchor, holdAgainst, isAnchorOf, parseAnchor } from '../../src/vault/anchor.js'
import type { VaultDescription } from '../../src/vault/description.js'
import { deviceKeyWith, type Head, type SignedHead, signHead } from '../../src/vault/head.js'
import { codeOf } from '../refusal.js'

const key = deviceKeyWith(new Uint8Array(32).fill(1))
const description: VaultDescription = {
  format: 'cairn-vault',
  version: 1,
  id: '0f'.repeat(16),
  created: '2026-11-01T00:00:00.000Z',
  revision: 1,
  recipient: 'age1xkq8943ktzqdrth2x2ddlyfp8qu9rmfp528rka0fvhgd9ngkvf2qu2snyf',
  policy: { scheme: 'slip39', set: 1, need: 1, groups: [] },
  devices: [{ id: key.id, name: 'laptop', key: key.publicKey, added: '2026-11-01T00:00:00.000Z' }],
}
const head = (seq: number, change: Partial<Head> = {}): SignedHead =>
  signHead(
    {
      format: 'cairn-head',
      version: 1,
      type: 'snapshot',
      vault: description.id,
      device: key.id,
      seq,
      previous: null,
      time: '2026-11-25T08:00:00.000Z',
      manifest: 'ab'.repeat(32),
      next_expected_by: '2026-12-25T08:00:00.000Z',
      ...change,
    },
    key,
  )
const anchor = anchorOf(description, head(12))
const line = formatAnchor(anchor)

describe('an anchor', () => {
  it('is one line that comes back as it was', () => {
    expect(line).toMatch(
      /^cairn-anchor [0-9a-f]{4}(-[0-9a-f]{4}){4} 2026-11-25 [0-9a-f]{8} 12 [0-9a-f]{4}(-[0-9a-f]{4}){3} [0-9a-f]{6}$/,
    )
    expect(parseAnchor(line)).toEqual(anchor)
  })

  it.each([
    ['in capitals', line.toUpperCase()],
    ['with spaces and line breaks around and between', `\n  ${line.replaceAll(' ', '   \n')} `],
    ['without its first word', line.slice('cairn-anchor '.length)],
    ['with letters for digits', line.slice(0, 13) + line.slice(13).replaceAll('0', 'O').replaceAll('1', 'l')],
    ['with the dashes of a word processor', line.replaceAll('-', '\u2013')],
  ])('is read as people type it: %s', (_how, typed) => {
    expect(parseAnchor(typed)).toEqual(anchor)
  })

  it.each([
    ['', ''],
    ['too long', line.padEnd(500, ' ')],
    ['a part less', line.split(' ').slice(0, 6).join(' ')],
    ['number 0', formatAnchor({ ...anchor, seq: 0 })],
    ['a number that is too long', formatAnchor({ ...anchor, seq: 1_000_000_000 })],
  ])('is not %s', (_what, typed) => {
    expect(codeOf(() => parseAnchor(typed))).toBe('anchor-mistyped')
  })

  it('names every slip of one character, and every swap of two, as a slip', () => {
    let slips = 0
    for (let at = 'cairn-anchor '.length; at < line.length; at++) {
      const typed = [...'0123456789abcdef'].map((digit) => line.slice(0, at) + digit + line.slice(at + 1))
      const swapped = line.slice(0, at) + (line[at + 1] ?? '') + line[at] + line.slice(at + 2)
      for (const text of [...typed, swapped, line.slice(0, at) + line.slice(at + 1)]) {
        if (text.trim() === line) continue
        expect(
          codeOf(() => parseAnchor(text)),
          text,
        ).toBe('anchor-mistyped')
        slips++
      }
    }
    expect(slips).toBeGreaterThan(1000)
  })

  it('is held against the heads of a store', () => {
    expect(holdAgainst(anchor, [head(11), head(12), head(13)])).toBe('shown')
    expect(holdAgainst(anchor, [head(11)])).toBe('less')
    expect(holdAgainst(anchor, [])).toBe('less')
    expect(holdAgainst(anchor, [head(11), head(12, { manifest: 'cd'.repeat(32) })])).toBe('other')
  })

  it('is of one vault, also after that was rekeyed', () => {
    expect(isAnchorOf(anchor, description)).toBe(true)
    expect(isAnchorOf(anchor, { ...description, id: 'aa'.repeat(16) })).toBe(false)
    const recipient = 'age13aqvttdk3ujkyjh9kg2w5an6dmy5mq5a84a4uxk3hfhnugfc9p0sy5p2wh'
    const retired = [{ recipient: description.recipient, ended: description.created, lock: '' }]
    expect(isAnchorOf(anchor, { ...description, recipient, retired })).toBe(true)
  })
})
