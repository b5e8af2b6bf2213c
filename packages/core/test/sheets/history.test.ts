import { sha256 } from '@noble/hashes/sha2.js'
import { base64 } from '@scure/base'
import { describe, expect, test } from 'vitest'
import { utf8 } from '../../src/bytes.js'
import type { Day, History } from '../../src/plan/history.js'
import { drawHistoryHtml, drawHistorySvg } from '../../src/sheets/history.js'

const ALL: readonly Day[] = ['before', 'quiet', 'saved', 'proven', 'differs', 'failed', 'late', 'away']
const days = ALL.map((_, i) => `2026-11-${String(i + 1).padStart(2, '0')}`)
const history: History = {
  days,
  wallets: [{ name: 'savings <b>"&\u202e', days: ALL }],
  stores: [{ name: 'usb', days: ALL }],
  sent: [0, 0, 5_000_000, 0, 0, 0, 0, 1],
}

const tags = (text: string, tag: string) => text.split(`<${tag}`).length - 1

describe('the calendar of the past', () => {
  test('has a square for every day that is not before the first, with what it means', () => {
    const svg = drawHistorySvg(history)
    expect(tags(svg, 'title')).toBe(2 * (ALL.length - 1))
    expect(svg).toContain('<title>2026-11-06: usb, failed</title>')
  })

  test('is well-formed whatever the names hold', () => {
    const svg = drawHistorySvg(history)
    expect(svg).not.toContain('<b>')
    expect(svg).not.toContain('\u202e')
    for (const tag of ['g', 'text', 'title', 'svg'])
      expect(tags(svg, tag)).toBe(svg.split(`</${tag}>`).length - 1)
  })

  test('has a bar for each day on which something was sent, and none when nothing was', () => {
    expect(drawHistorySvg(history)).toContain('sent a day')
    expect(drawHistorySvg({ ...history, sent: days.map(() => 0) })).not.toContain('sent a day')
  })

  test('as a page lets nothing load or run but its two styles', () => {
    const page = drawHistoryHtml(history, { vault: 'ab cd', next: ['savings: <due>'] })
    const styles = [...page.matchAll(/<style>([\s\S]*?)<\/style>/g)].map(([, style = '']) => style)
    expect(styles.length).toBe(2)
    for (const style of styles) expect(page).toContain(`'sha256-${base64.encode(sha256(utf8(style)))}'`)
    expect(page).toContain("default-src 'none'")
    expect(page).toContain('savings: &lt;due&gt;')
    expect(page).toContain('5.0 MB')
  })
})
