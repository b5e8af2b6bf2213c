import { describe, expect, it } from 'vitest'
import { guessable, opensAlone, opensWithOneComputer, SAFE_BITS } from '../../src/vault/exposure.js'
import { guessingWords } from '../../src/vault/guessing.js'
import { MADE_BITS } from '../../src/vault/passphrase.js'
import type { Shape } from '../../src/vault/quorum.js'

const usual: Shape = {
  need: 1,
  groups: [
    {
      name: 'factors',
      need: 2,
      factors: [
        { kind: 'passphrase', name: 'passphrase' },
        { kind: 'computer', name: 'computer' },
        { kind: 'sheet', name: 'sheet' },
      ],
    },
  ],
}

const THREE = usual.groups[0]?.factors ?? []

describe('one stolen thing', () => {
  it('opens nothing beside a passphrase that Cairn made', () => {
    expect(opensAlone(usual, { passphrase: MADE_BITS })).toEqual([])
    expect(guessable(usual, { passphrase: SAFE_BITS })).toEqual([])
  })

  it('opens the vault when the passphrase can be guessed, or when nobody knows', () => {
    expect(opensAlone(usual, { passphrase: SAFE_BITS - 1 })).toEqual(['computer', 'sheet'])
    expect(opensAlone(usual, {})).toEqual(['computer', 'sheet'])
  })

  it('opens nothing when two others are needed', () => {
    const [group] = usual.groups as [Shape['groups'][number]]
    expect(opensAlone({ need: 1, groups: [{ ...group, need: 3 }] }, {})).toEqual([])
    const grouped: Shape = {
      need: 2,
      groups: [
        { name: 'mine', need: 1, factors: [{ kind: 'passphrase', name: 'passphrase' }] },
        {
          name: 'family',
          need: 2,
          factors: ['a', 'b', 'c'].map((name) => ({ kind: 'sheet', name })),
        },
      ],
    }
    expect(opensAlone(grouped, {})).toEqual([])
    const loose = grouped.groups.map((each) => ({ ...each, need: 1 }))
    expect(opensAlone({ need: 2, groups: loose }, {})).toEqual(['a', 'b', 'c'])
  })

  it('opens nothing as a provider that has one synced passkey, and the vault as one that may have two', () => {
    const passkey = (name: string, synced: boolean) => ({ kind: 'passkey', name, synced }) as const
    const [sheet, plugin] = [
      { kind: 'sheet', name: 'sheet' },
      { kind: 'plugin', name: 'token' },
    ] as const
    const anyTwo = (...factors: Shape['groups'][number]['factors']): Shape => ({
      need: 1,
      groups: [{ name: 'factors', need: 2, factors }],
    })
    expect(opensAlone(anyTwo(passkey('phone', true), sheet, plugin), {})).toEqual([])
    expect(opensAlone(anyTwo(passkey('phone', true), passkey('key', false), sheet), {})).toEqual([])
    expect(opensAlone(anyTwo(passkey('phone', true), passkey('laptop', true), sheet), {})).toEqual([
      'phone and laptop',
    ])
    const typed = { kind: 'passphrase', name: 'passphrase' } as const
    expect(opensAlone(anyTwo(typed, passkey('phone', true), plugin), {})).toEqual(['token', 'phone'])
    expect(opensAlone(anyTwo(typed, passkey('phone', true), plugin), { passphrase: MADE_BITS })).toEqual([])
  })

  it('opens the vault as a computer with its key and a TPM that asks for no PIN', () => {
    const policy = (pin: boolean, need = 2): Shape => ({
      need: 1,
      groups: [{ name: 'factors', need, factors: [...THREE, { kind: 'tpm', name: 'chip', pin }] }],
    })
    expect(opensWithOneComputer(policy(false))).toEqual(['computer and chip'])
    expect(opensWithOneComputer(policy(true))).toEqual([])
    expect(opensWithOneComputer(policy(false, 3))).toEqual([])
    expect(opensAlone(policy(false), { passphrase: MADE_BITS })).toEqual(['computer and chip'])
    expect(opensAlone(policy(false), {})).toEqual(['computer', 'sheet', 'chip'])
    expect(opensAlone(policy(false, 3), {})).toEqual(['computer and chip'])
    expect(opensAlone(policy(true, 3), {})).toEqual([])
  })

  it('has a limit that lasts', () => {
    expect(guessingWords(SAFE_BITS, 18)).toMatch(
      /^more than a million years .*, 1,000 years for ten thousand$/,
    )
  })
})
