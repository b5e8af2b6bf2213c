import { describe, expect, test } from 'vitest'
import type { Drawing, Paper } from '../../src/sheets/drawing.js'
import {
  isPublicType,
  isShareType,
  UR_SHEET_TYPES,
  type UrContent,
  type UrSheet,
} from '../../src/sheets/ur/types.js'
import { urContent, urShareContent } from '../../src/sheets/ur-content.js'
import { layOutUr } from '../../src/sheets/ur-sheet.js'
import { fromEntropy, LANGUAGES } from '../../src/words/bip39.js'
import { MAKERS } from '../../src/words/make.js'
import { splitWith } from '../../src/words/shares.js'
import { formatUr, parseUr } from '../../src/words/ur.js'
import { toPhrase } from '../../src/words/ur-phrase.js'
import { stream } from '../draws.js'
import { refusal } from '../refusal.js'
import { fonts } from './fonts.js'
import { faults } from './marks.js'

const PHRASE = 'shield group erode awake lock sausage cash glare wave crew flame glove'
const LONG = fromEntropy(stream(2).draw(32))
const KEY =
  '[37b5eed4/84h/0h/0h]xpub6BkU445MSEBXbPjD3g2c2ch6mn8yy1SXXQUM7EwjgYiq6Wt1NDwDZ45npqWcV8uQC5oi2gHuVukoCoZZyT4HKq8EpotPMqGqxdZRuapCQ23'
// papers/bcr-2023-010-output-descriptor.md
const MULTISIG =
  'wsh(sortedmulti(2,[dc567276/48h/0h/0h/2h]xpub6DiYrfRwNnjeX4vHsWMajJVFKrbEEnu8gAW9vDuQzgTWEsEHE16sGWeXXUV1LBWQE1yCTmeprSNcqZ3W74hqVdgDbtYHUv3eM4W2TEUhpan/<0;1>/*,[f245ae38/48h/0h/0h/2h]xpub6DnT4E1fT8VxuAZW29avMjr5i99aYTHBp9d7fiLnpL5t4JEprQqPMbTw7k7rh5tZZ2F5g8PJpssqrZoebzBChaiJrmEvWwUTEMAbHsY39Ge/<0;1>/*,[c5d87297/48h/0h/0h/2h]xpub6DjrnfAyuonMaboEb3ZQZzhQ2ZEgaKV2r64BFmqymZqJqviLTe1JzMr2X2RfQF892RH7MyYUbcy77R7pPu1P71xoj8cDUMNhAMGYzKR4noZ/<0;1>/*))'
const DATE = { date: '2026-11-26' }
const [SHARES = []] = splitWith(
  stream(3).draw(16),
  { scheme: 'sskr', groupThreshold: 1, groups: [{ threshold: 2, count: 3 }] },
  stream(4).draw,
)

const contentOf = (text: string, options: Omit<UrContent, 'date'>) => urContent(text, { ...DATE, ...options })
const lay = (sheet: UrSheet, paper: Paper = 'a4') => layOutUr(sheet, { paper, metrics: fonts })
const texts = ({ pages }: Drawing) =>
  pages.flatMap(({ marks }) => marks.flatMap((mark) => (mark.kind === 'text' ? [mark.text] : [])))
const codesOn = ({ pages }: Drawing) =>
  pages.flatMap(({ marks }) => marks.flatMap((mark) => (mark.kind === 'modules' ? [mark] : [])))

const SHEETS: readonly UrSheet[] = UR_SHEET_TYPES.flatMap((type): readonly UrSheet[] =>
  isShareType(type)
    ? SHARES.map((share, i) => urShareContent(share, i + 1, { ...DATE, type, name: 'Savings' }))
    : [PHRASE, LONG].map((text) => contentOf(text, { type, name: 'Savings' })),
)

describe('the sheet of a UR', () => {
  test.each(SHEETS.map((sheet, i) => [`${sheet.ur.type} ${i}`, sheet] as const))(
    'of the type %s has it in codes that are not too fine, on one page',
    (_, sheet) => {
      for (const paper of ['a4', 'letter'] as const) {
        const { drawing, codes } = lay(sheet, paper)
        expect(faults(drawing)).toEqual([])
        expect(drawing.pages.length).toBe(1)
        expect(formatUr(parseUr(codes.join(' ')))).toBe(formatUr(sheet.ur))
        expect(codes.join('')).toBe(codes.join('').toUpperCase())
        const drawn = codesOn(drawing)
        expect(drawn.length).toBe(codes.length)
        for (const { rows, side } of drawn) {
          expect(rows.length).toBeLessThanOrEqual(77)
          expect(side).toBeGreaterThanOrEqual(0.55)
        }
      }
    },
  )

  test('says nothing of the phrase in letters', () => {
    for (const sheet of SHEETS) {
      const said = texts(lay(sheet).drawing)
        .join(' ')
        .toLowerCase()
        .split(/[^a-z0-9]+/)
      for (const word of ['sausage', 'erode', ...LONG.split(' ').filter((word) => word.length > 6)])
        expect(said).not.toContain(word)
    }
  })

  test('of public keys holds no private one, and no phrase', () => {
    for (const sheet of SHEETS.filter(({ ur }) => isPublicType(ur.type as 'hdkey'))) {
      expect(texts(lay(sheet).drawing).join('')).not.toMatch(/[xyz]prv/)
      expect(() => toPhrase(formatUr(sheet.ur))).toThrow()
    }
  })

  test('of a multisig has its descriptor in letters, and its first address', () => {
    const { drawing, codes } = lay(contentOf(MULTISIG, { type: 'crypto-output' }), 'letter')
    expect(codes.map((code) => code.split('/')[1])).toEqual(['1-3', '2-3', '3-3'])
    expect(drawing.pages.length).toBe(1)
    expect(texts(drawing).join('')).toContain(MULTISIG)
    expect(texts(drawing)).toContain('2 of 3, wsh(sortedmulti)')
    expect(texts(drawing)).toContain('c5d87297  dc567276  f245ae38')
  })

  test('of fifteen keys goes on as many pages as it takes', () => {
    const [, head = '', keys = ''] = /^(wsh\(sortedmulti\(2,)(.*)\)\)$/.exec(MULTISIG) ?? []
    const large = `${head}${[keys, keys, keys, keys, keys].join(',')}))`
    const sheet = contentOf(large, { type: 'output-descriptor' })
    const { drawing, codes } = lay(sheet)
    expect(faults(drawing)).toEqual([])
    expect(drawing.pages.length).toBeGreaterThan(1)
    expect(formatUr(parseUr(codes.join('\n')))).toBe(formatUr(sheet.ur))
  })

  test('goes on a card when it is one code, and is refused when it is several', () => {
    for (const sheet of [
      contentOf(LONG, { type: 'seed' }),
      contentOf(PHRASE, { type: 'crypto-account', standards: ['bip84'] }),
      urShareContent(SHARES[0] ?? '', 1, { ...DATE, type: 'sskr' }),
    ])
      expect(faults(lay(sheet, 'card').drawing)).toEqual([])
    expect(refusal(() => lay(contentOf(MULTISIG, { type: 'crypto-output' }), 'card')).code).toBe(
      'sheet-paper',
    )
  })
})

describe('what a UR on a sheet is made of', () => {
  test('a phrase in any language by its words, and an English one by its entropy', () => {
    for (const language of LANGUAGES) {
      const phrase = fromEntropy(stream(5).draw(16), language)
      expect(toPhrase(formatUr(contentOf(phrase, { type: 'crypto-bip39' }).ur)).normalize('NFKD')).toBe(
        phrase.normalize('NFKD').replaceAll('\u3000', ' '),
      )
    }
    for (const type of ['seed', 'crypto-seed'] as const) {
      expect(toPhrase(formatUr(contentOf(LONG, { type }).ur))).toBe(LONG)
      expect(refusal(() => contentOf(fromEntropy(stream(5).draw(16), 'spanish'), { type })).code).toBe(
        'usage',
      )
    }
  })

  test('an account with the addresses of its passphrase, and none without it', () => {
    const plain = contentOf(PHRASE, { type: 'crypto-account' })
    const other = contentOf(PHRASE, { type: 'crypto-account', passphrase: 'TREZOR' })
    expect(plain.fingerprints).toEqual(['37b5eed4'])
    expect(other.fingerprints).not.toEqual(plain.fingerprints)
    expect(refusal(() => contentOf(PHRASE, { type: 'crypto-account', passphraseIs: 'used' })).code).toBe(
      'usage',
    )
    expect(contentOf(PHRASE, { type: 'seed', passphraseIs: 'used' }).fingerprints).toEqual([])
  })

  test('the same descriptor from the text and from a UR of it', () => {
    const text = contentOf(`wpkh(${KEY}/<0;1>/*)`, { type: 'crypto-output' })
    expect(contentOf(formatUr(text.ur), { type: 'crypto-output' })).toEqual(text)
    expect(contentOf(PHRASE, { type: 'crypto-output' })).toEqual(text)
    expect(contentOf(formatUr(text.ur), { type: 'crypto-hdkey' }).holding).toMatchObject({ what: 'key' })
  })

  test('a key as wallets show it, with the letters that name its addresses', () => {
    // BIP-84, "Test vectors".
    const zpub =
      'zpub6rFR7y4Q2AijBEqTUquhVz398htDFrtymD9xYYfG1m4wAcvPhXNfE3EfH1r1ADqtfSdVCToUG868RvUUkgDKf31mGDtKsAYz2oz2AGutZYs'
    const { holding } = contentOf(zpub, { type: 'hdkey' })
    expect(holding).toMatchObject({ what: 'key', text: expect.stringMatching(/^xpub6CatWdi/) })
  })

  test.each([
    ['a share for a phrase', SHARES[0] ?? '', 'seed'],
    [
      'a private descriptor',
      'wpkh(xprv9s21ZrQH143K3QTDL4LXw2F7HEK3wJUD2nW2nRk4stbPy6cq3jPPqjiChkVvvNKmPGJxWUtg6LnF5kejMRNNU3TGtRBeJgk33yuGBxrMPHi/0/*)',
      'output-descriptor',
    ],
    [
      'a private key',
      'xprv9s21ZrQH143K3QTDL4LXw2F7HEK3wJUD2nW2nRk4stbPy6cq3jPPqjiChkVvvNKmPGJxWUtg6LnF5kejMRNNU3TGtRBeJgk33yuGBxrMPHi',
      'hdkey',
    ],
    ['a key for a descriptor', KEY, 'crypto-output'],
    ['two descriptors for one', `wpkh(${KEY}/<0;1>/*)\ntr(${KEY}/<0;1>/*)`, 'crypto-output'],
    ['two keys for one', `${KEY}\n${KEY}`, 'hdkey'],
    ['a multisig for one key', MULTISIG, 'hdkey'],
    ['a multisig for an account', MULTISIG, 'crypto-account'],
  ] as const)('is refused for %s', (_, text, type) => {
    const error = refusal(() => contentOf(text, { type }))
    expect(error.code).toBe('usage')
    expect(JSON.stringify(error)).not.toContain('xprv9')
  })

  test('is refused for a phrase of another kind', () => {
    const maker = MAKERS.find(({ kind }) => kind === 'electrum')
    const plan = { words: 12, language: 'english', now: Date.UTC(2026, 10, 26) }
    const phrase = maker?.makeWith(plan, stream(3).draw) ?? ''
    for (const type of ['seed', 'crypto-account'] as const)
      expect(refusal(() => contentOf(phrase, { type })).message).toContain('Electrum')
  })

  test('is refused for a share of another scheme, and for a phrase that is none', () => {
    const [[slip39 = ''] = []] = splitWith(
      stream(3).draw(16),
      { scheme: 'slip39', groupThreshold: 1, groups: [{ threshold: 2, count: 3 }] },
      stream(4).draw,
    )
    for (const text of [slip39, PHRASE])
      expect(refusal(() => urShareContent(text, 1, { ...DATE, type: 'sskr' })).code).toBe('usage')
    expect(refusal(() => urShareContent('tuna next', 2, { ...DATE, type: 'sskr' })).code).toBe('share-length')
  })

  test('leaves standards, accounts and passphrases to phrases', () => {
    for (const options of [
      { standards: ['bip84'] as const },
      { account: 1 },
      { passphrase: 'x' },
      { passphraseIs: 'used' as const },
    ])
      expect(refusal(() => contentOf(MULTISIG, { type: 'crypto-output', ...options })).code).toBe('usage')
  })

  test('takes no choice that would change nothing, and the others', () => {
    const both = { standards: ['bip84', 'bip49'] as const }
    for (const type of ['hdkey', 'crypto-output'] as const)
      expect(refusal(() => contentOf(PHRASE, { type, ...both })).code).toBe('usage')
    expect(contentOf(PHRASE, { type: 'crypto-account', ...both }).holding).toHaveProperty('outputs.length', 2)
    expect(refusal(() => contentOf(KEY, { type: 'hdkey', network: 'testnet' })).code).toBe('usage')
  })
})
