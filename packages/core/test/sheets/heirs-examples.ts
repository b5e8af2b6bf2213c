/** What is for heirs and for the owner's own order, with little and with much on it: letters, places, plans. */
import { heirsOf } from '../../src/plan/heirs.js'
import { homeOf, type Known, makeModel } from '../../src/plan/model.js'
import type { Thing } from '../../src/plan/places.js'
import { rule321, scenariosOf } from '../../src/plan/scenarios.js'
import type { LetterFacts } from '../../src/sheets/letter/facts.js'
import { LETTERS, type LetterLanguage } from '../../src/sheets/letter/languages.js'
import { layOutLetter } from '../../src/sheets/letter.js'
import { layOutPlaces } from '../../src/sheets/places-sheet.js'
import { layOutPlan } from '../../src/sheets/plan.js'
import { anyTwo, thing } from '../plan/things.js'
import { DATE, type Example, onlyText, VAULT } from './example.js'
import { fonts } from './fonts.js'

const KINDS = ['home', 'bank', 'relative', 'friend', 'notary', 'office', 'cloud', 'carried'] as const
const IS = ['factor', 'share', 'phrase', 'store', 'device', 'recovery'] as const
const WITH = ['me', 'Ann', 'notary Dr. Blum', 'uncle Tadeusz', 'me', 'Carla']

const listed = (count: number, places: number): readonly Thing[] =>
  Array.from({ length: count }, (_, i) => {
    const at = i % places
    const is = IS[i % IS.length] ?? 'factor'
    const of = {
      factor: 'sheet',
      share: 'savings',
      phrase: 'savings',
      store: 'main',
      device: 'savings',
      recovery: 'plan',
    }[is]
    const more = is === 'share' ? { share: (i % 16) + 1, need: 2 } : {}
    const name =
      i % 9 === 4 ? `the thick brown envelope with the wax seal, number ${i + 1}` : `envelope ${i + 1}`
    return thing(name, {
      ...{
        is,
        of,
        at: at === 3 ? 'the summer house of Hannelore and Jean-Baptiste in Saint-Rémy' : `place ${at + 1}`,
      },
      ...{ kind: KINDS[at % KINDS.length], with: WITH[i % WITH.length], checked: i % 3 === 0 ? DATE : null },
      ...more,
    } as Partial<Thing>)
  })

const known = (things: readonly Thing[]): Known => ({
  policy: anyTwo({ name: 'Carla', kind: 'person' }),
  stores: [
    { name: 'main', url: 'file:///vault' },
    { name: 'cloud', url: 's3://bucket/vault' },
  ],
  wallets: [],
  things,
})

const places = (count: number, at: number): Example => ({
  name: `inventory of ${count} things`,
  most: count > 9 ? 6 : 1,
  card: 'never',
  ...(count > 9 ? {} : { told: onlyText }),
  draw: (paper) =>
    layOutPlaces({ vault: VAULT, things: listed(count, at), date: DATE }, { paper, metrics: fonts }),
})

const plan = (name: string, things: readonly Thing[]): Example => ({
  name,
  most: things.length > 9 ? 5 : 2,
  card: 'never',
  ...(things.length > 9 ? {} : { told: onlyText }),
  draw: (paper) => {
    const of = known(things)
    const model = makeModel(of)
    const common = { vault: VAULT, date: DATE, policy: of.policy, model, heirs: heirsOf(model) }
    const [scenarios, rule] = [scenariosOf(model), rule321(model, homeOf(of).name)]
    return layOutPlan({ ...common, scenarios, rule }, { paper, metrics: fonts })
  },
})

const SHARES_AT_HOME = ['house', 'house', 'bank'].map((at, i) =>
  thing(`share ${i + 1}`, {
    is: 'share',
    of: 'savings',
    at,
    kind: at === 'bank' ? 'bank' : 'home',
    share: i + 1,
    need: 2,
  } as Partial<Thing>),
)
const BLUE = thing('blue envelope', {
  with: 'Ann',
  at: 'house of Ann',
  kind: 'relative',
  checked: '2026-11-01',
})

const letter = (
  language: LetterLanguage,
  things: readonly Thing[],
  more: Partial<LetterFacts> = {},
): Example => ({
  name: `letter in ${language}, ${things.length} things`,
  most: things.length > 9 ? 6 : 4,
  card: 'never',
  ...(things.length > 9 ? {} : { told: onlyText }),
  draw: (paper) =>
    layOutLetter(
      {
        ...{
          date: DATE,
          vault: VAULT,
          wallets: ['savings (Electrum)', 'spending (Sparrow)'],
          isOneEnough: false,
        },
        policy: known(things).policy,
        ...{ heirs: heirsOf(makeModel(known(things))), things },
        signed: [{ name: 'plan-for-ann', days: 30, to: ['her wallet'] }],
        ask: ['Ben Miller, my brother, +41 44 000 00 00'],
        stores: [
          { name: 'main', address: '/media/usb/vault', isFolder: true },
          {
            name: 'cloud',
            address: 's3://family-backups/cairn?endpoint=https://objects.example.org',
            isFolder: false,
          },
        ],
        ...more,
      },
      { paper, metrics: fonts, language },
    ),
})

const letters = (Object.keys(LETTERS) as LetterLanguage[]).flatMap((language) => [
  letter(language, [BLUE, ...SHARES_AT_HOME]),
  letter(language, listed(30, 6), { ask: [], signed: [], wallets: [] }),
])

export const HEIRS: readonly Example[] = [
  ...letters,
  places(3, 2),
  places(60, 14),
  plan('plan of few things', [...SHARES_AT_HOME, BLUE]),
  plan('plan of sixty things', listed(60, 14)),
]
