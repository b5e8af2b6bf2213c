/** Taking a wallet into care: look at it once, with its password when it has one, and remember what is public. */
import { resolve } from 'node:path'
import { fail } from '@cairn/core/errors.js'
import type { Wallet, WalletKind } from '@cairn/core/types.js'
import { plainFiles } from '@cairn/core/wallets/file.js'
import { readWallet } from '@cairn/core/wallets/read.js'
import type { Machine } from '../machine/open.js'
import { addWallet, type WalletEntry } from '../machine/wallets.js'
import type { Ports } from '../ports.js'
import { collect } from '../sources/source.js'
import { READ_LIMIT_BYTES } from './sighting.js'

export interface Looking {
  /** A path, or `bitcoin-rpc:…`. */
  readonly source: string
  /** Chosen by the person; found out when absent. */
  readonly kind?: WalletKind
  readonly password?: string
}

/**
 * Reads a wallet where it lies and changes nothing. What is too large to be read is `file`.
 * @throws CairnError of the source and of the reader; `file-absent` when there is no file at all
 */
export async function lookAt({ source, kind, password }: Looking, ports: Ports): Promise<Wallet> {
  const view = await ports.openSource(source).open()
  try {
    const count = view.groups.flat().length
    if (count === 0) fail('file-absent', { path: source })
    const files = kind === 'file' ? null : await collect(view, READ_LIMIT_BYTES)
    if (files === null) return plainFiles(count)
    return await readWallet(files, {
      ...(kind === undefined ? {} : { kind }),
      ...(password === undefined ? {} : { password }),
    })
  } finally {
    await view.close()
  }
}

/**
 * Adds a wallet that was looked at. The password is not among what is kept.
 * @throws CairnError `wallet-name`, `wallet-known`
 */
export async function add(
  machine: Machine,
  { name, source, wallet }: { readonly name: string; readonly source: string; readonly wallet: Wallet },
  ports: Ports,
): Promise<WalletEntry> {
  const entry: WalletEntry = {
    name,
    kind: wallet.kind,
    source: /^[a-z-]{2,}:/.test(source) ? source : resolve(source),
    added: ports.now().toISOString(),
    // labels and transactions are of today only; every backup reads them anew
    known: { ...wallet, labels: [], transactions: [] },
  }
  await addWallet(ports.disk, machine.home, entry)
  return entry
}
