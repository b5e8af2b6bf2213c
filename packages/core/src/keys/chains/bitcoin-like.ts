/**
 * Chains that spell keys and addresses by Bitcoin's rules with figures of their own: versions from their chainparams,
 * coin types from SLIP-44. Account keys are written `xpub`, `ypub` and `zpub`, as Electrum's forks and Coinomi do
 * (Trezor writes `Ltub` and `Mtub` for Litecoin, SLIP-132); Dogecoin has its own, `dgub`.
 */
import { nestedForm, p2pkhForm, segwitForm } from '../bitcoin-forms.js'
import { type AccountChain, fitsSeed, type PathRow } from '../row.js'

interface Figures {
  readonly chain: AccountChain
  readonly coin: number
  /** Version bytes of P2PKH, and of P2SH where wallets make segwit addresses within it: main network, test network. */
  readonly p2pkh: readonly [readonly number[], readonly number[]]
  readonly p2sh?: readonly [readonly number[], readonly number[]]
  /** Human-readable part. */
  readonly hrp?: readonly [string, string]
  readonly versions?: PathRow['versions'] | undefined
}

const CHAINS: readonly Figures[] = [
  {
    chain: 'litecoin',
    coin: 2,
    p2pkh: [[0x30], [0x6f]],
    p2sh: [[0x32], [0x3a]],
    hrp: ['ltc', 'tltc'],
    versions: { testnet: 0x0436f6e1 }, // ttub, SLIP-132
  },
  {
    chain: 'dogecoin',
    coin: 3,
    p2pkh: [[0x1e], [0x71]],
    versions: { mainnet: 0x02facafd, testnet: 0x0432a9a8 }, // dgub, tgub
  },
  { chain: 'dash', coin: 5, p2pkh: [[0x4c], [0x8c]] },
  // Transparent addresses; shielded ones are of another kind.
  {
    chain: 'zcash',
    coin: 133,
    p2pkh: [
      [0x1c, 0xb8],
      [0x1d, 0x25],
    ],
  },
  { chain: 'bitcoin-sv', coin: 236, p2pkh: [[0x00], [0x6f]] },
  { chain: 'bitcoin-gold', coin: 156, p2pkh: [[0x26], [0x6f]], p2sh: [[0x17], [0xc4]], hrp: ['btg', 'tbtg'] },
  { chain: 'digibyte', coin: 20, p2pkh: [[0x1e], [0x7e]], p2sh: [[0x3f], [0x8c]], hrp: ['dgb', 'dgbt'] },
  { chain: 'ravencoin', coin: 175, p2pkh: [[0x3c], [0x6f]] },
  {
    chain: 'horizen',
    coin: 121,
    p2pkh: [
      [0x20, 0x89],
      [0x20, 0x98],
    ],
  },
  { chain: 'komodo', coin: 141, p2pkh: [[0x3c], [0x3c]] },
  { chain: 'verge', coin: 77, p2pkh: [[0x1e], [0x6f]] },
]

export const BITCOIN_LIKE: readonly PathRow[] = CHAINS.flatMap(rowsOf)

function rowsOf({ p2pkh, p2sh, hrp, ...row }: Figures): readonly PathRow[] {
  const common = { ...row, curve: 'secp256k1', fits: fitsSeed } as const
  const path = (purpose: number) => `m/${purpose}'/{coin}'/{account}'/{change}/{index}`
  const rows: PathRow[] = [{ ...common, standard: 'bip44', path: path(44), address: p2pkhForm(named(p2pkh)) }]
  if (p2sh) {
    rows.push({
      ...common,
      standard: 'bip49',
      path: path(49),
      address: nestedForm(named(p2sh)),
      form: 'p2sh-p2wpkh',
    })
  }
  if (hrp)
    rows.push({
      ...common,
      standard: 'bip84',
      path: path(84),
      address: segwitForm(named(hrp)),
      form: 'p2wpkh',
    })
  return rows
}

function named<T>([mainnet, testnet]: readonly [T, T]): { readonly mainnet: T; readonly testnet: T } {
  return { mainnet, testnet }
}
