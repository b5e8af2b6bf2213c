/**
 * The reference implementation of BIP-0039: python-mnemonic, Debian's 0.19. It knows eight of the ten lists:
 * no Czech, no Portuguese.
 */
import type { Peer } from './peer.js'
import { type Answer, ask, canImport } from './python.js'

export const bip39Reference: Peer = {
  name: 'the BIP-39 reference',
  install: 'apt-get install python3-mnemonic',
  available: () => canImport('mnemonic'),
}

export type Bip39Language =
  | 'chinese_simplified'
  | 'chinese_traditional'
  | 'english'
  | 'french'
  | 'italian'
  | 'japanese'
  | 'korean'
  | 'spanish'

export interface EncodeJob {
  readonly language: Bip39Language
  /** Hex of 16, 20, 24, 28 or 32 bytes. */
  readonly entropy: string
  readonly passphrase?: string
}

export interface Encoded {
  readonly phrase: string
  /** Hex of 64 bytes. */
  readonly seed: string
}

export interface DecodeJob {
  readonly language: Bip39Language
  readonly phrase: string
}

const encoder = `
from mnemonic import Mnemonic
def answer(job):
    phrase = Mnemonic(job['language']).to_mnemonic(bytes.fromhex(job['entropy']))
    return {'phrase': phrase, 'seed': Mnemonic.to_seed(phrase, job.get('passphrase', '')).hex()}
`

const decoder = `
from mnemonic import Mnemonic
def answer(job):
    return bytes(Mnemonic(job['language']).to_entropy(job['phrase'])).hex()
`

/** Phrase and seed of each entropy. */
export const encodeAll = (jobs: readonly EncodeJob[]): Promise<Answer<Encoded>[]> =>
  ask({ source: encoder }, jobs)

/** Entropy in hex of each phrase, or what the reference has against it. */
export const decodeAll = (jobs: readonly DecodeJob[]): Promise<Answer<string>[]> =>
  ask({ source: decoder }, jobs)
