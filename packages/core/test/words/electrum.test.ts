import { hex, utf8 } from '@cairn/core/bytes.js'
import { isCairnError } from '@cairn/core/errors.js'
import { normalizeText } from '@cairn/core/words/electrum/normalize.js'
import { check, seedType, toSeed } from '@cairn/core/words/electrum.js'
import { hmac } from '@noble/hashes/hmac.js'
import { sha512 } from '@noble/hashes/sha2.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { codeOf, refusal } from '../refusal.js'

const STANDARD = 'cycle rocket west magnet parrot shuffle foot correct salt library feed song'
const SEGWIT = 'bitter grass shiver impose acquire brush forget axis eager alone wine silver'

/** Figures of Electrum, tests/test_mnemonic.py (MIT licence). */
const SEEDS = [
  {
    seed: 'wild father tree among universe such mobile favorite target dynamic credit identify',
    passphrase: '',
    type: 'segwit',
    language: 'english',
    bip32:
      'aac2a6302e48577ab4b46f23dbae0774e2e62c796f797d0a1b5faeb528301e3064342dafb79069e7c4c6b8c38ae11d7a973bec0d4f70626f8cc5184a8d0b0756',
  },
  {
    seed: '眼 悲 叛 改 节 跃 衡 响 疆 股 遂 冬',
    passphrase: '给我一些测试向量谷歌',
    type: 'segwit',
    language: 'chinese_simplified',
    bip32:
      '6c03dd0615cf59963620c0af6840b52e867468cc64f20a1f4c8155705738e87b8edb0fc8a6cee4085776cb3a629ff88bb1a38f37085efdbf11ce9ec5a7fa5f71',
  },
  {
    seed: 'almíbar tibio superar vencer hacha peatón príncipe matar consejo polen vehículo odisea',
    passphrase: 'araña difícil solución término cárcel',
    type: 'standard',
    language: 'spanish',
    bip32:
      '363dec0e575b887cfccebee4c84fca5a3a6bed9d0e099c061fa6b85020b031f8fe3636d9af187bf432d451273c625e20f24f651ada41aae2c4ea62d87e9fa44c',
  },
  {
    seed: 'なのか ひろい しなん まなぶ つぶす さがす おしゃれ かわく おいかける けさき かいとう さたん',
    passphrase: '',
    type: 'standard',
    language: 'japanese',
    bip32:
      'd3eaf0e44ddae3a5769cb08a26918e8b308258bcb057bb704c6f69713245c0b35cb92c03df9c9ece5eff826091b4e74041e010b701d44d610976ce8bfb66a8ad',
  },
] as const

describe('seeds of Electrum', () => {
  test.each(SEEDS)('$language, $type', ({ seed, passphrase, type, language, bip32 }) => {
    expect(check(seed)).toEqual({ valid: true, seedType: type, language, words: 12, problems: [] })
    expect(hex(toSeed(seed, passphrase))).toBe(bip32)
  })

  test('know the kind of wallet from the first digits of the HMAC', () => {
    expect(seedType(STANDARD)).toBe('standard')
    expect(seedType(SEGWIT)).toBe('segwit')
    expect(seedType('kiss live scene rude gate step hip quarter bunker oxygen motor glove')).toBe('2fa')
    expect(
      seedType('universe topic remind silver february ranch shine worth innocent cattle enhance wise'),
    ).toBe('2fa_segwit')
    expect(seedType('abandon abandon abandon abandon abandon abandon abandon abandon about')).toBeNull()
  })

  test('of the first two-factor kind have 12 words or at least 20: 13 with the same version are none', () => {
    const withWords = (count: number) => {
      for (let i = 0; ; i++) {
        const text = `${'zoo '.repeat(count - 1)}${i}`
        if (hex(hmac(sha512, utf8('Seed version'), utf8(text))).startsWith('101')) return text
      }
    }
    expect([11, 12, 13, 19, 20].map((count) => seedType(withWords(count)))).toEqual([
      null,
      '2fa',
      null,
      null,
      '2fa',
    ])
  })

  test('look the same with other case, spaces and accents', () => {
    const { seed, bip32, passphrase } = SEEDS[2]
    const bare = seed.normalize('NFD').replaceAll(/\p{M}/gu, '').toUpperCase().replaceAll(' ', '  \t')
    expect(check(bare)).toMatchObject({ valid: true, language: 'spanish' })
    expect(hex(toSeed(bare, passphrase.toUpperCase()))).toBe(bip32)
  })

  test('name each word that is in no list of theirs', () => {
    const slip = STANDARD.replace('magnet', 'magnat').replace('song', 'sonq')
    expect(check(slip)).toMatchObject({ valid: false, language: 'english', words: 12 })
    expect(check(slip).problems).toEqual([
      { position: 4, code: 'word-unknown', suggestions: 1 },
      { position: 12, code: 'word-unknown', suggestions: 1 },
    ])
  })

  test('are refused when the version does not fit', () => {
    const swapped = STANDARD.replace('cycle rocket', 'rocket cycle')
    expect(check(swapped).problems).toEqual([{ position: null, code: 'phrase-checksum', suggestions: 0 }])
    expect(codeOf(() => toSeed(swapped))).toBe('phrase-checksum')
  })

  test('with a slip are not valid by chance: a word of no list counts more than the version', () => {
    const words = STANDARD.split(' ')
    const fitting: string[] = []
    for (let i = 0; fitting.length < 3; i++) {
      const slip = words.with(11, `slip${i}`).join(' ')
      if (seedType(slip)) fitting.push(slip)
    }
    for (const slip of fitting) expect(check(slip)).toMatchObject({ valid: false, language: 'english' })
  })

  test('bound the text, and refuse half a surrogate pair', () => {
    for (const text of ['a'.repeat(10_001), 'a '.repeat(101)])
      for (const run of [check, seedType, toSeed]) expect(codeOf(() => run(text))).toBe('phrase-too-long')
    expect(seedType('\ud83d')).toBeNull()
    expect(codeOf(() => toSeed(STANDARD, '\ud83d'))).toBe('passphrase-text')
  })

  test('meet hostile text with catalogued errors only, and none of them quotes it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 20, maxLength: 200 }), (text) => {
        try {
          check(text)
          toSeed(text)
        } catch (error) {
          if (!isCairnError(error)) throw error
          expect(`${error.message} ${error.hint}`).not.toContain(text)
        }
      }),
      { seed: 2014, numRuns: 600 },
    )
    expect(refusal(() => toSeed('horse staple')).message).not.toContain('horse')
  })
})

describe('the form that Electrum hashes', () => {
  test.each([
    ['case and spaces', ' \tAbandon\u3000 ABOUT\u0085', 'abandon about'],
    ['accents, but not marks that are none', 'e\u0301 \u00e9 \u0489 \u0bcd', 'e e \u0489'],
    ['an iota subscript, of the highest class', 'a\u0345b', 'ab'],
    ['an overlay, of the lowest class', 'a\u0334b', 'ab'],
    ['spaces between CJK characters only', '眼 悲 abc 叛 改 か な', '眼悲 abc 叛改かな'],
    [
      'characters beyond 16 bits',
      '\u{20000} \u{20001} \u{1f600} \u{1f600}',
      '\u{20000}\u{20001} \u{1f600} \u{1f600}',
    ],
    ['compatibility forms', '\uff41\u2460\ufb01', 'a1fi'],
  ])('%s', (_, text, normal) => {
    expect(normalizeText(text)).toBe(normal)
  })

  test('is the same when it is made again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(normalizeText(normalizeText(text))).toBe(normalizeText(text))
      }),
      { seed: 2014, numRuns: 2_000 },
    )
  })
})
