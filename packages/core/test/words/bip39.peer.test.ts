import { hex, unhex } from '@cairn/core/bytes.js'
import { isCairnError } from '@cairn/core/errors.js'
import { LISTS } from '@cairn/core/words/bip39/lists.js'
import { fromEntropy, toEntropy, toSeed } from '@cairn/core/words/bip39.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bip39Reference, decodeAll, encodeAll } from '../../../../test/peers/bip39-reference.js'
import { present } from '../../../../test/peers/peer.js'
import { slips } from '../slips.js'
import { wild } from './letters.js'

const languages = fc.constantFrom(
  ...(['chinese_simplified', 'chinese_traditional', 'english', 'french'] as const),
  ...(['italian', 'japanese', 'korean', 'spanish'] as const),
)
const entropies = fc
  .constantFrom(16, 20, 24, 28, 32)
  .chain((n) => fc.uint8Array({ minLength: n, maxLength: n }))
  .map(hex)

/** python-mnemonic 0.19 reads its French list with a byte order mark before the first word: another seed. */
const marked = ({ language, phrase }: { language: string; phrase: string }) =>
  language === 'french' && phrase.includes('abaisser')

describe.runIf(await present(bip39Reference))('the same answer as the reference of BIP-39', () => {
  test('for the phrase and the seed of 400 entropies', async () => {
    const questions = fc.record({ language: languages, entropy: entropies, passphrase: wild })
    const jobs = fc
      .sample(questions, { seed: 39, numRuns: 400 })
      .map((job) => ({ ...job, phrase: fromEntropy(unhex(job.entropy), job.language) }))
      .filter((job) => !marked(job))
    const answers = await encodeAll(jobs)
    const theirs = answers.map((answer) =>
      'value' in answer ? [answer.value.phrase.normalize('NFKD'), answer.value.seed] : answer,
    )
    expect(theirs).toEqual(
      jobs.map(({ phrase, passphrase }) => [phrase.normalize('NFKD'), hex(toSeed(phrase, passphrase))]),
    )
  }, 120_000)

  test('for 500 English phrases with slips of the pen', async () => {
    const words = fromEntropy(unhex('c10ec20dc3cd9f652c7fac2f1230f7a3')).split(' ')
    const texts = fc.sample(slips(words, LISTS.english), { seed: 39, numRuns: 500 })
    const jobs = texts.map((text) => ({ language: 'english', phrase: text.join(' ') }) as const)
    const answers = await decodeAll(jobs)
    const theirs = answers.map((answer) => ('value' in answer ? answer.value : null))
    expect(jobs.map(({ phrase }) => ours(phrase))).toEqual(theirs)
    expect(theirs.filter((entropy) => entropy !== null).length).toBeGreaterThan(0)
  }, 120_000)
})

function ours(phrase: string): string | null {
  try {
    return hex(toEntropy(phrase, 'english'))
  } catch (error) {
    if (!isCairnError(error)) throw error
    return null
  }
}
