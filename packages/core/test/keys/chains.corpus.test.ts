/** First addresses and account keys of bip_utils, read from beside the checkout: one case a chain, per purpose. */
import { describe, expect, it } from 'vitest'
import { corpus } from '../../../../test/corpus.js'
import { unhex } from '../../src/bytes.js'
import type { AccountChain } from '../../src/keys/row.js'
import type { Network } from '../../src/types.js'
import { type Case, readCases } from './cases.js'
import { seedAccount } from './source.js'

interface AccountCase {
  readonly coin: string
  readonly seed: string
  readonly account: { readonly ex_pub: string }
  readonly addresses: readonly string[]
}

interface Place {
  readonly chain: AccountChain
  readonly network?: Network
  readonly standard?: string
  /** Where bip_utils takes its addresses, when no wallet does. */
  readonly path?: string
}

/** The names of bip_utils. */
const COINS: Readonly<Record<string, Place>> = {
  ALGORAND: { chain: 'algorand', path: "m/44'/283'/0'/0'/{index}'" },
  APTOS: { chain: 'aptos', path: "m/44'/637'/0'/0'/{index}'" },
  AVAX_P_CHAIN: { chain: 'avalanche-p' },
  AVAX_X_CHAIN: { chain: 'avalanche-x' },
  AXELAR: { chain: 'axelar' },
  BAND_PROTOCOL: { chain: 'band' },
  BINANCE_CHAIN: { chain: 'binance-chain' },
  BITCOIN: { chain: 'bitcoin' },
  BITCOIN_CASH: { chain: 'bitcoin-cash' },
  BITCOIN_CASH_SLP_TESTNET: { chain: 'bitcoin-cash', standard: 'bip44-slp', network: 'testnet' },
  BITCOIN_CASH_TESTNET: { chain: 'bitcoin-cash', network: 'testnet' },
  BITCOIN_REGTEST: { chain: 'bitcoin', network: 'regtest' },
  BITCOIN_SV: { chain: 'bitcoin-sv' },
  BITCOIN_SV_TESTNET: { chain: 'bitcoin-sv', network: 'testnet' },
  BITCOIN_TESTNET: { chain: 'bitcoin', network: 'testnet' },
  CELESTIA: { chain: 'celestia' },
  COSMOS: { chain: 'cosmos' },
  DASH: { chain: 'dash' },
  DASH_TESTNET: { chain: 'dash', network: 'testnet' },
  DOGECOIN: { chain: 'dogecoin' },
  DOGECOIN_TESTNET: { chain: 'dogecoin', network: 'testnet' },
  DYDX: { chain: 'dydx' },
  ECASH: { chain: 'ecash' },
  ECASH_TESTNET: { chain: 'ecash', network: 'testnet' },
  ETHEREUM: { chain: 'ethereum' },
  ETHEREUM_CLASSIC: { chain: 'ethereum-classic' },
  FETCH_AI: { chain: 'fetch' },
  HARMONY_ONE_ETH: { chain: 'harmony' },
  INJECTIVE: { chain: 'injective' },
  KAVA: { chain: 'kava' },
  KUSAMA_ED25519_SLIP: { chain: 'kusama', path: "m/44'/434'/0'/0'/{index}'" },
  LITECOIN: { chain: 'litecoin' },
  LITECOIN_TESTNET: { chain: 'litecoin', network: 'testnet' },
  NEAR_PROTOCOL: { chain: 'near' },
  NEO_LEGACY: { chain: 'neo' },
  ONTOLOGY: { chain: 'ontology' },
  OSMOSIS: { chain: 'osmosis' },
  POLKADOT_ED25519_SLIP: { chain: 'polkadot', path: "m/44'/354'/0'/0'/{index}'" },
  RIPPLE: { chain: 'xrp' },
  SECRET_NETWORK_OLD: { chain: 'secret', standard: 'bip44-118' },
  SECRET_NETWORK_NEW: { chain: 'secret' },
  SOLANA: { chain: 'solana', path: "m/44'/501'/0'/0'/{index}'" },
  STELLAR: { chain: 'stellar', standard: 'sep5', path: "m/44'/148'/0'/0'/{index}'" },
  SUI: { chain: 'sui', path: "m/44'/784'/0'/0'/{index}'" },
  TERRA: { chain: 'terra' },
  TEZOS: { chain: 'tezos', path: "m/44'/1729'/0'/0'/{index}'" },
  THETA: { chain: 'theta' },
  TRON: { chain: 'tron' },
  VECHAIN: { chain: 'vechain' },
  VERGE: { chain: 'verge' },
  ZCASH: { chain: 'zcash' },
  ZCASH_TESTNET: { chain: 'zcash', network: 'testnet' },
}

const folder = corpus('bip44-addresses')

describe.runIf(folder).each(['bip44', 'bip49', 'bip84', 'bip86'])('%s accounts of bip_utils', (standard) => {
  const cases = (folder ? readCases<AccountCase>(folder, `${standard}.json`) : []).filter(isOurs(standard))

  it.each(cases)('$id', ({ coin, seed, account, addresses }) => {
    const found = seedAccount(unhex(seed), { standard, ...COINS[coin], count: addresses.length })
    expect(found.addresses).toEqual(addresses)
    if (found.xpub !== null) expect(found.xpub).toBe(account.ex_pub)
  })

  it('are enough', () => {
    expect(cases.length).toBeGreaterThan(standard === 'bip44' ? 30 : 2)
  })
})

/** bip_utils makes BIP-49 accounts for chains without segwit too, which no wallet does. */
function isOurs(standard: string): (it: Case & AccountCase) => boolean {
  const segwit = ['bitcoin', 'litecoin']
  return ({ coin }) => coin in COINS && (standard === 'bip44' || segwit.includes(COINS[coin]?.chain ?? ''))
}
