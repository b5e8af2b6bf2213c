/**
 * A drawing as one HTML file to look at and to print: a page of paper each page, as outlines, with invisible text over
 * them. No scripts and no outside resources; a policy inside the file forbids them. On its own paper it is printed in true
 * scale; on a smaller one, or with margins that a person asks for, a page shrinks, so that no code is cut in two.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { base64 } from '@scure/base'
import { utf8 } from '../../bytes.js'
import type { Drawing } from '../drawing.js'
import { escapeHtml } from '../html.js'
import type { Fonts } from './fonts.js'
import { drawSvg } from './svg.js'

/**
 * Browsers round the paper to dots of 1/300 inch, and may find it narrower than the page by less than 0.1 %: that is no reason
 * to shrink.
 * @throws CairnError `sheet-character`, `sheet-too-large`
 */
export function drawHtml(drawing: Drawing, { fonts }: { readonly fonts: Fonts }): string {
  const { title, language, pages, size } = drawing
  const style = `@page { size: ${size.width}mm ${size.height}mm; margin: 0 }
html, body { margin: 0; background: #fff }
svg { display: block; margin: 0 auto; break-after: page; font-family: sans-serif }
svg:last-of-type { break-after: auto }
@media print { svg { max-width: 100.1%; max-height: 100vh } }
@media screen { svg { max-width: 100%; height: auto; margin: 4mm auto; outline: .2mm solid #ccc } }`
  const hash = base64.encode(sha256(utf8(style)))
  return `<!doctype html>
<html lang="${escapeHtml(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${hash}'">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
${pages.map((_, page) => drawSvg(drawing, { fonts, page, textLayer: 'over' })).join('')}</body>
</html>
`
}
