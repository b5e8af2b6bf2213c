import { describe, expect, it } from 'vitest'
import { newIdentity } from '../../src/vault/identity.js'
import { lockTo, lockWithPassphrase, openLock, parseLock } from '../../src/vault/lock.js'
import { anyOf, type FactorPlan, makePolicy, type PolicyPlan, parsePolicy } from '../../src/vault/policy.js'
import { parseShare } from '../../src/words/slip39.js'

const CHEAP = { logN: 2 }
const secret = Uint8Array.from({ length: 32 }, (_, i) => i + 1)
const [computer, person] = [newIdentity(), newIdentity()]
const words = 'correct horse battery staple'

const passphrase: FactorPlan = { kind: 'passphrase', name: 'passphrase', passphrase: words }
const thisComputer: FactorPlan = { kind: 'computer', name: 'this computer', recipient: computer.recipient }
const sheet: FactorPlan = { kind: 'sheet', name: 'sheet' }
const anna: FactorPlan = { kind: 'person', name: 'Anna', recipient: person.recipient }
const numbered = (count: number): readonly FactorPlan[] =>
  Array.from({ length: count }, (_, i) => ({ kind: 'sheet', name: `sheet ${i + 1}` }))

const three = anyOf(2, [passphrase, thisComputer, sheet])

describe('making a policy', () => {
  it('puts each share behind its factor, and the share of a sheet nowhere', async () => {
    const { policy, sheets } = await makePolicy(secret, three, CHEAP)
    const factors = policy.groups[0]?.factors ?? []
    expect(factors.map(({ name, kind }) => [name, kind])).toEqual([
      ['passphrase', 'passphrase'],
      ['this computer', 'computer'],
      ['sheet', 'sheet'],
    ])
    expect(factors[2]).toEqual({ kind: 'sheet', name: 'sheet' })
    const shares = [
      await contentOf(factors[0], { passphrase: words }),
      await contentOf(factors[1], computer),
      sheets[0]?.words ?? '',
    ].map((mnemonic) => parseShare(mnemonic))
    expect(shares.map((share) => share.memberIndex)).toEqual([0, 1, 2])
    for (const share of shares) {
      expect(share).toMatchObject({ identifier: policy.set, extendable: true, iterationExponent: 0 })
      expect(share).toMatchObject({ groupIndex: 0, groupThreshold: 1, groupCount: 1, memberThreshold: 2 })
      expect(share.value).toHaveLength(32)
    }
    expect(sheets).toHaveLength(1)
    expect(sheets[0]?.words.split(' ')).toHaveLength(33)
  })

  it('makes locks whose length tells nothing of the words', async () => {
    const lengths = new Set<number>()
    for (let i = 0; i < 5; i++) {
      const { policy } = await makePolicy(secret, three, CHEAP)
      lengths.add(JSON.stringify(policy.groups[0]?.factors[1]).length)
      const content = await contentOf(policy.groups[0]?.factors[1], computer)
      expect(content).toMatch(/^[a-z ]{296}\n$/)
    }
    expect(lengths.size).toBe(1)
  })

  it('records the cost of the passphrase locks, 2^18 unless a test asks for less', async () => {
    const { policy } = await makePolicy(secret, three)
    const factor = policy.groups[0]?.factors[0] as { logN: number; lock: string }
    expect(factor.logN).toBe(18)
    expect(parseLock(factor.lock)).toEqual({ kind: 'scrypt', logN: 18 })
  })

  it('gives every factor of a group that needs one the same share', async () => {
    const plan: PolicyPlan = {
      need: 2,
      groups: [
        { name: 'heirs', need: 1, factors: numbered(3) },
        { name: 'mine', need: 1, factors: [thisComputer] },
      ],
    }
    const { sheets } = await makePolicy(secret, plan, CHEAP)
    expect(new Set(sheets.map((each) => each.words)).size).toBe(1)
    expect(sheets.map((each) => each.name)).toEqual(['sheet 1', 'sheet 2', 'sheet 3'])
  })

  it('makes a set of its own each time, so that old shares do not mix with new ones', async () => {
    const sets = new Set<number>()
    for (let i = 0; i < 4; i++) sets.add((await makePolicy(secret, three, CHEAP)).policy.set)
    expect(sets.size).toBeGreaterThan(1)
  })

  const group = (need: number, factors: readonly FactorPlan[], name = 'g') => ({ name, need, factors })
  it.each<readonly [string, PolicyPlan]>([
    ['one factor alone would open', anyOf(1, [passphrase, sheet])],
    ['there is one factor only', anyOf(1, [sheet])],
    ['one group of one would do', { need: 1, groups: [group(2, numbered(2), 'a'), group(1, [anna], 'b')] }],
    ['more are needed than there are', anyOf(3, [passphrase, sheet])],
    ['none is needed', anyOf(0, [passphrase, sheet])],
    ['the need is no whole number', anyOf(1.5, [passphrase, sheet])],
    ['there is no factor', anyOf(1, [])],
    ['there is no group', { need: 1, groups: [] }],
    ['more groups are needed than there are', { need: 2, groups: [group(2, numbered(2))] }],
    ['there are 17 factors', anyOf(2, numbered(17))],
    ['two factors have one name', anyOf(2, [sheet, sheet, anna])],
    ['two groups have one name', { need: 2, groups: [group(1, [sheet]), group(1, [anna])] }],
    ['a name is empty', anyOf(2, [sheet, { ...anna, name: '' }])],
    ['a name is long', anyOf(2, [sheet, { ...anna, name: 'x'.repeat(65) }])],
    ['a name would move the cursor', anyOf(2, [sheet, { ...anna, name: 'x\u001b[2J' }])],
    ['a name would turn the direction', anyOf(2, [sheet, { ...anna, name: 'x\u202e' }])],
    ['one key counts twice', anyOf(2, [sheet, anna, { ...anna, name: 'Bert' }])],
    [
      'two passphrases alone would open',
      anyOf(2, [passphrase, { ...passphrase, name: 'other', passphrase: 'another long one' }, sheet]),
    ],
    ['one passphrase counts twice', anyOf(3, [passphrase, { ...passphrase, name: 'other' }, sheet])],
  ])('is refused when %s', async (_, plan) => {
    await expect(makePolicy(secret, plan, CHEAP)).rejects.toMatchObject({ code: 'policy-invalid' })
  })

  it('is refused with a short passphrase, a wrong key and a secret of another length', async () => {
    const short = anyOf(2, [{ ...passphrase, passphrase: 'too short' }, sheet])
    await expect(makePolicy(secret, short, CHEAP)).rejects.toMatchObject({ code: 'passphrase-weak' })
    const wrong = anyOf(2, [{ ...anna, recipient: 'age1nobody' }, sheet])
    await expect(makePolicy(secret, wrong, CHEAP)).rejects.toMatchObject({ code: 'key-invalid' })
    await expect(makePolicy(secret.subarray(1), three, CHEAP)).rejects.toMatchObject({
      code: 'entropy-length',
    })
  })
})

describe('reading a policy', () => {
  it('gives back what was made', async () => {
    const { policy } = await makePolicy(secret, three, CHEAP)
    expect(parsePolicy(JSON.parse(JSON.stringify(policy)))).toEqual(policy)
  })

  it.each<readonly [string, (policy: Loose) => unknown]>([
    ['is nothing', () => null],
    ['is a list', () => []],
    ['has another scheme', (policy) => ({ ...policy, scheme: 'sss' })],
    ['has a further field', (policy) => ({ ...policy, hint: 'the dog' })],
    ['has no set', ({ set: _, ...rest }) => rest],
    ['has a set above 15 bits', (policy) => ({ ...policy, set: 32_768 })],
    ['needs none', (policy) => ({ ...policy, need: 0 })],
    ['has no groups', (policy) => ({ ...policy, groups: [] })],
    ['has a million groups', (policy) => ({ ...policy, groups: Array(1_000_000).fill(policy.groups[0]) })],
    ['opens with one factor', (policy) => withGroup(policy, { need: 1 })],
    ['needs more than there are', (policy) => withGroup(policy, { need: 4 })],
    ['has an unknown kind of factor', (policy) => withFactor(policy, 0, { kind: 'retina' })],
    ['has a factor without its lock', (policy) => withFactor(policy, 0, { lock: undefined })],
    ['has a sheet with a lock', (policy) => withFactor(policy, 2, { lock: 'x' })],
    ['has a lock that is none', (policy) => withFactor(policy, 0, { lock: 'x' })],
    ['has a lock of a megabyte', (policy) => withFactor(policy, 0, { lock: 'x'.repeat(1_000_000) })],
    ['tells another cost than its lock', (policy) => withFactor(policy, 0, { logN: 3 })],
    ['tells an absurd cost', (policy) => withFactor(policy, 0, { logN: 30 })],
    ['names a wrong key', (policy) => withFactor(policy, 1, { recipient: 'age1nobody' })],
    ['has one name twice', (policy) => withFactor(policy, 1, { name: 'sheet' })],
    ['has a name with control characters', (policy) => withFactor(policy, 1, { name: 'a\nb' })],
  ])('refuses one that %s', async (_, change) => {
    const { policy } = await makePolicy(secret, three, CHEAP)
    const changed = change(JSON.parse(JSON.stringify(policy)) as Loose)
    expect(() => parsePolicy(changed)).toThrowError(expect.objectContaining({ code: 'vault-damaged' }))
  })

  it('refuses a lock of the other kind, and one with an absurd cost, before anything is derived', async () => {
    const { policy } = await makePolicy(secret, three, CHEAP)
    const loose = JSON.parse(JSON.stringify(policy)) as Loose
    const toKey = await lockTo('x', computer.recipient)
    const toWords = await lockWithPassphrase('x', words, CHEAP)
    for (const changed of [withFactor(loose, 0, { lock: toKey }), withFactor(loose, 1, { lock: toWords })]) {
      expect(() => parsePolicy(changed)).toThrowError(expect.objectContaining({ code: 'vault-damaged' }))
    }
  })
})

interface Loose {
  readonly set: number
  readonly groups: readonly { readonly factors: readonly object[] }[]
}

function withGroup(policy: Loose, change: object): unknown {
  return { ...policy, groups: [{ ...policy.groups[0], ...change }] }
}

function withFactor(policy: Loose, index: number, change: object): unknown {
  const factors = policy.groups[0]?.factors.map((each, i) => (i === index ? { ...each, ...change } : each))
  return withGroup(policy, { factors })
}

async function contentOf(
  factor: unknown,
  key: { identity: string } | { passphrase: string },
): Promise<string> {
  const opened = await openLock((factor as { lock: string }).lock, key)
  return typeof opened === 'string' ? opened : opened.content
}
