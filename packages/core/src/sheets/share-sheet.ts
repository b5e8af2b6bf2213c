/**
 * The sheet of one share: which of which set, how many are needed, who holds the others, and how to check it alone. Not
 * the secret, and not a way to it: a share tells nothing about the secret, but for one of Seed XOR, which opens a wallet
 * of its own, and one that needs no other, which is the secret and says so.
 */

import { fail } from '../errors.js'
import type { SchemeName } from '../words/shares/scheme.js'
import { type ShareFacts, schemeNamed, schemeOf } from '../words/shares.js'
import { splitWords } from '../words/text.js'
import type { Drawing } from './drawing.js'
import { plainText } from './html.js'
import { aboutBlock } from './layout/about.js'
import type { Block } from './layout/block.js'
import { type Card, cardBlocks } from './layout/card.js'
import type { Fact } from './layout/facts.js'
import { type Kit, kitFor } from './layout/kit.js'
import { firstFitting, layOut } from './layout/pages.js'
import { titleBlock } from './layout/title.js'
import { type WordGrid, wordGrid } from './layout/words.js'
import { withNotes } from './layout/writing.js'
import type { SheetOptions } from './phrase-sheet.js'
import { shareMeaning } from './share-meaning.js'

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
  refuseFewer(about, rest.of)
  const words = splitWords(text).map((word) => word.normalize('NFC'))
  const letters = lettersOf(text.trim())
  return {
    ...rest,
    facts: about,
    ...(words.length > 1 ? { pieces: words, piecesAre: 'words' } : { pieces: letters, piecesAre: 'letters' }),
    ...(code === 'none' ? {} : { qr: words.length > 1 ? words.join(' ') : text.trim() }),
  }
}

/** A set has the share that lies there, and as many as it needs. @throws CairnError `usage` */
function refuseFewer({ member, need }: ShareFacts, of: number | undefined): void {
  const least = Math.max(need ?? 1, typeof member === 'number' ? member : 1)
  if (of !== undefined && of < least)
    fail('usage', {
      reason: `--of says how many shares there are: at least ${least}, by what stands in this one`,
    })
}

/** It is the secret in another form: the unshared one of codex32 too. */
export function needsNoOther({ need, groupsNeed }: ShareFacts): boolean {
  return need === 1 && (groupsNeed ?? 1) === 1
}

/** Four by four; a hyphen stays with the word before it. */
function lettersOf(text: string): readonly string[] {
  const isHyphened = /^([a-z]{4}-)+[a-z]{4}$/u.test(text)
  return text.match(isHyphened ? /\w+-?/gu : /.{1,4}/gu) ?? []
}

/** The sheet of one share. @throws CairnError `sheet-paper`, `sheet-character` */
export function layOutShare(sheet: ShareSheet, { paper, metrics }: SheetOptions): Drawing {
  const kit = kitFor(paper, metrics)
  return layOut(kit, {
    title: titleOf(sheet),
    language: 'en',
    footer: footer(sheet),
    blocks: paper === 'card' ? cardBlocks(kit, cardOf(sheet)) : pageBlocks(kit, sheet),
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

function gridOf({ pieces, piecesAre }: ShareSheet): WordGrid {
  return piecesAre === 'words'
    ? { words: pieces }
    : { words: pieces, face: 'mono', columns: 6, reads: 'across' }
}

/** How the words stand: as far apart as the page has room for. */
const ROWS = [
  { columns: 3, row: 9.4 },
  { columns: 3, row: 8.2 },
  { columns: 4, row: 8.2 },
  { columns: 4, row: 7.2 },
  { columns: 5, row: 7.2 },
] as const

function pageBlocks(kit: Kit, sheet: ShareSheet): readonly Block[] {
  const { name, piecesAre, qr, facts } = sheet
  const several = `One ${facts.member === null ? 'part' : 'share'} of a key that several people or places hold`
  const isWhole = needsNoOther(facts)
  const subtitle = name ?? (isWhole ? 'The whole key in one share' : several)
  const title = titleBlock(kit, { title: titleOf(sheet), subtitle: plainText(subtitle) })
  const about = aboutBlock(kit, { code: qr, caption: 'The same share, for a camera', rows: factsOf(sheet) })
  const advice = shareMeaning(kit, { ...sheet, scheme: facts.scheme, isWhole })
  const blocks = firstFitting(kit, ROWS, ({ row, columns }) => [
    title,
    wordGrid(kit, { ...gridOf(sheet), row, ...(piecesAre === 'words' ? { columns } : {}) }),
    about,
    advice,
  ])
  return withNotes(kit, blocks)
}

function factsOf({ facts: about, of, date, holders }: ShareSheet): readonly Fact[] {
  const { scheme, set, member, group, groups, groupsNeed, need } = about
  const grouped = groups !== null && groups > 1
  const among = `${member}${of === undefined ? '' : ` of ${of}`}${grouped ? `, of group ${group}` : ''}`
  return [
    { label: 'Kind', value: schemeNamed(scheme).title },
    ...(set === null ? [] : [{ label: 'Set', value: set, face: 'mono' as const }]),
    ...(member === null ? [] : [{ label: 'Share', value: among }]),
    { label: 'Needed', value: neededOf({ need, of, grouped }) },
    ...(grouped ? [{ label: 'Groups needed', value: `${groupsNeed} of ${groups}` }] : []),
    ...(holders.length === 0 ? [] : [{ label: 'The others', value: holders.map((each) => plainText(each)) }]),
    { label: 'Date', value: date },
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

function cardOf(sheet: ShareSheet): Card {
  const { need } = sheet.facts
  const needed = needsNoOther(sheet.facts) ? ['the whole key'] : need === null ? [] : [`${need} needed`]
  const title = [titleOf(sheet), ...needed].join('  ·  ')
  return { title, grid: gridOf(sheet) }
}
