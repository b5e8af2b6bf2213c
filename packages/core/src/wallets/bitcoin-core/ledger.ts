/**
 * What the transactions of a Bitcoin Core wallet add up to, counted as the node counts (`getbalances`): the wallet's
 * own change is `confirmed` at once, coins from others when a block has them. The file does not tell which pending
 * transactions the network still knows, so each counts until another one took its place; nor whether the reward of a
 * block is old enough to be spent, so it counts.
 */
import { hex } from '../../bytes.js'
import type { Balance, TransactionRecord } from '../../types.js'
import type { Outpoint, Output, Transaction } from '../bitcoin/transaction.js'
import type { WalletTransaction } from './transaction.js'

export interface Ledger {
  /** In the order of the wallet. */
  readonly transactions: readonly TransactionRecord[]
  readonly balance?: Balance
}

/** `scripts`: all output scripts of the wallet in hex; null when they are not all known, which leaves amounts out. */
export function keepLedger(all: readonly WalletTransaction[], scripts: ReadonlySet<string> | null): Ledger {
  const sorted = all.toSorted((a, b) => a.order - b.order || a.time - b.time)
  const outputs = outputsByOutpoint(sorted)
  const dead = findDead(sorted)
  const live = sorted.filter((entry) => !dead.has(entry))
  const isOwn = scripts && (({ script }: Output) => scripts.has(hex(script)))
  return {
    transactions: sorted.map((entry) => toRecord(entry, outputs, isOwn && !dead.has(entry) ? isOwn : null)),
    ...(isOwn && { balance: balanceOf(live, outputs, isOwn) }),
  }
}

type IsOwn = (output: Output) => boolean
type OutputMap = ReadonlyMap<string, Output>

const nameOf = ({ txid, index }: Outpoint) => `${txid}:${index}`

function outputsByOutpoint(all: readonly WalletTransaction[]): OutputMap {
  return new Map(
    all.flatMap(({ transaction: { txid, outputs } }) =>
      outputs.map((output, index) => [nameOf({ txid, index }), output] as const),
    ),
  )
}

/** Abandoned, conflicting with a block or with what is in one, replaced; and whatever spends an output of these. */
function findDead(all: readonly WalletTransaction[]): ReadonlySet<WalletTransaction> {
  const confirmed = all.filter(({ state }) => state === 'confirmed')
  const taken = new Set(confirmed.flatMap(({ transaction }) => transaction.inputs.map(nameOf)))
  const isDead = ({ state, replaced, transaction: { inputs, isCoinbase } }: WalletTransaction) =>
    state !== 'confirmed' &&
    (state !== 'pending' || replaced || isCoinbase || inputs.some((input) => taken.has(nameOf(input))))
  const dead = new Set(all.filter(isDead))
  const spenders = pendingSpenders(all)
  // a set is walked through in the order of insertion, also what is added on the way
  for (const { transaction } of dead)
    for (const spender of spenders.get(transaction.txid) ?? []) dead.add(spender)
  return dead
}

function pendingSpenders(
  all: readonly WalletTransaction[],
): ReadonlyMap<string, readonly WalletTransaction[]> {
  const spenders = new Map<string, WalletTransaction[]>()
  for (const entry of all) {
    if (entry.state === 'confirmed') continue
    for (const { txid } of entry.transaction.inputs) {
      const known = spenders.get(txid)
      if (known) known.push(entry)
      else spenders.set(txid, [entry])
    }
  }
  return spenders
}

function toRecord(
  { transaction, time }: WalletTransaction,
  outputs: OutputMap,
  isOwn: IsOwn | null,
): TransactionRecord {
  const head = { txid: transaction.txid, ...(time > 0 && { time }) }
  if (!isOwn) return head
  const spent = transaction.inputs.map((input) => outputs.get(nameOf(input)))
  const ownSpent = spent.filter((output) => output && isOwn(output))
  const delta = sum(transaction.outputs.filter(isOwn)) - sum(ownSpent)
  const fee = ownSpent.length > 0 ? feeOf(transaction, spent) : null
  return { ...head, delta: String(delta), ...(fee !== null && { fee: String(fee) }) }
}

/** Only where the file has everything that the transaction spends. */
function feeOf({ outputs }: Transaction, spent: readonly (Output | undefined)[]): bigint | null {
  const fee = sum(spent) - sum(outputs)
  return spent.includes(undefined) || fee < 0n ? null : fee
}

function balanceOf(live: readonly WalletTransaction[], outputs: OutputMap, isOwn: IsOwn): Balance {
  const spent = new Set(live.flatMap(({ transaction }) => transaction.inputs.map(nameOf)))
  const trusted = findTrusted(live, outputs, isOwn)
  const unspent = (wanted: readonly WalletTransaction[]) =>
    wanted.flatMap(({ transaction: { txid, outputs } }) =>
      outputs.filter((output, index) => isOwn(output) && !spent.has(nameOf({ txid, index }))),
    )
  const isTrusted = ({ transaction }: WalletTransaction) => trusted.has(transaction.txid)
  return {
    confirmed: String(sum(unspent(live.filter(isTrusted)))),
    unconfirmed: String(sum(unspent(live.filter((entry) => !isTrusted(entry))))),
  }
}

/** No chain of pending transactions is longer: no node passes it on (policy.h, DEFAULT_ANCESTOR_LIMIT). */
const MAX_CHAIN = 25

/** CachedTxIsTrusted in wallet/receive.cpp: in a block, or made of own coins of trusted transactions alone. */
function findTrusted(
  live: readonly WalletTransaction[],
  outputs: OutputMap,
  isOwn: IsOwn,
): ReadonlySet<string> {
  const trusted = new Set(
    live.filter(({ state }) => state === 'confirmed').map(({ transaction }) => transaction.txid),
  )
  const isFromTrusted = (input: Outpoint) => {
    const output = outputs.get(nameOf(input))
    return trusted.has(input.txid) && output !== undefined && isOwn(output)
  }
  const pending = live.filter(({ state }) => state === 'pending')
  for (let known = -1, pass = 0; known < trusted.size && pass < MAX_CHAIN; pass++) {
    known = trusted.size
    for (const { transaction } of pending) {
      if (transaction.inputs.every(isFromTrusted)) trusted.add(transaction.txid)
    }
  }
  return trusted
}

function sum(outputs: readonly (Output | undefined)[]): bigint {
  return outputs.reduce((total, output) => total + (output?.value ?? 0n), 0n)
}
