import { describe, expect, test } from 'vitest'
import { run, runJson, useBuilt } from '../run.js'

// BIP-39 test vectors: 16 bytes of 7f; its parity words are in docs/parity-words.md.
const LEGAL = 'legal winner thank year wave sausage worth useful legal winner thank yellow'
const FOUR = 'crazy evolve toast switch'
const WORDS = /legal|winner|thank|\bwave|sausage|worth|useful|yellow|crazy|evolve|toast|switch/

const repair = (stdin: string, ...args: readonly string[]) =>
  runJson(['phrase', 'parity', '--repair', ...args], { stdin })

describe('cairn phrase parity', () => {
  useBuilt()

  test('prints as many words as asked for, with --reveal only', async () => {
    const made = await runJson(['phrase', 'parity', '--words', '4', '--reveal'], { stdin: LEGAL })
    expect(made).toEqual({ exit: 0, json: { parity: FOUR.split(' ') } })
    const two = await run(['phrase', 'parity', '--words', '2', '--reveal'], { stdin: LEGAL })
    expect([two.exit, two.out]).toEqual([0, 'crazy evolve\n'])
    expect(await runJson(['phrase', 'parity'], { stdin: LEGAL })).toMatchObject({
      exit: 5,
      json: { error: { code: 'reveal-needed' } },
    })
    expect((await run(['phrase', 'parity', '--words', '3'], { stdin: LEGAL })).exit).toBe(2)
  })

  test('says that the words alone are enough for a thief where they are', async () => {
    const eight = await run(['phrase', 'parity', '--words', '8', '--reveal'], { stdin: LEGAL })
    expect(eight.err).toContain('who finds only these 8 words has but 2^40 phrases to try')
    const four = await run(['phrase', 'parity', '--reveal'], { stdin: LEGAL })
    expect(four.err).not.toContain('2^')
  })

  test('makes none for a wrong phrase', async () => {
    const { exit, out } = await run(['phrase', 'parity', '--reveal', '--json'], {
      stdin: LEGAL.replace('yellow', 'year'),
    })
    expect([exit, JSON.parse(out)]).toMatchObject([3, { error: { code: 'phrase-checksum' } }])
  })
})

describe('cairn phrase parity --repair', () => {
  useBuilt()

  test('brings the phrase back and names the places', async () => {
    const torn = `? winner thank year wave zoo worth useful legal winner thank yellow + crazy evolve ? switch`
    expect(await repair(torn, '--reveal')).toEqual({
      exit: 0,
      json: {
        repaired: true,
        changes: [1, 6, 15],
        phrase: LEGAL,
        parity: FOUR.split(' '),
        lost: 2,
        wrong: 1,
        capacity: 4,
        one_in: 2341,
      },
    })
    expect(await repair(`${LEGAL} + ${FOUR}`, '--reveal')).toMatchObject({
      exit: 0,
      json: { repaired: true, changes: [], phrase: LEGAL },
    })
  })

  test('shows no word without --reveal', async () => {
    const torn = `${LEGAL.replace('wave', '?').replace('worth', 'wroth')} + ${FOUR}`
    for (const flags of [[], ['--json']]) {
      const { exit, out, err } = await run(['phrase', 'parity', '--repair', ...flags], { stdin: torn })
      expect(exit).toBe(0)
      expect(out + err).not.toMatch(WORDS)
      expect(out).toMatch(/5.*7/)
    }
  })

  test('refuses what is damaged more, with exit code 3', async () => {
    const torn = `${LEGAL.replace('legal winner thank year wave', '? ? ? ? ?')} + ${FOUR}`
    expect(await repair(torn, '--reveal')).toEqual({
      exit: 3,
      json: { repaired: false, changes: [], phrase: null, lost: 5, capacity: 4 },
    })
    const { out, err } = await run(['phrase', 'parity', '--repair'], { stdin: torn })
    expect(out).toContain('5 are lost here')
    expect(out + err).not.toMatch(WORDS)
  })

  test('warns where nothing but the checksum of the phrase is left', async () => {
    const torn = `${LEGAL.replace('legal winner thank year', '? ? ? ?')} + ${FOUR}`
    const { err } = await run(['phrase', 'parity', '--repair', '--reveal'], { stdin: torn })
    expect(err).toContain('compare an address')
  })

  test('says what it needs', async () => {
    expect(await repair(LEGAL)).toMatchObject({ exit: 2, json: { error: { code: 'parity-format' } } })
  })
})

describe('cairn phrase last', () => {
  useBuilt()
  const ELEVEN = LEGAL.replace(' yellow', '')

  test('lists the words that can end a phrase', async () => {
    const { exit, json } = await runJson(['phrase', 'last', '--reveal'], { stdin: ELEVEN })
    expect([exit, json]).toMatchObject([0, { language: 'english', words: 12 }])
    const { last } = json as { last: readonly string[] }
    expect(last).toHaveLength(128)
    expect(last).toContain('yellow')
    const { out } = await run(['phrase', 'last', '--reveal'], { stdin: ELEVEN })
    expect(out.trim().split('\n')).toEqual(last)
  })

  test('needs --reveal, and a phrase that lacks one word', async () => {
    expect((await run(['phrase', 'last'], { stdin: ELEVEN })).exit).toBe(5)
    expect(await runJson(['phrase', 'last', '--reveal'], { stdin: LEGAL })).toMatchObject({
      exit: 3,
      json: { error: { code: 'word-count' } },
    })
  })
})
