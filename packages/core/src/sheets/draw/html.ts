/**
 * A drawing as one HTML file to look at and to print: a page of paper each page, as outlines, with invisible text over
 * them. No scripts and no outside resources; a policy inside the file forbids them.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { base64 } from '@scure/base'
import { utf8 } from '../../bytes.js'
import type { Drawing } from '../drawing.js'
import { escapeHtml } from '../html.js'
import type { Fonts } from './fonts.js'
import { drawSvg } from './svg.js'

/** @throws CairnError `sheet-character`, `sheet-too-large` */
export function drawHtml(drawing: Drawing, { fonts }: { readonly fonts: Fonts }): string {
  const { title, language, pages, size } = drawing
  const style = `@page { size: ${size.width}mm ${size.height}mm; margin: 0 }
html, body { margin: 0; background: #fff }
svg { display: block; margin: 0 auto; break-after: page; font-family: sans-serif }
svg:last-of-type { break-after: auto }
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
