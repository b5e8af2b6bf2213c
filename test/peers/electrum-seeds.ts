/**
 * The seeds of the real Electrum, asked of its Python modules (tried with 4.3.4 of Debian 12).
 */
import type { Peer } from './peer.js'
import { type Answer, ask, canImport } from './python.js'

export const electrumSeeds: Peer = {
  name: "Electrum's Python modules",
  install: 'apt-get install electrum',
  available: () => canImport('electrum.mnemonic'),
}

export interface SeedJob {
  readonly seed: string
  readonly passphrase: string
}

export interface SeedAnswer {
  readonly normal: string
  /** `old`, `standard`, `segwit`, `2fa`, `2fa_segwit` or nothing. */
  readonly type: string
  /** Hex of 64 bytes, whether it is a seed or not. */
  readonly bip32: string
  /** What a seed of before 2.0 is kept as, where it is one. */
  readonly old: string | null
}

const source = `
from electrum import mnemonic, keystore
def old(seed):
    return keystore.Old_KeyStore({}).format_seed(seed)
def answer(job):
    type = mnemonic.seed_type(job['seed'])
    return {'normal': mnemonic.normalize_text(job['seed']),
            'type': type,
            'bip32': mnemonic.Mnemonic.mnemonic_to_seed(job['seed'], job['passphrase']).hex(),
            'old': old(job['seed']) if type == 'old' else None}
`

export const seedsOf = (jobs: readonly SeedJob[]): Promise<Answer<SeedAnswer>[]> => ask({ source }, jobs)

const maker = `
from electrum import mnemonic
def answer(job):
    return mnemonic.Mnemonic(job['language']).make_seed(seed_type=job['type'])
`

export interface NewSeedJob {
  readonly language: 'en' | 'es' | 'ja' | 'zh' | 'pt'
  readonly type: 'standard' | 'segwit'
}

/** A seed that Electrum has just made. */
export const makeSeeds = (jobs: readonly NewSeedJob[]): Promise<Answer<string>[]> =>
  ask({ source: maker }, jobs)
