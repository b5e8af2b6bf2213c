/**
 * Which Bitcoin network a wallet belongs to, by the message start that Core stores as `application_id`, or by the
 * first block (Bitcoin Core, kernel/chainparams.cpp). A signet of one's own has its own message start.
 */
import { fail } from '../../errors.js'
import type { Network } from '../../types.js'
import { KIND } from './database.js'

const BY_MAGIC = new Map<number, Network>([
  [0xf9beb4d9, 'mainnet'],
  [0x0b110907, 'testnet'], // testnet3
  [0x1c163f28, 'testnet'], // testnet4
  [0x0a03cf40, 'signet'],
  [0xfabfb5da, 'regtest'],
])

const SIGNET_GENESIS = '00000008819873e925422c1ff0f99f7cc9bbb232af63a077a480a3633bee1ef6'

/** @throws CairnError `wallet-unsupported` for the wallets of other coins, that have the same form. */
export function networkOf(magic: number, genesis: string | null): Network {
  const network = BY_MAGIC.get(magic) ?? (genesis === SIGNET_GENESIS ? 'signet' : null)
  return network ?? fail('wallet-unsupported', { kind: KIND, reason: 'it belongs to another coin' })
}
