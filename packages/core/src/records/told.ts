/**
 * What a running wallet program tells beyond the bytes of its file: a Bitcoin node knows the height and the fee of a
 * transaction that wallet.dat has only by its block hash. It completes the records and is never proof of anything.
 */
import type { Balance, TransactionRecord, Wallet } from '../types.js'

export interface Told {
  readonly balance?: Balance
  /** Height of the chain. */
  readonly tip?: number
  readonly transactions?: readonly TransactionRecord[]
}

/** What a file alone need not give again, to be named to `compareWallets` when records were completed. */
export const TOLD_FIELDS = ['balance', 'tip', 'height', 'time', 'delta', 'fee'] as const
export type ToldField = (typeof TOLD_FIELDS)[number]

/**
 * The wallet with its gaps filled. What the file itself gives stays; transactions that it does not have, because they
 * came after the copy, are left out.
 */
export function withTold<W extends Pick<Wallet, 'transactions' | 'balance' | 'tip'>>(
  wallet: W,
  told: Told,
): W {
  const { balance, tip } = told
  const known = new Map(told.transactions?.map((transaction) => [transaction.txid, transaction]))
  return {
    ...(balance && { balance }),
    ...(tip !== undefined && { tip }),
    ...wallet,
    transactions: wallet.transactions.map((transaction) => ({
      ...known.get(transaction.txid),
      ...transaction,
    })),
  }
}
