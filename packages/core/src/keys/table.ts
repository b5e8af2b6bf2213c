/**
 * The table of accounts: every place where wallets look for the coins of a phrase, in the order in which they are shown.
 * Adding a chain is one file in `chains/` and one row here; `docs/wallet-paths.md` lists them (scripts/wallets-doc.js).
 */
import { ALGORAND } from './chains/algorand.js'
import { BITCOIN } from './chains/bitcoin.js'
import { CASH } from './chains/bitcoin-cash.js'
import { BITCOIN_LIKE } from './chains/bitcoin-like.js'
import { CARDANO } from './chains/cardano.js'
import { COSMOS } from './chains/cosmos.js'
import { ELECTRUM } from './chains/electrum.js'
import { EVM } from './chains/evm.js'
import { HEX_ACCOUNTS } from './chains/hex-accounts.js'
import { MONERO } from './chains/monero.js'
import { MULTISIG } from './chains/multisig.js'
import { NEO } from './chains/neo.js'
import { POLKADOT } from './chains/polkadot.js'
import { SOLANA } from './chains/solana.js'
import { STELLAR } from './chains/stellar.js'
import { TEZOS } from './chains/tezos.js'
import { TON } from './chains/ton.js'
import { TRON } from './chains/tron.js'
import { XRP } from './chains/xrp.js'
import type { Row } from './row.js'

export const ROWS: readonly Row[] = [
  ...BITCOIN,
  ...MULTISIG,
  ...ELECTRUM,
  ...EVM,
  ...BITCOIN_LIKE,
  ...CASH,
  ...SOLANA,
  ...COSMOS,
  ...TRON,
  ...XRP,
  ...STELLAR,
  ...TEZOS,
  ...HEX_ACCOUNTS,
  ...NEO,
  ...MONERO,
  ...ALGORAND,
  ...CARDANO,
  ...POLKADOT,
  ...TON,
]
