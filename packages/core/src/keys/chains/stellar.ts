/** Stellar: SEP-5, https://github.com/stellar/stellar-protocol/blob/master/ecosystem/sep-0005.md, `m/44'/148'/x'`. */

import { fitsSeed, type PathRow } from '../row.js'
import { isStellarAddress, stellarAddress } from '../strkey.js'

export const STELLAR: readonly PathRow[] = [
  {
    chain: 'stellar',
    standard: 'sep5',
    path: "m/44'/148'/{account}'",
    curve: 'ed25519',
    fits: fitsSeed,
    address: {
      name: 'strkey',
      of: (publicKey) => stellarAddress(publicKey),
      canonical: (text) => (isStellarAddress(text) ? text : null),
    },
  },
]
