import { describe, expect, it } from 'vitest'
import { heirsOf } from '../../src/plan/heirs.js'
import { homeOf, type Known, makeModel } from '../../src/plan/model.js'
import type { Thing } from '../../src/plan/places.js'
import { rule321, scenariosOf } from '../../src/plan/scenarios.js'
import type { Drawing } from '../../src/sheets/drawing.js'
import type { LetterFacts } from '../../src/sheets/letter/facts.js'
import { LETTERS } from '../../src/sheets/letter/languages.js'
import { layOutLetter } from '../../src/sheets/letter.js'
import { layOutPlaces } from '../../src/sheets/places-sheet.js'
import { layOutPlan } from '../../src/sheets/plan.js'
import { anyTwo, thing } from '../plan/things.js'
import { fonts } from './fonts.js'

const A4 = { paper: 'a4', metrics: fonts } as const
const VAULT = '1a2b-3c4d-5e6f-7a8b-9c0d'

const shares = (...places: readonly string[]) =>
  places.map((at, i) =>
    thing(`share ${i + 1}`, { is: 'share', of: 'savings', at, share: i + 1, need: 2 } as Partial<Thing>),
  )
const policy = anyTwo({ name: 'Carla', kind: 'person' })
const stores = [{ name: 'main', url: 'file:///vault' }]
const known = (things: readonly Thing[]): Known => ({ policy, stores, wallets: [], things })
const ANN = thing('blue envelope', {
  with: 'Ann',
  at: 'house of Ann',
  kind: 'relative',
  checked: '2026-11-01',
})

function wordsOn({ pages }: Drawing): string {
  return pages
    .flatMap(({ marks }) => marks.flatMap((mark) => (mark.kind === 'text' ? [mark.text] : [])))
    .join(' ')
}

function picture(of: Known): Drawing {
  const model = makeModel(of)
  const scenarios = scenariosOf(model)
  const rule = rule321(model, homeOf(of).name)
  const common = { vault: VAULT, date: '2026-11-26', policy: of.policy, model, scenarios, rule }
  return layOutPlan({ ...common, heirs: heirsOf(model) }, A4)
}

/** White on black. */
const marked = ({ pages }: Drawing) =>
  pages.flatMap(({ marks }) =>
    marks.flatMap((mark) => (mark.kind === 'text' && mark.grey === 1 ? [mark.text] : [])),
  )

function isWithin({ pages, size }: Drawing): boolean {
  return pages.every(({ marks }) =>
    marks.every((mark) => {
      if (mark.kind !== 'text') return true
      const width = fonts.widthOf(mark.text, mark.face, mark.size)
      const left = mark.x - { start: 0, middle: width / 2, end: width }[mark.anchor ?? 'start']
      return left >= 0 && left + width <= size.width && mark.y <= size.height
    }),
  )
}

describe('the picture of a plan', () => {
  it('marks the house where two of three shares lie, twice: for the fire and for the thief', () => {
    const drawing = picture(known(shares('house', 'house', 'house')))
    expect(marked(drawing)).toEqual(['one fire locks you out', 'one thief opens a wallet'])
    expect(drawing.pages).toHaveLength(1)
  })

  it('marks nothing when each is elsewhere', () => {
    const things = shares('house', 'bank', 'attic').map((one, i) => ({
      ...one,
      kind: (['home', 'bank', 'friend'] as const)[i],
    }))
    expect(marked(picture(known([...(things as Thing[]), ANN])))).toEqual([])
  })

  it('names every thing, every place, every person and what opens the vault', () => {
    const of = known([...shares('house', 'house', 'house'), ANN])
    const said = wordsOn(picture(of))
    const { items } = makeModel(of)
    for (const { name } of items) expect(said).toContain(name)
    for (const part of ['any 2 of 4', 'house of Ann', 'Ann', 'Carla', VAULT]) expect(said).toContain(part)
  })

  it('tells where nobody gets in afterwards', () => {
    const alone: Known = {
      ...known([]),
      policy: {
        need: 1,
        groups: [
          {
            ...(policy.groups[0] as (typeof policy.groups)[0]),
            need: 2,
            factors: (policy.groups[0] as (typeof policy.groups)[0]).factors.slice(0, 2),
          },
        ],
      },
    }
    expect(marked(picture(alone))).toContain('nobody gets in')
  })

  it('stays on the paper, with a hundred things too', () => {
    const many = Array.from({ length: 96 }, (_, i) =>
      thing(`envelope number ${i}`, { at: `place ${i % 30}`, with: `person ${i % 7}` }),
    )
    const drawing = picture(known(many))
    expect(drawing.pages.length).toBeGreaterThan(1)
    expect(isWithin(drawing)).toBe(true)
  })
})

const letter = (things: readonly Thing[], more: Partial<LetterFacts> = {}): LetterFacts => ({
  date: '2026-11-26',
  vault: VAULT,
  wallets: ['savings (Electrum)'],
  isOneEnough: false,
  policy,
  heirs: heirsOf(makeModel(known(things))),
  things,
  signed: [{ name: 'plan-for-ann', days: 30, to: ['her wallet'] }],
  ask: ['Ben Miller, my brother'],
  stores: [{ name: 'main', address: '/media/usb/vault', isFolder: true }],
  ...more,
})

describe('the letter to heirs', () => {
  const drawn = layOutLetter(letter([ANN]), { ...A4, language: 'en' })
  const said = wordsOn(drawn)

  it('tells who has what and where, what is enough, whom to ask, and the line to type', () => {
    for (const part of [
      'Ann',
      'blue envelope',
      'house of Ann',
      'seen there on November 1, 2026',
      '/media/usb/vault',
      'Ben Miller',
    ])
      expect(said).toContain(part)
    expect(said).toContain('blue envelope  +  Carla')
    expect(said).toContain('cairn restore --from COPY --to NEW-FOLDER')
    expect(said).toContain('30 days')
    expect(isWithin(drawn)).toBe(true)
  })

  it('calls no piece harmless where one of them is enough', () => {
    const text = (isOneEnough: boolean) =>
      wordsOn(layOutLetter(letter([ANN], { isOneEnough }), { ...A4, language: 'en' }))
    expect(text(false)).toContain('One piece by itself opens nothing')
    expect(text(true)).not.toContain('opens nothing')
    expect(text(true)).toContain('Guard each piece')
  })

  it('does not name what is gone as a way in', () => {
    expect(said).not.toMatch(/\+\s+passphrase|passphrase\s+\+/)
  })

  it('says so where nobody gets in, and gives no hope that is none', () => {
    const things: readonly Thing[] = []
    const alone = {
      ...known(things),
      policy: {
        need: 1,
        groups: [{ name: 'a', need: 1, factors: [{ name: 'passphrase', kind: 'passphrase' as const }] }],
      },
    }
    const text = wordsOn(
      layOutLetter(letter(things, { heirs: heirsOf(makeModel(alone)) }), { ...A4, language: 'en' }),
    )
    expect(text).toContain('nobody gets in without me')
    expect(text).not.toContain('is enough by itself')
  })

  it('uses no word of the trade that it does not explain', () => {
    const { opening, rules, steps, ask } = LETTERS.en
    const plain = [...opening, ...rules.lines, ...steps.lines, ask.intro].join(' ')
    expect(plain).not.toMatch(
      /seed|mnemonic|encrypt|cipher|Shamir|SLIP|quorum|policy|factor|snapshot|hash|terminal/i,
    )
  })

  it('never says that something may be thrown away before all has arrived', () => {
    const destroys = LETTERS.en.steps.lines.flatMap((line, i) => (/destroy|throw/i.test(line) ? [i] : []))
    expect(destroys).toEqual([LETTERS.en.steps.lines.length - 1])
  })
})

describe('the inventory of places', () => {
  it('lists each thing below its place, with whom and when, on as many pages as it takes', () => {
    const things = [ANN, ...shares('house', 'bank', 'bank')]
    const said = wordsOn(layOutPlaces({ vault: VAULT, things, date: '2026-11-26' }, A4))
    for (const { name, at } of things) {
      expect(said).toContain(name)
      expect(said).toContain(at)
    }
    expect(said).toMatch(/Ann 2026-11-01/)
    const many = Array.from({ length: 100 }, (_, i) => thing(`envelope ${i}`, { at: `place ${i}` }))
    const drawing = layOutPlaces({ vault: VAULT, things: many, date: '2026-11-26' }, A4)
    expect(drawing.pages.length).toBeGreaterThan(3)
    expect(isWithin(drawing)).toBe(true)
  })
})
