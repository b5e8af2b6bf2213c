/**
 * The letter to heirs: what there is, who has which piece, what is enough, whom to ask, and the steps, in plain language and
 * without anybody's secret. What it says is in `letter/texts.ts`; who has what comes from the list of places.
 */
import type { HeirsPlan } from '../plan/heirs.js'
import type { Item } from '../plan/model.js'
import type { Drawing } from './drawing.js'
import { plainText } from './html.js'
import { type Block, beside, stack } from './layout/block.js'
import { INK, type Kit, kitFor } from './layout/kit.js'
import { layOut } from './layout/pages.js'
import { facts, handLines, heading, sentences } from './layout/text.js'
import { titleBlock } from './layout/title.js'
import type { LetterFacts } from './letter/facts.js'
import { LETTERS, type LetterLanguage, type LetterTexts } from './letter/texts.js'
import type { SheetOptions } from './phrase-sheet.js'

export interface LetterOptions extends SheetOptions {
  readonly language: LetterLanguage
}

/** Two or three pages. @throws CairnError `sheet-paper`, `sheet-character` */
export function layOutLetter(letter: LetterFacts, { paper, metrics, language }: LetterOptions): Drawing {
  const kit = kitFor(paper, metrics)
  const texts = LETTERS[language]
  return layOut(kit, {
    title: texts.title,
    language: texts.language,
    footer: plainText(`${texts.footer}  ·  ${letter.date}`),
    blocks: blocksOf(kit, texts, letter),
    what: 'a letter to heirs',
  })
}

function blocksOf(kit: Kit, texts: LetterTexts, letter: LetterFacts): readonly Block[] {
  const { pieces, steps, signed, ask, closing } = texts
  const about = texts.about(letter)
  return [
    titleBlock(kit, { title: texts.title, subtitle: texts.subtitle }),
    paragraphs(kit, texts.opening),
    titled(kit, texts.rules.title, [numbered(kit, texts.rules.lines)]),
    titled(kit, about.title, [paragraphs(kit, about.lines)]),
    titled(kit, pieces.title, [paragraphs(kit, [pieces.intro]), ...holdings(kit, texts, letter)]),
    titled(kit, texts.needed.title, enough(kit, texts, letter)),
    stepsBlock(kit, steps),
    ...(letter.signed.length === 0
      ? []
      : [titled(kit, signed.title, [paragraphs(kit, letter.signed.map(signed.line))])]),
    stack(
      [
        titled(kit, ask.title, [paragraphs(kit, [ask.intro]), asked(kit, letter.ask)]),
        titled(kit, closing.title, [
          handLines(closing.lines, kit.width),
          paragraphs(kit, [closing.written(letter.date)]),
          facts(kit, [{ label: closing.name, value: null }]),
        ]),
      ],
      kit.style.gap,
    ),
  ]
}

function titled(kit: Kit, title: string, blocks: readonly Block[]): Block {
  return stack([heading(kit, title), ...blocks], kit.style.gap / 4)
}

function paragraphs(kit: Kit, lines: readonly string[]): Block {
  return stack(
    lines.map((line) => sentences(kit, line, { width: kit.width })),
    kit.style.gap / 4,
  )
}

function numbered(kit: Kit, lines: readonly string[], first = 1): Block {
  const indent = kit.style.body * 2.2
  return stack(
    lines.map((line, i): Block => {
      const text = sentences(kit, line, { width: kit.width - indent })
      const number = sentences(kit, `${first + i}.`, { width: indent, face: 'strong' })
      return {
        height: text.height,
        draw: ({ x, y }) => [...number.draw({ x, y }), ...text.draw({ x: x + indent, y })],
      }
    }),
    kit.style.gap / 4,
  )
}

const COMMAND = 'cairn restore --from COPY --to NEW-FOLDER'
/** The step below which the line to type stands. */
const TYPED_STEP = 4

/** The line to type stands below its step. */
function stepsBlock(kit: Kit, { title, lines }: LetterTexts['steps']): Block {
  const steps = lines.map((line, i) => {
    const step = numbered(kit, [line], i + 1)
    const typed = sentences(kit, COMMAND, { width: kit.width, face: 'mono', anchor: 'middle' })
    return i === TYPED_STEP ? stack([step, typed], kit.style.gap / 4) : step
  })
  return stack([heading(kit, title), ...steps], kit.style.gap / 4)
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
    .map((row) => holding(kit, row))
}

function pieceOf({ kinds, lies, seen }: LetterTexts, item: Item, { things }: LetterFacts): Piece {
  const { name, kind, place, assumed } = item
  const checked = things.find((thing) => thing.name === name)?.checked ?? null
  const about = [kinds[kind] ?? kind, ...(checked === null ? [] : [seen(checked)])].join('; ')
  return { name: plainText(assumed ? name : lies(name, place)), about: plainText(about) }
}

/** With the address that the line to type asks for. */
function copiesOf(texts: LetterTexts, { stores, things, heirs }: LetterFacts): readonly Piece[] {
  const all = [...heirs.left, ...heirs.holders.flatMap(({ items }) => items)]
  return stores.map(({ name, address, isFolder }) => {
    const row = things.find(({ is, of }) => is === 'store' && of === name)
    const item = all.find((one) => one.name === row?.name)
    const about = [texts.copy(isFolder), ...(row?.checked ? [texts.seen(row.checked)] : [])].join('; ')
    return item
      ? { name: plainText(texts.lies(item.name, item.place)), about: plainText(`${address}: ${about}`) }
      : { name: plainText(address), about: plainText(about) }
  })
}

/** Of the width: who has it. */
const WHO = 0.24

function holding(
  kit: Kit,
  { who, pieces }: { readonly who: string; readonly pieces: readonly Piece[] },
): Block {
  const left = kit.width * WHO
  const width = kit.width - left
  const lines = pieces.map(({ name, about }) =>
    stack([
      sentences(kit, name, { width }),
      sentences(kit, about, { width, size: kit.style.small, grey: INK.quiet }),
    ]),
  )
  const label = sentences(kit, who, { width: left - kit.style.gutter, face: 'strong' })
  return beside([label, stack(lines, kit.style.gap / 8)], [0, left])
}

const SHOWN_WAYS = 6

function enough(kit: Kit, { needed }: LetterTexts, { heirs }: LetterFacts): readonly Block[] {
  const ways = withoutCopies(heirs)
  if (ways.length === 0) return [paragraphs(kit, [needed.none])]
  const shown = ways.slice(0, SHOWN_WAYS).map((way) => `–  ${way.map(plainText).join('  +  ')}`)
  const more = ways.length > SHOWN_WAYS ? [needed.more(ways.length - SHOWN_WAYS)] : []
  return [
    paragraphs(kit, [needed.ways]),
    stack([...shown, ...more].map((line) => sentences(kit, line, { width: kit.width, face: 'strong' }))),
  ]
}

/** Any copy of the vault will do, so that the pieces alone are told. */
function withoutCopies({ ways, left, holders }: HeirsPlan): readonly (readonly string[])[] {
  const all = [...left, ...holders.flatMap(({ items }) => items)]
  const copies = new Set(all.filter(({ kind }) => kind === 'store').map(({ name }) => name))
  const pieces = ways.sets.map((set) => set.filter((name) => !copies.has(name)))
  return pieces.filter((set, i) => pieces.findIndex((other) => other.join('\n') === set.join('\n')) === i)
}

function asked(kit: Kit, people: readonly string[]): Block {
  const lines = people.map((person) =>
    sentences(kit, plainText(person), { width: kit.width, face: 'strong' }),
  )
  return stack([...lines, handLines(people.length === 0 ? 3 : 1, kit.width)])
}
