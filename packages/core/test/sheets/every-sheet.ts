/**
 * Every kind of sheet with little and with much on it: what the rules of the look are held against, and of which programs
 * of others are asked (`told`).
 */
import type { Paper } from '../../src/sheets/drawing.js'
import { kitFor } from '../../src/sheets/layout/kit.js'
import { layOutSnapshot } from '../../src/sheets/layout/snapshot.js'
import { arrange, encodePages, formatPage, PAGE_BYTES } from '../../src/sheets/paper.js'
import { blankContent, type PhraseContent, phraseContent } from '../../src/sheets/phrase-content.js'
import { layOutPhrase } from '../../src/sheets/phrase-sheet.js'
import { type RecoverySheet, sheetCode } from '../../src/sheets/recovery-sheet.js'
import { layOutShare, type ShareContent, shareContent } from '../../src/sheets/share-sheet.js'
import { isShareType, UR_SHEET_TYPES } from '../../src/sheets/ur/types.js'
import { urContent, urShareContent } from '../../src/sheets/ur-content.js'
import { layOutUr } from '../../src/sheets/ur-sheet.js'
import { layOutRecovery } from '../../src/sheets/vault-sheet.js'
import { LANGUAGES } from '../../src/words/bip39/lists.js'
import { fromEntropy } from '../../src/words/bip39.js'
import { splitWith } from '../../src/words/shares.js'
import { stream } from '../draws.js'
import { DATE, type Example, english, LONG, once, oneCode, onlyText, VAULT } from './example.js'
import { fonts } from './fonts.js'
import { GRIDS } from './grid-examples.js'
import { HEIRS } from './heirs-examples.js'
import { content } from './paper/content.js'
import { PHRASES } from './phrases.js'

/** No card has room for these words. */
const TOO_WIDE = ['eight parity words', 'bip39, japanese', 'monero, dutch', 'monero, portuguese']

function phrase(name: string, text: string, options: Partial<PhraseContent> = {}): ToldExample {
  const made = once(() => phraseContent(text, { date: DATE, ...options }))
  const draw = (paper: Paper) => layOutPhrase(made(), { paper, metrics: fonts })
  const told = () => oneCode(made().qr ?? '', made().words.join(' '))
  return { name, draw, told, ...(TOO_WIDE.some((part) => name.includes(part)) ? { card: 'too small' } : {}) }
}

type ToldExample = Example & Required<Pick<Example, 'told'>>

/** Of whose kind and script others are told. */
const untold = ({ told: _, ...example }: ToldExample): Example => example

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
].map(untold)

const languages: readonly Example[] = [
  ...PHRASES.map(({ kind, language, text }) =>
    phrase(`phrase of ${kind}, ${language ?? 'one list'}, ${text.split(/\s/u).length} words`, text, {
      kind,
      address: 'none',
    }),
  ),
  // twelve words fit on a card with their code
  ...LANGUAGES.map((language) => ({
    ...phrase(`card of a phrase, ${language}`, fromEntropy(stream(1).draw(16), language), {
      kind: 'bip39',
      address: 'none',
    }),
    on: 'card' as const,
  })),
]

const forms: readonly Example[] = [
  ...[12, 15, 18, 21, 24, 25].map((words) => ({ words, parity: 0, passphrase: 'none' as const })),
  { words: 12, parity: 4, passphrase: 'none' as const },
  { words: 24, parity: 8, passphrase: 'used' as const },
].map((form) => ({
  name: `form for ${form.words} words and ${form.parity} parity words`,
  ...([12, 24].includes(form.words) && form.parity === 0 ? { told: onlyText } : {}),
  ...(form.words + form.parity > 12 ? { card: 'too small' as const } : {}),
  ...(form.words + form.parity > 25 ? { most: 2 } : {}),
  draw: (paper: Paper) =>
    layOutPhrase(blankContent({ kind: form.words === 25 ? 'monero' : 'bip39', list: null, ...form }), {
      paper,
      metrics: fonts,
    }),
}))

function share(name: string, text: () => string, options: Partial<ShareContent> = {}): ToldExample {
  const made = once(() => shareContent(text(), 1, { holders: [], date: DATE, ...options }))
  const isLong = / (33|59) words|SSKR as (words|uri)/.test(name)
  const draw = (paper: Paper) => layOutShare(made(), { paper, metrics: fonts })
  const told = () => oneCode(text())
  return { name, draw, told, most: /59|sixteen/.test(name) ? 2 : 1, ...(isLong ? { card: 'too small' } : {}) }
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
  ...[
    share('share of SLIP-39, 20 words, named, one holder', shareOf(16, { scheme: 'slip39', ...twoOfThree }), {
      name: 'Family savings',
      of: 3,
      holders: holders(1),
    }),
    share('share of SLIP-39, 20 words, in groups', shareOf(16, { scheme: 'slip39', ...groups }, 2)),
    share(
      'share of SLIP-39, 33 words, long name, sixteen holders',
      shareOf(32, { scheme: 'slip39', ...twoOfThree }),
      { name: LONG, of: 16, holders: holders(16) },
    ),
    share('share of SLIP-39, 59 words', shareOf(64, { scheme: 'slip39', ...twoOfThree })),
  ].map(untold),
  share('share of SLIP-39, 20 words', shareOf(16, { scheme: 'slip39', ...twoOfThree })),
  share('share of SLIP-39, 33 words, two holders', shareOf(32, { scheme: 'slip39', ...twoOfThree }), {
    of: 3,
    holders: holders(2),
  }),
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

const recovery = (name: string, words: number, more: Partial<RecoverySheet> = {}): ToldExample => {
  const text = shareOf(words === 20 ? 16 : 32, { scheme: 'slip39', ...twoOfThree })
  const made = once(() => ({
    ...{ vault: VAULT, name: 'recovery sheet', words: text(), policy: POLICY, date: DATE },
    ...{ places: ['folder /media/anna/BLUE-USB/cairn'], newest: { seq: 12, date: '2026-11-25' } },
    ...more,
  }))
  return {
    name,
    card: 'never',
    most: name.includes('five') ? 2 : 1,
    draw: (paper) => layOutRecovery(made(), { paper, metrics: fonts }),
    told: () => oneCode(sheetCode(made()), text()),
  }
}

const recoveries: readonly Example[] = [
  recovery('recovery sheet, one store', 33),
  untold(recovery('recovery sheet, no store and no snapshot', 33, { places: [], newest: null })),
  untold(
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
  ),
]

const snapshot = (name: string, bytes: number, wallets: number): ToldExample => {
  const arrangement = arrange({ length: bytes, pageBytes: PAGE_BYTES })
  const made = once(() =>
    encodePages(content(bytes), { pageBytes: PAGE_BYTES, parity: arrangement.parity }).map(formatPage),
  )
  return {
    name,
    most: 10,
    card: 'never',
    draw: (paper) =>
      layOutSnapshot(kitFor(paper, fonts), {
        ...{
          vault: VAULT,
          print: '93dea541',
          arrangement,
          codes: made(),
          wallets,
          date: DATE,
          policy: POLICY,
        },
        snapshots: Array.from({ length: wallets }, (_, i) => ({ seq: 7 + i, date: `2026-11-${10 + i}` })),
      }),
    told: () => ({ codes: made(), reads: made().toSorted().join('\n'), isFine: true }),
  }
}

const snapshots: readonly Example[] = [
  snapshot('snapshot of one page', 2_000, 1),
  untold(snapshot('snapshot of several pages', 9_000, 3)),
  untold(snapshot('snapshot of many small codes', 40_000, 8)),
]

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
    told: () => ({ codes: layOutUr(made(), { paper: 'a4', metrics: fonts }).codes, reads: null }),
    ...(/account|bip39/.test(type) ? { card: 'too small' as const } : {}), // several codes
  }
})

export const EVERY: readonly Example[] = [
  ...phrases,
  ...languages,
  ...forms,
  ...shares,
  ...urs,
  ...recoveries,
  ...snapshots,
  ...GRIDS,
  ...HEIRS,
]
