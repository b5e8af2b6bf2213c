/**
 * What a node tells of a wallet that is not in its file: heights, and how high the chain is. Amounts are told again for
 * wallets whose descriptors Cairn does not derive from.
 */
import { fail, isCairnError } from '@cairn/core/errors.js'
import type { Told } from '@cairn/core/records/told.js'
import type { Balance, TransactionRecord } from '@cairn/core/types.js'
import * as z from 'zod'
import { type Call, TOO_LONG } from './client.js'

const amount = z.number() // bitcoin, with eight digits
const Entries = z.object({
  transactions: z.array(
    z.object({
      txid: z.string().regex(/^[0-9a-f]{64}$/),
      amount,
      fee: amount.optional(),
      confirmations: z.int(),
      abandoned: z.boolean().optional(),
      replaced_by_txid: z.string().optional(),
      blockheight: z.int().nonnegative().optional(),
    }),
  ),
})
const Balances = z.object({
  mine: z.object({ trusted: amount, untrusted_pending: amount, immature: amount, used: amount.optional() }),
})
type Entry = z.infer<typeof Entries>['transactions'][number]

/** One entry an output, some 600 bytes: enough for 100,000 of them. Beyond, heights are left out. */
const HISTORY = { timeoutMs: 300_000, bytes: 64 * 1024 * 1024 }

export async function askNode(call: Call): Promise<Told> {
  return {
    tip: parse(z.int().nonnegative(), await call('getblockcount')),
    balance: await askBalance(call),
    transactions: await askTransactions(call),
  }
}

/** As the reader of the file counts: all but what others sent and no block has yet. */
async function askBalance(call: Call): Promise<Balance> {
  const { mine } = parse(Balances, await call('getbalances'))
  const confirmed = [mine.trusted, mine.immature, mine.used ?? 0].reduce((sum, part) => sum + toSats(part), 0)
  return { confirmed: String(confirmed), unconfirmed: String(toSats(mine.untrusted_pending)) }
}

async function askTransactions(call: Call): Promise<readonly TransactionRecord[]> {
  try {
    const answer = await call('listsinceblock', ['', 1, true, false], HISTORY)
    return toRecords(parse(Entries, answer).transactions)
  } catch (error) {
    if (isCairnError(error, 'node-refused') && error.details.reason === TOO_LONG) return []
    throw error
  }
}

/** An entry for each output that is not change; the fee of a payment, negative, in each of its entries. */
function toRecords(entries: readonly Entry[]): readonly TransactionRecord[] {
  const byTxid = new Map<string, Entry[]>()
  for (const entry of entries) {
    const known = byTxid.get(entry.txid)
    if (known) known.push(entry)
    else byTxid.set(entry.txid, [entry])
  }
  return Array.from(byTxid, ([txid, entries]) => ({ txid, ...describe(entries) }))
}

function describe(entries: readonly Entry[]): Omit<TransactionRecord, 'txid'> {
  const { confirmations, abandoned, blockheight, replaced_by_txid: replaced } = entries[0] as Entry
  const fee = entries.find((entry) => entry.fee !== undefined)?.fee
  // then it changed nothing
  if (confirmations < 0 || abandoned || (confirmations === 0 && replaced !== undefined)) return {}
  const delta = entries.reduce((sum, { amount }) => sum + toSats(amount), toSats(fee ?? 0))
  return {
    ...(blockheight !== undefined && { height: blockheight }),
    delta: String(delta),
    ...(fee !== undefined && { fee: String(-toSats(fee)) }),
  }
}

/** Exact: all bitcoin there will be are 2.1e15 satoshi, below 2^53. */
function toSats(bitcoin: number): number {
  return Math.round(bitcoin * 1e8)
}

function parse<T>(schema: z.ZodType<T>, answer: unknown): T {
  const parsed = schema.safeParse(answer)
  return parsed.success ? parsed.data : fail('node-refused', { reason: 'its answer has an unknown form' })
}
