/**
 * Algorand: the one account of a phrase of its own (words/algorand.ts), and those that wallets for many chains make of
 * BIP-39 words by SLIP-10. Addresses are the same on test networks. Not ARC-52.
 */
import { hex } from '../../bytes.js'
import { isCairnError } from '../../errors.js'
import { algorandAddress, algorandPublicKey, parseAlgorandAddress } from '../algorand.js'
import { fitsSeed, type KeyAddressForm, type OpenAccount, type Row } from '../row.js'

const ADDRESS: KeyAddressForm = { name: 'algorand', of: algorandAddress, canonical: read }

export const ALGORAND: readonly Row[] = [
  {
    chain: 'algorand',
    standard: 'algorand',
    usual: true,
    one: true,
    address: ADDRESS,
    fits: ({ kind }) => kind === 'algorand',
    open: ({ seed }) => openAlgorand(algorandPublicKey(seed)),
  },
  {
    chain: 'algorand',
    standard: 'bip44',
    path: "m/44'/283'/{account}'/{change}'/{index}'",
    curve: 'ed25519',
    address: ADDRESS,
    fits: fitsSeed,
  },
]

function openAlgorand(publicKey: Uint8Array): OpenAccount {
  const text = hex(publicKey)
  const address = algorandAddress(publicKey)
  return {
    path: null,
    xpub: null,
    public: text,
    single: true,
    at: () => ({ path: null, publicKey: text, address }),
  }
}

function read(text: string): string | null {
  try {
    parseAlgorandAddress(text)
    return text
  } catch (error) {
    if (isCairnError(error)) return null
    throw error
  }
}
