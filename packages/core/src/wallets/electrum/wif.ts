/**
 * Single private keys as Electrum keeps them (electrum/bitcoin.py, `deserialize_privkey`): WIF, its version byte
 * raised by a number for the script type; or, as people give them, with the type in front: `p2wpkh:…`. The public keys
 * and addresses in the file say the type better, so it is not returned.
 */
import { concat } from '../../bytes.js'
import { decodeBase58Check, encodeBase58Check } from '../../keys/base58check.js'
import { NETWORKS } from '../../keys/network.js'
import { decodeWif, type SingleKey } from '../../keys/wif.js'

const SCRIPT_TYPES = [0, 1, 2, 5, 6, 7] // p2pkh, p2wpkh, p2wpkh-p2sh, p2sh, p2wsh, p2wsh-p2sh

/** @throws CairnError `key-invalid`. */
export function decodeElectrumWif(text: string): SingleKey {
  const wif = text.replace(/^p2[a-z0-9-]+:/, '')
  const bytes = decodeBase58Check(wif)
  const version = bytes?.[0] ?? 0
  const plain = [NETWORKS.mainnet.wif, NETWORKS.testnet.wif].find((one) =>
    SCRIPT_TYPES.includes(version - one),
  )
  return decodeWif(
    bytes && plain !== undefined ? encodeBase58Check(concat(Uint8Array.of(plain), bytes.subarray(1))) : wif,
  )
}
