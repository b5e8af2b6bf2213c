import { describe, expect, it } from 'vitest'
import { newIdentity } from '../../src/vault/identity.js'
import { anyOf, type FactorPlan, type Grouped, makePolicy } from '../../src/vault/policy.js'
import { needing, planOf, withFactors, withoutFactor } from '../../src/vault/policy-edit.js'

const sheet = (name: string): FactorPlan => ({ kind: 'sheet', name })
const two = anyOf(2, [sheet('a'), sheet('b')])
const grouped: Grouped<FactorPlan> = {
  need: 2,
  groups: [
    { name: 'family', need: 2, factors: [sheet('a'), sheet('b'), sheet('c')] },
    { name: 'mine', need: 1, factors: [sheet('d')] },
  ],
}

describe('a factor more', () => {
  it('goes to the only group, with the number needed as it was', () => {
    expect(withFactors(two, [sheet('c')], {})).toEqual(anyOf(2, [sheet('a'), sheet('b'), sheet('c')]))
    expect(withFactors(two, [sheet('c')], { need: 3 }).groups[0]?.need).toBe(3)
  })

  it('goes to the group that is named, of which another number may be needed', () => {
    const { groups } = withFactors(grouped, [sheet('e')], { group: 'mine', groupNeed: 2 })
    expect(groups[1]).toEqual({ name: 'mine', need: 2, factors: [sheet('d'), sheet('e')] })
  })

  it('makes a group, which is needed as all were before', () => {
    const more = withFactors(two, [sheet('c'), sheet('d')], { group: 'family', groupNeed: 1 })
    expect(more.need).toBe(2)
    expect(more.groups[1]).toEqual({ name: 'family', need: 1, factors: [sheet('c'), sheet('d')] })
    expect(withFactors({ ...grouped, need: 1 }, [sheet('e')], { group: 'new' }).need).toBe(1)
  })

  it('asks for the group when there are several', () => {
    expect(() => withFactors(grouped, [sheet('e')], {})).toThrow(/family, mine/)
  })
})

describe('a factor less', () => {
  it('leaves the number needed as it was', () => {
    expect(withoutFactor(grouped, 'a').groups[0]).toMatchObject({ need: 2, factors: [{}, {}] })
  })

  it('takes its group with it when that is empty', () => {
    expect(withoutFactor(grouped, 'd')).toEqual({ need: 1, groups: [grouped.groups[0]] })
  })

  it('must be there', () => {
    expect(() => withoutFactor(grouped, 'x')).toThrow(/no factor named x/)
  })
})

describe('how many are needed', () => {
  it('counts factors of one group, and groups of several', () => {
    expect(needing(two, 1).groups[0]?.need).toBe(1)
    expect(needing(grouped, 1)).toEqual({ ...grouped, need: 1 })
    expect(needing(grouped, undefined)).toBe(grouped)
  })
})

describe('the plan of an edited policy', () => {
  it('locks passphrases that stay again, and keeps the keys', async () => {
    const { recipient } = newIdentity()
    const asked = anyOf(2, [
      { kind: 'passphrase', name: 'p', passphrase: 'correct horse battery staple' },
      { kind: 'person', name: 'Anna', recipient },
      { kind: 'sheet', name: 's' },
    ])
    const { policy } = await makePolicy(new Uint8Array(32).fill(7), asked, { logN: 1 })
    const passphrases = new Map([['p', 'correct horse battery staple']])
    expect(planOf(policy, passphrases)).toEqual(asked)
    expect(() => planOf(policy, new Map())).toThrow(/passphrase p stays/)
    const other = { kind: 'passphrase', name: 'p', passphrase: 'quite another one' } as const
    expect(planOf(anyOf(2, [other, sheet('s')]), new Map()).groups[0]?.factors[0]).toEqual(other)
  })
})
