/**
 * The addresses of a wallet that is described by output descriptors: those it handed out, and some that come next.
 */
import { hex } from '../../bytes.js'
import { fail, isCairnError } from '../../errors.js'
import { scriptToAddress } from '../../keys/address.js'
import { type Descriptor, type Outputs, scriptsOfBranch } from '../../keys/descriptor.js'
import type { AddressRecord, Network } from '../../types.js'

/** One branch of one descriptor. */
export interface OutputRange {
  /** Index in `Identity.descriptors`. */
  readonly descriptor: number
  readonly branch: number
  readonly outputs: Outputs
  /** The indexes from `start` to below `end`. */
  readonly start: number
  readonly end: number
  readonly origin: AddressRecord['origin']
  readonly isChange: boolean
  /** Anybody who has the public descriptor can derive the same. */
  readonly isPublic: boolean
  /** How many keys an output script takes. */
  readonly keys: number
}

export interface OwnOutputs {
  readonly addresses: readonly AddressRecord[]
  /** All output scripts in hex, also those that have no address. */
  readonly scripts: ReadonlySet<string>
}

/** Beyond what was handed out: the gap limit that other wallets keep (BIP-44 "Address gap limit"). */
export const LOOK_AHEAD = 20

/** A key takes 0.4 ms, so about 40 s. */
const MAX_KEYS = 100_000

/** The outputs of a branch; null where a hardened step follows a public key. */
export function tryOutputs(descriptor: Descriptor, branch = 0): Outputs | null {
  try {
    return scriptsOfBranch(descriptor, branch)
  } catch (error) {
    if (isCairnError(error, 'key-hardened')) return null
    throw error
  }
}

/** @throws CairnError `wallet-unsupported` when there are more than could be derived in reasonable time. */
export function deriveOutputs(ranges: readonly OutputRange[], network: Network, kind: string): OwnOutputs {
  const work = ranges.reduce((sum, { start, end, keys }) => sum + (end - start) * Math.max(1, keys), 0)
  if (work > MAX_KEYS)
    return fail('wallet-unsupported', { kind, reason: `it has more than ${MAX_KEYS} addresses` })
  const scripts = new Set<string>()
  const addresses: AddressRecord[] = []
  for (const range of ranges) {
    for (let index = range.start; index < range.end; index++) {
      for (const script of range.outputs(index)) {
        const address = scripts.has(hex(script)) ? null : scriptToAddress(script, network)
        scripts.add(hex(script))
        if (address !== null) addresses.push(toRecord(range, address, index))
      }
    }
  }
  return { addresses, scripts }
}

function toRecord(
  { descriptor, branch, origin, isChange, isPublic }: OutputRange,
  address: string,
  index: number,
): AddressRecord {
  return {
    address,
    ...(origin === 'derived' && isPublic && { from: { descriptor, branch, index } }),
    origin,
    ...(isChange && { change: true }),
  }
}
