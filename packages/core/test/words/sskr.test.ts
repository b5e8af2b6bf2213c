import { hex, unhex } from '@cairn/core/bytes.js'
import { isCairnError } from '@cairn/core/errors.js'
import { fromEntropy } from '@cairn/core/words/bip39.js'
import { encode, WORDS } from '@cairn/core/words/bytewords.js'
import { checkPhrase } from '@cairn/core/words/check.js'
import { parsePhrase } from '@cairn/core/words/phrase.js'
import {
  checkShare,
  combine,
  combineShares,
  formatShare,
  parseShare,
  recovery,
  refreshWith,
  type Share,
  type SplitPlan,
  split,
  splitWith,
} from '@cairn/core/words/sskr.js'
import { encodeCbor } from '@cairn/core/words/ur/cbor.js'
import { formatUr } from '@cairn/core/words/ur.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { stream } from '../draws.js'
import { SEEDTOOL_SEED_WORDS, SEEDTOOL_SETS, SSKR_EXAMPLE } from '../fixtures/sskr.js'
import { codeOf, refusal } from '../refusal.js'
import { slips } from '../slips.js'
import { subsets } from '../subsets.js'

const secret = unhex(SSKR_EXAMPLE.secret)
const simple = (threshold: number, count: number): SplitPlan => ({
  secret,
  groupThreshold: 1,
  groups: [{ threshold, count }],
})
const forms = ['words', 'uri', 'minimal', 'ur'] as const

describe('the example of BCR-2020-011', () => {
  const { shares, groups } = SSKR_EXAMPLE

  test.each(shares)('share $member of group $group', ({ group, member, hex: bytes, words, ur }) => {
    const share = parseShare(words)
    expect(share).toMatchObject({ identifier: 0x4bbf, groupThreshold: 2, groupCount: 2 })
    expect([share.groupIndex, share.memberIndex]).toEqual([group, member])
    expect(hex(share.value)).toBe(bytes.slice(10))
    expect(parseShare(ur)).toEqual(share)
    expect([formatShare(share), formatShare(share, 'ur')]).toEqual([words, ur])
  })

  test('every quorum gives the secret, and no other set', () => {
    const parsed = shares.map(({ words }) => parseShare(words))
    let complete = 0
    for (let size = 1; size <= parsed.length; size++)
      for (const set of subsets(parsed, size)) {
        const counts = [0, 1].map((g) => set.filter(({ groupIndex }) => groupIndex === g).length)
        const enough = counts.every((count, g) => count >= (groups[g]?.threshold ?? 0))
        if (enough) complete++
        if (enough) expect(hex(combineShares(set))).toBe(SSKR_EXAMPLE.secret)
        else expect(codeOf(() => combineShares(set))).toBe('share-missing')
      }
    expect(complete).toBe(4 * 16)
  })
})

describe('shares of seedtool, of version 1', () => {
  test.each(SEEDTOOL_SETS)('$secret', ({ secret: expected, shares }) => {
    expect(hex(combine(shares))).toBe(expected)
  })

  test('and its seed in words', () => {
    expect(checkPhrase(SEEDTOOL_SEED_WORDS)).toMatchObject({ valid: true, kind: 'bytewords', words: 20 })
    const text = fromEntropy(unhex(SEEDTOOL_SETS.at(-1)?.secret ?? ''))
    expect(parsePhrase(SEEDTOOL_SEED_WORDS)).toMatchObject({ kind: 'bip39', text })
  })
})

describe('splitting', () => {
  test('gives the secret back in every form and length, from shares of mixed forms', () => {
    const lengths = fc
      .integer({ min: 8, max: 16 })
      .chain((n) => fc.uint8Array({ minLength: 2 * n, maxLength: 2 * n }))
    fc.assert(
      fc.property(lengths, fc.nat(), (bytes, seed) => {
        const made = forms.map(
          (form) => splitWith({ ...simple(3, 4), secret: bytes, form }, stream(seed).draw)[0] as string[],
        )
        const mixed = [made[0]?.[3], made[1]?.[0], made[2]?.[2], made[3]?.[1]] as string[]
        expect(hex(combine(mixed))).toBe(hex(bytes))
        for (const text of mixed) expect(checkShare(text).problems).toEqual([])
      }),
      { seed: 11, numRuns: 40 },
    )
  })

  test('uses every bit that it draws', () => {
    const run = (flipped: number | null) =>
      splitWith(
        {
          secret,
          groupThreshold: 2,
          groups: [
            { threshold: 3, count: 3 },
            { threshold: 1, count: 1 },
          ],
        },
        stream(5, flipped).draw,
      ).join()
    const bytes = stream(5)
    splitWith(
      {
        secret,
        groupThreshold: 2,
        groups: [
          { threshold: 3, count: 3 },
          { threshold: 1, count: 1 },
        ],
      },
      bytes.draw,
    )
    const whole = run(null)
    const idle = Array.from({ length: bytes.drawn() * 8 }, (_, bit) => bit).filter(
      (bit) => run(bit) === whole,
    )
    expect(idle).toEqual([])
  })

  test('draws anew from the operating system each time', () => {
    const once = split(simple(2, 3))
    expect(split(simple(2, 3))).not.toEqual(once)
    expect(hex(combine((once[0] as string[]).slice(1)))).toBe(hex(secret))
  })

  test('refuses what cannot be split, and plans that cannot be', () => {
    for (const length of [0, 14, 15, 17, 31, 33, 34, 64])
      expect(codeOf(() => split({ ...simple(2, 3), secret: new Uint8Array(length) }))).toBe('entropy-length')
    for (const plan of [simple(4, 3), simple(1, 2), simple(2, 17), { ...simple(2, 3), groupThreshold: 2 }])
      expect(codeOf(() => split(plan))).toBe('share-plan')
  })
})

describe('combining', () => {
  const [made] = splitWith(simple(2, 4), stream(1).draw) as [string[]]
  const [a, b] = made.map((text) => parseShare(text)) as [Share, Share]

  test('takes shares in any order, twice, and more than are needed', () => {
    for (const set of [made.slice(2), [...made].reverse(), [made[0], made[0], made[3]] as string[]])
      expect(hex(combine(set))).toBe(hex(secret))
  })

  test('refuses shares of another set and says how they differ', () => {
    const reason = (other: Partial<Share>) =>
      refusal(() => combineShares([a, { ...b, ...other }])).details.reason
    expect(reason({ identifier: a.identifier ^ 1 })).toBe('share 2 has another identifier than share 1')
    expect(reason({ groupCount: 2 })).toBe('share 2 has another number of groups than share 1')
    expect(reason({ value: new Uint8Array(32) })).toBe('share 2 has another length than share 1')
  })

  test('refuses a share that was altered with its checksum', () => {
    const altered = formatShare({ ...b, value: b.value.map((byte, i) => (i === 3 ? byte ^ 4 : byte)) })
    expect(codeOf(() => combine([made[0] as string, altered]))).toBe('share-digest')
    expect(codeOf(() => combineShares([a, { ...b, memberIndex: a.memberIndex }]))).toBe('share-conflict')
  })

  test('says what is missing by group', () => {
    const [family, friends] = splitWith(
      {
        secret,
        groupThreshold: 2,
        groups: [
          { threshold: 2, count: 3 },
          { threshold: 3, count: 5 },
        ],
      },
      stream(1).draw,
    ) as [string[], string[]]
    const state = recovery([family[2], friends[0], friends[4]].map((text) => parseShare(text as string)))
    expect(state.missing).toBe(
      '2 of 2 groups are needed and 0 complete; group 1 needs 2 shares and has 1 (number 3); ' +
        'group 2 needs 3 shares and has 2 (number 1, 5)',
    )
  })
})

test('a new set of the same secret has another identifier, even when the same one is drawn', () => {
  const [old] = splitWith(simple(2, 3), stream(1).draw) as [string[]]
  const [made] = refreshWith(
    old.map((text) => parseShare(text)),
    simple(3, 5),
    stream(1).draw,
  ) as [string[]]
  expect(hex(combine(made.slice(2)))).toBe(hex(secret))
  expect(codeOf(() => combine([old[0] as string, ...made]))).toBe('share-foreign')
  expect(hex(combine(old.slice(1)))).toBe(hex(secret))
})

describe('reading a share', () => {
  const [[share]] = splitWith(simple(1, 1), stream(1).draw) as [[string]]
  const words = share.split(' ')

  test('names the place of an unknown word, how many are near, and never the word', () => {
    const text = words.with(11, 'abel').join(' ')
    const error = refusal(() => parseShare(text, 3))
    expect([error.code, error.details]).toEqual(['share-word-unknown', { share: 3, position: 12 }])
    expect(checkShare(text).problems).toEqual([{ position: 12, code: 'word-unknown', suggestions: 1 }])
    expect(`${error.message} ${error.hint}`).not.toContain('abel')
  })

  test('detects every slip of the pen, and repairs none', () => {
    fc.assert(
      fc.property(slips(words, WORDS), (slipped) => {
        expect(checkShare(slipped.join(' ')).valid).toBe(false)
      }),
      { seed: 11, numRuns: 2_000 },
    )
  })

  test.each([
    ['a word too few', words.slice(1).join(' '), 'share-length'],
    [
      'two swapped words',
      words
        .with(9, words[10] as string)
        .with(10, words[9] as string)
        .join(' '),
      'share-checksum',
    ],
    ['too few words', words.slice(5).join(' '), 'share-length'],
    ['too many words', [...words, ...words].join(' '), 'share-length'],
    ['other Bytewords', encode(new Uint8Array(30)), 'share-invalid'],
    ['another tag', encode(encodeCbor({ tag: 40_300, value: new Uint8Array(21) })), 'share-invalid'],
    ['a value that is too short', formatUr({ type: 'sskr', item: new Uint8Array(20) }), 'share-invalid'],
    ['a value that is too long', formatUr({ type: 'sskr', item: new Uint8Array(39) }), 'share-invalid'],
    ['a value of odd length', formatUr({ type: 'sskr', item: new Uint8Array(22) }), 'share-invalid'],
    ['another UR', formatUr({ type: 'seed', item: new Uint8Array(21) }), 'share-invalid'],
    ['a UR of something else', formatUr({ type: 'sskr', item: 7 }), 'share-invalid'],
    ['a UR with a slip', formatShare(parseShare(share), 'ur').replace(/.$/, 'z'), 'share-checksum'],
    [
      'reserved bits',
      formatUr({ type: 'sskr', item: Uint8Array.of(1, 2, 0, 0, 0x10, ...secret) }),
      'share-invalid',
    ],
    [
      'more groups needed than there are',
      formatUr({ type: 'sskr', item: Uint8Array.of(1, 2, 0x10, 0, 0, ...secret) }),
      'share-invalid',
    ],
    [
      'a group beyond the last',
      formatUr({ type: 'sskr', item: Uint8Array.of(1, 2, 0, 0x10, 0, ...secret) }),
      'share-invalid',
    ],
  ])('refuses %s', (_, text, code) => expect(codeOf(() => parseShare(text))).toBe(code))

  test('refuses fields that do not fit when writing', () => {
    for (const fields of [
      { identifier: 0x1_0000 },
      { memberIndex: 16 },
      { groupIndex: 1 },
      { value: new Uint8Array(15) },
    ])
      expect(codeOf(() => formatShare({ ...parseShare(share), ...fields }))).toBe('share-plan')
  })

  test('meets hostile text with catalogued errors only', () => {
    const texts = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.array(fc.constantFrom(...WORDS), { maxLength: 60 }).map((list) => list.join(' ')),
    )
    fc.assert(
      fc.property(texts, (text) => {
        try {
          parseShare(text)
        } catch (error) {
          if (!isCairnError(error)) throw error
        }
        expect(checkShare(text).valid).toBe(false)
      }),
      { seed: 11, numRuns: 1_000 },
    )
  })
})

describe('what cairn phrase check makes of it', () => {
  const [[share]] = splitWith(simple(1, 1), stream(1).draw) as [[string]]

  test('a share, with a slip in it', () => {
    expect(checkPhrase(share)).toEqual({
      valid: true,
      kind: 'sskr',
      language: 'english',
      words: 29,
      problems: [],
      also: [],
    })
    expect(checkPhrase(share.replace(/ \w+ /, ' able ')).problems).toEqual([
      { position: null, code: 'share-checksum', suggestions: 0 },
    ])
    expect(checkPhrase(share.replace(/ \w+ /, ' abel '))).toMatchObject({
      kind: 'sskr',
      problems: [{ position: 2 }],
    })
  })

  test('a UR of a share, of a seed, of a key', () => {
    expect(checkPhrase(formatShare(parseShare(share), 'ur'))).toMatchObject({
      valid: true,
      kind: 'sskr',
      words: 1,
    })
    const seed = 'ur:seed/oyadgdstaslplabghydrpfmkbggufgludprfgmamdpwmox'
    expect(checkPhrase(seed)).toMatchObject({ valid: true, kind: 'ur', language: null, words: 1 })
    expect(checkPhrase(seed.replace('oyad', 'oyax'))).toMatchObject({
      kind: 'ur',
      problems: [{ code: 'ur-checksum' }],
    })
    expect(checkPhrase(formatUr({ type: 'psbt', item: new Uint8Array(8) }))).toMatchObject({
      kind: 'ur',
      problems: [{ code: 'ur-no-phrase' }],
    })
  })

  test('a set of one share is the phrase of its entropy', () => {
    expect(parsePhrase(share)).toMatchObject({ kind: 'bip39', text: fromEntropy(secret) })
    const [[first]] = splitWith(simple(2, 2), stream(1).draw) as [[string]]
    expect(codeOf(() => parsePhrase(first))).toBe('share-missing')
  })

  test('neither a long text of one piece nor words of no list are taken for one', () => {
    for (const text of ['x'.repeat(400), `xpub${'a'.repeat(107)}`, 'lorem ipsum dolor sit amet'])
      expect(checkPhrase(text).kind).toBe('unknown')
  })
})
