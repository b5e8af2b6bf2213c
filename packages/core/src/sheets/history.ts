/**
 * The calendar of the past as a page: one HTML file without scripts or outside resources, or the SVG in it alone. A
 * row a wallet and a store, a square a day, in black on white with shapes, so that a printer and an eye that sees no
 * colours can read it. It holds names of wallets and stores, and no secret.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { base64 } from '@scure/base'
import { utf8 } from '../bytes.js'
import type { Day, History, Row } from '../plan/history.js'
import { escapeHtml } from './html.js'

/** What a square looks like, and what it means. */
const LOOKS: readonly { readonly day: Day; readonly shape: string; readonly means: string }[] = [
  { day: 'saved', shape: '<rect width="9" height="9" rx="1.5" class="full"/>', means: 'saved' },
  {
    day: 'proven',
    shape: '<rect width="9" height="9" rx="1.5" class="full"/><path d="M2 4.6l1.8 2L7 2.8" class="tick"/>',
    means: 'a drill proved it',
  },
  { day: 'quiet', shape: '<circle cx="4.5" cy="4.5" r="1" class="full"/>', means: 'nothing was due' },
  { day: 'late', shape: '<rect x=".5" y=".5" width="8" height="8" rx="1.5" class="open"/>', means: 'late' },
  {
    day: 'failed',
    shape:
      '<rect x=".5" y=".5" width="8" height="8" rx="1.5" class="open"/><path d="M2.4 2.4l4.2 4.2m0-4.2l-4.2 4.2" class="line"/>',
    means: 'failed',
  },
  {
    day: 'away',
    shape: '<path d="M1 4.5h7" class="line"/>',
    means: 'the store was away',
  },
  {
    day: 'differs',
    shape: '<path d="M4.5 .3L8.9 8.5H.1z" class="full"/>',
    means: 'a drill or check found something wrong',
  },
  { day: 'before', shape: '', means: '' },
]

const CELL = 11
const LEFT = 110
const TOP = 26
const LABEL_LETTERS = 18

export interface HistoryPage {
  /** The fingerprint of the vault. */
  readonly vault: string
  /** What comes next, in plain sentences. */
  readonly next: readonly string[]
}

/** The picture alone, for A4 across when it has a hundred days or fewer. */
export function drawHistorySvg(history: History): string {
  const rows = [...history.wallets, ...history.stores]
  const gap = history.stores.length > 0 ? CELL : 0
  const end = TOP + rows.length * CELL + gap
  const height = end + 3 * CELL + 40
  const width = LEFT + history.days.length * CELL + 10
  const y = (i: number) => TOP + i * CELL + (i >= history.wallets.length ? gap : 0)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${label(history)}">`,
    `<style>${SVG_STYLE}</style>`,
    `<rect width="${width}" height="${height}" class="paper"/>`,
    months(history.days),
    ...rows.map((row, i) => drawRow(row, y(i), history.days)),
    drawSent(history.sent, end + 2 * CELL),
    legend(height - 14),
    '</svg>',
  ].join('\n')
}

/** The picture on a page, with what was sent and what comes next. */
export function drawHistoryHtml(history: History, { vault, next }: HistoryPage): string {
  const [first = '', last = ''] = [history.days[0], history.days.at(-1)]
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${HASHES}">
<meta name="viewport" content="width=device-width">
<title>Backups of vault ${escapeHtml(vault)}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<header><h1>Backups and drills</h1>${STONES}</header>
<p>Vault ${escapeHtml(vault)}, ${first} to ${last}</p>
<div class="calendar">
${drawHistorySvg(history)}
</div>
<h2>Next</h2>
<ul>
${next.map((line) => `<li>${escapeHtml(line)}</li>`).join('\n')}
</ul>
<p>${escapeHtml(sentBytes(history))}</p>
</body>
</html>
`
}

function drawRow({ name, days }: Row, y: number, dates: readonly string[]): string {
  const shown = name.length > LABEL_LETTERS ? `${name.slice(0, LABEL_LETTERS - 1)}…` : name
  const cells = days.map((day, i) => {
    const shape = LOOKS.find((look) => look.day === day)?.shape ?? ''
    const what = LOOKS.find((look) => look.day === day)?.means ?? ''
    if (shape === '') return ''
    return `<g transform="translate(${LEFT + i * CELL} ${y})"><title>${dates[i]}: ${escapeHtml(name)}, ${what}</title>${shape}</g>`
  })
  return `<text x="0" y="${y + 8}" class="name">${escapeHtml(shown)}</text>\n${cells.join('')}`
}

/** A bar a day, the tallest for the day on which most was sent. @param y of their feet */
function drawSent(sent: readonly number[], y: number): string {
  const most = Math.max(...sent)
  if (most === 0) return ''
  const bars = sent.map((bytes, i) => {
    const height = bytes === 0 ? 0 : Math.max(0.7, (bytes / most) * 16)
    return height === 0
      ? ''
      : `<rect x="${LEFT + i * CELL}" y="${(y - height).toFixed(1)}" width="9" height="${height.toFixed(1)}" class="full"/>`
  })
  return `<text x="0" y="${y}" class="name">sent a day</text>\n${bars.join('')}`
}

/** The name of a month above its first day that is shown, where there is room for it. */
function months(days: readonly string[]): string {
  const starts = days.flatMap((day, i) =>
    i === 0 || day.slice(0, 7) !== days[i - 1]?.slice(0, 7) ? [i] : [],
  )
  const roomy = starts.filter((i, n) => (starts[n + 1] ?? days.length) - i >= 3)
  return roomy
    .map((i) => `<text x="${LEFT + i * CELL}" y="${TOP - 10}" class="month">${days[i]?.slice(0, 7)}</text>`)
    .join('')
}

function legend(y: number): string {
  let x = LEFT
  return LOOKS.filter(({ means }) => means !== '')
    .map(({ shape, means }) => {
      const here = `<g transform="translate(${x} ${y - 8})">${shape}</g><text x="${x + 13}" y="${y}" class="means">${means}</text>`
      x += 24 + means.length * 4.3
      return here
    })
    .join('')
}

function label({ wallets, stores, days }: History): string {
  return `What ${days.length} days brought to ${wallets.length} wallets and ${stores.length} stores`
}

function sentBytes({ sent }: History): string {
  const total = sent.reduce((sum, bytes) => sum + bytes, 0)
  return `Sent to all stores together in this time: ${(total / 1e6).toFixed(1)} MB.`
}

/** The family of the sheets where a computer has it; names may be in any script, so that it cannot be outlines. */
const FAMILY = '"IBM Plex Sans", "Noto Sans", "DejaVu Sans", Helvetica, Arial, sans-serif'

const SVG_STYLE = `
text { font: 8px ${FAMILY} }

.means { font-size: 7.5px }
.paper { fill: #fff }
.full { fill: #000 }
.open { fill: none; stroke: #000 }
.line { fill: none; stroke: #000; stroke-width: 1.2 }
.tick { fill: none; stroke: #fff; stroke-width: 1.2 }
`

const PAGE_STYLE = `
@page { size: A4 landscape; margin: 20mm }
html { background: #fff; color: #000; font: 10pt/1.42 ${FAMILY} }
body { max-width: 257mm; margin: 0 auto }
header { display: flex; justify-content: space-between; align-items: baseline }
h1 { font-size: 24pt; font-weight: 600; line-height: 1.3; margin: 0 }
header + p { font-size: 12pt; border-bottom: .17mm solid #000; padding-bottom: 3mm; margin: 0 0 7mm }
h2 { font-size: 10pt; font-weight: 600; margin: 7mm 0 1mm }
.calendar svg { width: 100%; height: auto }
.stones { height: 5.9mm }
ul { margin: 0; padding-left: 5mm }
@media screen { body { padding: 8mm } }
`

/** The three stones of every sheet. */
const STONES =
  '<svg class="stones" viewBox="0 0 100 92" aria-hidden="true"><rect x="29" width="42" height="27" rx="13.5"/><rect x="15" y="32.5" width="70" height="27" rx="13.5"/><rect y="65" width="100" height="27" rx="13.5"/></svg>'

/** CSP level 3, section 2.3.1: the hashes of the only styles that may apply. */
const HASHES = [PAGE_STYLE, SVG_STYLE]
  .map((style) => `'sha256-${base64.encode(sha256(utf8(style)))}'`)
  .join(' ')
