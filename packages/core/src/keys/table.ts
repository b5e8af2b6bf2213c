/**
 * The table of accounts: every place where wallets look for the coins of a phrase, in the order in which they are shown.
 * Adding a chain is one file in `chains/` and one row here.
 */
import { BITCOIN } from './chains/bitcoin.js'
import { ELECTRUM } from './chains/electrum.js'
import { EVM } from './chains/evm.js'
import type { Row } from './row.js'

export const ROWS: readonly Row[] = [...BITCOIN, ...ELECTRUM, ...EVM]
