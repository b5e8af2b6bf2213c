/**
 * The sheet of a recovery phrase: its words with their numbers, what wallet it is of, and what the sheet is and is not.
 * Also as a form with the words left blank, so that no printer sees them. Not here: deriving what is printed
 * (`keys/accounts.ts`), and proving that the sheet can be read.
 */
import type { Drawing, Metrics, Paper } from './drawing.js'
import { plainText } from './html.js'
import { type Block, beside, stack } from './layout/block.js'
import { type Kit, kitFor } from './layout/kit.js'
import { notes } from './layout/notes.js'
import { layOut } from './layout/pages.js'
import { fitQr, flush, qrBlock } from './layout/qr.js'
import { type Fact, facts, heading, sentences, unbroken } from './layout/text.js'
import { titleBlock } from './layout/title.js'
import { columnsOf, type WordGrid, wordGrid } from './layout/words.js'

export interface PhraseSheet {
  /** As a person knows it: `BIP-39 phrase`. */
  readonly kind: string
  /** Null for a place to write one in. */
  readonly words: readonly (string | null)[]
  /** Parity words, where the sheet has some. */
  readonly parity?: readonly (string | null)[]
  /** Of the words: BCP 47, and its English name where the kind has several lists. */
  readonly language: { readonly tag: string; readonly name: string | null }
  /** Of the wallet, or a code name for it. */
  readonly name?: string
  /** Eight hex digits; null where the kind has none. */
  readonly fingerprint: string | null
  /** The first address, and where it lies. */
  readonly address: { readonly text: string; readonly of: string } | null
  readonly passphrase: 'none' | 'used'
  /** YYYY-MM-DD. */
  readonly date: string
  /** What the QR code says: none unless given. */
  readonly qr?: string
}

export interface SheetOptions {
  readonly paper: Paper
  readonly metrics: Metrics
}

/** The sheet on as many pages as it takes; a card has one. @throws CairnError `sheet-paper`, `sheet-character` */
export function layOutPhrase(sheet: PhraseSheet, { paper, metrics }: SheetOptions): Drawing {
  const kit = kitFor(paper, metrics)
  return layOut(kit, {
    title: isBlank(sheet) ? 'Form for a recovery phrase' : 'Recovery phrase',
    language: sheet.language.tag,
    footer: footer(sheet),
    blocks: paper === 'card' ? cardBlocks(kit, sheet) : pageBlocks(kit, sheet),
    what: `a phrase of ${sheet.words.length} words`,
    ...(paper === 'card' ? { maxPages: 1 } : {}),
  })
}

function isBlank({ words }: PhraseSheet): boolean {
  return words.includes(null)
}

function footer({ fingerprint, name, date }: PhraseSheet): string {
  const parts = ['Recovery phrase', name, fingerprint, date === '' ? undefined : date]
  return plainText(parts.filter((part) => part).join('  ·  '))
}

function describe({ kind, words, language }: PhraseSheet): string {
  const list = language.name === null ? '' : `, ${language.name}`
  return `${kind}, ${words.length} words${list}`
}

function pageBlocks(kit: Kit, sheet: PhraseSheet): readonly Block[] {
  const { words, parity = [], name } = sheet
  const blank = isBlank(sheet) ? { row: 10.5 } : {}
  const blocks = [
    titleBlock(kit, { title: 'Recovery phrase', subtitle: plainText(name ?? describe(sheet)) }),
    wordGrid(kit, { words, ...blank }),
    ...(parity.length > 0 ? [parityBlock(kit, parity, blank)] : []),
    about(kit, sheet),
    meaning(kit, sheet),
  ]
  return [...blocks, ...notes(kit, blocks)]
}

function parityBlock(kit: Kit, words: readonly (string | null)[], row: { readonly row?: number }): Block {
  const saying = `Parity words: ${words.length} words that bring back ${words.length} lost or ${words.length / 2} wrong words of the phrase: ${unbroken('cairn phrase parity --repair')}`
  return stack(
    [
      sentences(kit, saying, { width: kit.width, size: kit.style.small }),
      wordGrid(kit, { words, prefix: 'P', ...row }),
    ],
    kit.style.gap / 4,
  )
}

/** The side of the code on A4 and Letter, quiet zone included. */
const QR_SIDE = 46

function about(kit: Kit, sheet: PhraseSheet): Block {
  const qr = sheet.qr === undefined ? null : fitQr(sheet.qr, QR_SIDE)
  if (qr === null) return facts(kit, factsOf(sheet))
  const left = QR_SIDE + kit.style.gap
  return beside(
    [
      flush(qrBlock(kit, { qr, side: QR_SIDE, caption: 'The same words, for a camera' }), {
        qr,
        side: QR_SIDE,
      }),
      facts(kit, factsOf(sheet), kit.width - left),
    ],
    [0, left],
  )
}

function factsOf(sheet: PhraseSheet): readonly Fact[] {
  const { fingerprint, address, passphrase, date, name } = sheet
  const blank = isBlank(sheet)
  return [
    ...(blank || name === undefined ? [] : [{ label: 'Wallet', value: plainText(name) }]),
    { label: 'Kind', value: describe(sheet) },
    ...(fingerprint === null && !blank
      ? []
      : [{ label: 'Fingerprint', value: fingerprint, face: 'mono' as const }]),
    ...(address === null && !blank
      ? []
      : [{ label: 'First address', value: address?.text ?? null, face: 'mono' as const }]),
    ...(address === null ? [] : [{ label: 'It lies at', value: address.of }]),
    {
      label: 'Passphrase',
      value:
        passphrase === 'used'
          ? 'Yes. It is kept elsewhere; without it, or with another, the words open a different wallet'
          : blank
            ? null
            : 'None',
    },
    { label: 'Written', value: date === '' ? null : date },
  ]
}

function meaning(kit: Kit, sheet: PhraseSheet): Block {
  const width = (kit.width - kit.style.gap) / 2
  const column = (title: string, text: string) =>
    stack([heading(kit, title, width), sentences(kit, text, { width })], kit.style.gap / 6)
  const needs = sheet.passphrase === 'used' ? ', with the passphrase,' : ''
  return beside(
    [
      column(
        'What this is',
        `The key to a wallet. Whoever reads these words${needs} owns all that is in it and needs nobody’s leave. Keep the sheet dry, dark and apart from cameras, and away from computers, phones and copiers. To bring the wallet back, type the words in the order of their numbers into a wallet for this kind (${sheet.kind}); to check the sheet: ${unbroken('cairn phrase check')}`,
      ),
      column(
        'What it is not',
        `No copy of what the wallet knows besides its keys: names of payments, accounts with other keys, coins of another phrase. No share: it needs no second sheet. Nothing that anyone will ever ask you for: no bank, no support and no web page needs these words, and nobody can replace them.`,
      ),
    ],
    [0, width + kit.style.gap],
  )
}

/** As much beside the words as a card holds: a title, and a code. */
function cardBlocks(kit: Kit, sheet: PhraseSheet): readonly Block[] {
  const words = [...sheet.words, ...(sheet.parity ?? [])]
  const title = titleBlock(kit, { title: plainText(sheet.name ?? 'Recovery phrase') })
  const room = kit.height - title.height - kit.style.gap
  const coded = sheet.qr === undefined ? null : besideCode(kit, { words, qr: sheet.qr, room })
  if (coded) return [title, coded]
  const grid = roomyGrid(kit, { words }, room)
  return grid.height <= room ? [title, grid] : [grid]
}

const SMALLEST_CODE = 15

/** The words with the largest code that fits beside them; null when none does. */
function besideCode(
  kit: Kit,
  wanted: { words: PhraseSheet['words']; qr: string; room: number },
): Block | null {
  const { words, qr: text, room } = wanted
  for (let side = room; side >= SMALLEST_CODE; side--) {
    const qr = fitQr(text, side)
    const grid = { words, width: kit.width - side - kit.style.gap }
    if (qr === null || columnsOf(kit, grid) < 1) continue
    const block = roomyGrid(kit, grid, room)
    if (block.height > room) continue
    return beside([block, qrBlock(kit, { qr, side })], [0, kit.width - side])
  }
  return null
}

/** Rows as far apart as the room allows, up to where a card looks empty. */
function roomyGrid(kit: Kit, grid: WordGrid, room: number): Block {
  const least = wordGrid(kit, grid)
  const rows = least.height / kit.style.row
  return wordGrid(kit, { ...grid, row: Math.max(kit.style.row, Math.min(room / rows, kit.style.row * 1.5)) })
}
