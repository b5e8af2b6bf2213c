import { hex } from '@cairn/core/bytes.js'
import {
  combine,
  parseShare,
  refresh,
  refreshWith,
  type SplitPlan,
  splitWith,
} from '@cairn/core/words/slip39.js'
import { describe, expect, test } from 'vitest'
import { stream } from '../../draws.js'
import { codeOf } from '../../refusal.js'

const secret = Uint8Array.from({ length: 16 }, (_, i) => 0x41 + i)
const passphrase = 'old and new'
const plan: SplitPlan = {
  secret,
  passphrase,
  iterationExponent: 0,
  groupThreshold: 1,
  groups: [{ threshold: 2, count: 3 }],
}
const wider = { groupThreshold: 1, groups: [{ threshold: 3, count: 5 }] }
const madeOf = (extendable: boolean) => splitWith({ ...plan, extendable }, stream(1).draw)[0] as string[]
const parsed = (shares: readonly string[]) => shares.map((share) => parseShare(share))

describe('a new set of the same secret', () => {
  test('of extendable shares is made without their passphrase, which stays', () => {
    const [made] = refresh(parsed(madeOf(true).slice(1)), wider) as [string[]]
    expect(made).toHaveLength(5)
    expect(hex(combine(made.slice(2), passphrase))).toBe(hex(secret))
    expect(hex(combine(made.slice(2)))).not.toBe(hex(secret))
  })

  test('of older shares needs it', () => {
    const old = parsed(madeOf(false))
    expect(codeOf(() => refresh(old, wider))).toBe('share-passphrase-needed')
    const [made] = refresh(old, { ...wider, passphrase }) as [string[]]
    expect(hex(combine(made.slice(0, 3), passphrase))).toBe(hex(secret))
    expect(parseShare(made[0] as string)).toMatchObject({ extendable: false, iterationExponent: 0 })
  })

  test('never mixes with the old one, even when the same identifier is drawn', () => {
    for (const extendable of [true, false]) {
      const old = madeOf(extendable)
      const [made] = refreshWith(parsed(old), { ...plan, passphrase }, stream(1).draw) as [string[]]
      expect(parseShare(made[0] as string).identifier).not.toBe(parseShare(old[0] as string).identifier)
      expect(codeOf(() => combine([old[0] as string, made[1] as string]))).toBe('share-foreign')
    }
  })

  test('leaves the old one as it was', () => {
    const old = madeOf(true)
    refresh(parsed(old), wider)
    expect(hex(combine(old, passphrase))).toBe(hex(secret))
  })

  test('is not made of too few shares, nor of a plan that cannot be', () => {
    const old = parsed(madeOf(true))
    expect(codeOf(() => refresh(old.slice(1, 2), wider))).toBe('share-missing')
    expect(codeOf(() => refresh(old, { ...wider, groupThreshold: 2 }))).toBe('share-plan')
  })
})
