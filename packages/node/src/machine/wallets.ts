/** The wallets that this machine saves, with what is known of each in public. No password, no key. */
import { fail, isCairnError } from '@cairn/core/errors.js'
import { PLACES_NAME } from '@cairn/core/plan/places.js'
import type { Wallet, WalletKind } from '@cairn/core/types.js'
import { instant } from '@cairn/core/vault/head.js'
import { walletName } from '@cairn/core/vault/manifest.js'
import * as z from 'zod'
import type { Disk } from '../disk.js'
import type { VaultHome } from './home.js'
import { readState, writeState } from './state.js'

const entrySchema = z.strictObject({
  name: walletName,
  kind: z.string(),
  /** A path, or `bitcoin-rpc:…`. */
  source: z.string(),
  added: instant,
  /** What could be read when it was added, with its password if one was given: public data only. */
  known: z.unknown(),
})
const walletsSchema = z.strictObject({ wallets: z.array(entrySchema) })

export interface WalletEntry {
  readonly name: string
  readonly kind: WalletKind
  readonly source: string
  readonly added: string
  readonly known: Wallet
}

/** @throws CairnError `wallets-damaged` */
export async function readWallets(disk: Disk, home: VaultHome): Promise<readonly WalletEntry[]> {
  try {
    const stored = await readState(disk, home.wallets, walletsSchema)
    return (stored?.wallets ?? []) as readonly WalletEntry[]
  } catch (error) {
    if (isCairnError(error, 'state-damaged')) return fail('wallets-damaged', { path: home.wallets })
    throw error
  }
}

/** @throws CairnError `wallet-name`, `wallet-known`, `wallet-reserved` */
export async function addWallet(disk: Disk, home: VaultHome, entry: WalletEntry): Promise<void> {
  if (!walletName.safeParse(entry.name).success) fail('wallet-name')
  if (entry.name.toLowerCase() === PLACES_NAME) fail('wallet-reserved', { name: PLACES_NAME })
  const wallets = await readWallets(disk, home)
  // a disk that ignores case would mix up two folders of a restore
  if (wallets.some(({ name }) => name.toLowerCase() === entry.name.toLowerCase())) {
    fail('wallet-known', { name: entry.name })
  }
  await writeState(disk, home.wallets, { wallets: [...wallets, entry] })
}

/** Only forgets it: snapshots that hold it stay. @throws CairnError `wallet-absent` */
export async function removeWallet(disk: Disk, home: VaultHome, name: string): Promise<void> {
  const wallets = await readWallets(disk, home)
  const rest = wallets.filter((wallet) => wallet.name !== name)
  if (rest.length === wallets.length) fail('wallet-absent', { name })
  await writeState(disk, home.wallets, { wallets: rest })
}

/** The entries with these names, or all. @throws CairnError `wallet-absent`, `no-wallets` */
export function chooseWallets(
  wallets: readonly WalletEntry[],
  names: readonly string[],
): readonly WalletEntry[] {
  if (wallets.length === 0) fail('no-wallets')
  if (names.length === 0) return wallets
  return [...new Set(names)].map(
    (name) => wallets.find((wallet) => wallet.name === name) ?? fail('wallet-absent', { name }),
  )
}
