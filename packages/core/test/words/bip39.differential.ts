/** Phrase and seed of random entropies, here and by the reference of BIP-39. */
import { hex, unhex } from '@cairn/core/bytes.js'
import { fromEntropy, toSeed } from '@cairn/core/words/bip39.js'
import fc from 'fast-check'
import { encodeAll } from '../../../../test/peers/bip39-reference.js'
import { wild } from './letters.js'

export interface Differential {
  readonly tried: number
  /** Cases, by their number, in which the two do not agree. */
  readonly mismatches: readonly number[]
}

type Seed = (phrase: string, passphrase: string) => Uint8Array

const languages = fc.constantFrom(
  ...(['chinese_simplified', 'chinese_traditional', 'english', 'french'] as const),
  ...(['italian', 'japanese', 'korean', 'spanish'] as const),
)
const entropies = fc
  .constantFrom(16, 20, 24, 28, 32)
  .chain((n) => fc.uint8Array({ minLength: n, maxLength: n }))
  .map(hex)
const questions = fc.record({ language: languages, entropy: entropies, passphrase: wild })

/** python-mnemonic 0.19 reads its French list with a byte order mark before the first word: another seed. */
const marked = ({ language, phrase }: { language: string; phrase: string }) =>
  language === 'french' && phrase.includes('abaisser')

/** `seedOf` is ours, or a twin that must be caught. */
export async function bip39Differential(count: number, seedOf: Seed = toSeed): Promise<Differential> {
  const jobs = fc
    .sample(questions, { seed: 39, numRuns: count })
    .map((job) => ({ ...job, phrase: fromEntropy(unhex(job.entropy), job.language) }))
    .filter((job) => !marked(job))
  const answers = await encodeAll(jobs)
  const mismatches = jobs.flatMap(({ phrase, passphrase }, i) => {
    const answer = answers[i]
    const theirs = answer && 'value' in answer ? answer.value : null
    const same =
      theirs?.phrase.normalize('NFKD') === phrase.normalize('NFKD') &&
      theirs.seed === hex(seedOf(phrase, passphrase))
    return same ? [] : [i]
  })
  return { tried: jobs.length, mismatches }
}
