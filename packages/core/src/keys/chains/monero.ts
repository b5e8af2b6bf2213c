/**
 * Monero: the account of a wallet with its subaddresses, of Monero's own phrases. Address 0 of account 0 is the primary
 * one. Not the keys that Ledger and Trezor make of a BIP-39 phrase (`monero-hardware.ts`).
 */
import { hex } from '../../bytes.js'
import { isCairnError } from '../../errors.js'
import type { Network } from '../../types.js'
import { type MoneroKeys, moneroAddress, moneroKeys, myMoneroKeys, parseMoneroAddress } from '../monero.js'
import type { AccountPlace, AddressForm, OpenAccount, OwnRow, Source } from '../row.js'

export const MONERO_BASE58: AddressForm = { name: 'monero', canonical: read }

export const MONERO: readonly OwnRow[] = [
  {
    chain: 'monero',
    standard: 'monero',
    usual: true,
    address: MONERO_BASE58,
    fits: ({ kind }) => kind === 'monero' || kind === 'mymonero' || kind === 'polyseed',
    open: (source, place) => openMonero(keysOf(source), place),
  },
]

/** An account of these keys, named by the public spend key. There is no change branch. */
export function openMonero(keys: MoneroKeys, { account, network }: AccountPlace): OpenAccount {
  const at = (index: number) => moneroAddress(keys, { account, index }, moneroNetwork(network))
  return {
    path: null,
    xpub: null,
    public: hex(keys.publicSpendKey),
    at: ({ index }) => ({ path: null, publicKey: null, address: at(index) }),
  }
}

function keysOf({ phrase, seed }: Source): MoneroKeys {
  return phrase.kind === 'mymonero' ? myMoneroKeys(seed) : moneroKeys(seed)
}

/** Monero's testnet for all test networks; its stagenet is none of Bitcoin's. */
function moneroNetwork(network: Network): 'mainnet' | 'testnet' {
  return network === 'mainnet' ? 'mainnet' : 'testnet'
}

function read(text: string, network: Network): string | null {
  try {
    return parseMoneroAddress(text).network === moneroNetwork(network) ? text : null
  } catch (error) {
    if (isCairnError(error)) return null
    throw error
  }
}
