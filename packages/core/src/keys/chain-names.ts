/**
 * The names by which a person asks for a chain: those of the table, their ticker symbols, and the chains that have
 * Ethereum's accounts address for address (SLIP-44 coin type 60), which are shown as Ethereum's.
 */
import { fail } from '../errors.js'
import type { AccountChain } from './row.js'
import { ROWS } from './table.js'

/** In the order of the table. */
export const CHAINS: readonly AccountChain[] = [...new Set(ROWS.map(({ chain }) => chain))]

export const ETHEREUM_TWINS = [
  'arbitrum',
  'avalanche-c',
  'base',
  'blast',
  'bnb-smart-chain',
  'cronos',
  'fantom',
  'gnosis',
  'linea',
  'mantle',
  'metis',
  'moonbeam',
  'optimism',
  'polygon',
  'scroll',
  'sonic',
  'zksync',
] as const

const TICKERS: Readonly<Record<string, AccountChain>> = {
  atom: 'cosmos',
  bch: 'bitcoin-cash',
  bsv: 'bitcoin-sv',
  btc: 'bitcoin',
  doge: 'dogecoin',
  etc: 'ethereum-classic',
  eth: 'ethereum',
  ltc: 'litecoin',
  sol: 'solana',
  trx: 'tron',
  xec: 'ecash',
  xlm: 'stellar',
  xtz: 'tezos',
  zec: 'zcash',
}

/** The chain that a name means. @throws CairnError `usage` for a name that is none. */
export function parseChain(text: string): AccountChain | 'all' {
  const name = text.toLowerCase().replaceAll(' ', '-')
  if (name === 'all') return 'all'
  const twin = ETHEREUM_TWINS.find((chain) => chain === name) && 'ethereum'
  const found = CHAINS.find((chain) => chain === name) ?? TICKERS[name] ?? twin
  return found ?? fail('usage', { reason: `--chain is all, or one of ${CHAINS.join(', ')}` })
}
