/**
 * The letter to heirs: what there is, who has which piece, what is enough, whom to ask, and the steps, in plain language and
 * without anybody's secret. What it says is in `letter`, a file a language; who has what comes from the list of places.
 */
import type { HeirsPlan } from '../plan/heirs.js'
import type { Item } from '../plan/model.js'
import type { Thing } from '../plan/places.js'
import type { Shape } from '../vault/quorum.js'
import type { Drawing } from './drawing.js'
import { plainText } from './html.js'
import { type Block, shifted, space, stack } from './layout/block.js'
import { facts } from './layout/facts.js'
import { type Kit, kitFor, restyled } from './layout/kit.js'
import { layOut } from './layout/pages.js'
import { mainWidth, section, stepBlocks, told } from './layout/section.js'
import { sentences, unbroken } from './layout/text.js'
import { titleBlock } from './layout/title.js'
import { handLines } from './layout/writing.js'
import type { LetterFacts } from './letter/facts.js'
import { listed, longDay } from './letter/grammar.js'
import { LETTERS, type LetterLanguage } from './letter/languages.js'
import type { LetterTexts, Part } from './letter/texts.js'
import type { SheetOptions } from './phrase-sheet.js'

export interface LetterOptions extends SheetOptions {
  readonly language: LetterLanguage
}

/** It is read at length, and not only by young eyes. */
const READ = { body: 3.9, small: 3.3 } as const

/** Four pages where there is much to tell. @throws CairnError `sheet-paper`, `sheet-character` */
export function layOutLetter(letter: LetterFacts, { paper, metrics, language }: LetterOptions): Drawing {
  const kit = restyled(kitFor(paper, metrics), READ)
  const texts = LETTERS[language]
  return layOut(kit, {
    title: texts.title,
    language: texts.language,
    footer: plainText(`${texts.footer}  ·  ${longDay(texts.language, letter.date)}`),
    blocks: blocksOf(kit, texts, letter),
    what: 'a letter to heirs',
  })
}

function blocksOf(kit: Kit, texts: LetterTexts, letter: LetterFacts): readonly Block[] {
  const { pieces, steps, signed, ask, closing, rules, about } = texts
  const width = mainWidth(kit)
  const day = unbroken(longDay(texts.language, letter.date))
  return [
    titleBlock(kit, { title: texts.title, subtitle: texts.subtitle }),
    told(kit, '', texts.opening),
    section(kit, rules.title, stepBlocks(kit, rules.lines)),
    told(kit, about.title, aboutOf(texts, letter)),
    section(kit, pieces.title, [paragraph(kit, pieces.intro), ...holdings(kit, texts, letter)]),
    section(kit, texts.needed.title, enough(kit, texts, letter)),
    section(kit, steps.title, stepsOf(kit, steps.lines)),
    ...(letter.signed.length === 0 ? [] : [told(kit, signed.title, signedOf(texts, letter))]),
    section(kit, ask.title, [stack([paragraph(kit, ask.intro), asked(kit, letter.ask)])]),
    section(kit, closing.title, [
      stack([
        handLines(OWN_LINES, width),
        space(kit.style.gap),
        paragraph(kit, closing.written(day)),
        facts(kit, [{ label: closing.name, value: null }], { width, indent: SIGNATURE }),
      ]),
    ]),
  ]
}

/** Room for what stands before the line to sign on, in mm. */
const SIGNATURE = 40

/** To write on by hand. */
const OWN_LINES = 6

function aboutOf(
  { language, about }: LetterTexts,
  { policy, isOneEnough, wallets }: LetterFacts,
): readonly string[] {
  const part = ({ need, factors }: Shape['groups'][number]): Part => ({
    least: need,
    of: factors.length,
    names: listed(
      language,
      factors.map(({ name }) => plainText(name)),
    ),
  })
  const { groups } = policy
  const [only] = groups
  const needs =
    groups.length === 1 && only
      ? [about.need(part(only))]
      : [
          about.groups(policy.need, groups.length),
          ...groups.map((group) => about.group(plainText(group.name), part(group))),
        ]
  return [
    about.intro,
    about.vault,
    ...needs,
    isOneEnough ? about.guard : about.harmless,
    ...(wallets.length === 0
      ? []
      : [about.wallets(wallets.length, listed(language, wallets.map(plainText)))]),
  ]
}

function signedOf({ language, signed }: LetterTexts, letter: LetterFacts): readonly string[] {
  return letter.signed.map(({ name, days, to }) =>
    signed.line(plainText(name), days, listed(language, to.map(plainText))),
  )
}

function paragraph(kit: Kit, line: string): Block {
  return sentences(kit, line, { width: mainWidth(kit) })
}

const COMMAND = unbroken('cairn restore --from COPY --to NEW-FOLDER')
/** The step below which the line to type stands. */
const TYPED_STEP = 4

/** The line to type stands below its step. */
function stepsOf(kit: Kit, lines: readonly string[]): readonly Block[] {
  const { small, body, gap } = kit.style
  const typed = sentences(kit, COMMAND, { width: mainWidth(kit), face: 'mono', size: small })
  return stepBlocks(kit, lines).map((step, i) =>
    i === TYPED_STEP ? stack([step, shifted(typed, { x: 2 * body })], gap / 4) : step,
  )
}

interface Piece {
  readonly name: string
  readonly about: string
}

/** A row a person, then the owner's own things, then the copies. */
function holdings(kit: Kit, texts: LetterTexts, letter: LetterFacts): readonly Block[] {
  const { heirs } = letter
  const say = (items: readonly Item[]) =>
    items.filter(({ kind }) => kind !== 'store').map((item) => pieceOf(texts, item, letter))
  return [
    ...heirs.holders.map(({ name, items }) => ({ who: plainText(name), pieces: say(items) })),
    { who: texts.pieces.mine, pieces: say(heirs.left) },
    { who: texts.pieces.copies, pieces: copiesOf(texts, letter) },
  ]
    .filter(({ pieces }) => pieces.length > 0)
    .flatMap((row) => holding(kit, row))
}

function pieceOf(texts: LetterTexts, item: Item, { things }: LetterFacts): Piece {
  const { name, kind, place, assumed } = item
  const row = things.find((thing) => thing.name === name)
  return {
    name: plainText(assumed ? name : texts.pieces.lies(name, place)),
    about: withDay(texts, texts.pieces.kinds[kind], row),
  }
}

function withDay({ language, pieces }: LetterTexts, about: string, row: Thing | undefined): string {
  return row?.checked
    ? `${about}${pieces.also}${pieces.seen(unbroken(longDay(language, row.checked)))}`
    : about
}

/** With the address that the line to type asks for. */
function copiesOf(texts: LetterTexts, { stores, things, heirs }: LetterFacts): readonly Piece[] {
  const { pieces } = texts
  const all = [...heirs.left, ...heirs.holders.flatMap(({ items }) => items)]
  return stores.map(({ name, address, isFolder }) => {
    const row = things.find(({ is, of }) => is === 'store' && of === name)
    const item = all.find((one) => one.name === row?.name)
    const about = withDay(texts, isFolder ? pieces.folder : pieces.provider, row)
    return item
      ? {
          name: plainText(pieces.lies(item.name, item.place)),
          about: pieces.copy(plainText(address), about),
        }
      : { name: plainText(address), about }
  })
}

/** Each piece by itself, since a page may end between two; the name stands above the first. */
function holding(
  kit: Kit,
  { who, pieces }: { readonly who: string; readonly pieces: readonly Piece[] },
): readonly Block[] {
  const width = mainWidth(kit)
  const name = sentences(kit, who, { width, face: 'strong' })
  return pieces.map(({ name: what, about }, i) =>
    stack([
      ...(i === 0 ? [space(kit.style.gap / 4), name] : []),
      sentences(kit, what, { width }),
      sentences(kit, about, { width, size: kit.style.small }),
    ]),
  )
}

const SHOWN_WAYS = 6

function enough(kit: Kit, { needed }: LetterTexts, { heirs }: LetterFacts): readonly Block[] {
  const ways = withoutCopies(heirs)
  if (ways.length === 0) return [paragraph(kit, needed.none)]
  const shown = ways.slice(0, SHOWN_WAYS).map((way) => `–  ${way.map(plainText).join('  +  ')}`)
  const more = ways.length > SHOWN_WAYS ? [needed.more(ways.length - SHOWN_WAYS)] : []
  const lines = [...shown, ...more].map((line) =>
    sentences(kit, line, { width: mainWidth(kit), face: 'strong' }),
  )
  const intro = paragraph(kit, ways.length === 1 ? needed.way : needed.ways)
  return [stack([intro, stack(lines)], kit.style.gap / 4)]
}

/** Any copy of the vault will do, so that the pieces alone are told. */
function withoutCopies({ ways, left, holders }: HeirsPlan): readonly (readonly string[])[] {
  const all = [...left, ...holders.flatMap(({ items }) => items)]
  const copies = new Set(all.filter(({ kind }) => kind === 'store').map(({ name }) => name))
  const pieces = ways.sets.map((set) => set.filter((name) => !copies.has(name)))
  return pieces.filter((set, i) => pieces.findIndex((other) => other.join('\n') === set.join('\n')) === i)
}

function asked(kit: Kit, people: readonly string[]): Block {
  const width = mainWidth(kit)
  const lines = people.map((person) => sentences(kit, plainText(person), { width, face: 'strong' }))
  return stack([...lines, handLines(people.length === 0 ? 3 : 1, width)])
}
