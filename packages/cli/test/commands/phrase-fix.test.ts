import { describe, expect, test } from 'vitest'
import { run, runJson, useBuilt } from '../run.js'

// BIP-39 test vectors: 16 bytes of 7f.
const LEGAL = 'legal winner thank year wave sausage worth useful legal winner thank yellow'
const FIRST = 'legal winner thank year wave sausage worth'
const PANDA =
  'panda eyebrow bullet gorilla call smoke muffin taste mesh discover soft ostrich alcohol speed nation flash devote level hobby quick inner drive ghost inside'
const ABANDON = `${'abandon '.repeat(11)}about`
/** BIP-84, section "Test vectors": account 0, first receiving address, of ABANDON. */
const ADDRESS = 'bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu'
const WORDS = /legal|winner|thank|\bwav|sausage|worth|useful|yellow|panda|eyebrow|eyebow|bullet/

const fix = (stdin: string, ...args: readonly string[]) => runJson(['phrase', 'fix', ...args], { stdin })

describe('cairn phrase fix', () => {
  useBuilt()

  test('proposes phrases, the most likely first, with --reveal only', async () => {
    const typed = PANDA.replace('eyebrow', 'eyebow')
    const { exit, json } = await fix(typed, '--reveal')
    expect([exit, json]).toMatchObject([0, { truncated: true }])
    expect((json as { candidates: readonly unknown[] }).candidates[0]).toEqual({
      kind: 'bip39',
      language: 'english',
      slip: 'spelling',
      changes: [{ position: 2, to: 'eyebrow' }],
      valid: true,
      phrase: PANDA,
    })
    const counted = await fix(typed)
    expect(counted.json).toEqual({
      candidates: expect.any(Number),
      truncated: true,
      slips: expect.objectContaining({ spelling: expect.any(Number) }),
    })
  })

  test('finds the phrase of a known address, and of a known fingerprint', async () => {
    const wrong = ABANDON.replace(/abandon about$/, 'zoo about')
    const found = {
      candidates: [{ phrase: ABANDON, changes: [{ position: 11, to: 'abandon' }] }],
      truncated: false,
    }
    expect(await fix(wrong, '--fingerprint', '73c5da0a', '--reveal')).toMatchObject({ exit: 0, json: found })
    const misspelt = ABANDON.replace(/abandon about$/, 'abadnon about')
    expect(await fix(misspelt, '--address', ADDRESS, '--reveal')).toMatchObject({ exit: 0, json: found })
  })

  test('says what is not found, with exit code 8, and what a search would take', async () => {
    const { exit, out, err } = await run(['phrase', 'fix'], { stdin: `${FIRST} ? ? winner thank yellow` })
    expect([exit, out]).toEqual([8, expect.stringContaining('not found')])
    expect(err).toMatch(/cairn search phrase .*\(this version does not have it yet\)/)
    expect(err).toMatch(
      /262,144 phrases .* a second, as this computer does now, about \d+ (second|minute|hour|day)/,
    )
    const elsewhere = await fix(
      PANDA.replace('eyebrow', 'eyebow'),
      '--kind',
      'bip39',
      '--fingerprint',
      'deadbeef',
    )
    expect(elsewhere).toEqual({ exit: 8, json: { candidates: 0, truncated: true, slips: {} } })
  }, 240_000)

  test('shows no word without --reveal', async () => {
    for (const typed of [LEGAL, LEGAL.replace('wave', 'wavw'), PANDA.replace('eyebrow ', ''), `${FIRST} zoo`])
      for (const flags of [[], ['--json']]) {
        const { out, err } = await run(['phrase', 'fix', ...flags], { stdin: typed })
        expect(out + err).not.toMatch(WORDS)
      }
  })

  test('says that a right phrase is right', async () => {
    const { exit, out } = await run(['phrase', 'fix'], { stdin: LEGAL })
    expect([exit, out]).toEqual([0, 'right: BIP-39 phrase, with nothing to repair\n'])
  })

  test('proposes words of a share, and corrects none', async () => {
    // SLIP-0039 test vectors, number 1, without its ninth word.
    const share =
      'duckling enlarge academic academic agency result length solution kidney coal piece deal husband erode duke ajar critical decision keyboard'
    const { out, err } = await run(['phrase', 'fix'], { stdin: share })
    expect(out).toContain('(a proposal only)')
    expect(err).toContain('a share that was guessed can be one of another secret')
    expect((await fix(share, '--kind', 'slip39', '--address', ADDRESS)).exit).toBe(2)
  })

  test('refuses what cannot be compared', async () => {
    expect((await fix(LEGAL, '--address', 'bc1qnothing')).json).toMatchObject({
      error: { code: 'address-invalid' },
    })
    expect((await fix(LEGAL, '--fingerprint', 'x')).exit).toBe(2)
    expect((await fix(`${LEGAL} + crazy evolve`)).json).toMatchObject({ error: { code: 'usage' } })
  })
})
