import { beforeAll, describe, expect, it } from 'vitest'
import { fail } from '../../src/errors.js'
import { identityWith, newIdentity } from '../../src/vault/identity.js'
import { lockTo, openLock } from '../../src/vault/lock.js'
import {
  anyOf,
  type Factor,
  type FactorPlan,
  makePolicy,
  type Policy,
  type PolicyPlan,
} from '../../src/vault/policy.js'
import { type Given, opensFactor, unlock } from '../../src/vault/unlock.js'
import { combine } from '../../src/words/slip39.js'
import { factorPlans, quorumFigure, type Rig, rig, setsOf, tryAll, type Unlock } from './unlock.suite.js'

const CHEAP = { logN: 2 }
const secret = Uint8Array.from({ length: 32 }, (_, i) => 255 - i)
const { recipient } = identityWith(secret)
const computer = newIdentity()
const passphrase = 'correct horse battery staple'
const plan = anyOf(2, [
  { kind: 'passphrase', name: 'passphrase', passphrase },
  { kind: 'computer', name: 'this computer', recipient: computer.recipient },
  { kind: 'sheet', name: 'sheet' },
])

describe('unlocking', () => {
  let policy: Policy
  let sheet: string
  beforeAll(async () => {
    const made = await makePolicy(secret, plan, CHEAP)
    policy = made.policy
    sheet = made.sheets[0]?.words ?? ''
  })
  /** One time in 32,768 two sets have the same number; then the digest tells them apart. */
  async function anotherSet(of: Uint8Array): ReturnType<typeof makePolicy> {
    const made = await makePolicy(of, plan, CHEAP)
    return made.policy.set === policy.set ? anotherSet(of) : made
  }
  const attempt = (given: Given) => unlock(policy, given, recipient)

  it('takes any two of three, or all of them, or one twice', async () => {
    const identities = [computer.identity]
    for (const given of [
      { passphrases: [passphrase], identities },
      { passphrases: [passphrase], sheets: [sheet] },
      { identities, sheets: [sheet] },
      { passphrases: [passphrase], identities, sheets: [sheet, sheet.toUpperCase()] },
    ]) {
      expect(await attempt(given)).toEqual(secret)
    }
  })

  it('tries one factor by itself, and only that', async () => {
    const tries = (name: string, key: Parameters<typeof opensFactor>[2]) => opensFactor(policy, name, key)
    expect(await tries('passphrase', { passphrase })).toBe(true)
    expect(await tries('passphrase', { passphrase: `${passphrase}!` })).toBe(false)
    expect(await tries('sheet', { sheet })).toBe(true)
    expect(await tries('sheet', { passphrase })).toBe(false)
    expect(await tries('this computer', { sheet })).toBe(false)
    expect(await tries('nobody', { passphrase })).toBe(false)
    const other = (await anotherSet(secret)).sheets[0]?.words ?? ''
    expect(await tries('sheet', { sheet: other })).toBe(false)
    await expect(tries('sheet', { sheet: sheet.slice(8) })).rejects.toMatchObject({ name: 'CairnError' })
  })

  it('says what is still possible when there are too few', async () => {
    await expect(attempt({})).rejects.toMatchObject({
      code: 'factors-missing',
      details: { have: 0, need: 2, possible: 'any 2 of: passphrase, this computer, sheet' },
    })
    await expect(attempt({ sheets: [sheet, sheet] })).rejects.toMatchObject({
      code: 'factors-missing',
      details: { have: 1, need: 2, possible: 'any 1 of: passphrase, this computer' },
    })
  })

  it('says that a passphrase is wrong, even when the others would do', async () => {
    const given = {
      passphrases: ['correct horse battery stable'],
      identities: [computer.identity],
      sheets: [sheet],
    }
    await expect(attempt(given)).rejects.toMatchObject({ code: 'factor-passphrase' })
    await expect(attempt({ passphrases: [passphrase, passphrase] })).rejects.toMatchObject({
      code: 'factor-passphrase',
    })
  })

  it('says that a key is of no factor', async () => {
    await expect(attempt({ identities: [newIdentity().identity], sheets: [sheet] })).rejects.toMatchObject({
      code: 'factor-key',
      details: { factor: 'this computer' },
    })
    await expect(attempt({ identities: ['AGE-SECRET-KEY-1'] })).rejects.toMatchObject({ code: 'key-invalid' })
  })

  it('says that a sheet is of another vault, or of an older policy of this one', async () => {
    for (const other of [secret, secret.map((byte) => byte ^ 1)]) {
      const { sheets } = await anotherSet(other)
      await expect(
        attempt({ sheets: [sheets[0]?.words ?? ''], identities: [computer.identity] }),
      ).rejects.toMatchObject({ code: 'factor-sheet' })
    }
  })

  it('says which word of a sheet is wrong, and never what it should be', async () => {
    const [first = '', ...rest] = sheet.split(' ')
    const miswritten = [...rest, first].join(' ')
    await expect(attempt({ sheets: [miswritten] })).rejects.toMatchObject({ code: 'share-checksum' })
    await expect(attempt({ sheets: [`${sheet} zebra`] })).rejects.toMatchObject({ code: 'share-length' })
    const unknown = ['zebra', ...rest].join(' ')
    await expect(attempt({ sheets: [unknown] })).rejects.toMatchObject({
      code: 'share-word-unknown',
      details: { share: 1, position: 1 },
    })
  })

  it('takes the share of a person who opened the lock with age elsewhere', async () => {
    const person = newIdentity()
    const plans = anyOf(2, [
      { kind: 'person', name: 'Anna', recipient: person.recipient },
      { kind: 'sheet', name: 'sheet' },
    ])
    const made = await makePolicy(secret, plans, CHEAP)
    const [anna] = factorsOf(made.policy)
    const opened = await openLock((anna as { lock: string }).lock, person)
    const words = typeof opened === 'string' ? opened : opened.content
    const sheets = [words, ...made.sheets.map((each) => each.words)]
    expect(await unlock(made.policy, { sheets }, recipient)).toEqual(secret)
  })

  it('notices shares that fit together and open another vault', async () => {
    const given = { passphrases: [passphrase], sheets: [sheet] }
    await expect(unlock(policy, given, newIdentity().recipient)).rejects.toMatchObject({
      code: 'vault-forged',
    })
  })

  it('notices a lock whose content was exchanged', async () => {
    const given = { passphrases: [passphrase], identities: [computer.identity] }
    for (const content of ['', 'no words', sheet]) {
      const forged = withLock(policy, await lockTo(content, computer.recipient))
      await expect(unlock(forged, given, recipient)).rejects.toMatchObject({ code: 'vault-damaged' })
    }
  })

  it('notices a lock that was exchanged for one to another key', async () => {
    const forged = withLock(policy, await lockTo(sheet, newIdentity().recipient))
    await expect(unlock(forged, { identities: [computer.identity] }, recipient)).rejects.toMatchObject({
      code: 'vault-damaged',
    })
  })
})

describe('every set of factors', () => {
  const family: PolicyPlan = {
    need: 2,
    groups: [
      { name: 'family', need: 2, factors: factorPlans(3) },
      { name: 'heirs', need: 1, factors: sheets('heir 1', 'heir 2') },
      { name: 'safe', need: 1, factors: sheets('safe') },
    ],
  }

  it('opens as a quorum and is refused one short, for all T of N up to 4', async () => {
    const tally = await quorumFigure({ most: 4 })
    expect(tally).toEqual({ quorums: 16, opened: 16, short: 22, refused: 22 })
  })

  it('opens or is refused as the two levels say, all 64 of one policy', async () => {
    const each = await rig(family)
    const tally = await tryAll(each, everySet(6), unlock)
    expect(tally.quorums + tally.short).toBe(64)
    expect([tally.opened, tally.refused]).toEqual([tally.quorums, tally.short])
  })

  it('catches a twin that opens one short, and one that does not open', async () => {
    const each: Rig = await rig(anyOf(2, factorPlans(3)))
    const generous: Unlock = async () => each.secret
    const mean: Unlock = async () => fail('factors-missing', { have: 0, need: 0, possible: '' })
    const careless: Unlock = async (_, given) => combine(given.sheets ?? [])
    expect((await tryAll(each, everySet(3), generous)).refused).toBe(0)
    expect((await tryAll(each, everySet(3), mean)).opened).toBe(0)
    expect((await tryAll(each, everySet(3), careless)).opened).toBe(0)
  })
})

/** The policy with another lock for its computer. */
function withLock(policy: Policy, lock: string): Policy {
  const factors = factorsOf(policy).map((each) => (each.kind === 'computer' ? { ...each, lock } : each))
  return { ...policy, groups: policy.groups.map((group) => ({ ...group, factors })) }
}

function factorsOf(policy: Policy): readonly Factor[] {
  return policy.groups.flatMap((group) => group.factors)
}

function sheets(...names: readonly string[]): readonly FactorPlan[] {
  return names.map((name) => ({ kind: 'sheet', name }))
}

function everySet(count: number): readonly (readonly number[])[] {
  return Array.from({ length: count + 1 }, (_, size) => [...setsOf(count, size)]).flat()
}
