/**
 * Transactions as a Bitcoin Core wallet keeps them: the raw transaction, the block that holds it, and what its owner
 * said of it (Bitcoin Core, wallet/transaction.h, CWalletTx). The height of the block is not in the file.
 */
import type { Stream } from '../bitcoin/stream.js'
import { displayHash, readTransaction, type Transaction } from '../bitcoin/transaction.js'

/** `pending` covers all that is in no block: waiting, forgotten by the network, or never sent. */
export type TransactionState = 'confirmed' | 'pending' | 'abandoned' | 'conflicted'

export interface WalletTransaction {
  readonly transaction: Transaction
  readonly state: TransactionState
  /** Unix time, seconds: of the block or of its arrival, kept in the order of the wallet. */
  readonly time: number
  /** Its number in the order in which the wallet met them; -1 in wallets from before 2012. */
  readonly order: number
  /** What `sendtoaddress` was given as `comment` or, without one, as `comment_to`. */
  readonly comment: string
  /** A fee bump took its place. */
  readonly replaced: boolean
}

const NO_BLOCK = '0'.repeat(64)
const ABANDONED = `${'0'.repeat(63)}1`

export function readWalletTransaction(stream: Stream): WalletTransaction {
  const transaction = readTransaction(stream)
  const block = displayHash(stream.take(32))
  skipBranch(stream)
  const position = stream.i32()
  stream.list(45, () => skipPrevious(stream))
  const values = new Map(stream.list(2, () => [stream.text(), stream.text()] as const))
  stream.list(2, () => [stream.text(), stream.text()]) // order form: payment request of the first protocols
  stream.u32() // once fTimeReceivedIsTxTime
  const received = stream.u32()
  stream.take(2) // once fFromMe and fSpent
  return {
    transaction,
    state: stateOf(block, position),
    time: number(values.get('timesmart')) || received,
    order: number(values.get('n') ?? '-1'),
    comment: values.get('comment') || values.get('to') || '',
    replaced: values.has('replaced_by_txid'),
  }
}

/** TxStateInterpretSerialized; what it does not recognise counts as pending there too. */
function stateOf(block: string, position: number): TransactionState {
  if (block === NO_BLOCK) return 'pending'
  if (block === ABANDONED) return position === -1 ? 'abandoned' : 'pending'
  if (position >= 0) return 'confirmed'
  return position === -1 ? 'conflicted' : 'pending'
}

/** vtxPrev of wallets from before 2014: CMerkleTx, read for its length alone. */
function skipPrevious(stream: Stream): void {
  readTransaction(stream)
  stream.take(32)
  skipBranch(stream)
  stream.i32()
}

function skipBranch(stream: Stream): void {
  stream.list(32, () => stream.take(32))
}

function number(text: string | undefined): number {
  return text !== undefined && /^-?\d{1,15}$/.test(text) ? Number(text) : 0
}
