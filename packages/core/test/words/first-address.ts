/** The first receiving address under a BIP-32 seed, by other libraries than the ones under test. */
import { HDKey } from '@scure/bip32'
import { p2pkh, p2sh, p2tr, p2wpkh } from '@scure/btc-signer'

/** `account` is a path of BIP-44, 49, 84 or 86, which tells the kind of address too. */
export function firstAddress(seed: Uint8Array, account: string): string | undefined {
  const key = HDKey.fromMasterSeed(seed).derive(`${account}/0/0`).publicKey as Uint8Array
  const purpose = account.split('/')[1]
  if (purpose === "44'") return p2pkh(key).address
  if (purpose === "49'") return p2sh(p2wpkh(key)).address
  if (purpose === "84'") return p2wpkh(key).address
  return p2tr(key.slice(1)).address
}
