import { describe, expect, test } from 'vitest'
import { run, runJson, useBuilt } from '../run.js'

// Coldcard, docs/seed-xor.md: three parts of 24 words and the phrase they are of.
const PARTS = [
  'romance wink lottery autumn shop bring dawn tongue range crater truth ability miss spice fitness easy legal release recall obey exchange recycle dragon room',
  'lion misery divide hurry latin fluid camp advance illegal lab pyramid unaware eager fringe sick camera series noodle toy crowd jeans select depth lounge',
  'vault nominee cradle silk own frown throw leg cactus recall talent worry gadget surface shy planet purpose coffee drip few seven term squeeze educate',
]
const PHRASE =
  'silent toe meat possible chair blossom wait occur this worth option bag nurse find fish scene bench asthma bike wage world quit primary indoor'
const LEGAL = 'legal winner thank year wave sausage worth useful legal winner thank yellow'

describe('Seed XOR', () => {
  useBuilt()

  test('brings the phrase back from all parts, with the fingerprint of its wallet', async () => {
    const args = ['share', 'combine', '--as', 'bip39', '--reveal']
    const { exit, json } = await runJson(args, { stdin: PARTS.join('\n') })
    expect([exit, json]).toEqual([
      0,
      {
        scheme: 'seedxor',
        secret: expect.stringMatching(/^[0-9a-f]{64}$/),
        phrase: PHRASE,
        fingerprint: expect.stringMatching(/^[0-9a-f]{8}$/),
      },
    ])
    const { err } = await run(args, { stdin: PARTS.join('\n') })
    expect(err).toContain((json as { fingerprint: string }).fingerprint)
    expect(err).toContain('gives another secret and no error: compare it.')
  })

  test('cannot tell that a part is missing, and gives another fingerprint', async () => {
    const combine = (lines: readonly string[]) =>
      runJson(['share', 'combine', '--reveal'], { stdin: lines.join('\n') })
    const [all, some] = [await combine(PARTS), await combine(PARTS.slice(1))]
    expect([all.exit, some.exit]).toEqual([0, 0])
    const fingerprint = ({ json }: { json: unknown }) => (json as { fingerprint: string }).fingerprint
    expect(fingerprint(all)).not.toBe(fingerprint(some))
    expect(await combine(PARTS.slice(2))).toMatchObject({
      exit: 5,
      json: { error: { code: 'share-missing' } },
    })
    expect(await combine([...PARTS, LEGAL])).toMatchObject({
      exit: 7,
      json: { error: { code: 'seedxor-lengths' } },
    })
  })

  test('splits a phrase into phrases', async () => {
    const args = ['share', 'split', '--scheme', 'seedxor', '--of', '3', '--reveal']
    const { exit, out } = await run(args, { stdin: LEGAL })
    const parts = out.trim().split('\n')
    expect([exit, parts.length]).toEqual([0, 3])
    for (const part of parts)
      expect(await runJson(['phrase', 'check'], { stdin: part })).toMatchObject({
        json: { valid: true, kind: 'bip39' },
      })
    const back = await run(['share', 'combine', '--as', 'bip39', '--reveal'], { stdin: out })
    expect(back.out).toBe(`${LEGAL}\n`)
  })

  test('has no threshold', async () => {
    const args = ['share', 'split', '--scheme', 'seedxor', '--need', '2', '--of', '3', '--reveal']
    expect(await runJson(args, { stdin: LEGAL })).toMatchObject({
      exit: 2,
      json: { error: { code: 'share-plan' } },
    })
  })

  test('a part says nothing of the others', async () => {
    const { exit, out, err } = await run(['share', 'check'], { stdin: PARTS[0] ?? '' })
    expect(exit).toBe(0)
    expect(out).toContain('it does not tell of which set it is')
    expect(err).toContain('that it is one, only its owner knows')
  })

  test('is made anew, and the person is told what the old parts still open', async () => {
    const args = ['share', 'refresh', '--of', '2', '--reveal']
    const { exit, out, err } = await run(args, { stdin: PARTS.join('\n') })
    expect(exit).toBe(0)
    expect(err).toContain('The old parts together still open the same secret')
    const back = await run(['share', 'combine', '--as', 'bip39', '--reveal'], { stdin: out })
    expect(back.out).toBe(`${PHRASE}\n`)
  })
})
