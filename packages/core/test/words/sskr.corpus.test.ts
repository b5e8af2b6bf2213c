/** The shares, Bytewords and URs of the Blockchain Commons papers and programs that lie beside the checkout. */
import { readFileSync } from 'node:fs'
import { hex, unhex } from '@cairn/core/bytes.js'
import { encode, toBytes } from '@cairn/core/words/bytewords.js'
import { toEntropy } from '@cairn/core/words/bytewords-seed.js'
import { combine, formatShare, parseShare } from '@cairn/core/words/sskr.js'
import { encodeCbor } from '@cairn/core/words/ur/cbor.js'
import { parseSeed } from '@cairn/core/words/ur/seed.js'
import { formatUr, parseUr, urState } from '@cairn/core/words/ur.js'
import { describe, expect, test } from 'vitest'
import { corpus } from '../../../../test/corpus.js'
import { codeOf } from '../refusal.js'
import { subsets } from '../subsets.js'

const folder = corpus('sskr-bytewords-ur')

interface Case {
  readonly id: string
  readonly valid: boolean
  readonly [field: string]: unknown
}

function cases<T extends Case>(file: string): readonly T[] {
  return folder === null ? [] : JSON.parse(readFileSync(`${folder}/${file}.json`, 'utf8')).cases
}

interface Words extends Case {
  readonly data: string
  readonly standard: string
  readonly minimal: string
  readonly text: string
}

interface Coded extends Case {
  readonly ur: string
  readonly cbor_hex: string
  readonly multipart: boolean
}

interface Tool extends Case {
  readonly args: string
  readonly inputs: readonly string[]
  readonly expected: string | readonly string[]
}

interface Example extends Case {
  readonly master_secret: string
  readonly groups: readonly { readonly threshold: number }[]
  readonly shares: readonly {
    readonly group: number
    readonly bytewords_tagged: string
    readonly ur: string
  }[]
}

describe.runIf(folder !== null)('the corpus of SSKR, Bytewords and UR', () => {
  test.each(cases<Words>('bytewords'))('$id', ({ valid, data, standard, minimal, text }) => {
    if (!valid) return expect(codeOf(() => toBytes(text))).toBe('bytewords-checksum')
    expect([hex(toBytes(standard)), hex(toBytes(minimal))]).toEqual([data, data])
    return expect([encode(unhex(data)), encode(unhex(data), 'minimal')]).toEqual([standard, minimal])
  })

  test.each(cases<Coded>('ur-registry'))('$id', ({ ur, cbor_hex }) => {
    const read = parseUr(ur)
    expect([hex(encodeCbor(read.item)), formatUr(read)]).toEqual([cbor_hex, ur])
  })

  test.each(cases<Coded>('ur-papers'))('$id', ({ ur, multipart }) => {
    if (multipart) expect(urState(ur)).toMatchObject({ ur: null, have: 1 })
    else expect(formatUr(parseUr(ur))).toBe(ur)
  })

  test.each(cases<Example>('sskr-spec'))('$id', ({ master_secret, groups, shares }) => {
    for (const share of shares) expect(formatShare(parseShare(share.bytewords_tagged), 'ur')).toBe(share.ur)
    const [first, second] = groups.map(({ threshold }, group) => [
      ...subsets(
        shares.filter((share) => share.group === group),
        threshold,
      ),
    ])
    for (const a of first ?? [])
      for (const b of second ?? []) expect(hex(combine([...a, ...b].map(({ ur }) => ur)))).toBe(master_secret)
  })

  const tools = cases<Tool>('seedtool-cli')
  const ofTool = (pattern: RegExp) => tools.filter(({ args }) => pattern.test(args))

  test.each(ofTool(/--in sskr/))('$id', ({ inputs, expected }) => {
    expect(hex(combine(inputs))).toBe(expected)
  })

  test.each(ofTool(/--out sskr/))('$id', ({ expected }) => {
    expect(hex(combine([expected].flat()))).toBe(secretOfTest)
  })

  test.each(ofTool(/--(in|out) btw/))('$id', ({ args, inputs, expected }) => {
    const words = inputs[0] ?? (expected as string)
    const seed = /--in hex/.test(args) ? args.split(' ').at(-1) : secretOfTest
    expect(hex(toEntropy(words))).toBe(seed)
  })

  test.each(ofTool(/--ur/))('$id', ({ expected }) => {
    const { ur } = urState([expected].flat().join(' '))
    expect(ur?.type).toMatch(/^crypto-/)
    if (typeof expected === 'string' && ur?.type === 'crypto-seed')
      expect(hex(parseSeed(ur).payload)).toBe(secretOfTest)
  })

  /** What `seedtool --deterministic TEST` makes of 16 bytes. */
  const secretOfTest = '9d347f841a4e2ce6bc886e1aee74d824'
})
