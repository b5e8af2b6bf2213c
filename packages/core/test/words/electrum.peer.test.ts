import { hex } from '@cairn/core/bytes.js'
import { LISTS } from '@cairn/core/words/bip39/lists.js'
import { normalizeText } from '@cairn/core/words/electrum/normalize.js'
import { check, seedType, toSeedUnchecked } from '@cairn/core/words/electrum.js'
import { WORDS } from '@cairn/core/words/electrum-old/words.js'
import { check as checkOld, toHexSeed } from '@cairn/core/words/electrum-old.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { electrumSeeds, makeSeeds, type SeedAnswer, seedsOf } from '../../../../test/peers/electrum-seeds.js'
import { present } from '../../../../test/peers/peer.js'
import { wild } from './letters.js'

const listed = fc
  .tuple(
    fc.constantFrom(LISTS.english, LISTS.spanish, LISTS.japanese, LISTS.chinese_simplified, WORDS),
    fc.nat(),
  )
  .chain(([list]) => fc.array(fc.constantFrom(...list), { minLength: 10, maxLength: 25 }))
  .map((words) => words.join(' '))
const digits = fc.constantFrom(...'0123456789abcdef')
const hexadecimal = fc.string({ unit: digits, minLength: 30, maxLength: 66 })
const seeds = fc.oneof(wild, listed, hexadecimal)

describe.runIf(await present(electrumSeeds))('the same answer as Electrum', () => {
  test('for the form, the type, the BIP-32 seed and the old seed of 400 texts', async () => {
    const jobs = fc.sample(fc.record({ seed: seeds, passphrase: wild }), { seed: 2014, numRuns: 400 })
    const answers = await seedsOf(jobs)
    const ours = jobs.map(({ seed, passphrase }): SeedAnswer => {
      const old = checkOld(seed).valid
      return {
        normal: normalizeText(seed),
        type: old ? 'old' : (seedType(seed) ?? ''),
        bip32: hex(toSeedUnchecked(seed, passphrase)),
        old: old ? toHexSeed(seed) : null,
      }
    })
    expect(answers.map((answer) => ('value' in answer ? answer.value : answer))).toEqual(ours)
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
