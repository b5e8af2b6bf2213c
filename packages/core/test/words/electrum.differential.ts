/** Form, type and seeds of random texts, here and by Electrum's own modules. */
import { hex } from '@cairn/core/bytes.js'
import { LISTS } from '@cairn/core/words/bip39/lists.js'
import { normalizeText } from '@cairn/core/words/electrum/normalize.js'
import { seedType, toSeedUnchecked } from '@cairn/core/words/electrum.js'
import { WORDS } from '@cairn/core/words/electrum-old/words.js'
import { check as checkOld, toHexSeed } from '@cairn/core/words/electrum-old.js'
import fc from 'fast-check'
import { type SeedAnswer, type SeedJob, seedsOf } from '../../../../test/peers/electrum-seeds.js'
import type { Differential } from './bip39.differential.js'
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
const questions = fc.record({ seed: fc.oneof(wild, listed, hexadecimal), passphrase: wild })

export function ours({ seed, passphrase }: SeedJob): SeedAnswer {
  const old = checkOld(seed).valid
  return {
    normal: normalizeText(seed),
    type: old ? 'old' : (seedType(seed) ?? ''),
    bip32: hex(toSeedUnchecked(seed, passphrase)),
    old: old ? toHexSeed(seed) : null,
  }
}

/** `answer` is ours, or a twin that must be caught. */
export async function electrumDifferential(count: number, answer = ours): Promise<Differential> {
  const jobs = fc.sample(questions, { seed: 2014, numRuns: count })
  const answers = await seedsOf(jobs)
  const mismatches = jobs.flatMap((job, i) => {
    const their = answers[i]
    const theirs = their && 'value' in their ? their.value : null
    const own = answer(job)
    const fields = ['normal', 'type', 'bip32', 'old'] as const
    return theirs && fields.every((field) => theirs[field] === own[field]) ? [] : [i]
  })
  return { tried: jobs.length, mismatches }
}
