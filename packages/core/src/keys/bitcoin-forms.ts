/** Bitcoin's addresses of one public key (`address.ts`), as forms for the table of accounts. */
import { isCairnError } from '../errors.js'
import { type BitcoinAddress, type KeyAddressType, keyAddress, parseAddress } from './address.js'
import type { KeyAddressForm } from './row.js'

export const P2PKH = form('p2pkh')
export const P2SH_P2WPKH = form('p2sh-p2wpkh')
export const P2WPKH = form('p2wpkh')
export const P2TR = form('p2tr')

function form(type: KeyAddressType): KeyAddressForm {
  const spelled = type === 'p2sh-p2wpkh' ? 'p2sh' : type // what is behind a script hash, no address tells
  return {
    name: type,
    of: (publicKey, network) => keyAddress(publicKey, type, network),
    canonical: (text, network) => {
      const found = read(text)
      return found?.type === spelled && found.networks.includes(network) ? found.address : null
    },
  }
}

function read(text: string): BitcoinAddress | null {
  try {
    return parseAddress(text)
  } catch (error) {
    if (isCairnError(error)) return null
    throw error
  }
}
