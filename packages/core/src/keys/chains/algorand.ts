/** Algorand: the one account of a phrase of its own (words/algorand.ts); on its test networks it is the same. */
import { hex } from '../../bytes.js'
import { isCairnError } from '../../errors.js'
import { algorandAddress, algorandPublicKey, parseAlgorandAddress } from '../algorand.js'
import type { OpenAccount, OwnRow } from '../row.js'

export const ALGORAND: readonly OwnRow[] = [
  {
    chain: 'algorand',
    standard: 'algorand',
    usual: true,
    one: true,
    address: { name: 'algorand', canonical: read },
    fits: ({ kind }) => kind === 'algorand',
    open: ({ seed }) => openAlgorand(algorandPublicKey(seed)),
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
