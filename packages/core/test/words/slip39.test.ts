import { equal, hex } from '@cairn/core/bytes.js'
import { isCairnError } from '@cairn/core/errors.js'
import { near } from '@cairn/core/words/near.js'
import type { Pbkdf2 } from '@cairn/core/words/pbkdf2.js'
import { splitSecret } from '@cairn/core/words/shamir/sharing.js'
import { checksum } from '@cairn/core/words/slip39/rs1024.js'
import { WORDS } from '@cairn/core/words/slip39/words.js'
import {
  combine,
  combineShares,
  type Draw,
  formatShare,
  parseShare,
  recoverEncrypted,
  recovery,
  type Share,
  type SplitPlan,
  split,
  splitWith,
} from '@cairn/core/words/slip39.js'
import { pbkdf2 } from '@noble/hashes/pbkdf2.js'
import { sha256 } from '@noble/hashes/sha2.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { stream } from '../draws.js'
import { codeOf, refusal } from '../refusal.js'
import { slips } from '../slips.js'
import { subsets } from '../subsets.js'

const secret = Uint8Array.from({ length: 16 }, (_, i) => 0x41 + i)
const quick = { secret, iterationExponent: 0 }

/** As the example of the standard: alone with A and B, or 3 of 5 friends with 2 of 6 family members. */
const alice: SplitPlan = {
  ...quick,
  groupThreshold: 2,
  groups: [
    { threshold: 1, count: 1 },
    { threshold: 1, count: 1 },
    { threshold: 3, count: 5 },
    { threshold: 2, count: 6 },
  ],
}

function sharesOf(plan: SplitPlan, seed = 1): Share[][] {
  return splitWith(plan, stream(seed).draw).map((group) => group.map((mnemonic) => parseShare(mnemonic)))
}

function simple(threshold: number, count: number): SplitPlan {
  return { ...quick, groupThreshold: 1, groups: [{ threshold, count }] }
}

describe('splitting', () => {
  test('gives the secret back for all lengths, both extendable states, any passphrase and exponent', () => {
    const printable = fc.string({
      unit: fc.integer({ min: 32, max: 126 }).map((n) => String.fromCharCode(n)),
    })
    const plans = fc.record({
      secret: fc
        .integer({ min: 8, max: 32 })
        .chain((n) => fc.uint8Array({ minLength: n * 2, maxLength: n * 2 })),
      passphrase: printable,
      extendable: fc.boolean(),
      iterationExponent: fc.constantFrom(0, 0, 0, 1, 2),
      seed: fc.nat(),
    })
    fc.assert(
      fc.property(plans, ({ seed, ...plan }) => {
        const groups = [
          { threshold: 2, count: 3 },
          { threshold: 1, count: 1 },
        ]
        const [family, safe] = splitWith({ ...plan, groupThreshold: 2, groups }, stream(seed).draw) as [
          string[],
          string[],
        ]
        const found = combine([...family.slice(1), ...safe], plan.passphrase)
        expect(hex(found)).toBe(hex(plan.secret))
      }),
      { seed: 39, numRuns: 25 },
    )
  })

  test('with another passphrase gives another secret and no error', () => {
    const [shares] = splitWith({ ...simple(1, 1), passphrase: 'TREZOR' }, stream(1).draw) as [string[]]
    expect(hex(combine(shares, 'TREZOR'))).toBe(hex(secret))
    expect(hex(combine(shares, 'trezor'))).not.toBe(hex(secret))
    expect(hex(combine(shares))).not.toBe(hex(secret))
  })

  test('makes extendable shares with exponent 1 unless told otherwise', () => {
    const [[share]] = splitWith(
      { ...simple(1, 1), iterationExponent: undefined as never },
      stream(1).draw,
    ) as [[string]]
    expect(parseShare(share)).toMatchObject({ extendable: true, iterationExponent: 1 })
  })

  test('draws anew from the operating system each time', () => {
    const plan = simple(2, 3)
    const once = split(plan)
    expect(split(plan)).not.toEqual(once)
    expect(hex(combine((once[0] as string[]).slice(1)))).toBe(hex(secret))
  })

  test('leaves the secret it was given as it was', () => {
    const given = secret.slice()
    splitWith({ ...simple(2, 3), secret: given }, stream(1).draw)
    expect(given).toEqual(secret)
  })

  const refused: readonly [string, SplitPlan][] = [
    ['no group', { ...quick, groupThreshold: 1, groups: [] }],
    ['17 groups', { ...quick, groupThreshold: 1, groups: Array(17).fill({ threshold: 1, count: 1 }) }],
    ['a group threshold above the groups', { ...simple(2, 3), groupThreshold: 2 }],
    ['a group threshold of 0', { ...simple(2, 3), groupThreshold: 0 }],
    ['a threshold above the members', simple(4, 3)],
    ['a threshold of 0', simple(0, 3)],
    ['a threshold that is no integer', simple(1.5, 3)],
    ['17 members', simple(2, 17)],
    ['several members with threshold 1', simple(1, 2)],
    ['a negative exponent', { ...simple(2, 3), iterationExponent: -1 }],
    ['an absurd exponent', { ...simple(2, 3), iterationExponent: 9 }],
  ]
  for (const [what, plan] of refused)
    test(`refuses ${what}`, () => {
      expect(codeOf(() => split(plan))).toBe('share-plan')
    })

  test('refuses secrets that are too short, too long or odd', () => {
    for (const length of [0, 14, 15, 17, 31, 65, 66, 1000])
      expect(codeOf(() => split({ ...simple(2, 3), secret: new Uint8Array(length) }))).toBe('entropy-length')
  })

  test('refuses passphrases that are not printable ASCII, when making and when combining', () => {
    const [shares] = split(simple(1, 1)) as [string[]]
    for (const passphrase of ['é', 'tab\t', 'line\n', '\u007f', '\ud800']) {
      expect(codeOf(() => split({ ...simple(2, 3), passphrase }))).toBe('share-passphrase')
      expect(codeOf(() => combine(shares, passphrase))).toBe('share-passphrase')
    }
  })
})

describe('the randomness of a split', () => {
  /** Bits of the stream that can be flipped without any change of the result. */
  function idleBits(run: (draw: Draw) => string): number[] {
    const bytes = stream(5)
    const before = run(bytes.draw)
    const bits = Array.from({ length: bytes.drawn() * 8 }, (_, bit) => bit)
    return bits.filter((bit) => run(stream(5, bit).draw) === before)
  }

  /** Of the same password and salt, which holds the identifier; how slow it is makes no bit idle. */
  const oneRound: Pbkdf2 = (password, salt, { bytes }) =>
    pbkdf2(sha256, password, salt, { c: 1, dkLen: bytes })

  const whole = (draw: Draw) => {
    const groups = [
      { threshold: 2, count: 2 },
      { threshold: 1, count: 1 },
    ]
    return splitWith({ ...quick, groupThreshold: 2, groups, pbkdf2: oneRound }, draw).join()
  }
  const points = (draw: Draw) =>
    splitSecret(5, 16, secret, draw)
      .map(({ y }) => hex(y))
      .join()

  test('is used to its last bit, but for the one beyond the 15 bits of the identifier', () => {
    expect(idleBits(whole)).toEqual([0])
    expect(idleBits(points)).toEqual([])
  })

  test('takes as many bytes as the standard asks for', () => {
    const bytes = stream(5)
    points(bytes.draw)
    expect(bytes.drawn()).toBe(3 * 16 + 12)
  })

  test('a split that wastes a bit of each byte would be noticed', () => {
    expect(idleBits((draw) => points((length) => draw(length).map((byte) => byte | 1)))).toHaveLength(60)
  })
})

describe('combining', () => {
  test('takes every quorum of a scheme with groups, and no other set', () => {
    const groups = sharesOf(alice)
    const encrypted = recoverEncrypted([...(groups[0] as Share[]), ...(groups[1] as Share[])])
    const thresholds = alice.groups.map((group) => group.threshold)
    const everyone = groups.flat()
    let complete = 0
    for (let size = 0; size <= 6; size++)
      for (const set of subsets(everyone, size)) {
        const done = thresholds.filter((t, g) => set.filter((share) => share.groupIndex === g).length >= t)
        if (done.length < 2) {
          expect(codeOf(() => recoverEncrypted(set))).toBe('share-missing')
        } else {
          complete++
          expect(equal(recoverEncrypted(set), encrypted)).toBe(true)
        }
      }
    expect(complete).toBeGreaterThan(1_000)
  })

  // up to 16: sets that were drawn, in quorums.test.ts
  test('finds every set that is one short of any T-of-N up to 11, and says what is missing', () => {
    expect(unnoticed(11, recovery)).toBe(0)
  })

  test('a count that takes a copy for a second share would be noticed', () => {
    const twin: typeof recovery = (shares) => {
      const state = recovery(shares)
      return { ...state, complete: shares.length >= (shares[0]?.memberThreshold ?? 1) }
    }
    expect(unnoticed(5, twin)).toBeGreaterThan(0)
  })

  test('refuses what is not complete with what is missing', () => {
    const [members] = sharesOf(simple(3, 5)) as [Share[]]
    const error = refusal(() => combineShares(members.slice(0, 2)))
    expect(error.code).toBe('share-missing')
    expect(error.message).toBe('too few shares: group 1 needs 3 shares and has 2 (number 1, 2)')
  })

  test('takes shares in any order, twice, and more than are needed', () => {
    const [shares] = splitWith(simple(3, 5), stream(1).draw) as [string[]]
    const [a, b, c, d] = shares as [string, string, string, string]
    for (const set of [[c, a, d], [a, b, b, c, a], shares, [...shares].reverse()])
      expect(hex(combine(set))).toBe(hex(secret))
  })

  test('takes upper case and any white space', () => {
    const [[share]] = splitWith(simple(1, 1), stream(1).draw) as [[string]]
    expect(hex(combine([`\n ${share.toUpperCase().replaceAll(' ', ' \t\r\n')} `]))).toBe(hex(secret))
  })

  test('leaves aside a group that is not complete when enough others are', () => {
    const [a, b, friends] = splitWith(alice, stream(1).draw) as string[][]
    expect(hex(combine([...(a as string[]), ...(b as string[]), (friends as string[])[0] as string]))).toBe(
      hex(secret),
    )
  })

  test('refuses an altered share beyond the threshold too', () => {
    const [members] = sharesOf(simple(2, 4)) as [Share[]]
    for (const i of members.keys()) {
      const altered = members.map((share, k) => (k === i ? withValue(share, 3) : share))
      expect(codeOf(() => combineShares(altered))).toBe('share-digest')
    }
  })

  test('refuses groups that do not fit together', () => {
    const [[a], [b], [c]] = sharesOf({
      ...alice,
      groups: Array(3).fill({ threshold: 1, count: 1 }),
    }) as [[Share], [Share], [Share]]
    expect(codeOf(() => combineShares([a, withValue(b, 0)]))).toBe('share-digest')
    expect(codeOf(() => combineShares([a, b, withValue(c, 0)]))).toBe('share-digest')
  })

  test('refuses shares of another set and says which one', () => {
    const [members] = sharesOf(simple(2, 3)) as [Share[]]
    const [a, b] = members as [Share, Share]
    const reasons = (other: Partial<Share>) =>
      refusal(() => combineShares([a, { ...b, ...other }])).details.reason
    expect(reasons({ identifier: a.identifier ^ 1 })).toBe('share 2 has another identifier than share 1')
    expect(reasons({ extendable: false })).toBe('share 2 has another identifier than share 1')
    expect(reasons({ iterationExponent: 3 })).toBe('share 2 has another iteration exponent than share 1')
    expect(reasons({ groupCount: 2 })).toBe('share 2 has another number of groups than share 1')
    expect(reasons({ groupThreshold: 2 })).toBe('share 2 has another group threshold than share 1')
    expect(reasons({ value: new Uint8Array(32) })).toBe('share 2 has another length than share 1')
    expect(reasons({ memberThreshold: 3 })).toBe('the shares of group 1 have different thresholds')
  })

  test('refuses two different shares with one number', () => {
    const [members] = sharesOf(simple(2, 3)) as [Share[]]
    const [a, b] = members as [Share, Share]
    const error = refusal(() => combineShares([a, { ...b, memberIndex: 0 }]))
    expect(error.code).toBe('share-conflict')
    expect(error.details).toEqual({ member: 1, group: 1 })
  })

  test('refuses an absurd number of iterations at once', () => {
    const [members] = sharesOf(simple(2, 2)) as [Share[]]
    const greedy = members.map((share) => formatShare({ ...share, iterationExponent: 15 }))
    const error = refusal(() => combine(greedy))
    expect(error.code).toBe('share-cost')
    expect(error.details.iterations).toBe(327_680_000)
  })
})

describe('the state of a recovery', () => {
  const [a, , friends, family] = sharesOf(alice) as [Share[], Share[], Share[], Share[]]

  test('without any share knows nothing', () => {
    expect(recovery([])).toEqual({ groups: [], need: null, complete: false, missing: 'no share was given' })
    expect(refusal(() => combine([])).message).toBe('too few shares: no share was given')
  })

  test('says what is there and what is missing, group by group', () => {
    const state = recovery([friends[4], friends[1], a[0], friends[1]] as Share[])
    expect(state.groups).toEqual([
      { group: 1, have: [1], need: 1, complete: true },
      { group: 2, have: [], need: null, complete: false },
      { group: 3, have: [2, 5], need: 3, complete: false },
      { group: 4, have: [], need: null, complete: false },
    ])
    expect(state).toMatchObject({ need: 2, complete: false })
    expect(state.missing).toBe(
      '2 of 4 groups are needed and 1 complete; group 2 has no share yet; ' +
        'group 3 needs 3 shares and has 2 (number 2, 5); group 4 has no share yet',
    )
  })

  test('names what one group lacks', () => {
    const [members] = sharesOf(simple(3, 5)) as [Share[]]
    expect(recovery(members.slice(3, 4)).missing).toBe('group 1 needs 3 shares and has 1 (number 4)')
  })

  test('is complete with the last share that is needed, and stays so with more', () => {
    const path = [friends[0], family[5], friends[2], family[0], friends[3], a[0]] as Share[]
    const complete = path.map((_, i) => recovery(path.slice(0, i + 1)).complete)
    expect(complete).toEqual([false, false, false, false, true, true])
    expect(recovery(path).missing).toBe('')
  })
})

describe('reading a share', () => {
  const [[share]] = splitWith(simple(1, 1), stream(1).draw) as [[string]]
  const words = share.split(' ')
  const replaced = (i: number, word: string) => words.map((old, k) => (k === i ? word : old)).join(' ')

  test('is the inverse of writing it', () => {
    const shares = fc.record({
      identifier: fc.nat(0x7fff),
      extendable: fc.boolean(),
      iterationExponent: fc.nat(15),
      groupCount: fc.integer({ min: 1, max: 16 }),
      memberIndex: fc.nat(15),
      memberThreshold: fc.integer({ min: 1, max: 16 }),
      value: fc
        .integer({ min: 8, max: 32 })
        .chain((n) => fc.uint8Array({ minLength: 2 * n, maxLength: 2 * n })),
      draw: fc.tuple(fc.nat(), fc.nat()),
    })
    fc.assert(
      fc.property(shares, ({ draw: [index, threshold], ...fields }) => {
        const { groupCount } = fields
        const it: Share = {
          ...fields,
          groupIndex: index % groupCount,
          groupThreshold: (threshold % groupCount) + 1,
        }
        expect(parseShare(formatShare(it))).toEqual(it)
      }),
      { seed: 39, numRuns: 2_000 },
    )
  })

  test('takes a word by its first letters, and corrects none', () => {
    expect(parseShare(replaced(2, 'acad'))).toEqual(parseShare(replaced(2, 'academic')))
    expect(codeOf(() => parseShare(replaced(2, 'acedemic')))).toBe('share-word-unknown')
  })

  test('names the place of an unknown word, and never the word', () => {
    const error = refusal(() => parseShare(replaced(6, 'horse'), 3))
    expect(error.code).toBe('share-word-unknown')
    expect(error.details).toEqual({ share: 3, position: 7 })
    expect(`${error.message} ${error.hint}`).not.toContain('horse')
  })

  test('takes the lengths of the standard from 128 to 512 bits, and no other', () => {
    const lengths = Array.from({ length: 80 }, (_, n) => n).filter((n) => {
      const code = codeOf(() => parseShare(Array(n).fill('academic').join(' ')))
      return code !== 'share-length'
    })
    const expected = Array.from({ length: 25 }, (_, i) => 7 + Math.ceil(((16 + 2 * i) * 8) / 10))
    expect(lengths).toEqual(expected)
  })

  /** Slips that are read without an error. */
  function accepted(read: typeof parseShare, runs: number): number {
    let count = 0
    const check = (text: readonly string[]) => {
      try {
        read(text.join(' '))
        count++
      } catch (error) {
        if (!isCairnError(error)) throw error
      }
    }
    fc.assert(fc.property(slips(words, WORDS), check), { seed: 39, numRuns: runs })
    return count
  }

  test('detects every slip of the pen, and repairs none', () => {
    expect(accepted(parseShare, 20_000)).toBe(0)
  })

  test('a reader that does not compare the checksum would be noticed', () => {
    const twin: typeof parseShare = (mnemonic) => {
      const indices = mnemonic.split(' ').map((word) => WORDS.indexOf(word))
      if (indices.length !== 20 || indices.includes(-1)) return parseShare(mnemonic)
      const data = indices.slice(0, 17)
      return parseShare([...data, ...checksum(data, true)].map((i) => WORDS[i]).join(' '))
    }
    expect(accepted(twin, 500)).toBeGreaterThan(0)
  })

  test('a reader that takes the nearest word would be noticed', () => {
    const nearest = (word: string) => (WORDS.includes(word) ? word : (near(word, WORDS)[0] ?? word))
    const twin: typeof parseShare = (mnemonic) => parseShare(mnemonic.split(' ').map(nearest).join(' '))
    expect(accepted(twin, 500)).toBeGreaterThan(0)
  })

  test('bounds the text before it looks at it', () => {
    expect(codeOf(() => parseShare('academic '.repeat(1_000_000)))).toBe('phrase-too-long')
  })

  test('refuses a share that asks for more groups than there are, or lies in none of them', () => {
    const it = parseShare(share)
    for (const wrong of [{ groupThreshold: 2 }, { groupIndex: 1 }])
      expect(codeOf(() => formatShare({ ...it, ...wrong }))).toBe('share-plan')
  })

  test('hostile shares with a right checksum meet catalogued errors only', () => {
    const few = fc.integer({ min: 1, max: 3 })
    const hostile = fc.record({
      groupIndex: fc.nat(3),
      groupThreshold: few,
      groupCount: fc.integer({ min: 1, max: 4 }),
      memberIndex: fc.nat(15),
      memberThreshold: few,
      value: fc.constantFrom(16, 16, 16, 18).map((length) => new Uint8Array(length)),
    })
    let recovered = 0
    fc.assert(
      fc.property(fc.array(hostile, { maxLength: 8 }), fc.boolean(), (list, alike) => {
        const common = alike ? { groupThreshold: 2, groupCount: 4 } : {}
        const shares = list.map((fields) => ({ ...parseShare(share), ...fields, ...common }))
        try {
          recoverEncrypted(shares)
          recovered++
        } catch (error) {
          expect(isCairnError(error)).toBe(true)
        }
      }),
      { seed: 39, numRuns: 5_000 },
    )
    expect(recovered).toBeGreaterThan(0)
  })

  test('meets hostile text with catalogued errors only', () => {
    const word = fc.oneof(fc.constantFrom(...WORDS), fc.string(), fc.string({ unit: 'binary' }))
    const text = fc.array(word, { maxLength: 70 }).map((list) => list.join(' '))
    fc.assert(
      fc.property(fc.oneof(text, fc.string({ maxLength: 3_000 })), (input) => {
        try {
          parseShare(input)
        } catch (error) {
          expect(isCairnError(error)).toBe(true)
        }
      }),
      { seed: 39, numRuns: 3_000 },
    )
  })
})

/** How many one-short sets, with a copy of one of their shares, are not reported with what is missing. */
function unnoticed(most: number, state: typeof recovery): number {
  let count = 0
  for (let members = 2; members <= most; members++)
    for (let threshold = 2; threshold <= members; threshold++) {
      const [shares] = sharesOf(simple(threshold, members)) as [Share[]]
      for (const set of subsets(shares, threshold - 1)) {
        const numbers = set.map((share) => share.memberIndex + 1).join(', ')
        const expected = `group 1 needs ${threshold} shares and has ${set.length} (number ${numbers})`
        const { complete, missing } = state([...set, set[0] as Share])
        if (complete || missing !== expected) count++
      }
    }
  return count
}

function withValue(share: Share, byte: number): Share {
  return { ...share, value: share.value.map((value, i) => (i === byte ? value ^ 0x20 : value)) }
}
