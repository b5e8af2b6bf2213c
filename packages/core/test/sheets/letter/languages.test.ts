import { describe, expect, it, test } from 'vitest'
import { heirsOf } from '../../../src/plan/heirs.js'
import { type ItemKind, type Known, makeModel } from '../../../src/plan/model.js'
import type { Thing } from '../../../src/plan/places.js'
import { kitFor } from '../../../src/sheets/layout/kit.js'
import { wrap } from '../../../src/sheets/layout/text.js'
import type { LetterFacts } from '../../../src/sheets/letter/facts.js'
import { listed, longDay, plural } from '../../../src/sheets/letter/grammar.js'
import { LETTER_LANGUAGES, LETTERS, type LetterLanguage } from '../../../src/sheets/letter/languages.js'
import type { LetterTexts } from '../../../src/sheets/letter/texts.js'
import { layOutLetter } from '../../../src/sheets/letter.js'
import type { Shape } from '../../../src/vault/quorum.js'
import { thing } from '../../plan/things.js'
import { fonts } from '../fonts.js'
import { faults } from '../marks.js'

const KINDS: readonly ItemKind[] = [
  'sheet',
  'passphrase',
  'computer',
  'tpm',
  'passkey',
  'person',
  'plugin',
  'pkcs11',
  'store',
  'phrase',
  'share',
  'device',
  'recovery',
]

const factor = (name: string, kind: ItemKind = 'sheet') =>
  ({ name, kind }) as Shape['groups'][number]['factors'][number]

const TWO_GROUPS: Shape = {
  need: 2,
  groups: [
    { name: 'family', need: 2, factors: ['passphrase', 'desk', 'for-ann'].map((name) => factor(name)) },
    { name: 'others', need: 1, factors: [factor('Carla', 'person'), factor('token', 'plugin')] },
  ],
}

const THINGS: readonly Thing[] = [
  thing('blue envelope', {
    of: 'for-ann',
    at: 'house of Ann',
    kind: 'relative',
    with: 'Ann',
    checked: '2026-11-02',
  }),
  thing('drive', {
    is: 'store',
    of: 'main',
    at: 'house of Ann',
    kind: 'relative',
    with: 'Ann',
    checked: '2026-11-02',
  }),
  thing('paper', { is: 'phrase', of: 'savings', at: 'bank', kind: 'bank' }),
  thing('half', { is: 'share', of: 'cold', share: 1, need: 2 } as Partial<Thing>),
  thing('other half', { is: 'share', of: 'cold', share: 2, need: 2 } as Partial<Thing>),
]

function letter(policy: Shape = TWO_GROUPS, things: readonly Thing[] = THINGS): LetterFacts {
  const known: Known = {
    policy,
    stores: [{ name: 'main', url: 'file:///vault' }],
    wallets: ['savings', 'cold'],
    things,
  }
  return {
    date: '2026-11-26',
    vault: '1a2b-3c4d-5e6f-7a8b-9c0d',
    wallets: ['savings (Electrum)', 'cold (Bitcoin Core)'],
    isOneEnough: false,
    policy,
    heirs: heirsOf(makeModel(known)),
    things,
    signed: [{ name: 'plan.json', days: 30, to: ['Ann', 'Ben'] }],
    ask: ['Ben Miller'],
    stores: [
      { name: 'main', address: '/media/usb/vault', isFolder: true },
      { name: 'cloud', address: 's3://bucket/prefix', isFolder: false },
    ],
  }
}

const draw = (language: LetterLanguage, facts = letter()) =>
  layOutLetter(facts, { paper: 'a4', metrics: fonts, language })

function linesOf(language: LetterLanguage, facts = letter()): readonly string[] {
  return draw(language, facts).pages.flatMap(({ marks }) =>
    marks.flatMap((mark) => (mark.kind === 'text' ? [mark.text] : [])),
  )
}

/** Every sentence that a language can say, with names and counts in it. */
function sentencesOf({ about, pieces, needed, steps, signed, ask, closing, rules, ...head }: LetterTexts) {
  const counts = [1, 2, 5]
  const parts = counts.flatMap((least) => [least, 6].map((of) => ({ least, of, names: 'NAMES' })))
  return [
    ...[head.title, head.subtitle, head.footer, ...head.opening, rules.title, ...rules.lines],
    ...[about.title, about.intro, about.vault, about.harmless, about.guard],
    ...parts.flatMap((part) => [about.need(part), about.group('GROUP', part)]),
    ...counts.flatMap((least) => [about.groups(least, 6), about.groups(least, least)]),
    ...counts.map((count) => about.wallets(count, 'NAMES')),
    ...[pieces.title, pieces.intro, pieces.mine, pieces.copies, pieces.lies('NAME', 'PLACE')],
    ...[pieces.seen('DAY'), pieces.folder, pieces.provider, pieces.copy('ADDRESS', 'ABOUT')],
    ...KINDS.map((kind) => pieces.kinds[kind]),
    ...[needed.title, needed.way, needed.ways, needed.none, ...counts.map(needed.more)],
    ...[steps.title, ...steps.lines, signed.title, ...counts.map((days) => signed.line('FILE', days, 'TO'))],
    ...[ask.title, ask.intro, closing.title, closing.written('DAY'), closing.name],
  ]
}

const FOREIGN = LETTER_LANGUAGES.filter((language) => language !== 'en')
const EAST_ASIAN = ['ja', 'ko', 'zh-Hans', 'zh-Hant'] as const

describe.each(LETTER_LANGUAGES)('the letter to heirs in %s', (language) => {
  const texts = LETTERS[language]
  const sentences = sentencesOf(texts)

  it('is on the paper, on four pages at most', () => {
    for (const facts of [letter(), letter({ need: 1, groups: TWO_GROUPS.groups.slice(0, 1) }, [])]) {
      const drawing = draw(language, facts)
      expect(drawing.language).toBe(language)
      expect(faults(drawing)).toEqual([])
      expect(drawing.pages.length).toBeLessThanOrEqual(4)
    }
  })

  it('says nothing that is empty, and nothing without the names and counts that belong to it', () => {
    expect(sentences.every((sentence) => sentence.trim() === sentence && sentence.length > 1)).toBe(true)
    const { about, pieces, signed, closing, needed } = texts
    expect(about.need({ least: 2, of: 6, names: 'NAMES' })).toMatch(/(?=.*2)(?=.*6)(?=.*NAMES)/)
    expect(about.need({ least: 1, of: 6, names: 'NAMES' })).toMatch(/(?=.*6)(?=.*NAMES)/)
    expect(about.need({ least: 6, of: 6, names: 'NAMES' })).not.toEqual(
      about.need({ least: 5, of: 6, names: 'NAMES' }),
    )
    expect(about.group('GROUP', { least: 1, of: 1, names: 'NAMES' })).toMatch(/(?=.*GROUP)(?=.*NAMES)/)
    expect(about.groups(2, 6)).toMatch(/(?=.*2)(?=.*6)/)
    expect(about.wallets(5, 'NAMES')).toMatch(/(?=.*5)(?=.*NAMES)/)
    expect(pieces.lies('NAME', 'PLACE')).toMatch(/(?=.*NAME)(?=.*PLACE)/)
    expect(pieces.copy('ADDRESS', 'ABOUT')).toMatch(/ADDRESS.*ABOUT/)
    expect(signed.line('FILE', 30, 'TO')).toMatch(/(?=.*FILE)(?=.*30)(?=.*TO)/)
    expect(closing.written('DAY') + pieces.seen('DAY')).toMatch(/DAY.*DAY/)
    expect(needed.more(5)).toContain('5')
  })

  it('keeps the command and the names of files as they are typed', () => {
    const [, , collect, get, type] = texts.steps.lines
    expect([collect, get].map((step) => step.includes('README.txt'))).toEqual([true, true])
    expect(get).toContain('Cairn')
    expect(type).toMatch(/(?=.*COPY)(?=.*NEW-FOLDER)/)
    expect(linesOf(language)).toContain('cairn restore --from COPY --to NEW-FOLDER')
    if (language !== 'en') expect(texts.pieces.kinds.sheet).toContain('Recovery sheet')
  })

  it('says that nobody gets in where nobody does', () => {
    const alone: Shape = {
      need: 1,
      groups: [{ name: 'a', need: 1, factors: [factor('passphrase', 'passphrase')] }],
    }
    const flat = (text: string) => text.replace(/\s/g, '')
    const said = flat(linesOf(language, letter(alone, [])).join(''))
    expect(said).toContain(flat(texts.needed.none))
    expect(said).not.toContain(flat(texts.needed.ways))
  })

  it('has every character in its fonts, in the shapes of the language', () => {
    const own = { ja: 'noto-jp', ko: 'noto-kr', 'zh-Hans': 'noto-sc', 'zh-Hant': 'noto-tc' } as const
    const used = new Set<string>()
    for (const face of ['text', 'strong'] as const)
      for (const sentence of sentences)
        for (const { font } of fonts.lineOf(sentence.normalize('NFC'), face, language).runs) used.add(font)
    const eastern = [...used].filter((font) => font.startsWith('noto'))
    expect(eastern).toEqual(language in own ? [own[language as keyof typeof own]] : [])
  })
})

describe('the languages of the letter', () => {
  it('share no sentence but names and the days', () => {
    const english = new Set(sentencesOf(LETTERS.en))
    for (const language of FOREIGN) {
      const same = sentencesOf(LETTERS[language]).filter((sentence) => english.has(sentence))
      expect(same.filter((sentence) => sentence !== 'ADDRESS: ABOUT')).toEqual([])
    }
  })

  it('a language that was not translated is caught', () => {
    const twin = { ...LETTERS.de, opening: LETTERS.en.opening }
    const english = new Set(sentencesOf(LETTERS.en))
    expect(sentencesOf(twin).filter((sentence) => english.has(sentence)).length).toBeGreaterThan(1)
  })

  it('a character that no font has is caught', () => {
    expect(() => fonts.lineOf('彁㐀', 'text', 'ja')).toThrow()
  })

  test.each([
    ['en', 'passphrase, desk, and for-ann', 'November 2, 2026'],
    ['es', 'passphrase, desk y for-ann', '2 de noviembre de 2026'],
    ['fr', 'passphrase, desk et for-ann', '2 novembre 2026'],
    ['de', 'passphrase, desk und for-ann', '2. November 2026'],
    ['it', 'passphrase, desk e for-ann', '2 novembre 2026'],
    ['pt', 'passphrase, desk e for-ann', '2 de novembro de 2026'],
    ['cs', 'passphrase, desk a for-ann', '2. listopadu 2026'],
    ['ja', 'passphrase、desk、for-ann', '2026年11月2日'],
    ['ko', 'passphrase, desk 및 for-ann', '2026년 11월 2일'],
    ['zh-Hans', 'passphrase、desk和for-ann', '2026年11月2日'],
    ['zh-Hant', 'passphrase、desk和for-ann', '2026年11月2日'],
  ] as const)('list and date as people do in %s', (language, list, day) => {
    const plain = (text: string) => text.replace(/\s/gu, ' ')
    expect(plain(listed(language, ['passphrase', 'desk', 'for-ann']))).toBe(list)
    expect(plain(longDay(language, '2026-11-02'))).toBe(day)
    const said = linesOf(language).join('\n')
    expect(said.replace(/\s/g, '')).toContain(day.replace(/\s/g, ''))
  })

  it('count as the language does', () => {
    const { about, needed } = LETTERS.cs
    const counted = [1, 2, 5].map((count) => about.wallets(count, 'x').replace(/ \(.*/, ''))
    expect(counted).toEqual([
      'V trezoru je jedna peněženka',
      'V trezoru jsou 2 peněženky',
      'V trezoru je 5 peněženek',
    ])
    expect([1, 3, 12].map(needed.more)).toEqual([
      'a jedna další kombinace.',
      'a 3 další kombinace.',
      'a 12 dalších kombinací.',
    ])
    expect(about.groups(1, 3)).toBe('Části tvoří 3 skupiny a stačí jedna z nich.')
    expect(plural('en', 0, { one: 'day', other: 'days' })).toBe('days')
  })
})

describe('the lines of a letter', () => {
  const kit = kitFor('a4', fonts)

  it.each(EAST_ASIAN)('begin and end where %s may break', (language) => {
    for (const sentence of sentencesOf(LETTERS[language]))
      for (const width of [23, 47]) {
        const lines = wrap(kit, sentence, { width })
        expect(lines.join('').replace(/\s/g, '')).toBe(sentence.replace(/\s/g, ''))
        for (const line of lines.slice(1))
          expect(line).not.toMatch(/^[、。，．：；！？）」』”,.:;!?)ー々ゃゅょっャュョッ]/)
        for (const line of lines.slice(0, -1)) expect(line).not.toMatch(/[（「『(]$/)
        for (const line of lines)
          expect(fonts.widthOf(line, 'text', kit.style.body)).toBeLessThanOrEqual(width)
      }
  })

  it('keep Korean words and Latin names whole', () => {
    const korean = LETTERS.ko.opening[0]
    const lines = wrap(kit, korean, { width: 31 })
    expect(lines.join(' ')).toBe(korean)
    const chinese = wrap(kit, LETTERS['zh-Hans'].steps.lines[3], { width: 37 })
    expect(chinese.some((line) => line.includes('README.txt'))).toBe(true)
    expect(chinese.some((line) => line.includes('Cairn'))).toBe(true)
  })

  it('begin with no French punctuation, and leave no « alone', () => {
    for (const sentence of sentencesOf(LETTERS.fr))
      for (const width of [29, 41]) {
        const lines = wrap(kit, sentence, { width })
        for (const line of lines.slice(1)) expect(line).not.toMatch(/^[:;!?»]/)
        for (const line of lines) expect(line).not.toMatch(/«$/)
      }
  })
})
