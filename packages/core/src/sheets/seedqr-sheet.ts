/**
 * A SeedQR or CompactSeedQR at a size for the hand: the code with its zones to copy from, and a grid to copy onto, with
 * what every such code has printed already. Alone the grid holds no secret: a SeedSigner shows on its screen what to fill
 * in. docs/sheets.md. Not here: which squares are dark (`seedqr.ts`).
 */

import { utf8 } from '../bytes.js'
import { fail } from '../errors.js'
import type { Language } from '../words/bip39.js'
import { checkPhrase } from '../words/check.js'
import { parsePhrase } from '../words/phrase.js'
import { encode, encodeCompact } from '../words/seedqr.js'
import type { Drawing, Mark, RectMark } from './drawing.js'
import { plainText } from './html.js'
import { type Block, beside, space, stack } from './layout/block.js'
import { HAIRLINE, type Kit, kitFor } from './layout/kit.js'
import { layOut } from './layout/pages.js'
import { told } from './layout/section.js'
import { sentences, unbroken } from './layout/text.js'
import { titleBlock } from './layout/title.js'
import { handLines } from './layout/writing.js'
import { countMarks, type GridPlace, gridLines, zoneNames, zoneStarts } from './layout/zones.js'
import { type PassphraseChoice, type PassphraseFacts, passphraseFacts } from './passphrase.js'
import type { SheetOptions } from './phrase-sheet.js'
import { type Modules, modulesOf, type SeedQrForm, seedQrModules } from './seedqr.js'

export const SEEDQR_WORDS = [12, 15, 18, 21, 24] as const
export type SeedQrWords = (typeof SEEDQR_WORDS)[number]

export interface SeedQrSheet extends SeedQrForm {
  readonly words: SeedQrWords
  /** Null for the grid alone. */
  readonly filled: Filled | null
  readonly name?: string
  /** YYYY-MM-DD; of a grid alone it is written by hand. */
  readonly date: string
}

interface Filled extends PassphraseFacts {
  readonly modules: Modules
  /** What the code says. */
  readonly code: Uint8Array
}

export interface SeedQrContent extends SeedQrForm, PassphraseChoice {
  readonly name?: string
  readonly date: string
}

/**
 * The content of a sheet for a phrase of BIP-39 in English.
 * @throws CairnError what reading a phrase throws; `usage` for a share, another kind and another language
 */
export function seedQrContent(text: string, content: SeedQrContent): SeedQrSheet {
  const { compact, name, date } = content
  const phrase = englishPhrase(text)
  const digits = encode(phrase.text)
  return {
    compact,
    words: (digits.length / 4) as SeedQrWords,
    filled: {
      modules: seedQrModules(phrase.text, { compact }),
      code: compact ? encodeCompact(phrase.text) : utf8(digits),
      ...passphraseFacts(phrase, content),
    },
    date,
    ...(name === undefined ? {} : { name }),
  }
}

/** The grid alone. */
export function blankSeedQr(
  words: SeedQrWords,
  { compact, name }: SeedQrForm & Pick<SeedQrSheet, 'name'>,
): SeedQrSheet {
  return { words, compact, filled: null, date: '', ...(name === undefined ? {} : { name }) }
}

function englishPhrase(text: string) {
  const { kind } = checkPhrase(text)
  if (kind === 'slip39' || kind === 'codex32' || kind === 'sskr')
    return fail('usage', { reason: 'this is a share, and a SeedQR is of a phrase: cairn sheet share' })
  const phrase = parsePhrase(text)
  const isEnglish = phrase.kind === 'bip39' && phrase.languages.includes('english' satisfies Language)
  if (phrase.kind === 'bip39' && isEnglish) return phrase
  return fail('usage', {
    reason: 'a SeedQR is of a BIP-39 phrase in English words, and no device reads another',
  })
}

/**
 * The code with a grid behind it, or the grid alone, a page each.
 * @throws CairnError `sheet-paper` on a card, `sheet-character`
 */
export function layOutSeedQr(sheet: SeedQrSheet, { paper, metrics }: SheetOptions): Drawing {
  const kit = kitFor(paper, metrics)
  const title = titleOf(sheet)
  if (paper === 'card') return fail('sheet-paper', { what: 'a grid for the hand', paper })
  const grid = layOut(kit, {
    title: sheet.filled ? title : `${title}, blank`,
    language: 'en',
    footer: footer(sheet, `${title}, to fill in`),
    blocks: blankBlocks(kit, sheet),
    what: 'the grid',
    maxPages: 1,
    ...(sheet.filled ? { count: { first: 2, of: 2 } } : {}),
  })
  if (!sheet.filled) return grid
  const code = layOut(kit, {
    title,
    language: 'en',
    footer: footer(sheet, `${title}, to copy from`),
    blocks: filledBlocks(kit, sheet, sheet.filled),
    what: 'the code',
    maxPages: 1,
    count: { first: 1, of: 2 },
  })
  return { ...code, pages: [...code.pages, ...grid.pages] }
}

function titleOf({ compact }: SeedQrForm): string {
  return compact ? 'CompactSeedQR' : 'SeedQR'
}

function footer({ name, filled, date }: SeedQrSheet, title: string): string {
  const parts = [title, name, filled?.fingerprint, date === '' ? undefined : date]
  return plainText(parts.filter((part) => part).join('  ·  '))
}

function subtitleOf(sheet: SeedQrSheet): string {
  const modules = modulesOf(sheet)
  return plainText(sheet.name ?? `${sheet.words} words, ${modules} by ${modules} squares`)
}

/** Of the grid, in mm. */
const SIDE = 114
/** Around each square, so thin and pale that a reader does not see it, and between zones. */
const SQUARE = { stroke: HAIRLINE, grey: 0.7 } as const
const ZONE = { stroke: 0.4, grey: 0.5 } as const
/** For the letters of the zones. */
const BORDER = 5
/** Em of their names. */
const LABEL = 4

function filledBlocks(kit: Kit, sheet: SeedQrSheet, filled: Filled): readonly Block[] {
  const { fingerprint, modules } = filled
  return [
    titleBlock(kit, { title: titleOf(sheet), subtitle: subtitleOf(sheet) }),
    withFacts(kit, gridBlock(modules.length, modules), [
      ['Phrase', `${sheet.words} words`],
      ...(fingerprint === null ? [] : [['Fingerprint', fingerprint] as const]),
      ['Passphrase', saysUsed(filled)],
      ['Read by', 'SeedSigner, Jade, Krux, Passport'],
      ['Written', sheet.date],
    ]),
    ...[
      [
        'What this is',
        'The key to a wallet, as a code that signing devices scan. Whoever photographs it owns all that is in the wallet and needs nobody’s leave. Burn this page when it was copied, and keep the words, too: nobody reads squares.',
      ],
      [
        'How to copy it',
        'Zone by zone onto the grid of the next page, with a fine black pen: fill whole squares, up to their lines. Then count: the numbers at the edge say how many squares of a row and of a column are dark.',
      ],
    ].map(([title = '', text = '']) => told(kit, title, [text])),
  ]
}

function saysUsed({ passphrase }: Filled): string {
  return passphrase === 'used' ? 'Yes. It is kept elsewhere' : 'None'
}

function blankBlocks(kit: Kit, sheet: SeedQrSheet): readonly Block[] {
  return [
    titleBlock(kit, { title: titleOf(sheet), subtitle: subtitleOf(sheet) }),
    withFacts(kit, gridBlock(modulesOf(sheet), null), [
      ['Phrase', `${sheet.words} words`],
      ['Fingerprint', sheet.filled?.fingerprint ?? null],
      ['Passphrase', sheet.filled ? saysUsed(sheet.filled) : null],
      ['Wallet', null],
      ['Written', null],
    ]),
    ...[
      [
        'How to fill it in',
        'With a fine black pen, zone by zone as the device or the other page shows them; the squares in the corners and between them are printed already. Fill whole squares, up to their lines. A square that is wrong stays wrong: a code bears two of them.',
      ],
      [
        'How to check it',
        `Scan it with the device, and compare the fingerprint. Or photograph it where no cloud copies the picture: ${unbroken('cairn sheet read')} says which squares are wrong. Filled in, it is the key to the wallet: keep it dry, dark and apart from cameras.`,
      ],
    ].map(([title = '', text = '']) => told(kit, title, [text])),
  ]
}

type Row = readonly [label: string, value: string | null]

/** Beside the grid, labels above what they are. */
function withFacts(kit: Kit, grid: Block, rows: readonly Row[]): Block {
  const left = BORDER + SIDE + 1.2 * kit.style.gap
  const width = kit.width - left
  const made = rows.map(([label, value]) =>
    stack([
      sentences(kit, label, { width, size: kit.style.small }),
      value === null
        ? handLines(1, width)
        : sentences(kit, value, { width, ...(label === 'Fingerprint' ? { face: 'mono' as const } : {}) }),
    ]),
  )
  return beside([grid, stack([space(BORDER), stack(made, kit.style.gap / 2)])], [0, left])
}

/** @param filled null for a grid with nothing but what all codes of that size have */
function gridBlock(modules: number, filled: Modules | null): Block {
  const pitch = SIDE / modules
  const squares = Array.from({ length: modules + 1 }, (_, i) => i)
  return {
    height: BORDER + SIDE + (filled ? 5 : 1),
    draw: ({ x, y }) => {
      const place = { left: x + BORDER, top: y + BORDER, pitch, modules }
      return [
        ...(filled
          ? [{ kind: 'modules', x: place.left, y: place.top, side: pitch, rows: filled } as const]
          : printed(place)),
        ...gridLines(place, squares, SQUARE),
        ...gridLines(place, zoneStarts(modules).slice(1), ZONE),
        ...zoneNames({ ...place, label: LABEL }),
        ...(filled ? countMarks(place, filled, Math.min(2.8, pitch * 0.7)) : []),
      ]
    },
  }
}

/** Of a finder, and of the alignment pattern in the fourth corner: a ring of one square, and a core. */
const FINDER = { ring: 7, core: 3 }
const ALIGNMENT = { ring: 5, core: 1 }

/** What all codes of a size have, as shapes: it is no code, and no reader looks for one there. */
function printed({ left, top, pitch, modules }: GridPlace): readonly Mark[] {
  const rect = (x: number, y: number, side: number): RectMark => ({
    kind: 'rect',
    x: left + x * pitch,
    y: top + y * pitch,
    width: side * pitch,
    height: side * pitch,
  })
  const pattern = (x: number, y: number, { ring, core }: typeof FINDER): readonly Mark[] => [
    { ...rect(x + 0.5, y + 0.5, ring - 1), stroke: pitch },
    rect(x + (ring - core) / 2, y + (ring - core) / 2, core),
  ]
  const far = modules - FINDER.ring
  const between = Array.from({ length: modules - 16 }, (_, i) => i + 8).filter((i) => i % 2 === 0)
  return [
    ...pattern(0, 0, FINDER),
    ...pattern(far, 0, FINDER),
    ...pattern(0, far, FINDER),
    ...(modules > 21 ? pattern(modules - 9, modules - 9, ALIGNMENT) : []),
    ...between.flatMap((i) => [rect(i, 6, 1), rect(6, i, 1)]),
    rect(8, modules - 8, 1),
  ]
}
