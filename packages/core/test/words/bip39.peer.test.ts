import { hex, unhex, utf8 } from '@cairn/core/bytes.js'
import { isCairnError } from '@cairn/core/errors.js'
import { LISTS } from '@cairn/core/words/bip39/lists.js'
import { fromEntropy, toEntropy } from '@cairn/core/words/bip39.js'
import { pbkdf2 } from '@noble/hashes/pbkdf2.js'
import { sha512 } from '@noble/hashes/sha2.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bip39Reference, decodeAll } from '../../../../test/peers/bip39-reference.js'
import { present } from '../../../../test/peers/peer.js'
import { slips } from '../slips.js'
import { bip39Differential } from './bip39.differential.js'

describe.runIf(await present(bip39Reference))('the same answer as the reference of BIP-39', () => {
  test('for the phrase and the seed of 150 entropies', async () => {
    const { tried, mismatches } = await bip39Differential(150)
    expect(tried).toBeGreaterThan(145)
    expect(mismatches).toEqual([])
  }, 120_000)

  test('catches a twin that leaves the passphrase as it was typed', async () => {
    const twin = (phrase: string, passphrase: string) =>
      pbkdf2(sha512, utf8(phrase.normalize('NFKD')), utf8(`mnemonic${passphrase}`), { c: 2048, dkLen: 64 })
    expect((await bip39Differential(60, twin)).mismatches.length).toBeGreaterThan(0)
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
