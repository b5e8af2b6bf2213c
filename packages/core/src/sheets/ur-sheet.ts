/**
 * The sheet of a UR: its codes in the order of their numbers, one where it fits into one, with what a person recognises
 * the wallet by. Modules are few and large, for the cameras of signing devices. docs/sheets.md.
 */
import { fail } from '../errors.js'
import { parseDescriptor } from '../keys/descriptor.js'
import { type ShareFacts, schemeNamed } from '../words/shares.js'
import { formatParts, formatUr } from '../words/ur.js'
import type { Drawing } from './drawing.js'
import { plainText } from './html.js'
import { type Block, beside, flow, stack } from './layout/block.js'
import { type Fact, facts, labelWidth } from './layout/facts.js'
import { type Kit, kitFor } from './layout/kit.js'
import { heightOf, layOut } from './layout/pages.js'
import { fitQr, flush, type Qr, qrBlock } from './layout/qr.js'
import { mainWidth, section, told } from './layout/section.js'
import { sentences } from './layout/text.js'
import { titleBlock } from './layout/title.js'
import { withNotes } from './layout/writing.js'
import type { SheetOptions } from './phrase-sheet.js'
import { MEANINGS, READ_BY } from './ur/texts.js'
import type { UrHolding, UrOutput, UrSheet, UrSheetType } from './ur/types.js'

export interface UrDrawing {
  readonly drawing: Drawing
  /** What the codes say, in order: in capitals, which QR codes hold in less room (BCR-2020-005). */
  readonly codes: readonly string[]
}

/** A side of version 15: more than that, cameras of signing devices take long to find. */
const MOST_MODULES = 77
/** Of the message in one of several codes, which has no more modules then, with the strongest correction. */
const MAX_PART_BYTES = 125
/** In mm: of what devices show on their own screens it is the smallest that others read. */
const LEAST_MODULE = 0.55
/** Of a code in mm, quiet zone included. */
const SIDE = { alone: 74, least: 42 } as const

/** The sheet of a UR on as many pages as it takes; a card has one. @throws CairnError `sheet-paper`, `sheet-character`, `sheet-too-large` */
export function layOutUr(sheet: UrSheet, { paper, metrics }: SheetOptions): UrDrawing {
  const kit = kitFor(paper, metrics)
  const codes = codesOf(sheet)
  const blocks = paper === 'card' ? cardBlocks(kit, sheet, codes) : pageBlocks(kit, sheet, codes)
  const drawing = layOut(kit, {
    title: titleOf(sheet.holding),
    language: 'en',
    footer: footer(sheet),
    blocks,
    what: codes.length === 1 ? 'this code' : `${codes.length} codes`,
    ...(paper === 'card' ? { maxPages: 1 } : {}),
  })
  return { drawing, codes }
}

function codesOf({ ur }: UrSheet): readonly string[] {
  const whole = formatUr(ur).toUpperCase()
  const qr = fitQr(whole, SIDE.alone, { leastModule: LEAST_MODULE })
  if (qr?.correction === 'high' && qr.rows.length <= MOST_MODULES) return [whole]
  return formatParts(ur, { maxBytes: MAX_PART_BYTES }).map((part) => part.toUpperCase())
}

function titleOf(holding: UrHolding): string {
  switch (holding.what) {
    case 'phrase':
      return 'Seed for a signing device'
    case 'share': {
      const { member, group, groups } = holding.facts
      return `Share ${member}${(groups ?? 1) > 1 ? ` of group ${group}` : ''}`
    }
    case 'account':
      return 'Watch-only account'
    case 'wallet':
      return 'Watch-only wallet'
    case 'key':
      return 'Public key of an account'
  }
}

function footer({ ur, holding, fingerprints, name, date }: UrSheet): string {
  const set = holding.what === 'share' && holding.facts.set !== null ? `set ${holding.facts.set}` : undefined
  const parts = [titleOf(holding), name, `ur:${ur.type}`, fingerprints[0], set, date]
  return plainText(parts.filter((part) => part).join('  ·  '))
}

function pageBlocks(kit: Kit, sheet: UrSheet, codes: readonly string[]): readonly Block[] {
  const subtitle = plainText(sheet.name ?? describe(sheet.holding))
  const head = titleBlock(kit, { title: titleOf(sheet.holding), subtitle })
  const rest = [...letters(kit, sheet.holding), meaning(kit, sheet.holding)]
  const blocks =
    codes.length > 1
      ? severalCodes(kit, { codes, above: [head, facts(kit, factsOf(sheet))], below: rest })
      : [head, oneCode(kit, sheet, codes[0] as string), ...rest]
  return withNotes(kit, blocks)
}

function oneCode(kit: Kit, sheet: UrSheet, text: string): Block {
  const place = { qr: qrOf(text, SIDE.alone), side: SIDE.alone }
  const left = SIDE.alone + kit.style.gap
  const rows = factsOf(sheet)
  const about = facts(kit, rows, { width: kit.width - left, indent: labelWidth(kit, rows) })
  return beside([flush(qrBlock(kit, place), place), about], [0, left])
}

function qrOf(text: string, side: number): Qr {
  return fitQr(text, side, { leastModule: LEAST_MODULE }) ?? fitQr(text, side) ?? fail('sheet-too-large')
}

interface Among {
  readonly codes: readonly string[]
  readonly above: readonly Block[]
  readonly below: readonly Block[]
}

/** As large as leaves all on one page; on several pages where even the smallest does not. */
function severalCodes(kit: Kit, { codes, above, below }: Among): readonly Block[] {
  const columns = codes.length === 2 || codes.length === 4 ? 2 : 3
  const { gutter } = kit.style
  const width = (kit.width - (columns - 1) * gutter) / columns
  for (let side = Math.min(SIDE.alone, width); ; side -= 2) {
    const blocks = [...above, ...rowsOf(kit, codes, { columns, side, step: width + gutter }), ...below]
    if (heightOf(kit, blocks) <= kit.height || side - 2 < SIDE.least) return blocks
  }
}

interface CodeRows {
  readonly columns: number
  readonly side: number
  /** From one column to the next. */
  readonly step: number
}

/** In the columns of the text below, with the code and not its quiet zone at their left. */
function rowsOf(kit: Kit, codes: readonly string[], { columns, side, step }: CodeRows): readonly Block[] {
  const made = codes.map((text, i) => {
    const place = { qr: qrOf(text, side), side }
    return flush(qrBlock(kit, { ...place, caption: `${i + 1} of ${codes.length}` }), place)
  })
  return Array.from({ length: Math.ceil(made.length / columns) }, (_, row) => {
    const blocks = made.slice(row * columns, (row + 1) * columns)
    return beside(
      blocks,
      blocks.map((_, column) => column * step),
    )
  })
}

function factsOf({ ur, holding, fingerprints, date }: UrSheet): readonly Fact[] {
  const named = fingerprints.length > 0 && holding.what !== 'share'
  return [
    ...holdingFacts(holding),
    ...(named
      ? [
          {
            label: fingerprints.length > 1 ? 'Fingerprints' : 'Fingerprint',
            value: fingerprints.join('  '),
            face: 'mono' as const,
          },
        ]
      : []),
    ...(holding.what === 'account' || holding.what === 'wallet' ? addressFacts(holding.outputs) : []),
    { label: 'Type', value: `ur:${ur.type}`, face: 'mono' },
    { label: 'Read by', value: READ_BY[ur.type as UrSheetType] },
    { label: 'Date', value: date },
  ]
}

/** In a line. */
function describe(holding: UrHolding): string {
  switch (holding.what) {
    case 'phrase':
      return [`BIP-39 phrase, ${holding.words} words`, ...(holding.language ? [holding.language] : [])].join(
        ', ',
      )
    case 'share':
      return schemeNamed(holding.facts.scheme).title
    case 'account': {
      const { outputs } = holding
      const kinds = outputs.length === 1 ? 'One kind of addresses' : `${outputs.length} kinds of addresses`
      return `${kinds}${networkOf(outputs[0]?.descriptor ?? '')}`
    }
    case 'wallet': {
      const [{ descriptor } = { descriptor: '' }] = holding.outputs
      return `${kindOf(descriptor)}${networkOf(descriptor)}`
    }
    case 'key': {
      const path = /^\[[0-9a-f]{8}\/([^\]]*)\]/.exec(holding.text)?.[1]
      return `Extended public key${path === undefined ? '' : ` at ${path}`}${networkOf(holding.text)}`
    }
  }
}

function holdingFacts(holding: UrHolding): readonly Fact[] {
  const kind: Fact = { label: 'Kind', value: describe(holding) }
  if (holding.what === 'share') return [kind, ...shareFacts(holding.facts)]
  if (holding.what !== 'phrase') return [kind]
  const used = 'Used, and kept elsewhere. Without it, or with another one, a different wallet opens.'
  return [kind, { label: 'Passphrase', value: holding.passphrase === 'used' ? used : 'None' }]
}

function shareFacts({ set, group, groups, groupsNeed, member, need }: ShareFacts): readonly Fact[] {
  const grouped = (groups ?? 1) > 1
  return [
    { label: 'Set', value: set ?? '', face: 'mono' },
    { label: 'Share', value: `${member}${grouped ? `, of group ${group}` : ''}` },
    {
      label: 'Needed',
      value: `${need} ${need === 1 ? 'share' : 'shares'} of its ${grouped ? 'group' : 'set'}`,
    },
    ...(grouped ? [{ label: 'Groups needed', value: `${groupsNeed} of ${groups}` }] : []),
  ]
}

/** Said where it is no money. */
function networkOf(text: string): string {
  return text.includes('tpub') ? ', testnet' : ''
}

/** `2 of 3, wsh(sortedmulti)`. */
function kindOf(text: string): string {
  const { script } = parseDescriptor(text)
  const names =
    text
      .match(/^(?:[a-z]+_?[a-z]*\()+/)?.[0]
      .split('(')
      .filter((name) => name !== '') ?? []
  const inner =
    'script' in script ? ('script' in script.script ? script.script.script : script.script) : script
  const quorum =
    'threshold' in inner ? [`${inner.threshold} of ${inner.keys.length}`] : 'key' in inner ? ['One key'] : []
  return [...quorum, `${names.join('(')}${')'.repeat(Math.max(0, names.length - 1))}`].join(', ')
}

/** The first of each descriptor, by the path of its key. */
function addressFacts(outputs: readonly UrOutput[]): readonly Fact[] {
  const label = (descriptor: string) => {
    const path = /^[^,]*\[[0-9a-f]{8}\/([^\]]*)\][^,]*$/.exec(descriptor)?.[1]
    return outputs.length === 1 || path === undefined ? 'First address' : `First of ${path}`
  }
  return outputs.flatMap(({ descriptor, address }): readonly Fact[] =>
    address === null ? [] : [{ label: label(descriptor), value: address, face: 'mono' }],
  )
}

/** What can be read without a camera. */
function letters(kit: Kit, holding: UrHolding): readonly Block[] {
  const text =
    holding.what === 'key' ? holding.text : holding.what === 'wallet' ? holding.outputs[0]?.descriptor : ''
  if (!text) return []
  const style = { width: mainWidth(kit), size: kit.style.small, face: 'mono' } as const
  return [section(kit, 'The same in letters', [sentences(kit, text, style)])]
}

function meaning(kit: Kit, holding: UrHolding): Block {
  const parts = MEANINGS[holding.what].map(([title, text]) => told(kit, title, [text]))
  return flow({ blocks: parts, gap: kit.style.gap / 3 })
}

/** One code, as large as the card is high. */
function cardBlocks(kit: Kit, sheet: UrSheet, codes: readonly string[]): readonly Block[] {
  const [text, ...others] = codes as readonly [string]
  const title = titleBlock(kit, { title: plainText(sheet.name ?? titleOf(sheet.holding)) })
  const side = kit.height - title.height - kit.style.gap
  const qr = others.length > 0 ? null : fitQr(text, side)
  if (qr === null) return fail('sheet-paper', { what: `ur:${sheet.ur.type}`, paper: 'card' })
  const width = kit.width - side - kit.style.gap
  const lines = factsOf(sheet).flatMap(({ label, value }) => {
    if (label === 'Read by') return []
    const plain = label === 'Kind' || label === 'Type'
    return [sentences(kit, plain ? `${value}` : `${label} ${value}`, { width })]
  })
  return [title, beside([stack(lines), qrBlock(kit, { qr, side })], [0, kit.width - side])]
}
