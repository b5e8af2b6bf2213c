/** The contract of every scheme of shares, and what the layer above them does. */
import { hex } from '@cairn/core/bytes.js'
import { fromEntropy } from '@cairn/core/words/bip39.js'
import {
  check,
  combine,
  correct,
  factsOf,
  recovery,
  refresh,
  refreshWith,
  SCHEMES,
  type Scheme,
  type SharePlan,
  schemeNamed,
  schemeOf,
  split,
  splitWith,
} from '@cairn/core/words/shares.js'
import { describe, expect, test } from 'vitest'
import { stream } from '../draws.js'
import { codeOf, refusal } from '../refusal.js'

const secret = Uint8Array.from({ length: 16 }, (_, i) => 0x41 + i)

/** Three shares; two of them are enough where a scheme has thresholds. */
function planOf({ name, tells }: Scheme): SharePlan {
  return { scheme: name, groupThreshold: 1, groups: [{ threshold: tells.missing ? 2 : 3, count: 3 }] }
}

function made(scheme: Scheme, seed = 1): readonly string[] {
  return splitWith(secret, planOf(scheme), stream(seed).draw)[0] as readonly string[]
}

describe.each(SCHEMES.map((scheme) => ({ scheme, title: scheme.title })))(
  'shares of $title',
  ({ scheme }) => {
    const shares = made(scheme)
    const enough = scheme.tells.missing ? shares.slice(1) : shares

    test('are recognised by themselves, whole and with a slip', () => {
      for (const share of shares) {
        expect(schemeOf(share).name).toBe(scheme.name)
        expect(check(share)).toMatchObject({
          scheme: scheme.name,
          valid: true,
          problems: [],
          correction: null,
        })
        expect(check(share.toUpperCase()).valid).toBe(true)
        const slip = check(share.replace(/.$/, (last) => (last === 'x' ? 'y' : 'x')))
        expect(slip).toMatchObject({ scheme: scheme.name, valid: false, facts: null })
      }
    })

    test('give the secret back, in any order and some of them twice where they can be told apart', () => {
      for (const set of [
        enough,
        [...enough].reverse(),
        ...(scheme.tells.missing ? [[...shares, ...shares]] : []),
      ]) {
        const found = combine(set)
        expect(hex(found.secret)).toBe(hex(secret))
        expect(found.scheme.name).toBe(scheme.name)
      }
    })

    test('say of themselves what the scheme writes in them', () => {
      const facts = shares.map((share) => factsOf(share))
      expect(facts.map(({ bytes }) => bytes)).toEqual([16, 16, 16])
      expect(new Set(facts.map(({ set }) => set)).size).toBe(1)
      expect(facts[0]?.set !== null).toBe(scheme.tells.set)
      expect(facts[0]?.need).toBe(scheme.tells.missing ? 2 : null)
      if (scheme.tells.missing) expect(new Set(facts.map(({ member }) => member)).size).toBe(3)
    })

    test('too few of them are refused with what is missing', () => {
      const state = recovery(shares.slice(0, 1))
      expect(state).toMatchObject({ scheme: scheme.name, complete: false })
      expect(state.missing).not.toBe('')
      const error = refusal(() => combine(shares.slice(0, 1)))
      expect([error.code, error.details.missing]).toEqual(['share-missing', state.missing])
      expect(recovery(enough)).toMatchObject({ complete: true, missing: '' })
    })

    test('another set has another name, and is not mixed where sets are told apart', () => {
      const other = made(scheme, 2)
      if (!scheme.tells.set)
        return expect(combine([...enough.slice(1), other[0] as string]).secret).not.toEqual(secret)
      expect(factsOf(other[0] as string).set).not.toBe(factsOf(shares[0] as string).set)
      return expect(codeOf(() => combine([shares[0] as string, other[1] as string]))).toBe('share-foreign')
    })

    test('are made anew, and the old ones stay good', () => {
      const plan = planOf(scheme)
      const fresh = refresh(enough, plan)
      const again = fresh.shares[0] as readonly string[]
      expect(again.some((share) => shares.includes(share))).toBe(false)
      expect(hex(combine(scheme.tells.missing ? again.slice(1) : again).secret)).toBe(hex(secret))
      expect(hex(combine(enough).secret)).toBe(hex(secret))
      expect(fresh.old).toMatchObject({ scheme: scheme.name, complete: true })
      if (!scheme.tells.set) return
      expect(fresh.set).not.toBe(fresh.old.set)
      const same = refreshWith(enough, plan, stream(1).draw)
      expect(same.set).not.toBe(same.old.set)
      expect(codeOf(() => combine([shares[0] as string, again[1] as string]))).toBe('share-foreign')
    })

    test('are not made anew of too few', () => {
      expect(codeOf(() => refresh(shares.slice(0, 1), planOf(scheme)))).toBe('share-missing')
    })

    test('are drawn from the operating system', () => {
      const once = split(secret, planOf(scheme))
      expect(split(secret, planOf(scheme))).not.toEqual(once)
    })

    test('have a passphrase only where the scheme has one', () => {
      const run = () => split(secret, { ...planOf(scheme), passphrase: 'TREZOR' })
      if (scheme.tells.passphrase === 'none') {
        expect(codeOf(run)).toBe('usage')
        expect(codeOf(() => combine(enough, { passphrase: 'TREZOR' }))).toBe('usage')
        expect(codeOf(() => refresh(enough, { ...planOf(scheme), passphrase: 'TREZOR' }))).toBe('usage')
      } else {
        const [own] = run() as [string[]]
        expect(hex(combine(own, { passphrase: 'TREZOR' }).secret)).toBe(hex(secret))
        expect(hex(combine(own, { passphrase: 'trezor' }).secret)).not.toBe(hex(secret))
      }
    })

    test('are written in every form that the scheme has, and in no other', () => {
      for (const form of scheme.forms ?? []) {
        const [own] = split(secret, { ...planOf(scheme), form }) as [string[]]
        expect(hex(combine(own).secret)).toBe(hex(secret))
      }
      if (!scheme.forms) expect(codeOf(() => split(secret, { ...planOf(scheme), form: 'ur' }))).toBe('usage')
    })

    test('bring an existing phrase back by its entropy', () => {
      expect(fromEntropy(combine(enough).secret)).toBe(fromEntropy(secret))
    })
  },
)

describe('shares together', () => {
  test('of different schemes are told apart by their place', () => {
    const [first, second] = SCHEMES as readonly [Scheme, Scheme]
    const error = refusal(() => combine([...made(first), made(second)[0] as string]))
    expect(error.code).toBe('share-foreign')
    expect(error.message).toContain('share 1 is one of SLIP-39, share 4 one of SSKR')
  })

  test('none at all', () => {
    expect(recovery([])).toEqual({
      scheme: null,
      set: null,
      groups: [],
      need: null,
      complete: false,
      missing: 'no share was given',
    })
    expect(codeOf(() => combine([]))).toBe('share-missing')
  })

  test('and one that is none, by its place', () => {
    for (const text of ['', 'not a share', 'x'.repeat(300), '\ud83d'])
      expect(check(text)).toMatchObject({ scheme: null, valid: false, facts: null })
    const error = refusal(() => combine([...made(SCHEMES[0] as Scheme), 'not a share']))
    expect([error.code, error.details]).toEqual(['share-unreadable', { share: 4 }])
  })

  test('a share with one wrong word is named by its place, in each scheme of words', () => {
    for (const scheme of SCHEMES.slice(0, 2)) {
      const [good = '', damaged = ''] = made(scheme)
      const error = refusal(() => combine([good, damaged.split(' ').with(7, 'qqqq').join(' ')]))
      expect([error.code, error.details]).toEqual(['share-word-unknown', { share: 2, position: 8 }])
    }
  })

  test('a part of Seed XOR with one wrong word, too', () => {
    const [good = '', damaged = '', third = ''] = made(schemeNamed('seedxor'))
    const error = refusal(() => combine([good, damaged.split(' ').with(7, 'qqqq').join(' '), third]))
    expect([error.code, error.message]).toEqual(['seedxor-part', 'part 2: word 8 is not in the word list'])
  })

  test('parts of Seed XOR that nobody drew count each time, as in the vectors of Coldcard', () => {
    const ones = `${'zoo '.repeat(11)}wrong`
    expect(hex(combine([ones, ones, ones]).secret)).toBe('ff'.repeat(16))
    expect(hex(combine([ones, ones]).secret)).toBe('00'.repeat(16))
  })

  test('a part of Seed XOR that is given twice does not take itself out again', () => {
    const parts = made(schemeNamed('seedxor'))
    expect(hex(combine([...parts, ...parts.slice(1).map((part) => part.toUpperCase())]).secret)).toBe(
      hex(secret),
    )
    expect(codeOf(() => combine([parts[0] as string, parts[0] as string]))).toBe('share-missing')
  })

  test('plans that a scheme does not have are refused', () => {
    const groups = [{ threshold: 2, count: 3 }]
    const plan = (scheme: SharePlan['scheme'], more: Partial<SharePlan> = {}) =>
      codeOf(() => split(secret, { scheme, groupThreshold: 1, groups, ...more }))
    expect(plan('seedxor')).toBe('share-plan')
    expect(plan('seedxor', { groups: [...groups, ...groups] })).toBe('share-plan')
    expect(plan('codex32', { groups: [...groups, ...groups] })).toBe('codex32-plan')
    expect(codeOf(() => split(new Uint8Array(20), planOf(schemeNamed('seedxor'))))).toBe('entropy-length')
  })

  test('are read as shares of the scheme that is named', () => {
    const shares = made(schemeNamed('sskr'))
    expect(combine(shares, { scheme: 'sskr' }).scheme.name).toBe('sskr')
    expect(check(shares[0] as string, 'slip39')).toMatchObject({ scheme: 'slip39', valid: false })
    for (const run of [
      () => combine(shares, { scheme: 'codex32' }),
      () => recovery(shares, 'codex32'),
      () => refresh(shares, planOf(schemeNamed('codex32'))),
    ])
      expect(codeOf(run)).toBe('share-unreadable')
  })

  test('words are never corrected', () => {
    const [share = ''] = made(SCHEMES[0] as Scheme)
    expect(correct(share)).toBeNull()
    expect(correct(share.replace(/^\w+/, 'acid'))).toBeNull()
  })
})
