/**
 * The sheet of a recovery phrase: its words with their numbers, what wallet it is of, and what the sheet is and is not.
 * Also as a form with the words left blank, so that no printer sees them: for a phrase, or for a share. Not here: deriving
 * what is printed (`keys/accounts.ts`), and proving that the sheet can be read.
 */
import type { Drawing, Metrics, Paper } from './drawing.js'
import { plainText } from './html.js'
import { aboutBlock } from './layout/about.js'
import { type Block, flow, stack } from './layout/block.js'
import { type Card, cardBlocks } from './layout/card.js'
import type { Fact } from './layout/facts.js'
import { type Kit, kitFor, restyled } from './layout/kit.js'
import { firstFitting, heightOf, layOut } from './layout/pages.js'
import { told } from './layout/section.js'
import { sentences, unbroken } from './layout/text.js'
import { titleBlock } from './layout/title.js'
import { lettered, wordGrid } from './layout/words.js'
import { hasRoomForNotes, notes, withNotes } from './layout/writing.js'
import { shareMeaning } from './share-meaning.js'

export interface PhraseSheet {
  /** As a person knows it: `BIP-39 phrase`. */
  readonly kind: string
  /** Of a form for a share, which is no phrase. */
  readonly share?: 'slip39' | 'sskr'
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
  const usual = kitFor(paper, metrics)
  const { kit, blocks } =
    paper === 'card' ? { kit: usual, blocks: cardBlocks(usual, cardOf(sheet)) } : pagesOf(usual, sheet)
  return layOut(kit, {
    title: isBlank(sheet) ? `Form for a ${sheet.share ? 'share' : 'recovery phrase'}` : titleOf(sheet),
    language: sheet.language.tag,
    footer: footer(sheet),
    blocks,
    what: whatIs(usual, sheet),
    ...(paper === 'card' ? { maxPages: 1 } : {}),
  })
}

function titleOf({ share }: PhraseSheet): string {
  return share ? 'Share of a key' : 'Recovery phrase'
}

/** For an error: with parity words also how many of them would fit on a card. */
function whatIs(kit: Kit, sheet: PhraseSheet): string {
  const { words, parity = [] } = sheet
  const phrase = `a ${sheet.share ? 'share' : 'phrase'} of ${words.length} words`
  if (kit.paper !== 'card' || parity.length === 0) return phrase
  const less = (count: number) => cardBlocks(kit, cardOf({ ...sheet, parity: parity.slice(0, count) }))
  const most = [6, 4, 2, 0].find((count) => count < parity.length && heightOf(kit, less(count)) <= kit.height)
  const would = most === undefined ? '' : most === 0 ? ' (it would without them)' : ` (with ${most} it would)`
  return `${phrase} with ${parity.length} parity words${would}`
}

function isBlank({ words }: PhraseSheet): boolean {
  return words.includes(null)
}

function footer(sheet: PhraseSheet): string {
  const { fingerprint, name, date } = sheet
  const parts = [titleOf(sheet), name, fingerprint, date === '' ? undefined : date]
  return plainText(parts.filter((part) => part).join('  ·  '))
}

function describe({ kind, words, language }: PhraseSheet): string {
  const list = language.name === null ? '' : `, ${language.name}`
  return `${kind}, ${words.length} words${list}`
}

/** How the words stand: as far apart as the page has room for. */
const ROWS = [
  { columns: 3, row: 9.4 },
  { columns: 3, row: 8.2 },
  { columns: 4, row: 8.2 },
  { columns: 4, row: 7.2 },
] as const

/** To write on. */
const BLANK_ROWS = [
  { columns: 3, row: 10.5 },
  { columns: 3, row: 9 },
  { columns: 3, row: 8 },
] as const

type Rows = (typeof ROWS | typeof BLANK_ROWS)[number]

/** Gaps between the parts of a full page, as a share of the usual ones. */
const TIGHT = 0.6

interface Pages {
  readonly kit: Kit
  readonly blocks: readonly Block[]
}

/** One page with lines for notes where that can be; else what is to be known of the words is on a second one. */
function pagesOf(kit: Kit, sheet: PhraseSheet): Pages {
  const variants: readonly Rows[] = isBlank(sheet) ? BLANK_ROWS : ROWS
  const tight = restyled(kit, { gap: kit.style.gap * TIGHT })
  for (const set of [kit, tight])
    for (const rows of variants) {
      const blocks = [...wordBlocks(set, sheet, rows), meaning(set, sheet)]
      if (hasRoomForNotes(set, blocks)) return { kit: set, blocks: withNotes(set, blocks) }
    }
  const words = firstFitting(kit, variants, (rows) => wordBlocks(kit, sheet, rows))
  return { kit, blocks: [...words, stack([meaning(kit, sheet), notes(kit)], kit.style.gap)] }
}

function wordBlocks(kit: Kit, sheet: PhraseSheet, rows: Rows): readonly Block[] {
  const { words, parity = [], name } = sheet
  const isForm = isBlank(sheet)
  const subtitle = name ?? (isForm ? 'A form to write the words on' : 'The words that open a wallet')
  return [
    titleBlock(kit, { title: titleOf(sheet), subtitle: plainText(subtitle) }),
    wordGrid(kit, { words, ...rows }),
    ...(parity.length > 0 ? [parityBlock(kit, parity, { ...rows, columns: isForm ? 3 : 4 })] : []),
    aboutBlock(kit, { code: sheet.qr, caption: 'The same words, for a camera', rows: factsOf(sheet) }),
  ]
}

function parityBlock(
  kit: Kit,
  words: readonly (string | null)[],
  rows: { readonly columns: number; readonly row: number },
): Block {
  const saying = `Parity words: they bring back ${words.length} lost or ${words.length / 2} wrong words of the phrase, with ${unbroken('cairn phrase parity --repair')}`
  return stack(
    [
      sentences(kit, saying, { width: kit.width }),
      wordGrid(kit, { words, numbers: lettered('P', words), ...rows }),
    ],
    kit.style.gap / 4,
  )
}

function factsOf(sheet: PhraseSheet): readonly Fact[] {
  if (sheet.share) return shareFactsOf(sheet)
  const { fingerprint, address, date, name } = sheet
  const isForm = isBlank(sheet)
  const mono = { face: 'mono' } as const
  return [
    { label: 'Kind', value: describe(sheet) },
    ...(isForm && name === undefined ? [{ label: 'Wallet', value: null }] : []),
    ...(fingerprint === null && !isForm ? [] : [{ label: 'Fingerprint', value: fingerprint, ...mono }]),
    ...(address === null && !isForm
      ? []
      : [{ label: 'First address', value: address?.text ?? null, ...mono }]),
    ...(address === null ? [] : [{ label: 'Its path', value: address.of }]),
    passphraseFact(sheet),
    { label: 'Date', value: date === '' ? null : date },
  ]
}

/** To be filled in from what was said when the share was made. */
function shareFactsOf(sheet: PhraseSheet): readonly Fact[] {
  const labels = [
    ...(sheet.name === undefined ? ['Name'] : []),
    'Set',
    'Share',
    'Needed',
    'The others',
    'Date',
  ]
  return [
    { label: 'Kind', value: describe(sheet) },
    ...(sheet.passphrase === 'used' ? [passphraseFact(sheet)] : []),
    ...labels.map((label) => ({ label, value: null })),
  ]
}

/** Never a line to write it on: together with the words it would be the whole key. */
function passphraseFact(sheet: PhraseSheet): Fact {
  const label = 'Passphrase'
  if (sheet.passphrase === 'used')
    return {
      label,
      value: 'Used, and kept elsewhere. Without it, or with another one, the words open a different wallet.',
    }
  return isBlank(sheet)
    ? { label, value: null, choices: ['none', 'used, and kept elsewhere'] }
    : { label, value: 'None' }
}

function meaning(kit: Kit, { kind, passphrase, share }: PhraseSheet): Block {
  if (share) return shareMeaning(kit, { scheme: share, piecesAre: 'words' })
  const whoever =
    passphrase === 'used' ? 'Whoever reads these words and has the passphrase' : 'Whoever reads these words'
  const parts = [
    told(kit, 'What this is', [
      `The key to a wallet. ${whoever} can take all that is in it and needs nobody’s leave; nobody can replace them. Keep the sheet dry and dark, and away from cameras, phones, computers and copiers.`,
    ]),
    told(kit, 'What it is not', [
      'Not a copy of all that the wallet shows: names of payments and accounts with other keys are not in it. Not a share: it needs no second sheet. Not for anyone who asks: no bank, support or web page ever needs these words.',
    ]),
    told(kit, 'How to use it', [
      `Type the words in the order of their numbers into a wallet program for this kind (${kind}). To check the sheet: ${unbroken('cairn phrase check')}`,
    ]),
  ]
  return flow({ blocks: parts, gap: kit.style.gap / 3 })
}

function cardOf(sheet: PhraseSheet): Card {
  const { words, parity = [], name, qr } = sheet
  const numbers = [...words.map((_, i) => `${i + 1}`), ...lettered('P', parity)]
  return {
    title: plainText(name ?? titleOf(sheet)),
    grid: { words: [...words, ...parity], numbers },
    code: qr,
  }
}
