/**
 * From a phrase to the key at a path: of a Bitcoin-like or Ethereum-like chain by BIP-32, of chains on ed25519 by SLIP-10,
 * of validators by EIP-2333. Where the path is not given it is that of the first address of the chain's first standard.
 */
import { fail } from '../errors.js'
import type { Network } from '../types.js'
import { type Phrase, phraseSeed } from '../words/phrase.js'
import { deriveKey, fingerprint, fromSeed } from './bip32.js'
import { deriveBlsKey } from './eip2333.js'
import type { Origin, WrittenFormat } from './key-writer.js'
import { type Curve, firstPath, type Home, type Material, singleMaterial } from './material.js'
import { moneroKeys, myMoneroKeys } from './monero.js'
import { formatStep, isHardened, parsePath } from './path.js'
import type { AccountChain, PathRow } from './row.js'
import { deriveSlip10, type Slip10Curve, slip10Master } from './slip10.js'
import { ROWS } from './table.js'

export interface Wanted {
  readonly chain: AccountChain
  readonly network: Network
  readonly path?: string
  readonly format: WrittenFormat
}

export interface Derived {
  readonly material: Material
  readonly home: Home
  /** As it was used; null where the chain has none. */
  readonly path: string | null
  readonly origin?: Origin
}

const VALIDATOR = 'm/12381/3600/0/0/0' // EIP-2334: the signing key of validator 0
const EXTENDED: readonly WrittenFormat[] = [
  'xprv',
  'yprv',
  'zprv',
  'xpub',
  'ypub',
  'zpub',
  'descriptor',
  'descriptor-private',
]

/**
 * The key at a path of a phrase, in the format asked for.
 * @throws CairnError `path-invalid`, `usage`, and what `phraseSeed` throws.
 */
export function deriveFromPhrase(phrase: Phrase, passphrase: string, wanted: Wanted): Derived {
  const { chain, network, format } = wanted
  const home = { chain, network }
  if (phrase.kind === 'electrum-old') return fail('phrase-unsupported', { kind: 'old Electrum' })
  if (chain === 'monero') return { ...moneroOf(phrase, passphrase), home, path: null }
  const seed = phraseSeed(phrase, passphrase)
  if (format === 'eip2335') {
    const path = wanted.path ?? VALIDATOR
    const material = singleMaterial('bls12-381', deriveBlsKey(seed, path))
    return { material, home: { chain: 'ethereum', network }, path }
  }
  const row = rowOf(chain)
  const isExtended = EXTENDED.includes(format) && row.curve === 'secp256k1'
  const path = wanted.path ?? defaultPath(row, { network, isExtended, phrase })
  if (row.curve !== 'secp256k1') return { material: slip10Key(seed, row.curve, path), home, path }
  const root = fromSeed(seed, { network })
  const key = deriveKey(root, parsePath(path))
  const steps = parsePath(path).map((step) => formatStep(step, { mark: 'h' }))
  const origin = { fingerprint: fingerprint(root), path: steps.join('/') }
  if (isExtended) return { material: { kind: 'extended', extended: key }, home, path, origin }
  return { material: singleMaterial('secp256k1', key.privateKey as Uint8Array), home, path, origin }
}

function moneroOf(phrase: Phrase, passphrase: string): { readonly material: Material } {
  if (phrase.kind !== 'monero' && phrase.kind !== 'mymonero') {
    return fail('usage', { reason: 'Monero keys come from a Monero phrase' })
  }
  const seed = phraseSeed(phrase, passphrase)
  const keys = phrase.kind === 'monero' ? moneroKeys(seed) : myMoneroKeys(seed)
  return { material: { kind: 'monero', keys } }
}

function rowOf(chain: AccountChain): PathRow {
  const rows = ROWS.flatMap((row) => (row.chain === chain && 'curve' in row ? [row] : []))
  // of Bitcoin's standards the one that wallets use today
  const row = rows.find(({ standard }) => standard === 'bip84') ?? rows[0]
  return row ?? fail('usage', { reason: `single keys of ${chain} are not derived` })
}

interface Place {
  readonly network: Network
  readonly isExtended: boolean
  readonly phrase: Phrase
}

/** Of Electrum's own seeds the path of their one account; else of the row. */
function defaultPath(row: PathRow, { network, isExtended, phrase }: Place): string {
  const own = phrase.kind === 'electrum' ? (phrase.seedType === 'segwit' ? "m/0'/0/0" : 'm/0/0') : null
  const path = own ?? withCoin(row, network)
  if (!isExtended) return path
  const steps = parsePath(path)
  const depth = steps.findLastIndex(isHardened) + 1
  return path
    .split('/')
    .slice(0, depth + 1)
    .join('/')
}

function withCoin(row: PathRow, network: Network): string {
  const coin = network === 'mainnet' ? (row.coin ?? 0) : 1
  return firstPath(row.path.replace('{coin}', `${coin}`), network)
}

const CURVES: Partial<Record<Slip10Curve, Curve>> = { ed25519: 'ed25519', nist256p1: 'p256' }

function slip10Key(seed: Uint8Array, curve: Slip10Curve, path: string): Material {
  const { privateKey } = deriveSlip10(slip10Master(seed, curve), parsePath(path))
  const named = CURVES[curve]
  return named
    ? singleMaterial(named, privateKey)
    : fail('usage', { reason: `keys of ${curve} are not written` })
}
