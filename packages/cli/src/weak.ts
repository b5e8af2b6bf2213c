/**
 * Whether a phrase was made by a generator that is known to be weak. What gives itself away is always told; with
 * `--weak` the 2^32 seeds of MT19937 are tried as well.
 */
import { wipe } from '@cairn/core/bytes.js'
import { isCairnError } from '@cairn/core/errors.js'
import { toEntropy } from '@cairn/core/words/bip39.js'
import { findMt19937Seed } from '@cairn/core/words/weak/mt19937.js'
import { type WeakGenerator, weakGenerator } from '@cairn/core/words/weak.js'
import type { Context } from './context.js'
import { bad, count } from './output.js'
import { startProgress } from './progress.js'

export interface Weakness {
  readonly generator: WeakGenerator | 'bx-seed' | 'trust-wallet-extension' | null
  /** Seeds of MT19937 that were tried. */
  readonly tried: number
}

const SEEDS = 2 ** 32
const CHUNK = 2 ** 20

const TITLES: Readonly<Record<NonNullable<Weakness['generator']>, string>> = {
  pattern: 'its entropy has a plain pattern: a published test phrase, or made by hand',
  'trezor-crypto-lcg': 'made by the test generator of trezor-crypto (2018-12)',
  'trezor-crypto-lcg8': 'made by the test generator of trezor-crypto (2018-12-05)',
  'trezor-crypto-rand': 'made by rand() as in Trust Wallet for iOS of 2018 (CVE-2024-23660)',
  'bx-seed': 'made by `bx seed` of libbitcoin 3 ("Milk Sad", CVE-2023-39910)',
  'trust-wallet-extension': "made by Trust Wallet's browser extension of November 2022 (CVE-2023-31290)",
}

/** Nothing is found for a text that is no BIP-39 phrase: the known generators made only those. */
export async function findWeakness(
  context: Context,
  phrase: string,
  { weak }: { readonly weak?: boolean },
): Promise<Weakness> {
  const entropy = entropyOf(phrase)
  if (entropy === null) return { generator: null, tried: 0 }
  const generator = weakGenerator(entropy)
  const found = generator !== null || !weak ? { generator, tried: 0 } : await trySeeds(context, entropy)
  wipe(entropy)
  return found
}

export function sayWeakness({ generator, tried }: Weakness): readonly string[] {
  if (generator !== null)
    return [`${bad('WEAK')}: ${TITLES[generator]}. Others can make it too: move the coins to a new phrase.`]
  return tried > 0 ? [`no seed of ${count(tried, 'seed')} of the known weak generators leads to it`] : []
}

async function trySeeds(context: Context, entropy: Uint8Array): Promise<Weakness> {
  const progress = startProgress(context, { what: 'Trying the seeds of weak generators', unit: 'items' })
  try {
    for (let from = 0; from < SEEDS; from += CHUNK) {
      const found = findMt19937Seed(entropy, { from, to: from + CHUNK })
      if (found) {
        const generator = found.output === 'highest' ? 'bx-seed' : 'trust-wallet-extension'
        return { generator, tried: found.seed + 1 }
      }
      progress.at(from + CHUNK, SEEDS)
      await new Promise(setImmediate) // lets Ctrl-C through
    }
    return { generator: null, tried: SEEDS }
  } finally {
    progress.end()
  }
}

function entropyOf(phrase: string): Uint8Array | null {
  try {
    return toEntropy(phrase)
  } catch (error) {
    if (isCairnError(error)) return null
    throw error
  }
}
