/**
 * Whether a seed is the one of a wallet of which something public is known: an address, an extended public key, a
 * fingerprint. For telling many candidates apart, so it looks where most wallets begin: the usual rows of the table,
 * account 0, receiving addresses. `find-address.ts` looks everywhere, for one phrase.
 */
import { equal } from '../bytes.js'
import { fail } from '../errors.js'
import type { Network } from '../types.js'
import { deriveRange } from './accounts.js'
import {
  deriveKey,
  type ExtendedKey,
  fingerprint,
  fromSeed,
  type KeyForm,
  parseExtendedKey,
} from './bip32.js'
import { NETWORKS } from './network.js'
import { HARDENED, type Path } from './path.js'
import type { Row, Source } from './row.js'
import { ROWS } from './table.js'
import { usualPaths } from './usual-paths.js'

/** At least one of the first three; all that are given must fit. */
export interface Known {
  readonly address?: string
  /** Or `ypub`, `zpub` and the others of SLIP-132. */
  readonly xpub?: string
  /** Of the master key: 8 hex digits. */
  readonly fingerprint?: string
  readonly network?: Network
  /** How many addresses are compared, from the first on; 5 unless said. */
  readonly count?: number
}

type Test = (source: Source) => boolean

/**
 * A test for the seeds of BIP-39 and Electrum.
 * @throws CairnError `address-invalid`, `key-invalid`, `usage` for a fingerprint that is none or when nothing is known
 */
export function recognise(known: Known): Test {
  const tests: readonly Test[] = [
    ...(known.fingerprint === undefined ? [] : [byFingerprint(known.fingerprint)]),
    ...(known.xpub === undefined ? [] : [byKey(known.xpub)]),
    ...(known.address === undefined ? [] : [byAddress(known.address, known)]),
  ]
  if (tests.length === 0)
    return fail('usage', { reason: 'an address, an extended public key or a fingerprint is needed' })
  return (source) => tests.every((test) => test(source))
}

function byFingerprint(text: string): Test {
  const sought = text.trim().toLowerCase()
  if (!/^[0-9a-f]{8}$/.test(sought)) return fail('usage', { reason: 'a fingerprint is 8 hexadecimal digits' })
  return ({ seed }) => fingerprint(fromSeed(seed)) === sought
}

function byKey(text: string): Test {
  const sought = parseExtendedKey(text.trim())
  const paths = likelyPaths(sought)
  if (sought.privateKey !== null || paths.length === 0)
    return fail('key-invalid', { what: 'extended public key' })
  return ({ seed }) => {
    const root = fromSeed(seed)
    return paths.some((path) => isSame(deriveKey(root, path), sought))
  }
}

/** SLIP-132: `ypub` and `zpub` name the standard; `xpub` may be of any. */
const PURPOSES: Partial<Record<KeyForm, number>> = { 'p2sh-p2wpkh': 49 + HARDENED, p2wpkh: 84 + HARDENED }

/** Those of the coin and the standard that the key's own letters name: each path takes milliseconds a seed. */
function likelyPaths(key: ExtendedKey): readonly Path[] {
  const coin = NETWORKS[key.network].coinType + HARDENED
  const purpose = key.depth === 3 ? PURPOSES[key.form] : undefined
  return usualPaths(key).filter((path) => {
    const [first, second = coin] = path
    return second === coin && (purpose === undefined || first === purpose)
  })
}

function isSame(a: ExtendedKey, b: ExtendedKey): boolean {
  return equal(a.publicKey, b.publicKey) && equal(a.chainCode, b.chainCode)
}

function byAddress(text: string, { network = 'mainnet', count = 5 }: Known): Test {
  const sought = ROWS.flatMap((row) => spelled(row, text.trim(), network))
  const usual = sought.filter(({ row }) => row.usual)
  const rows = usual.length > 0 ? usual : sought
  if (rows.length === 0) return fail('address-invalid')
  return (source) =>
    rows.some(({ row, address }) => {
      if (!row.fits(source.phrase)) return false
      return deriveRange(row, source, { network, count }).some((derived) => derived.address === address)
    })
}

function spelled(row: Row, text: string, network: Network): readonly { row: Row; address: string }[] {
  const address = row.address.canonical(text, network)
  return address === null ? [] : [{ row, address }]
}
