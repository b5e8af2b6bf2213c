/** Figures of BIP-93 and python-codex32, read from beside the checkout. */
import { readFileSync } from 'node:fs'
import { hex, unhex } from '@cairn/core/bytes.js'
import { isCairnError } from '@cairn/core/errors.js'
import { fingerprint, fromSeed } from '@cairn/core/keys/bip32.js'
import { checkShare, combine, correct, deriveShare, encode, parse } from '@cairn/core/words/codex32.js'
import { describe, expect, test } from 'vitest'
import { corpus } from '../../../../test/corpus.js'
import { refusal } from '../refusal.js'

interface Case {
  readonly id: string
  readonly valid: boolean
  readonly string?: string
  readonly strings?: Readonly<Record<string, string>>
  readonly threshold?: number
  readonly derived?: readonly string[]
  readonly seed?: string
  readonly alternative_secrets_same_seed?: readonly string[]
  readonly master_fingerprint?: string
  readonly damaged?: string
  readonly expected?: string | null
  readonly operation?: 'parse' | 'interpolation' | 'correction'
  readonly text?: string
  readonly artifacts?: readonly string[]
}

const folder = corpus('codex32')

function cases(file: string): readonly Case[] {
  if (!folder) return []
  return (JSON.parse(readFileSync(`${folder}/${file}.json`, 'utf8')) as { cases: Case[] }).cases
}

describe.runIf(folder)('the vectors of BIP-93 beside the checkout', () => {
  const all = cases('bip93-vectors')

  test.each(all.filter(({ valid }) => valid))('$id', (it) => {
    const strings = Object.entries(it.strings ?? {})
    const given = strings.filter(([index]) => index !== 's' && !it.derived?.includes(index))
    const secrets = [it.strings?.s, ...(it.alternative_secrets_same_seed ?? [])]
    for (const secret of secrets) expect(hex(combine([secret as string]))).toBe(it.seed)
    if (given.length < Math.max(1, it.threshold ?? 0)) return
    const shares = given.map(([, text]) => text)
    expect(hex(combine(shares))).toBe(it.seed)
    for (const index of it.derived?.filter((one) => one !== 's') ?? [])
      expect(
        deriveShare(
          shares.map((text) => parse(text)),
          index,
        ),
      ).toBe(it.strings?.[index]?.toLowerCase())
  })

  test.each(all.filter(({ valid }) => !valid))('$id', (it) => {
    expect(refusal(() => parse(it.string as string)).code).toMatch(/^codex32-/)
    expect(checkShare(it.string as string).valid).toBe(false)
  })
})

describe.runIf(folder)('the strings of python-codex32', () => {
  // The valid ones have the prefixes of other applications, which are no seeds.
  test.each(cases('python-codex32'))('$id is no seed', (it) => {
    expect(refusal(() => parse(it.string as string)).code).toMatch(/^codex32-|^phrase-too-long$/)
  })

  test.each(cases('malformed-inputs'))('$id', ({ operation, text = '', artifacts = [] }) => {
    if (operation === 'correction') expect(refusedOrNothing(text)).toBe(true)
    else expect(refusal(() => combine(operation === 'parse' ? [text] : artifacts)).kind).toBeDefined()
  })

  test.each(cases('fingerprints'))('$id', ({ seed = '', master_fingerprint }) => {
    expect(fingerprint(fromSeed(combine([encode(unhex(seed), 'test')])))).toBe(master_fingerprint)
  })

  test.each(cases('error-correction'))('$id', ({ damaged = '', expected = null }) => {
    expect(correct(damaged)?.text ?? null).toBe(expected)
  })
})

function refusedOrNothing(text: string): boolean {
  try {
    return correct(text) === null
  } catch (error) {
    return isCairnError(error, 'codex32-prefix', 'codex32-length')
  }
}
