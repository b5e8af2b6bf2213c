import { describe, expect, test } from 'vitest'
import { unhex, utf8 } from '../../src/bytes.js'
import { makeUrKey } from '../../src/keys/ur-key.js'
import { makeUrOutput } from '../../src/keys/ur-output.js'
import { encodePages, formatPage } from '../../src/sheets/paper.js'
import { joinParts, readContent, readMarkup, readTyped } from '../../src/sheets/read.js'
import { drawText } from '../../src/sheets/recovery-sheet.js'
import { fromEntropy, LANGUAGES } from '../../src/words/bip39.js'
import { MAKERS } from '../../src/words/make.js'
import { encode as encodeDigits } from '../../src/words/seedqr.js'
import { splitWith } from '../../src/words/shares.js'
import { makeSeed } from '../../src/words/ur/seed.js'
import { formatParts, formatUr } from '../../src/words/ur.js'
import { stream } from '../draws.js'
import { SSKR_EXAMPLE } from '../fixtures/sskr.js'
import { ACCOUNT_URS } from '../fixtures/ur.js'
import { oldPage } from './old-page.js'

const ABOUT = `${'abandon '.repeat(11)}about`
const XPUB =
  'xpub661MyMwAqRbcFtXgS5sYJABqqG9YLmC4Q1Rdap9gSE8NqtwybGhePY2gZ29ESFjqJoCu1Rupje8YtGqsefD265TMg7usUDFdp6W1EGMcet8'
const XPRV =
  'xprv9s21ZrQH143K3QTDL4LXw2F7HEK3wJUD2nW2nRk4stbPy6cq3jPPqjiChkVvvNKmPGJxWUtg6LnF5kejMRNNU3TGtRBeJgk33yuGBxrMPHi'
const read = (text: string) => readContent(utf8(text))

describe('what stands on a sheet', () => {
  test.each(LANGUAGES)('a phrase in %s, with the fingerprint of its wallet', (language) => {
    const phrase = fromEntropy(new Uint8Array(16).fill(7), language)
    const reading = read(phrase)
    expect(reading).toMatchObject({
      kind: 'phrase',
      secret: true,
      text: phrase,
      tells: { phrase: 'bip39', words: 12 },
    })
    expect(reading.tells.fingerprint).toMatch(/^[0-9a-f]{8}$/)
  })

  test('a SeedQR as its words, from digits and from bytes', () => {
    const expected = { kind: 'seedqr', secret: true, text: ABOUT, tells: { fingerprint: '73c5da0a' } }
    expect(read(encodeDigits(ABOUT))).toMatchObject(expected)
    expect(readContent(new Uint8Array(16))).toMatchObject({ ...expected, tells: { compact: true } })
  })

  test('a SeedQR on the sheet of a recovery phrase as the phrase', () => {
    const digits = utf8(encodeDigits(ABOUT))
    expect(readContent(digits, 'Recovery phrase\n1 abandon')).toMatchObject({ kind: 'phrase', text: ABOUT })
    expect(readContent(digits, 'no Recovery phrase').kind).toBe('seedqr')
  })

  test('sixteen letters are text and no entropy', () => {
    expect(read('sixteen letters.').kind).toBe('unknown')
  })

  test.each(['slip39', 'sskr', 'codex32'] as const)('a share of %s, with its set and number', (scheme) => {
    const [[share = ''] = []] = splitWith(
      new Uint8Array(16).fill(9),
      { scheme, groups: [{ threshold: 2, count: 3 }], groupThreshold: 1 },
      stream(1).draw,
    )
    const reading = read(share)
    expect(reading).toMatchObject({ kind: 'share', secret: true, tells: { scheme, need: 2 } })
    expect(reading.text.toLowerCase()).toBe(share.toLowerCase())
  })

  test('the sheet of a vault, from its page and from its lines', () => {
    const [[words = ''] = []] = splitWith(
      new Uint8Array(32).fill(9),
      { scheme: 'slip39', groups: [{ threshold: 2, count: 3 }], groupThreshold: 1 },
      stream(1).draw,
    )
    const sheet = {
      vault: 'ab12 cd34',
      name: 'sheet',
      words,
      policy: [],
      places: [],
      date: '2026-11-26',
      newest: null,
    }
    for (const read of [readMarkup(oldPage(sheet)), readTyped(drawText(sheet).join('\n'))])
      expect(read).toMatchObject([
        { kind: 'vault-share', text: words, tells: { vault: 'ab12 cd34', need: 2 } },
      ])
  })

  test('a page of a vault on paper, which is no secret', () => {
    const [page] = encodePages(utf8('sealed'), { parity: 2 })
    const reading = read(formatPage(page as Uint8Array))
    expect(reading).toMatchObject({
      kind: 'paper-page',
      secret: false,
      tells: { page: 1, pages: 3, need: 1 },
    })
  })

  test.each([
    ['an xpub', XPUB, 'extended-key', false],
    ['an xprv', XPRV, 'private-key', true],
    ['a WIF key', 'KwdMAjGmerYanjeui5SHS7JkmpZvVipYvB2LJGU1ZxJwYvP98617', 'private-key', true],
    ['a descriptor', `wpkh(${XPUB}/0/*)`, 'descriptor', false],
    ['a descriptor with keys', `wpkh(${XPRV}/0/*)`, 'descriptor', true],
    ['an address', 'bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq', 'address', false],
    ['an address of Ethereum', '0x52908400098527886E0F7030069857D2E4169EE7', 'address', false],
    [
      'a recipient of age',
      'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p',
      'age-recipient',
      false,
    ],
    [
      'an identity of age',
      'AGE-SECRET-KEY-1EGTZVFFV20835NWYV6270LXYVK2VKNX2MMDKWYKLMGR48UAWX40Q2P2LM0',
      'age-identity',
      true,
    ],
    ['anything else, which might be a secret', 'correct horse', 'unknown', true],
  ])('%s', (_, text, kind, secret) => {
    expect(read(text)).toMatchObject({ kind, secret, text })
  })

  test('the address in a request for money', () => {
    expect(read('bitcoin:bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq?amount=1&label=x').text).toBe(
      'bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq',
    )
  })

  test('what a UR holds: a seed, a key, an output; of others its type', () => {
    const seed = makeSeed({ payload: new Uint8Array(16) }, 'crypto-seed')
    expect(read(formatUr(seed))).toMatchObject({ kind: 'phrase', text: ABOUT, tells: { ur: 'crypto-seed' } })
    expect(read(formatUr(makeUrKey(XPUB)))).toMatchObject({ kind: 'extended-key', secret: false, text: XPUB })
    expect(read(formatUr(makeUrOutput(`wpkh(${XPUB}/0/*)`)))).toMatchObject({
      kind: 'descriptor',
      secret: false,
    })
    expect(read(formatUr({ type: 'crypto-psbt', item: unhex('00ff') }))).toMatchObject({
      kind: 'ur',
      secret: false,
      tells: { ur: 'crypto-psbt' },
    })
    expect(read(formatUr({ type: 'nobody-knows', item: unhex('00ff') })).secret).toBe(true)
  })

  test('the parts of a UR on several codes are put together', () => {
    const output = makeUrOutput(`wpkh(${XPUB}/0/*)`)
    const parts = formatParts(output, { maxBytes: 30 })
    expect(parts.length).toBeGreaterThan(2)
    const readings = [read('age'), ...parts.toReversed().map(read)]
    expect(joinParts(readings.slice(0, -1)).at(-1)).toMatchObject({
      kind: 'ur',
      tells: { parts: parts.length - 1, parts_needed: parts.length },
    })
    expect(joinParts(readings).map(({ kind }) => kind)).toEqual(['unknown', 'descriptor'])
  })

  test('the parts of two URs of one type are kept apart', () => {
    const texts = [`wpkh(${XPUB}/0/*)`, `tr(${XPUB}/0/*)`]
    const parts = texts.flatMap((text) => formatParts(makeUrOutput(text), { maxBytes: 30 }))
    const readings = parts.toReversed().map(read)
    expect(joinParts(readings).map(({ text }) => text.replace(/#.*/, ''))).toEqual(texts.toReversed())
  })

  test('an account: a line for each descriptor, and its fingerprint', () => {
    const reading = read(ACCOUNT_URS['crypto-account'].toUpperCase())
    expect(reading).toMatchObject({
      kind: 'descriptor',
      secret: false,
      tells: { ur: 'crypto-account', fingerprint: '37b5eed4' },
    })
    expect(reading.text.split('\n').map((line) => line.slice(0, 10))).toEqual([
      'pkh([37b5e',
      'sh(wpkh([3',
      'wpkh([37b5',
      'tr([37b5ee',
      '[37b5eed4/',
      '[37b5eed4/',
      '[37b5eed4/',
    ])
  })

  test('a share in a UR, in capitals as codes have it', () => {
    const [share] = SSKR_EXAMPLE.shares
    expect(read(share?.ur.toUpperCase() ?? '')).toMatchObject({
      kind: 'share',
      text: share?.ur,
      tells: { scheme: 'sskr', ur: 'sskr' },
    })
  })
})

describe('what a person typed', () => {
  test.each(MAKERS.map((maker) => [maker.kind, maker] as const))('a phrase of the kind %s', (_, maker) => {
    const plan = { words: maker.words[0] as number, language: 'english', now: Date.UTC(2026, 10, 26) }
    const phrase = maker.makeWith(plan, stream(3).draw)
    expect(readTyped(`${phrase}\n`)[0]).toMatchObject({ kind: 'phrase', text: phrase })
  })

  test('words with their numbers', () => {
    const numbered = ABOUT.split(' ').map((word, i) => `${i + 1}. ${word}`)
    for (const text of [numbered.join('\n'), numbered.join('  ')])
      expect(readTyped(text)).toMatchObject([{ kind: 'phrase', text: ABOUT }])
  })

  test('words with their numbers among other words, in any script', () => {
    for (const language of ['english', 'japanese', 'korean', 'chinese_traditional'] as const) {
      const phrase = fromEntropy(new Uint8Array(16).fill(5), language)
      const lines = phrase
        .normalize('NFC')
        .split(/\s/)
        .flatMap((word, i) => [String(i + 1), word])
      const text = ['Page 1 of 1', 'Recovery phrase', ...lines, 'Kind BIP-39', '26 November'].join('\n')
      expect(readTyped(text)).toMatchObject([{ kind: 'phrase', tells: { language } }])
    }
  })

  test('shares one a line', () => {
    const [shares = []] = splitWith(
      new Uint8Array(16).fill(9),
      { scheme: 'slip39', groups: [{ threshold: 2, count: 3 }], groupThreshold: 1 },
      stream(1).draw,
    )
    expect(readTyped(shares.join('\n\n')).map(({ text }) => text)).toEqual(shares)
  })

  test('nothing in a letter', () => {
    expect(readTyped('Dear Sir,\nthe bank is closed.\n')).toEqual([])
    expect(readTyped('x'.repeat(500_000))).toEqual([])
  })

  test('nothing in a thousand lines of anything, of which some are Electrum seeds by their hash', () => {
    const lines = Array.from(
      { length: 1_000 },
      (_, i) => `<g transform="matrix(0.${i} 1 2)"><use href="#p0"/></g>`,
    )
    expect(readTyped(lines.join('\n'))).toEqual([])
    expect(readMarkup(`<!doctype html>${lines.join('\n')}`)).toEqual([])
  })

  test('nothing in a phrase with a wrong word', () => {
    expect(readTyped(ABOUT.replace('about', 'above'))).toEqual([])
  })
})
