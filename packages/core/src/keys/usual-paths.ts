/** Where an extended key without an origin may lie: below the root, as its depth and its own number tell. */
import type { ExtendedKey } from './bip32.js'
import { HARDENED, type Path } from './path.js'

const PURPOSES = [44, 49, 84, 86].map((purpose) => purpose + HARDENED)
const COINS = [0, 1].map((coin) => coin + HARDENED)
const ACCOUNTS = [0, 1, 2, 3, 4].map((account) => account + HARDENED)

/** The paths of Electrum (depth 0 and 1), BIP-44 to 86 (3) and BIP-48 (4); none for other depths. */
export function usualPaths({ depth, index }: Pick<ExtendedKey, 'depth' | 'index'>): readonly Path[] {
  if (depth === 0) return [[]]
  if (depth === 1) return [[index]]
  if (depth === 3) return PURPOSES.flatMap((purpose) => COINS.map((coin) => [purpose, coin, index]))
  if (depth !== 4) return []
  return COINS.flatMap((coin) => ACCOUNTS.map((account) => [48 + HARDENED, coin, account, index]))
}
