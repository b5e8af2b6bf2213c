/**
 * The reference implementation of SLIP-0039: python-shamir-mnemonic 0.3.0, as Debian trixie packages it.
 */
import { join } from 'node:path'
import { peerFolder } from '../../scripts/debian.js'
import type { Peer } from './peer.js'
import { type Answer, ask, askOne, canImport } from './python.js'

/** Where its Python modules are, for `PYTHONPATH`. */
export const modules = join(peerFolder('slip39-reference'), 'usr/lib/python3/dist-packages')

export const slip39Reference: Peer = {
  name: 'the SLIP-39 reference',
  install: 'on Debian: node scripts/peers.js; elsewhere: pip install shamir-mnemonic==0.3.0',
  available: () => canImport('shamir_mnemonic', modules),
}

export interface CombineJob {
  readonly shares: readonly string[]
  /** Printable ASCII; none unless given. */
  readonly passphrase?: string
}

export interface SplitJob {
  /** Hex. */
  readonly secret: string
  readonly groupThreshold: number
  /** Of each group: how many are needed, how many there are. */
  readonly groups: readonly (readonly [threshold: number, count: number])[]
  readonly passphrase?: string
  readonly extendable: boolean
  readonly iterationExponent: number
}

const combiner = {
  modules,
  source: `
from shamir_mnemonic import combine_mnemonics
def answer(job):
    return combine_mnemonics(job['shares'], job.get('passphrase', '').encode('ascii')).hex()
`,
}

const splitter = {
  modules,
  source: `
from shamir_mnemonic import generate_mnemonics
def answer(job):
    return generate_mnemonics(
        group_threshold=job['groupThreshold'],
        groups=job['groups'],
        master_secret=bytes.fromhex(job['secret']),
        passphrase=job.get('passphrase', '').encode('ascii'),
        extendable=job['extendable'],
        iteration_exponent=job['iterationExponent'])
`,
}

/** The master secret in hex; rejects when the reference refuses the shares. */
export const combine = (job: CombineJob) => askOne<string>(combiner, job)

/** Many sets of shares in one process. */
export const combineAll = (jobs: readonly CombineJob[]): Promise<Answer<string>[]> =>
  ask<string>(combiner, jobs)

/** The shares, by group. */
export const split = (job: SplitJob) => askOne<string[][]>(splitter, job)

export const splitAll = (jobs: readonly SplitJob[]): Promise<Answer<string[][]>[]> =>
  ask<string[][]>(splitter, jobs)
