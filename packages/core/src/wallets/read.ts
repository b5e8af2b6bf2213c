/** From files to a wallet, by its kind. Kinds without a reader are saved as they are. */
import { fail } from '../errors.js'
import type { Wallet, WalletFile, WalletKind } from '../types.js'

/** @throws CairnError of the reader of this kind */
export async function readWallet(
  _files: readonly WalletFile[],
  { kind }: { readonly kind: WalletKind; readonly password?: string },
): Promise<Wallet> {
  return fail('wallet-unsupported', { kind, reason: 'there is no reader for it' })
}
