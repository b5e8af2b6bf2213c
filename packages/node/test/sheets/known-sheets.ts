/**
 * A sheet of every kind, of every list of words where it has words, with what its codes say and what reading it must
 * bring back: what programs of others are asked about (`peers.ts`).
 */
import { heirsOf } from '@cairn/core/plan/heirs.js'
import { homeOf, type Known, makeModel } from '@cairn/core/plan/model.js'
import type { Thing } from '@cairn/core/plan/places.js'
import { rule321, scenariosOf } from '@cairn/core/plan/scenarios.js'
import { type Drawing, isCoded } from '@cairn/core/sheets/drawing.js'
import { kitFor } from '@cairn/core/sheets/layout/kit.js'
import { layOutSnapshot } from '@cairn/core/sheets/layout/snapshot.js'
import { LETTER_LANGUAGES, type LetterLanguage } from '@cairn/core/sheets/letter/languages.js'
import { layOutLetter } from '@cairn/core/sheets/letter.js'
import { arrange, encodePages, formatPage, PAGE_BYTES } from '@cairn/core/sheets/paper.js'
import { blankContent, phraseContent } from '@cairn/core/sheets/phrase-content.js'
import { layOutPhrase } from '@cairn/core/sheets/phrase-sheet.js'
import { layOutPlaces } from '@cairn/core/sheets/places-sheet.js'
import { layOutPlan } from '@cairn/core/sheets/plan.js'
import { sheetCode } from '@cairn/core/sheets/recovery-sheet.js'
import { blankSeedQr, layOutSeedQr, seedQrContent } from '@cairn/core/sheets/seedqr-sheet.js'
import { layOutShare, shareContent } from '@cairn/core/sheets/share-sheet.js'
import { parseSteelWords } from '@cairn/core/sheets/steel/content.js'
import { STEEL_STYLES } from '@cairn/core/sheets/steel/kinds.js'
import { blankPlates, makePlates } from '@cairn/core/sheets/steel/plates.js'
import { layOutSteel } from '@cairn/core/sheets/steel/sheet.js'
import { isShareType, UR_SHEET_TYPES } from '@cairn/core/sheets/ur/types.js'
import { urContent, urShareContent } from '@cairn/core/sheets/ur-content.js'
import { layOutUr } from '@cairn/core/sheets/ur-sheet.js'
import { layOutRecovery } from '@cairn/core/sheets/vault-sheet.js'
import { LANGUAGES } from '@cairn/core/words/bip39/lists.js'
import { fromEntropy } from '@cairn/core/words/bip39.js'
import { type SharePlan, splitWith } from '@cairn/core/words/shares.js'
import { diskFonts } from '@cairn/node/sheets/fonts.js'
import { stream } from '../../../core/test/draws.js'
import { anyTwo, thing } from '../../../core/test/plan/things.js'
import { content } from '../../../core/test/sheets/paper/content.js'
import { PHRASES } from '../../../core/test/sheets/phrases.js'

export interface KnownSheet {
  readonly name: string
  readonly drawing: Drawing
  /** What its codes say, in any order. */
  readonly codes: readonly string[]
  /** Its one code is of bytes, and told as hex. */
  readonly isHex?: true
  /** What reading all its pages gives; null where there is nothing to read but its text. */
  readonly reads: string | null
  /** Codes so fine that the page asks for a scan at 300 dots an inch. */
  readonly isFine?: true
}

const A4 = { paper: 'a4', metrics: diskFonts() } as const
const DATE = '2026-11-26'
const FACTS = { date: DATE, address: 'none' } as const
const VAULT = '1a2b-3c4d-5e6f-7a8b-9c0d'
const ENGLISH = fromEntropy(stream(1).draw(16))
const plain = (name: string, drawing: Drawing): KnownSheet => ({ name, drawing, codes: [], reads: null })

function coded(name: string, drawing: Drawing, { code, reads = code }: { code: string; reads?: string }) {
  if (!isCoded(drawing)) throw new Error(`${name} has no code`)
  return { name, drawing, codes: [code], reads }
}

function phrases(): readonly KnownSheet[] {
  return PHRASES.map(({ kind, language, text }) => {
    const sheet = phraseContent(text, { ...FACTS, kind })
    const words = sheet.words.join(' ')
    const name = `phrase of ${kind}, ${language ?? 'its one list'}, ${sheet.words.length} words`
    return coded(name, layOutPhrase(sheet, A4), { code: sheet.qr ?? '', reads: words })
  })
}

/** Twelve words fit on a card with their code. */
function cards(): readonly KnownSheet[] {
  return LANGUAGES.map((language) => {
    const sheet = phraseContent(fromEntropy(stream(1).draw(16), language), { ...FACTS, kind: 'bip39' })
    const drawing = layOutPhrase(sheet, { ...A4, paper: 'card' })
    const words = sheet.words.join(' ')
    return coded(`card of a phrase, ${language}`, drawing, { code: sheet.qr ?? '', reads: words })
  })
}

function seedQrs(): readonly KnownSheet[] {
  return [false, true].flatMap((compact) => {
    const name = compact ? 'CompactSeedQR' : 'SeedQR'
    const sheet = seedQrContent(ENGLISH, { date: DATE, compact })
    const code = Buffer.from(sheet.filled?.code ?? []).toString(compact ? 'hex' : 'latin1')
    return [
      {
        ...coded(name, layOutSeedQr(sheet, A4), { code, reads: ENGLISH }),
        ...(compact ? { isHex: true as const } : {}),
      },
      plain(`${name}, blank`, layOutSeedQr(blankSeedQr(12, { compact }), A4)),
    ]
  })
}

function shares(): readonly KnownSheet[] {
  const two = { groupThreshold: 1, groups: [{ threshold: 2, count: 3 }] }
  const whole = { groupThreshold: 1, groups: [{ threshold: 3, count: 3 }] }
  const splits: readonly (readonly [string, number, SharePlan])[] = [
    ['SLIP-39, 20 words', 16, { scheme: 'slip39', ...two }],
    ['SLIP-39, 33 words', 32, { scheme: 'slip39', ...two }],
    ...(['words', 'uri', 'minimal', 'ur'] as const).map(
      (form) => [`SSKR as ${form}`, 32, { scheme: 'sskr', form, ...two }] as const,
    ),
    ['codex32', 32, { scheme: 'codex32', ...two }],
    ['Seed XOR', 32, { scheme: 'seedxor', ...whole }],
  ]
  return splits.map(([name, bytes, split]) => {
    const [share = ''] = splitWith(stream(3).draw(bytes), split, stream(4).draw).flat()
    const sheet = shareContent(share, 1, { holders: ['2: Anna'], of: 3, date: DATE, scheme: split.scheme })
    return coded(`share of ${name}`, layOutShare(sheet, A4), { code: share })
  })
}

function recovery(): KnownSheet {
  const split = { scheme: 'slip39', groupThreshold: 1, groups: [{ threshold: 2, count: 3 }] } as const
  const [words = ''] = splitWith(stream(5).draw(32), split, stream(6).draw).flat()
  const sheet = {
    ...{ vault: VAULT, name: 'recovery sheet', words, date: DATE, newest: { seq: 12, date: '2026-11-25' } },
    policy: ['The vault opens with any 2 of: passphrase, this computer, recovery sheet.'],
    places: ['folder /media/anna/BLUE-USB/cairn'],
  }
  return coded('recovery sheet of a vault', layOutRecovery(sheet, A4), {
    code: sheetCode(sheet),
    reads: words,
  })
}

function snapshot(bytes: number): KnownSheet {
  const arrangement = arrange({ length: bytes, pageBytes: PAGE_BYTES })
  const pages = encodePages(content(bytes), { pageBytes: PAGE_BYTES, parity: arrangement.parity })
  const codes = pages.map(formatPage)
  const drawing = layOutSnapshot(kitFor('a4', diskFonts()), {
    ...{ vault: VAULT, print: '93dea541', arrangement, codes, wallets: 1, date: DATE },
    ...{ snapshots: [{ seq: 7, date: DATE }], policy: ['Two of three open it.'] },
  })
  return {
    name: `snapshot of ${codes.length} codes`,
    drawing,
    codes,
    reads: codes.toSorted().join('\n'),
    isFine: true,
  }
}

function urs(): readonly KnownSheet[] {
  const split = { scheme: 'sskr', groupThreshold: 1, groups: [{ threshold: 2, count: 3 }] } as const
  const [share = ''] = splitWith(stream(3).draw(16), split, stream(4).draw).flat()
  return UR_SHEET_TYPES.map((type) => {
    const sheet = isShareType(type)
      ? urShareContent(share, 1, { date: DATE, type })
      : urContent(ENGLISH, { date: DATE, type })
    const { drawing, codes } = layOutUr(sheet, A4)
    return { name: `UR of the type ${type}`, drawing, codes, reads: null }
  })
}

const BLUE = thing('blue envelope', { with: 'Ann', at: 'house of Ann', kind: 'relative', checked: DATE })
const AT_HOME = ['house', 'house', 'bank'].map((at, i) =>
  thing(`share ${i + 1}`, { is: 'share', of: 'savings', at, share: i + 1, need: 2 } as Partial<Thing>),
)
const known: Known = {
  policy: anyTwo({ name: 'Carla', kind: 'person' }),
  stores: [{ name: 'main', url: 'file:///vault' }],
  wallets: [],
  things: [BLUE, ...AT_HOME],
}

function letter(language: LetterLanguage): KnownSheet {
  const facts = {
    ...{ date: DATE, vault: VAULT, policy: known.policy, things: known.things, isOneEnough: false },
    ...{ wallets: ['savings (Electrum)'], heirs: heirsOf(makeModel(known)), ask: ['Ben Miller'] },
    signed: [{ name: 'plan-for-ann', days: 30, to: ['her wallet'] }],
    stores: [{ name: 'main', address: '/media/usb/vault', isFolder: true }],
  }
  return plain(`letter in ${language}`, layOutLetter(facts, { ...A4, language }))
}

function plan(): KnownSheet {
  const model = makeModel(known)
  const [scenarios, rule] = [scenariosOf(model), rule321(model, homeOf(known).name)]
  const picture = { vault: VAULT, date: DATE, policy: known.policy, model, heirs: heirsOf(model) }
  return plain('plan', layOutPlan({ ...picture, scenarios, rule }, A4))
}

function steel(): readonly KnownSheet[] {
  const words = parseSteelWords(ENGLISH)
  const kinds = STEEL_STYLES.map((style) => ({ style, size: 'card', compact: false }) as const)
  return [...kinds, { style: 'seedqr', size: 'card', compact: true } as const].flatMap((kind) => {
    const name = `steel plate, ${kind.compact ? 'compact ' : ''}${kind.style}`
    return [
      { ...plain(name, layOutSteel(makePlates(words, kind), A4)), reads: ENGLISH },
      plain(`${name}, blank`, layOutSteel(blankPlates(12, kind), A4)),
    ]
  })
}

function forms(): readonly KnownSheet[] {
  return [12, 24].map((words) => {
    const sheet = blankContent({ kind: 'bip39', words, list: null, passphrase: 'none' })
    return plain(`form for ${words} words`, layOutPhrase(sheet, A4))
  })
}

export function knownSheets(): readonly KnownSheet[] {
  return [
    ...phrases(),
    ...cards(),
    ...seedQrs(),
    ...shares(),
    ...urs(),
    recovery(),
    snapshot(2_000),
    ...steel(),
    ...forms(),
    ...LETTER_LANGUAGES.map(letter),
    plain('inventory of places', layOutPlaces({ vault: VAULT, things: known.things, date: DATE }, A4)),
    plan(),
  ]
}

/** One of each kind, and of phrases one of each script: what a longer look is taken at. */
export function fewSheets(all: readonly KnownSheet[]): readonly KnownSheet[] {
  const seen = new Set<string>()
  return all.filter(({ name, drawing: { language } }) => {
    const key = `${name.split(',')[0]?.replace(/ in [\w-]+$| of the type.*$| as .*$|(?<=^phrase) of .*$/, '')} ${SCRIPTS.find((one) => language.startsWith(one)) ?? ''}`
    const isNew = !seen.has(key)
    seen.add(key)
    return isNew
  })
}

const SCRIPTS = ['ja', 'ko', 'zh-Hans', 'zh-Hant', 'ru']
