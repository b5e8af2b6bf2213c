/**
 * Every kind of sheet with little and with much on it: what the rules of the look are held against. Not grids of SeedQR and
 * plates of steel, whose pale lines are to be written or punched over.
 */
import { heirsOf } from '../../src/plan/heirs.js'
import { homeOf, type Known, makeModel } from '../../src/plan/model.js'
import type { Thing } from '../../src/plan/places.js'
import { rule321, scenariosOf } from '../../src/plan/scenarios.js'
import type { Drawing, Paper } from '../../src/sheets/drawing.js'
import { kitFor } from '../../src/sheets/layout/kit.js'
import { layOutSnapshot } from '../../src/sheets/layout/snapshot.js'
import type { LetterFacts } from '../../src/sheets/letter/facts.js'
import { LETTERS, type LetterLanguage } from '../../src/sheets/letter/languages.js'
import { layOutLetter } from '../../src/sheets/letter.js'
import { arrange, encodePages, formatPage, PAGE_BYTES } from '../../src/sheets/paper.js'
import { blankContent, type PhraseContent, phraseContent } from '../../src/sheets/phrase-content.js'
import { layOutPhrase } from '../../src/sheets/phrase-sheet.js'
import { layOutPlaces } from '../../src/sheets/places-sheet.js'
import { layOutPlan } from '../../src/sheets/plan.js'
import type { RecoverySheet } from '../../src/sheets/recovery-sheet.js'
import { layOutShare, type ShareContent, shareContent } from '../../src/sheets/share-sheet.js'
import { isShareType, UR_SHEET_TYPES } from '../../src/sheets/ur/types.js'
import { urContent, urShareContent } from '../../src/sheets/ur-content.js'
import { layOutUr } from '../../src/sheets/ur-sheet.js'
import { layOutRecovery } from '../../src/sheets/vault-sheet.js'
import { fromEntropy } from '../../src/words/bip39.js'
import { splitWith } from '../../src/words/shares.js'
import { stream } from '../draws.js'
import { anyTwo, thing } from '../plan/things.js'
import { fonts } from './fonts.js'
import { content } from './paper/content.js'
import { PHRASES } from './phrases.js'

export interface Example {
  readonly name: string
  readonly draw: (paper: Paper) => Drawing
  /** A card is `too small` for some; others `never` are on one. */
  readonly card?: 'too small' | 'never'
  /** Pages: one unless given. */
  readonly most?: number
}

const DATE = '2026-11-26'
const VAULT = '1a2b-3c4d-5e6f-7a8b-9c0d'
export const LONG =
  'The account that grandmother Wilhelmina-Antoinette opened for the children in 1987, Zürich branch'

/** Made once: deriving takes longer than drawing. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

/** No card has room for these words. */
const TOO_WIDE = ['eight parity words', 'bip39, japanese', 'monero, dutch', 'monero, portuguese']

function phrase(name: string, text: string, options: Partial<PhraseContent> = {}): Example {
  const made = once(() => phraseContent(text, { date: DATE, ...options }))
  const draw = (paper: Paper) => layOutPhrase(made(), { paper, metrics: fonts })
  return { name, draw, ...(TOO_WIDE.some((part) => name.includes(part)) ? { card: 'too small' } : {}) }
}

const english = (bytes: number) => fromEntropy(stream(1).draw(bytes))

const phrases: readonly Example[] = [
  ...[16, 20, 24, 28, 32].map((bytes) => phrase(`phrase of ${(bytes * 3) / 4} words`, english(bytes))),
  phrase('phrase of 12 words with a name, four parity words', english(16), {
    name: 'Family savings',
    parity: 4,
  }),
  phrase('phrase of 24 words with a long name, eight parity words, a passphrase', english(32), {
    name: LONG,
    parity: 8,
    passphrase: 'x',
  }),
  phrase('phrase of 24 words without code and address', english(32), { code: 'none', address: 'none' }),
  phrase('phrase of 12 words with a passphrase that is not told', english(16), { passphraseIs: 'used' }),
  ...PHRASES.map(({ kind, language, text }) =>
    phrase(`phrase of ${kind}, ${language ?? 'one list'}, ${text.split(/\s/u).length} words`, text, {
      kind,
      address: 'none',
    }),
  ),
]

const forms: readonly Example[] = [
  ...[12, 15, 18, 21, 24, 25].map((words) => ({ words, parity: 0, passphrase: 'none' as const })),
  { words: 12, parity: 4, passphrase: 'none' as const },
  { words: 24, parity: 8, passphrase: 'used' as const },
].map((form) => ({
  name: `form for ${form.words} words and ${form.parity} parity words`,
  ...(form.words + form.parity > 12 ? { card: 'too small' as const } : {}),
  ...(form.words + form.parity > 25 ? { most: 2 } : {}),
  draw: (paper: Paper) =>
    layOutPhrase(blankContent({ kind: form.words === 25 ? 'monero' : 'bip39', list: null, ...form }), {
      paper,
      metrics: fonts,
    }),
}))

function share(name: string, text: () => string, options: Partial<ShareContent> = {}): Example {
  const made = once(() => shareContent(text(), 1, { holders: [], date: DATE, ...options }))
  const isLong = / (33|59) words|SSKR as (words|uri)/.test(name)
  const draw = (paper: Paper) => layOutShare(made(), { paper, metrics: fonts })
  return { name, draw, most: /59|sixteen/.test(name) ? 2 : 1, ...(isLong ? { card: 'too small' } : {}) }
}

const twoOfThree = { groupThreshold: 1, groups: [{ threshold: 2, count: 3 }] }
const groups = {
  groupThreshold: 2,
  groups: [
    { threshold: 1, count: 1 },
    { threshold: 2, count: 3 },
  ],
}
type Split = Parameters<typeof splitWith>[1]
const shareOf = (bytes: number, split: Split, position = 1) =>
  once(() => splitWith(stream(3).draw(bytes), split, stream(4).draw).flat()[position] as string)
const holders = (count: number) =>
  Array.from(
    { length: count },
    (_, i) => `${i + 2}: ${['Anna', 'notary Dr. Blum', 'uncle Tadeusz in Gdańsk'][i % 3]}`,
  )

const shares: readonly Example[] = [
  share('share of SLIP-39, 20 words', shareOf(16, { scheme: 'slip39', ...twoOfThree })),
  share('share of SLIP-39, 20 words, named, one holder', shareOf(16, { scheme: 'slip39', ...twoOfThree }), {
    name: 'Family savings',
    of: 3,
    holders: holders(1),
  }),
  share('share of SLIP-39, 33 words, two holders', shareOf(32, { scheme: 'slip39', ...twoOfThree }), {
    of: 3,
    holders: holders(2),
  }),
  share('share of SLIP-39, 20 words, in groups', shareOf(16, { scheme: 'slip39', ...groups }, 2)),
  share(
    'share of SLIP-39, 33 words, long name, sixteen holders',
    shareOf(32, { scheme: 'slip39', ...twoOfThree }),
    {
      name: LONG,
      of: 16,
      holders: holders(16),
    },
  ),
  share('share of SLIP-39, 59 words', shareOf(64, { scheme: 'slip39', ...twoOfThree })),
  ...(['words', 'uri', 'minimal', 'ur'] as const).map((form) =>
    share(`share of SSKR as ${form}`, shareOf(32, { scheme: 'sskr', form, ...twoOfThree }), { of: 3 }),
  ),
  share('share of codex32', shareOf(32, { scheme: 'codex32', ...twoOfThree }), {
    of: 3,
    holders: holders(2),
  }),
  share(
    'part of Seed XOR',
    shareOf(32, { scheme: 'seedxor', groupThreshold: 1, groups: [{ threshold: 3, count: 3 }] }),
    { scheme: 'seedxor', holders: holders(2) },
  ),
]

const POLICY = [
  'The vault opens with any 2 of: passphrase, this computer, recovery sheet.',
  'Any one factor can be lost and the rest still opens it; losing 2 can close it for good.',
  'A thief needs 2 of them.',
]

const recovery = (name: string, words: number, more: Partial<RecoverySheet> = {}): Example => {
  const text = shareOf(words === 20 ? 16 : 32, { scheme: 'slip39', ...twoOfThree })
  return {
    name,
    card: 'never',
    most: name.includes('five') ? 2 : 1,
    draw: (paper) =>
      layOutRecovery(
        {
          ...{ vault: VAULT, name: 'recovery sheet', words: text(), policy: POLICY, date: DATE },
          ...{ places: ['folder /media/anna/BLUE-USB/cairn'], newest: { seq: 12, date: '2026-11-25' } },
          ...more,
        },
        { paper, metrics: fonts },
      ),
  }
}

const recoveries: readonly Example[] = [
  recovery('recovery sheet, one store', 33),
  recovery('recovery sheet, no store and no snapshot', 33, { places: [], newest: null }),
  recovery('recovery sheet, five stores and an anchor', 33, {
    name: 'sheet that aunt Ottilie keeps in the bank',
    places: [
      'folder /media/anna/BLUE-USB/cairn',
      's3://family-backups/cairn?endpoint=https://objects.example.org&region=eu-central-2',
      'sftp://anna@nas.example.org:2222/volume1/backups/cairn',
      'https://cloud.example.com/remote.php/dav/files/anna/cairn',
      'rclone:jottacloud:cairn',
    ],
    newest: {
      seq: 1208,
      date: '2026-11-25',
      anchor: '1208-9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822c',
    },
  }),
]

const snapshot = (name: string, bytes: number, wallets: number): Example => ({
  name,
  most: 10,
  card: 'never',
  draw: (paper) => {
    const arrangement = arrange({ length: bytes, pageBytes: PAGE_BYTES })
    const codes = encodePages(content(bytes), { pageBytes: PAGE_BYTES, parity: arrangement.parity }).map(
      formatPage,
    )
    return layOutSnapshot(kitFor(paper, fonts), {
      ...{ vault: VAULT, print: '93dea541', arrangement, codes, wallets, date: DATE, policy: POLICY },
      snapshots: Array.from({ length: wallets }, (_, i) => ({ seq: 7 + i, date: `2026-11-${10 + i}` })),
    })
  },
})

const snapshots: readonly Example[] = [
  snapshot('snapshot of one page', 2_000, 1),
  snapshot('snapshot of several pages', 9_000, 3),
  snapshot('snapshot of many small codes', 40_000, 8),
]

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
  draw: (paper) =>
    layOutPlaces({ vault: VAULT, things: listed(count, at), date: DATE }, { paper, metrics: fonts }),
})

const plan = (name: string, things: readonly Thing[]): Example => ({
  name,
  most: things.length > 9 ? 5 : 2,
  card: 'never',
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

const urs: readonly Example[] = UR_SHEET_TYPES.map((type) => {
  const common = { date: DATE, name: 'Savings' }
  const share = shareOf(32, { scheme: 'sskr', ...twoOfThree })
  const made = once(() =>
    isShareType(type)
      ? urShareContent(share(), 1, { ...common, type })
      : urContent(english(32), { ...common, type }),
  )
  return {
    name: `UR, ${type}`,
    draw: (paper) => layOutUr(made(), { paper, metrics: fonts }).drawing,
    ...(/account|bip39/.test(type) ? { card: 'too small' as const } : {}), // several codes
  }
})

export const EVERY: readonly Example[] = [
  ...phrases,
  ...forms,
  ...shares,
  ...urs,
  ...recoveries,
  ...snapshots,
  ...letters,
  places(3, 2),
  places(60, 14),
  plan('plan of few things', [...SHARES_AT_HOME, BLUE]),
  plan('plan of sixty things', listed(60, 14)),
]
