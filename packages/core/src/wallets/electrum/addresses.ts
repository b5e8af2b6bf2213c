/**
 * The addresses of an Electrum wallet, in the order of the file. From before 2.8 the file has public keys instead, and
 * the addresses follow from them: P2PKH, or P2SH of cosigners, since there was nothing else.
 */
import { hex, unhex } from '../../bytes.js'
import { isCairnError } from '../../errors.js'
import { keyAddress, parseAddress, scriptToAddress } from '../../keys/address.js'
import { multisig, p2sh } from '../../keys/script.js'
import type { AddressRecord, Network } from '../../types.js'
import { damaged } from './damaged.js'
import type { Account, Holdings } from './holdings.js'
import { isList, type Json } from './json.js'

const PUBLIC_KEY = /^(?:0[23][0-9a-f]{64}|04[0-9a-f]{128})$/

/** @throws CairnError `wallet-unreadable` when an address is none, or of another network. */
export function addressesOf({ accounts, imported }: Holdings, network: Network): readonly AddressRecord[] {
  const derived = accounts.flatMap((account, descriptor) => [
    ...account.receiving.map((entry, index): AddressRecord => {
      const from = { descriptor, branch: 0, index }
      return { address: addressOfEntry(entry, account, network), from, origin: 'derived' }
    }),
    ...account.change.map((entry, index): AddressRecord => {
      const from = { descriptor, branch: 1, index }
      return { address: addressOfEntry(entry, account, network), from, origin: 'derived', change: true }
    }),
  ])
  const single = imported.flatMap(({ place, hasPrivateKey }): AddressRecord[] => {
    const address = addressOfPlace(place, network)
    return address === null ? [] : [{ address, origin: hasPrivateKey ? 'imported' : 'watched' }]
  })
  return [...derived, ...single]
}

/** The address at a place; null for what is none: until 3.0 Electrum let people watch any text. */
export function addressOfPlace(place: string, network: Network): string | null {
  if (PUBLIC_KEY.test(place)) return keyAddress(unhex(place), 'p2pkh', network)
  try {
    const { address, networks } = parseAddress(place)
    return networks.includes(network) ? address : null
  } catch (error) {
    if (isCairnError(error)) return null
    throw error
  }
}

function addressOfEntry(entry: Json, { root }: Account, network: Network): string {
  if (typeof entry === 'string') return addressOfPlace(entry, network) ?? damaged('an address is not valid')
  const [threshold, cosigners] = root.kind === 'bip32' ? [root.threshold, root.keys.length] : [null, 0]
  const keys = isList(entry) ? entry.map(publicKey) : []
  if (threshold === null || keys.length !== cosigners) return damaged('an address is not valid')
  return scriptToAddress(p2sh(multisig(threshold, sorted(keys))), network) as string
}

function publicKey(value: Json): Uint8Array {
  return typeof value === 'string' && PUBLIC_KEY.test(value)
    ? unhex(value)
    : damaged('a public key is not valid')
}

/** BIP-67: by bytes. Electrum did so before there was a BIP. */
function sorted(keys: readonly Uint8Array[]): readonly Uint8Array[] {
  return keys.toSorted((a, b) => (hex(a) < hex(b) ? -1 : 1))
}
