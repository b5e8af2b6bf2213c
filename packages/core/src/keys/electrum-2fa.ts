/**
 * Electrum's two-factor wallets (electrum/plugins/trustedcoin): 2 of 3 keys, two from the seed and the third of the
 * company TrustedCoin, derived for this pair of keys. The words alone give both keys of the owner, so that they spend
 * without the company; the addresses need its public key, which Electrum has in its source.
 */
import { secp256k1 } from '@noble/curves/secp256k1.js'
import { hmac } from '@noble/hashes/hmac.js'
import { sha256, sha512 } from '@noble/hashes/sha2.js'
import { concat, hex, utf8, wipe } from '../bytes.js'
import { fail } from '../errors.js'
import type { Network } from '../types.js'
import { toSeedUnchecked } from '../words/electrum.js'
import { scriptToAddress } from './address.js'
import {
  deriveKey,
  type ExtendedKey,
  formatExtendedKey,
  fromSeed,
  neuter,
  parseExtendedKey,
  publicChildren,
} from './bip32.js'
import { NETWORKS } from './network.js'
import { HARDENED, type Path } from './path.js'
import type { AccountPlace, OpenAccount } from './row.js'
import { multisig, p2sh, p2wsh } from './script.js'

/** trustedcoin.py, get_signing_xpub */
const COMPANY: Readonly<Record<'mainnet' | 'testnet', string>> = {
  mainnet:
    'xpub661MyMwAqRbcGnMkaTx2594P9EDuiEqMq25PM2aeG6UmwzaohgA6uDmNsvSUV8ubqwA3Wpste1hg69XHgjUuCD5HLcEp2QPzyV1HMrPppsL',
  testnet:
    'tpubD6NzVbkrYhZ4XdmyJQcCPjQfg6RXVUzGFhPjZ7uvRC8JLcS7Hw1i7UTpyhp9grHpak4TyK2hzBJrujDVLXQ6qB5tNpVx9rC6ixijUXadnmY',
}

/** Seeds of before Electrum 2.7 have 24 or 25 words: the first twelve are one key, the others the second. */
const OLD_WORDS = 20

export interface TwoFactorSeed {
  readonly text: string
  readonly seedType: '2fa' | '2fa_segwit'
  readonly passphrase: string
}

/**
 * The account of a two-factor seed, with the first key of the owner as its extended public key.
 * @throws CairnError `usage` for a passphrase with a seed of before 2.7, which has none
 */
export function openTwoFactor(seed: TwoFactorSeed, { network }: Pick<AccountPlace, 'network'>): OpenAccount {
  const form = seed.seedType === '2fa_segwit' ? 'p2wsh' : 'plain'
  const own = ownKeys(seed).map((key) => ({ ...neuter(key), network: NETWORKS[network].keys, form }) as const)
  const texts = own.map((key) => formatExtendedKey(key, { form }))
  const keys = [...own, companyKey(texts, network)]
  return {
    path: isOld(seed) ? 'm' : "m/0'",
    xpub: texts[0] ?? null,
    at: ({ change, index }) => {
      const script = multisig(2, keys.map((key) => childOf(key, [change, index])).sort(byBytes))
      const output = form === 'p2wsh' ? p2wsh(script) : p2sh(script)
      const address = scriptToAddress(output, network) as string
      return { path: `${isOld(seed) ? 'm' : "m/0'"}/${change}/${index}`, publicKey: null, address }
    },
  }
}

function isOld({ text, seedType }: TwoFactorSeed): boolean {
  return seedType === '2fa' && wordsOf(text).length >= OLD_WORDS
}

/** keystore.py, xkeys_from_seed of the plugin: two words lists at m, or one at m/0' and m/1'. */
function ownKeys(seed: TwoFactorSeed): readonly ExtendedKey[] {
  if (!isOld(seed)) return [0, 1].map((index) => keyOf(seed.text, seed.passphrase, [index + HARDENED]))
  if (seed.passphrase !== '')
    fail('usage', { reason: 'a two-factor seed from before 2.7 takes no passphrase' })
  const words = wordsOf(seed.text)
  return [words.slice(0, 12), words.slice(12)].map((half) => keyOf(half.join(' '), '', []))
}

function keyOf(text: string, passphrase: string, path: Path): ExtendedKey {
  const seed = toSeedUnchecked(text, passphrase)
  const key = deriveKey(fromSeed(seed), path)
  wipe(seed)
  return key
}

/** make_xpub: BIP-32's public derivation with 32 bytes, the hash of both keys as text, in place of the number. */
function companyKey(own: readonly string[], network: Network): ExtendedKey {
  const root = parseExtendedKey(COMPANY[NETWORKS[network].keys])
  const longId = sha256(utf8([...own].sort().join('')))
  const I = hmac(sha512, root.chainCode, concat(root.publicKey, longId))
  const { Point } = secp256k1
  const added = Point.BASE.multiplyUnsafe(Point.Fn.fromBytes(I.subarray(0, 32)))
  const publicKey = Point.fromBytes(root.publicKey).add(added).toBytes(true)
  return { ...root, publicKey, chainCode: I.slice(32) }
}

function childOf(key: ExtendedKey, [change, index]: readonly [number, number]): Uint8Array {
  return publicChildren(deriveKey(neuter(key), [change]))(index)
}

function byBytes(a: Uint8Array, b: Uint8Array): number {
  return hex(a) < hex(b) ? -1 : 1
}

function wordsOf(text: string): readonly string[] {
  return text.trim().split(/\s+/u)
}
