import { check } from '@cairn/core/words/electrum.js'
import { describe, expect, test } from 'vitest'
import { electrumSeeds, makeSeeds, type SeedJob } from '../../../../test/peers/electrum-seeds.js'
import { present } from '../../../../test/peers/peer.js'
import { electrumDifferential, ours } from './electrum.differential.js'

describe.runIf(await present(electrumSeeds))('the same answer as Electrum', () => {
  test('for the form, the type, the BIP-32 seed and the old seed of 150 texts', async () => {
    expect(await electrumDifferential(150)).toEqual({ tried: 150, mismatches: [] })
  }, 120_000)

  test('catches a twin that keeps accents', async () => {
    const twin = (job: SeedJob) => ({ ...ours(job), normal: job.seed.normalize('NFKD').toLowerCase() })
    expect((await electrumDifferential(60, twin)).mismatches.length).toBeGreaterThan(0)
  }, 120_000)

  test('for seeds that it has just made, in each of its languages', async () => {
    const languages = ['en', 'es', 'ja', 'zh'] as const
    const types = ['standard', 'segwit'] as const
    const jobs = languages.flatMap((language) => types.map((type) => ({ language, type })))
    const answers = await makeSeeds(jobs)
    const found = answers.map((answer) => check('value' in answer ? answer.value : ''))
    expect(found.map(({ valid, language, seedType: type }) => [valid, language, type])).toEqual(
      ['english', 'spanish', 'japanese', 'chinese_simplified'].flatMap((language) =>
        types.map((type) => [true, language, type]),
      ),
    )
  }, 120_000)

  test('a Portuguese seed is known by its version alone', async () => {
    const [answer] = await makeSeeds([{ language: 'pt', type: 'segwit' }])
    const seed = answer && 'value' in answer ? answer.value : ''
    expect(check(seed)).toMatchObject({ valid: true, seedType: 'segwit', language: null })
  }, 120_000)
})
