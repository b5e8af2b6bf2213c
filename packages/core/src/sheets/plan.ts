/**
 * The plan as a picture: what opens the vault, every place with what lies there, every person with what they hold, and each
 * single point of failure marked in black. From the model of `plan/`; names, and no secret.
 */
import { type HeirsPlan, LEFT } from '../plan/heirs.js'
import type { Item, Model, Place } from '../plan/model.js'
import { OWNER } from '../plan/places.js'
import type { Point, Rule321, Scenarios } from '../plan/scenarios.js'
import type { Shape } from '../vault/quorum.js'
import type { Drawing } from './drawing.js'
import { plainText } from './html.js'
import { type Block, beside, flow, space, stack } from './layout/block.js'
import { facts } from './layout/facts.js'
import { framed, inColumns, inRows, tags } from './layout/frames.js'
import { HAIRLINE, type Kit, kitFor } from './layout/kit.js'
import { layOut } from './layout/pages.js'
import { heading, mainWidth } from './layout/section.js'
import { sentences } from './layout/text.js'
import { titleBlock } from './layout/title.js'
import type { SheetOptions } from './phrase-sheet.js'

export interface PlanPicture {
  /** The fingerprint of the vault. */
  readonly vault: string
  /** YYYY-MM-DD. */
  readonly date: string
  readonly policy: Shape
  readonly model: Model
  readonly scenarios: Scenarios
  readonly rule: Rule321
  readonly heirs: HeirsPlan
}

/** One page where it fits, more where there are many places. @throws CairnError `sheet-paper`, `sheet-character` */
export function layOutPlan(plan: PlanPicture, { paper, metrics }: SheetOptions): Drawing {
  const kit = kitFor(paper, metrics)
  const { vault, date, model } = plan
  const head = [
    titleBlock(kit, { title: 'Where everything is', subtitle: plainText(`Vault ${vault}, on ${date}`) }),
    policyBlock(kit, plan.policy),
  ]
  const used = head.reduce((sum, { height }) => sum + height + kit.style.gap, 0)
  return layOut(kit, {
    title: 'Plan of places and people',
    language: 'en',
    footer: plainText(`Plan of places and people  ·  vault ${vault}  ·  ${date}`),
    blocks: [
      ...head,
      ...placeColumns(kit, plan, kit.height - used),
      ...peopleBlocks(kit, plan),
      summary(kit, plan),
    ],
    what: `a plan of ${model.items.length} things`,
  })
}

const PLACE_WORDS: Readonly<Record<Point['does'], string>> = {
  lockout: 'one fire locks you out',
  theft: 'one thief opens a wallet',
}
const CLOUD_WORDS: Readonly<Record<Point['does'], string>> = {
  lockout: 'its end locks you out',
  theft: 'a break-in opens a wallet',
}
const OTHER_WORDS: Readonly<Record<Point['does'], string>> = {
  lockout: 'its loss locks you out',
  theft: 'opens a wallet alone',
}
const HOLDER_WORDS: Readonly<Record<Point['does'], string>> = {
  lockout: 'without them you are locked out',
  theft: 'can open a wallet alone',
}

function wordsFor(points: readonly Point[], what: Point['what'], name: string): readonly string[] {
  const words = { place: PLACE_WORDS, holder: HOLDER_WORDS, item: OTHER_WORDS }[what]
  return points.filter((point) => point.what === what && point.name === name).map(({ does }) => words[does])
}

function placeWords(points: readonly Point[], { name, kind }: Place): readonly string[] {
  if (kind !== 'cloud') return wordsFor(points, 'place', name)
  return points.flatMap((point) =>
    point.what === 'place' && point.name === name ? [CLOUD_WORDS[point.does]] : [],
  )
}

/** Groups side by side: how many of which factors. */
function policyBlock(kit: Kit, { need, groups }: Shape): Block {
  const intro =
    groups.length === 1
      ? 'The vault opens with'
      : `The vault opens with ${need === groups.length ? 'all' : `any ${need}`} of these ${groups.length} groups`
  const columns = Math.min(groups.length, 3)
  const gutter = kit.style.gutter
  const width = (kit.width - (columns - 1) * gutter) / columns
  const boxes = groups.map((group) => {
    const inner = width - kit.style.gap
    const count =
      group.need === group.factors.length
        ? `all ${group.need} of`
        : `any ${group.need} of ${group.factors.length}`
    const title = groups.length === 1 ? count : `${group.name}: ${count}`
    const names = group.factors.map(({ name }) => name).join('   ·   ')
    return framed(
      kit,
      stack([
        sentences(kit, plainText(title), { width: inner, size: kit.style.small }),
        sentences(kit, plainText(names), { width: inner, face: 'strong' }),
      ]),
      { width, isMarked: false },
    )
  })
  return stack([heading(kit, intro), ...inRows(boxes, { columns, width, gutter })], kit.style.gap / 3)
}

/** In two columns, each place into the shorter one, the ones that are marked first. @param room on the first page */
function placeColumns(
  kit: Kit,
  { model, scenarios: { points } }: PlanPicture,
  room: number,
): readonly Block[] {
  const { gutter, gap } = kit.style
  const width = (kit.width - gutter) / 2
  const marked = (place: Place) => wordsFor(points, 'place', place.name).length
  const unlisted = new Set(model.places.filter((place) => isUnlisted(place, model)).map(({ name }) => name))
  const places = model.places.filter(({ name }) => !unlisted.has(name)).sort((a, b) => marked(b) - marked(a))
  const boxes = [
    ...places.map((place) => placeBox(kit, place, { model, points, width })),
    ...(unlisted.size > 0 ? [unlistedBox(kit, unlisted, { model, points, width })] : []),
  ]
  const title = heading(kit, 'Places')
  const first = room - title.height - gap / 3
  const [top, ...rest] = inColumns(boxes, { gap: gutter, first, next: kit.height }).map((columns) =>
    beside(columns, [0, width + gutter]),
  )
  return top === undefined ? [] : [stack([title, top], gap / 3), ...rest]
}

/** A place that is there only because nobody said where the one thing in it is. */
function isUnlisted({ name, kind }: Place, { items }: Model): boolean {
  const here = items.filter(({ place }) => place === name)
  return here.length === 1 && here[0]?.assumed === true && (kind === 'elsewhere' || kind === 'cloud')
}

function unlistedBox(kit: Kit, places: ReadonlySet<string>, { model, points, width }: Boxing): Block {
  const inner = width - kit.style.gap
  const items = model.items.filter(({ place }) => places.has(place))
  return framed(
    kit,
    stack(
      [
        sentences(kit, 'Not on the list', { width: inner, face: 'strong' }),
        sentences(kit, 'each taken to be in a place of its own', {
          width: inner,
          size: kit.style.small,
        }),
        space(kit.style.gap / 8),
        ...items.map((item) => itemRow(kit, { ...item, assumed: false }, { points, width: inner })),
      ],
      kit.style.gap / 12,
    ),
    { width, isMarked: false },
  )
}

interface Boxing {
  readonly model: Model
  readonly points: readonly Point[]
  readonly width: number
}

function placeBox(kit: Kit, place: Place, { model, points, width }: Boxing): Block {
  const words = placeWords(points, place)
  const inner = width - kit.style.gap
  const items = model.items.filter((item) => item.place === place.name)
  const title = place.kind === 'head' ? 'in your head' : place.name
  return framed(
    kit,
    stack(
      [
        sentences(kit, plainText(title), { width: inner, face: 'strong' }),
        ...(['head', 'elsewhere', place.name].includes(place.kind)
          ? []
          : [sentences(kit, place.kind, { width: inner, size: kit.style.small })]),
        ...(words.length > 0 ? [space(0), tags(kit, words, inner)] : []),
        space(kit.style.gap / 8),
        ...items.map((item) => itemRow(kit, item, { points, width: inner })),
      ],
      kit.style.gap / 12,
    ),
    { width, isMarked: words.length > 0 },
  )
}

/** A dot, filled where the thing alone does harm; its name, what it is, and who has it. */
function itemRow(kit: Kit, item: Item, { points, width }: Omit<Boxing, 'model'>): Block {
  const { body, small } = kit.style
  const words = wordsFor(points, 'item', item.name)
  const indent = body * 1.2
  const about = [
    item.name.includes(item.kind) ? '' : item.kind,
    [OWNER, item.name].includes(item.holder) ? '' : `with ${item.holder}`,
    item.assumed ? 'assumed to be here' : '',
    ...words,
  ].filter((part) => part !== '')
  const text = stack([
    sentences(kit, plainText(item.name), { width: width - indent }),
    ...(about.length === 0
      ? []
      : [
          sentences(kit, plainText(about.join(', ')), {
            width: width - indent,
            size: small,
          }),
        ]),
  ])
  const dot = { kind: 'circle', radius: body * 0.26 } as const
  return {
    height: text.height,
    draw: ({ x, y }) => [
      { ...dot, x: x + body * 0.3, y: y + body * 0.72, ...(words.length > 0 ? {} : { stroke: HAIRLINE }) },
      ...text.draw({ x: x + indent, y }),
    ],
  }
}

function peopleBlocks(kit: Kit, { heirs, scenarios: { points } }: PlanPicture): readonly Block[] {
  if (heirs.holders.length === 0) return []
  const rows = heirs.holders.map(({ name, items }) => {
    const words = wordsFor(points, 'holder', name)
    const text = items.map((item) => (item.name === name ? 'a key of their own' : item.name)).join(', ')
    const width = mainWidth(kit)
    const value = stack([
      sentences(kit, plainText(text), { width }),
      ...(words.length > 0 ? [tags(kit, words, width)] : []),
    ])
    return beside(
      [sentences(kit, plainText(name), { width: kit.axis - kit.style.gutter }), value],
      [0, kit.axis],
    )
  })
  const [first, ...rest] = rows
  return [
    flow({
      blocks: [stack([heading(kit, 'People'), first as Block], kit.style.gap / 4), ...rest],
      gap: kit.style.gap / 4,
    }),
  ]
}

const LISTED = 4

function summary(kit: Kit, { scenarios, rule, heirs }: PlanPicture): Block {
  const { lockout, theft } = scenarios
  const { copies, media, elsewhere } = rule
  const after = heirs.after.sets.map((set) =>
    set.map((name) => (name === LEFT ? 'who finds what you leave' : name)),
  )
  const isShut = lockout.sets[0]?.length === 0
  const kinds = `${media} ${media === 1 ? 'kind' : 'kinds'} of media`
  return stack(
    [
      heading(kit, 'What it means'),
      meaning(
        kit,
        'Locked out by losing',
        isShut ? 'nothing more: too little is listed to get in' : saySets(lockout.sets),
      ),
      meaning(kit, 'A thief needs', saySets(theft.sets)),
      after.length > 0 ? meaning(kit, 'After you, it opens for', saySets(after)) : nobody(kit),
      meaning(
        kit,
        'The 3-2-1 rule',
        `${rule.holds ? 'holds' : 'does not hold'}: ${copies} copies, ${kinds}, ${elsewhere} elsewhere`,
      ),
    ],
    kit.style.gap / 4,
  )
}

function saySets(sets: readonly (readonly string[])[]): string {
  if (sets.length === 0) return 'more than is listed'
  const shown = sets.slice(0, LISTED).map((set) => set.map(plainText).join(' + '))
  const more = sets.length > LISTED ? [`and ${sets.length - LISTED} more`] : []
  return [...shown, ...more].join('\n')
}

function meaning(kit: Kit, label: string, value: string): Block {
  return facts(kit, [{ label, value }])
}

function nobody(kit: Kit): Block {
  const label = sentences(kit, 'After you', { width: kit.axis - kit.style.gutter, size: kit.style.small })
  return beside([label, tags(kit, ['nobody gets in'], mainWidth(kit))], [0, kit.axis])
}
