/** Phrases here and in the programs of others. */
import { hex, utf8 } from '@cairn/core/bytes.js'
import { pbkdf2 } from '@noble/hashes/pbkdf2.js'
import { sha512 } from '@noble/hashes/sha2.js'
import { expect, it } from 'vitest'
import { bip39Differential, type Differential } from '../../packages/core/test/words/bip39.differential.js'
import { electrumDifferential, ours } from '../../packages/core/test/words/electrum.differential.js'
import { figure, isShort } from './rows.js'

const CASES = isShort ? 400 : 10_000
const TWIN_CASES = 60

function same(promise: string, run: Differential, twin: Differential, broken: string) {
  expect(twin.mismatches.length).toBeGreaterThan(0)
  const caught = `${broken}: ${twin.mismatches.length} of ${twin.tried} differ`
  return { promise, tried: run.tried, held: run.tried - run.mismatches.length, twin: caught }
}

it('BIP-39 as python-mnemonic', () =>
  figure('words', async () => {
    const raw = (phrase: string, passphrase: string) =>
      pbkdf2(sha512, utf8(phrase.normalize('NFKD')), utf8(`mnemonic${passphrase}`), { c: 2048, dkLen: 64 })
    const twin = await bip39Differential(TWIN_CASES, raw)
    const promise = 'BIP-39 phrase and seed of random entropies: the same as python-mnemonic'
    // one in a hundred more: the French cases that the reference cannot judge are left out
    return [
      same(promise, await bip39Differential(Math.ceil(CASES * 1.01)), twin, 'passphrase not normalised'),
    ]
  }))

it('Electrum seeds as Electrum', () =>
  figure('words', async () => {
    const twin = await electrumDifferential(TWIN_CASES, (job) => ({
      ...ours(job),
      bip32: hex(utf8(job.seed)).slice(0, 128),
    }))
    const promise = 'form, type and seed of random texts: the same as Electrum'
    return [same(promise, await electrumDifferential(CASES), twin, 'no key derivation')]
  }))
