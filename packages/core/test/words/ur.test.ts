import { hex, unhex } from '@cairn/core/bytes.js'
import { isCairnError } from '@cairn/core/errors.js'
import { fromEntropy } from '@cairn/core/words/bip39.js'
import { encode } from '@cairn/core/words/bytewords.js'
import { makeBip39, parseBip39 } from '@cairn/core/words/ur/bip39.js'
import { type Cbor, encodeCbor } from '@cairn/core/words/ur/cbor.js'
import { makeSeed, parseSeed } from '@cairn/core/words/ur/seed.js'
import { formatParts, formatUr, isUr, parseUr, urState } from '@cairn/core/words/ur.js'
import { toPhrase } from '@cairn/core/words/ur-phrase.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FOUNTAIN_URS, SEEDTOOL_PARTS, UR_VECTORS } from '../fixtures/ur.js'
import { codeOf, refusal } from '../refusal.js'

const ONE = 'ur:seed/oyadgdstaslplabghydrpfmkbggufgludprfgmamdpwmox'
const PAYLOAD = 'c7098580125e2ab0981253468b2dbc52'
const urOf = (name: string) => UR_VECTORS.find((vector) => vector.name === name)?.ur ?? ''

describe('the URs of the registry', () => {
  test.each(UR_VECTORS)('$name', ({ ur, cbor }) => {
    const { type, item } = parseUr(ur)
    expect(hex(encodeCbor(item))).toBe(cbor)
    expect(formatUr({ type, item })).toBe(ur)
    expect(parseUr(ur.toUpperCase())).toEqual({ type, item })
  })
})

describe('a UR in parts', () => {
  test('is put together from the parts of the reference, and made like them', () => {
    const ur = parseUr(FOUNTAIN_URS.join('\n'))
    expect(ur.type).toBe('bytes')
    expect(formatParts(ur, { maxBytes: 30, extra: 11 })).toEqual(FOUNTAIN_URS)
    const seed = parseUr(SEEDTOOL_PARTS.slice(2).join(' '))
    expect(seed.type).toBe('crypto-seed')
    expect(codeOf(() => parseSeed(seed))).toBe('ur-invalid') // 300 bytes are more than a seed has
  })

  test('says how much of it is there', () => {
    expect(urState(FOUNTAIN_URS.slice(0, 4).join(' '))).toEqual({ type: 'bytes', ur: null, have: 4, need: 9 })
    const error = refusal(() => parseUr(FOUNTAIN_URS.slice(0, 4).join(' ')))
    expect([error.code, error.details]).toEqual(['ur-missing', { have: 4, need: 9 }])
  })

  test('of one part is written as one', () => {
    expect(formatParts(parseUr(ONE), { maxBytes: 100, extra: 3 })).toEqual([ONE])
  })

  test('is not mixed with another', () => {
    const [part] = FOUNTAIN_URS as [string]
    for (const other of [ONE, SEEDTOOL_PARTS[0] as string, part.replace('bytes', 'psbt')])
      expect(codeOf(() => urState(`${part} ${other}`))).toBe('ur-foreign')
    expect(codeOf(() => urState(`${ONE} ${urOf('CryptoSeed.testSeed')}`))).toBe('ur-foreign')
  })

  test('is refused when a part says another number than its text', () => {
    const [part] = FOUNTAIN_URS as [string]
    expect(codeOf(() => urState(part.replace('/1-9/', '/2-9/')))).toBe('ur-invalid')
  })
})

describe('what is no UR', () => {
  test.each([
    ['nothing', '', 'ur-invalid'],
    ['another scheme', ONE.replace('ur:', 'url:'), 'ur-invalid'],
    ['no type', 'ur:/oyad', 'ur-invalid'],
    ['a type with other letters', ONE.replace('seed', 'se_d'), 'ur-invalid'],
    ['no message', 'ur:seed', 'ur-checksum'],
    ['a message that is cut off', ONE.slice(0, -2), 'ur-checksum'],
    ['half a pair of letters', ONE.slice(0, -1), 'ur-word'],
    ['letters that stand for nothing', ONE.replace('oyad', 'oyxx'), 'ur-word'],
    ['two swapped pairs', ONE.replace('gdst', 'stgd'), 'ur-checksum'],
    ['a third path', ONE.replace('seed/', 'seed/1-1/x/'), 'ur-invalid'],
    ['version 1', 'ur:bytes/1of2/tyq3wurnvf607qgqwyv3g5/hdcx', 'ur-word'],
    ['too long a text', `ur:seed/${'ae'.repeat(300_000)}`, 'ur-invalid'],
    ['too many parts', 'ur:a/ae '.repeat(5_000), 'ur-invalid'],
  ])('%s', (_, text, code) => {
    expect(codeOf(() => parseUr(text))).toBe(code)
  })

  test('CBOR that is not deterministic, and a name that only begins like one', () => {
    const loose = `ur:seed/${encode(unhex('1817'), 'minimal')}`
    expect(codeOf(() => parseUr(loose))).toBe('ur-invalid')
    expect(isUr(` ${ONE}`)).toBe(true)
    expect(isUr('urn:x')).toBe(false)
  })

  test('is told with errors of the catalogue only, whatever the text', () => {
    const texts = fc.oneof(
      fc.string({ maxLength: 60 }),
      fc
        .tuple(fc.nat(ONE.length - 1), fc.string({ minLength: 1, maxLength: 1 }))
        .map(([at, c]) => ONE.slice(0, at) + c + ONE.slice(at + 1)),
      fc.constantFrom(...FOUNTAIN_URS).chain((part) => fc.nat(part.length).map((at) => part.slice(0, at))),
    )
    fc.assert(
      fc.property(texts, (text) => {
        try {
          urState(text)
        } catch (error) {
          if (!isCairnError(error)) throw error
        }
      }),
      { seed: 5, numRuns: 2_000 },
    )
  })
})

describe('a seed in a UR', () => {
  test('is read in both versions, with a date of others left alone', () => {
    expect(hex(parseSeed(parseUr(ONE)).payload)).toBe(PAYLOAD)
    expect(hex(parseSeed(parseUr(urOf('CryptoSeed.testSeed'))).payload)).toBe(PAYLOAD)
    const dated = new Map<number, Cbor>([
      [1, unhex(PAYLOAD)],
      [2, { tag: 1, value: { float: unhex('41d452d9e8200000') } }],
    ])
    expect(hex(parseSeed({ type: 'seed', item: dated }).payload)).toBe(PAYLOAD)
  })

  test('is written as the paper has it', () => {
    const payload = unhex(PAYLOAD)
    expect(formatUr(makeSeed({ payload }))).toBe(ONE)
    const named = makeSeed({ payload, name: 'Dark Purple', note: 'of my aunt' }, 'crypto-seed')
    expect(parseSeed(parseUr(formatUr(named)))).toEqual({ payload, name: 'Dark Purple', note: 'of my aunt' })
  })

  test('is the entropy of BIP-39 words', () => {
    expect(toPhrase(ONE)).toBe(fromEntropy(unhex(PAYLOAD)))
  })

  test('is refused when it is none', () => {
    for (const item of [
      7,
      new Map([[2, 1]]),
      new Map([[1, new Uint8Array()]]),
      new Map([[1, new Uint8Array(65)]]),
    ])
      expect(codeOf(() => parseSeed({ type: 'seed', item }))).toBe('ur-invalid')
    expect(codeOf(() => parseSeed({ type: 'psbt', item: new Map([[1, new Uint8Array(16)]]) }))).toBe(
      'ur-invalid',
    )
  })
})

describe('BIP-39 words in a UR', () => {
  const vector = urOf('CryptoBip39.testSeed')
  const phrase = 'shield group erode awake lock sausage cash glare wave crew flame glove'

  test('are read and written', () => {
    expect(parseBip39(parseUr(vector))).toBe(phrase)
    expect(toPhrase(vector)).toBe(phrase)
    expect(formatUr(makeBip39(phrase))).toBe(vector)
  })

  test('are refused when they are none', () => {
    for (const item of [
      7,
      new Map([[1, 'shield group']]),
      new Map([[1, ['a b']]]),
      new Map([[1, Array(25).fill('zoo')]]),
    ])
      expect(codeOf(() => parseBip39({ type: 'crypto-bip39', item }))).toBe('ur-invalid')
  })

  test('are not in a key or a descriptor, which is no damage', () => {
    for (const name of ['CryptoHDKey.testMasterKey', 'CryptoOutput.testMulti'])
      expect(codeOf(() => toPhrase(urOf(name)))).toBe('ur-no-phrase')
  })
})
