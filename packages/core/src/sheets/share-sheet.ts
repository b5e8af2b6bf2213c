/**
 * The sheet of one share: which of which set, how many are needed, who holds the others, and how to check it alone. Not
 * the secret, and not a way to it: a share tells nothing about the secret, but for one of Seed XOR, which opens a wallet
 * of its own.
 */

import { fail } from '../errors.js'
import type { SchemeName } from '../words/shares/scheme.js'
import { type ShareFacts, schemeNamed, schemeOf } from '../words/shares.js'
import { splitWords } from '../words/text.js'
import type { Drawing } from './drawing.js'
import { plainText } from './html.js'
import { type Block, beside, stack } from './layout/block.js'
import { type Kit, kitFor } from './layout/kit.js'
import { notes } from './layout/notes.js'
import { layOut } from './layout/pages.js'
import { fitQr, flush, qrBlock } from './layout/qr.js'
import { type Fact, facts, heading, sentences, unbroken } from './layout/text.js'
import { titleBlock } from './layout/title.js'
import { wordGrid } from './layout/words.js'
import type { SheetOptions } from './phrase-sheet.js'

export interface ShareSheet {
  readonly facts: ShareFacts
  /** The words, or the letters of a share that has none in groups of four. */
  readonly pieces: readonly string[]
  readonly piecesAre: 'words' | 'letters'
  /** How many shares were made, where the person says: no share tells. */
  readonly of?: number
  readonly name?: string
  /** Who holds the other shares: a line each. */
  readonly holders: readonly string[]
  /** YYYY-MM-DD. */
  readonly date: string
  /** None unless given. */
  readonly qr?: string
}

export interface ShareContent extends Pick<ShareSheet, 'of' | 'name' | 'holders' | 'date'> {
  readonly scheme?: SchemeName
  readonly code?: 'none'
}

/**
 * The content of a sheet for a share that is right.
 * @param position of the share among those that are given, for errors
 * @throws CairnError `share-unreadable` and what reading the share throws; `usage` for a recovery phrase
 */
export function shareContent(
  text: string,
  position: number,
  { scheme, code, ...rest }: ShareContent,
): ShareSheet {
  const found = schemeOf(text, position, scheme)
  // any recovery phrase can be a part of Seed XOR: only its owner knows
  if (found.name === 'seedxor' && scheme === undefined)
    return fail('usage', {
      reason: 'this is a recovery phrase (cairn sheet phrase), or with --scheme seedxor a part of Seed XOR',
    })
  const about = found.facts(text, position)
  const words = splitWords(text).map((word) => word.normalize('NFC'))
  const letters = text.trim().match(/.{1,4}/gu) ?? []
  return {
    ...rest,
    facts: about,
    ...(words.length > 1 ? { pieces: words, piecesAre: 'words' } : { pieces: letters, piecesAre: 'letters' }),
    ...(code === 'none' ? {} : { qr: words.length > 1 ? words.join(' ') : text.trim() }),
  }
}

/** The sheet of one share. @throws CairnError `sheet-paper`, `sheet-character` */
export function layOutShare(sheet: ShareSheet, { paper, metrics }: SheetOptions): Drawing {
  const kit = kitFor(paper, metrics)
  return layOut(kit, {
    title: titleOf(sheet),
    language: 'en',
    footer: footer(sheet),
    blocks: paper === 'card' ? cardBlocks(kit, sheet) : pageBlocks(kit, sheet),
    what: `a share of ${sheet.pieces.length} ${sheet.piecesAre === 'words' ? 'words' : 'groups of letters'}`,
    ...(paper === 'card' ? { maxPages: 1 } : {}),
  })
}

function titleOf({ facts: { member, scheme, groups }, of }: ShareSheet): string {
  const among = of === undefined || typeof member !== 'number' || (groups ?? 1) > 1 ? '' : ` of ${of}`
  return member === null ? `Part of ${schemeNamed(scheme).title}` : `Share ${member}${among}`
}

function setOf({ facts: { set }, name }: ShareSheet): readonly string[] {
  return [...(name === undefined ? [] : [plainText(name)]), ...(set === null ? [] : [`set ${set}`])]
}

function footer(sheet: ShareSheet): string {
  return [titleOf(sheet), ...setOf(sheet), sheet.date].join('  ·  ')
}

function grid(kit: Kit, { pieces, piecesAre }: ShareSheet, width = kit.width) {
  return piecesAre === 'words'
    ? { words: pieces, width }
    : { words: pieces, width, face: 'mono' as const, columns: 6, reads: 'across' as const }
}

function pageBlocks(kit: Kit, sheet: ShareSheet): readonly Block[] {
  const subtitle = [...setOf(sheet), schemeNamed(sheet.facts.scheme).title].join('  ·  ')
  const blocks = [
    titleBlock(kit, { title: titleOf(sheet), subtitle }),
    wordGrid(kit, grid(kit, sheet)),
    about(kit, sheet),
    meaning(kit, sheet),
  ]
  return [...blocks, ...notes(kit, blocks)]
}

/** The side of the code on A4 and Letter, quiet zone included. */
const QR_SIDE = 50

function about(kit: Kit, sheet: ShareSheet): Block {
  const qr = sheet.qr === undefined ? null : fitQr(sheet.qr, QR_SIDE)
  if (qr === null) return facts(kit, factsOf(sheet))
  const left = QR_SIDE + kit.style.gap
  const code = qrBlock(kit, { qr, side: QR_SIDE, caption: 'The same share, for a camera' })
  return beside([flush(code, { qr, side: QR_SIDE }), facts(kit, factsOf(sheet), kit.width - left)], [0, left])
}

function factsOf({ facts: about, of, name, holders, date }: ShareSheet): readonly Fact[] {
  const { scheme, set, member, group, groups, groupsNeed, need } = about
  const grouped = groups !== null && groups > 1
  return [
    ...(name === undefined ? [] : [{ label: 'Of', value: plainText(name) }]),
    { label: 'Scheme', value: schemeNamed(scheme).title },
    ...(set === null ? [] : [{ label: 'Set', value: set, face: 'mono' as const }]),
    ...(member === null
      ? []
      : [
          {
            label: 'Share',
            value: `${member}${of === undefined ? '' : ` of ${of}`}${grouped ? `, of group ${group}` : ''}`,
          },
        ]),
    { label: 'Needed', value: neededOf({ need, of, grouped }) },
    ...(grouped ? [{ label: 'Groups needed', value: `${groupsNeed} of ${groups}` }] : []),
    ...(holders.length === 0
      ? []
      : [{ label: 'The others', value: holders.map((holder) => plainText(holder)).join('\n') }]),
    { label: 'Written', value: date },
  ]
}

function neededOf({
  need,
  of,
  grouped,
}: {
  need: number | null
  of: number | undefined
  grouped: boolean
}): string {
  if (need === null) return 'every share of the set'
  return `${need}${of === undefined ? '' : ` of ${of}`} ${need === 1 ? 'share' : 'shares'} of its ${grouped ? 'group' : 'set'}`
}

function meaning(kit: Kit, { facts: about, holders }: ShareSheet): Block {
  const width = (kit.width - kit.style.gap) / 2
  const column = (title: string, text: string) =>
    stack([heading(kit, title, width), sentences(kit, text, { width })], kit.style.gap / 6)
  const lonely =
    about.scheme === 'seedxor'
      ? 'One part of several that make a key together. It looks like a recovery phrase and opens a wallet of its own; which parts belong together only their owner knows.'
      : 'One share of several that make a key together. By itself it tells nothing about the key and opens no wallet.'
  const others =
    holders.length === 0 ? '' : ' Ask for them in person: a share that was sent is a share that was copied.'
  return beside(
    [
      column(
        'What this is',
        `${lonely} Keep it apart from the others, dry and dark, and away from cameras and copiers. To bring the key back, enough of them are typed into: ${unbroken('cairn share combine')}.${others}`,
      ),
      column(
        'How to check it alone',
        `Type it into: ${unbroken('cairn share check')}. That tells whether every word is intact and of which set it is, needs no other share and gives nothing away. Once a year is good. If it is lost or was seen by somebody, tell the owner: a new set replaces the old one when all others hand theirs in.`,
      ),
    ],
    [0, width + kit.style.gap],
  )
}

function cardBlocks(kit: Kit, sheet: ShareSheet): readonly Block[] {
  const { need } = sheet.facts
  const title = [titleOf(sheet), ...(need === null ? [] : [`${need} needed`])].join('  ·  ')
  return [titleBlock(kit, { title }), wordGrid(kit, grid(kit, sheet))]
}
