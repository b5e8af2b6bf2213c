/**
 * How much a wallet is used, from its own records: when it moved something, how much, and what it holds. Amounts are in
 * satoshi of Bitcoin's main network; coins of test networks are worth nothing, and other kinds of wallets tell none.
 */
import type { Wallet } from '../types.js'
import { DAY_MS } from './due.js'

export interface Move {
  /** Milliseconds since 1970; null while unconfirmed, which is of today. */
  readonly time: number | null
  readonly sats: bigint
}

export interface Use {
  /** Transactions whose moment is known. */
  readonly moves: readonly Move[]
  /** Transactions whose moment the file does not tell. */
  readonly untimed: number
  /** Null when the file does not tell. */
  readonly holdsSats: bigint | null
}

export const NO_USE: Use = { moves: [], untimed: 0, holdsSats: null }

/** Of a wallet as its reader gives it. */
export function useOf({ transactions, balance, identity }: Wallet): Use {
  const isMoney = identity.chain === 'bitcoin' && identity.network === 'mainnet'
  const moves = transactions.flatMap(({ time, height, delta = '0' }): Move[] => {
    const sats = isMoney ? magnitude(delta) : 0n
    if (time !== undefined) return [{ time: time * 1000, sats }]
    return height === undefined ? [{ time: null, sats }] : []
  })
  return {
    moves,
    untimed: transactions.length - moves.length,
    holdsSats: balance && isMoney ? BigInt(balance.confirmed) + BigInt(balance.unconfirmed) : null,
  }
}

/** Moves of the so many days before `now`, milliseconds since 1970. */
export function movesWithin({ moves }: Use, now: number, days: number): readonly Move[] {
  return moves.filter(({ time }) => time === null || time > now - days * DAY_MS)
}

function magnitude(amount: string): bigint {
  const value = BigInt(amount)
  return value < 0n ? -value : value
}
