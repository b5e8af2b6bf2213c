/** Ethereum: the first account of BIP-44 with coin type 60 (SLIP-44), the same on its test networks. */
import { isCairnError } from '../../errors.js'
import { ethereumAddress, parseEthereumAddress } from '../ethereum.js'
import { fitsSeed, type KeyAddressForm, type PathRow } from '../row.js'

const EIP55: KeyAddressForm = {
  name: 'eip55',
  of: (publicKey) => ethereumAddress(publicKey),
  canonical: (text) => read(text),
}

const common = { chain: 'ethereum', curve: 'secp256k1', address: EIP55, fits: fitsSeed } as const

export const EVM: readonly PathRow[] = [
  { ...common, standard: 'bip44', path: "m/44'/60'/{account}'/{change}/{index}", usual: true },
]

function read(text: string): string | null {
  try {
    return parseEthereumAddress(text)
  } catch (error) {
    if (isCairnError(error)) return null
    throw error
  }
}
