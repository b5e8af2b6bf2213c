/**
 * The addresses of an account, one a row: from an extended key or a descriptor, for one index, a range, or both branches.
 * Private keys come with them only where they are asked for and there.
 */
import { hex } from '../bytes.js'
import { fail } from '../errors.js'
import type { Network } from '../types.js'
import { type KeyAddressType, keyAddress } from './address.js'
import { deriveKey, type ExtendedKey, publicChildren } from './bip32.js'
import { BITCOIN } from './chains/bitcoin.js'
import { type Descriptor, deriveAddresses } from './descriptor.js'
import { addressTypes, firstPath, type Material } from './material.js'
import { formatPath, HARDENED, parsePath } from './path.js'
import { encodeWif } from './wif.js'

export interface ListingOptions {
  readonly from: number
  /** The last index, included. */
  readonly to: number
  /** 0 receives, 1 takes change; both for a whole account. */
  readonly branches: readonly (0 | 1)[]
  readonly network: Network
  /** Of an extended key that does not say it; `p2wpkh` unless given. */
  readonly type?: KeyAddressType
  /** From an extended key to its account; the standard one from a master key. */
  readonly path?: string
  readonly withPrivate: boolean
}

export interface ListedKey {
  readonly branch: 0 | 1
  readonly index: number
  /** From the key that was given; null from a descriptor, which says it by itself. */
  readonly path: string | null
  readonly address: string
  /** In hex; null where an address is not made of one key. */
  readonly public: string | null
  /** WIF, when it was asked for. */
  readonly private?: string
}

const MAX_ROWS = 100_000

/**
 * The keys and addresses below an extended key or descriptor, row by row.
 * @throws CairnError `usage`, `key-hardened`, `key-conversion` for a key without children.
 */
export function listKeys(material: Material, options: ListingOptions): readonly ListedKey[] {
  const { from, to, branches } = options
  if (from > to || to >= HARDENED) return fail('usage', { reason: '--to is not below --from' })
  if ((to - from + 1) * branches.length > MAX_ROWS)
    return fail('usage', { reason: `at most ${MAX_ROWS} addresses are listed at once` })
  if (material.kind === 'extended') return fromExtended(material.extended, options)
  if (material.kind === 'descriptor') return fromDescriptor(material.descriptor, options)
  return fail('key-conversion', { what: 'key', format: 'a list of addresses', reason: 'it has no children' })
}

function fromExtended(key: ExtendedKey, options: ListingOptions): readonly ListedKey[] {
  const { network, withPrivate } = options
  const type = options.type ?? promised(key)
  const account = options.path ?? standardAccount(key, type, network)
  if (withPrivate && !key.privateKey) return fail('key-public', { what: 'extended key' })
  return options.branches.flatMap((branch) => {
    const steps = [...parsePath(account), branch]
    const parent = deriveKey(key, steps)
    const publicKey = publicChildren(parent)
    return indexes(options).map((index) => ({
      branch,
      index,
      path: formatPath([...steps, index]),
      address: keyAddress(publicKey(index), type, network),
      public: hex(publicKey(index)),
      ...(withPrivate ? { private: wifOf(deriveKey(parent, [index])) } : {}),
    }))
  })
}

function promised({ form }: ExtendedKey): KeyAddressType {
  if (form === 'plain') return 'p2wpkh'
  const [type] = addressTypes(form)
  return type ?? fail('usage', { reason: 'a multisig key has no addresses alone; give the descriptor' })
}

const STANDARDS: Readonly<Record<KeyAddressType, string>> = {
  p2pkh: 'bip44',
  'p2sh-p2wpkh': 'bip49',
  p2wpkh: 'bip84',
  p2tr: 'bip86',
}

/** From a master key down to the account; nothing from any other key. */
function standardAccount(key: ExtendedKey, type: KeyAddressType, network: Network): string {
  if (key.depth > 0 || !key.privateKey) return 'm'
  const row = BITCOIN.find(({ standard }) => standard === STANDARDS[type])
  return firstPath(row?.path ?? 'm', network)
    .split('/')
    .slice(0, -2)
    .join('/')
}

function wifOf({ privateKey, network }: ExtendedKey): string {
  return encodeWif({ privateKey: privateKey as Uint8Array, compressed: true, network })
}

function fromDescriptor(descriptor: Descriptor, options: ListingOptions): readonly ListedKey[] {
  const { from, to, network, withPrivate } = options
  if (withPrivate)
    return fail('usage', { reason: 'private keys are listed from an extended key, not a descriptor' })
  const branches = options.branches.filter((branch) => branch < descriptor.branches)
  if (branches.length === 0) return fail('usage', { reason: 'this descriptor has no branch for change' })
  return branches.flatMap((branch) =>
    deriveAddresses(descriptor, { branch, start: from, count: to - from + 1, network }).map(
      ({ address, index }) => ({ branch, index, path: null, address, public: null }),
    ),
  )
}

function indexes({ from, to }: ListingOptions): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i)
}
