/**
 * Which transactions touch which script, read from a node: the index that an Electrum server keeps. It holds a
 * regtest chain of some hundred blocks in memory and is rebuilt whenever the tip or the mempool changes.
 */
import { createHash } from 'node:crypto'
import type { BitcoinNode } from './bitcoin-node.js'

/** SHA-256 of an output script, bytes reversed, hex (Electrum protocol 1.4, "Script Hashes"). */
export type ScriptHash = string

export interface Entry {
  readonly tx_hash: string
  /** Block height; 0 in the mempool, -1 there with an unconfirmed input. */
  readonly height: number
  /** In satoshi; in the mempool only. */
  readonly fee?: number
}

export interface Coin {
  readonly tx_hash: string
  readonly tx_pos: number
  readonly height: number
  /** In satoshi. */
  readonly value: number
}

export interface Index {
  readonly height: number
  /** Header of the tip, hex. */
  readonly header: string
  /** Hash of the tip and of everything in the mempool: changes when anything does. */
  readonly version: string
  readonly history: ReadonlyMap<ScriptHash, readonly Entry[]>
  readonly coins: ReadonlyMap<ScriptHash, readonly Coin[]>
}

interface Output {
  readonly n: number
  readonly value: number
  readonly scriptPubKey: { readonly hex: string }
}

interface Transaction {
  readonly txid: string
  readonly fee?: number
  readonly vin: readonly { txid?: string; vout?: number; prevout?: Omit<Output, 'n'> }[]
  readonly vout: readonly Output[]
}

interface Block {
  readonly tx: readonly Transaction[]
}

const satoshi = (bitcoin: number) => Math.round(bitcoin * 1e8)

export function scriptHash(script: string): ScriptHash {
  return createHash('sha256').update(Buffer.from(script, 'hex')).digest().reverse().toString('hex')
}

/** Reads a node's chain into an index, and only what is new the next time. */
export function indexOf(node: BitcoinNode): () => Promise<Index> {
  const blocks = new Map<string, Block>() // by hash
  let known: Index | null = null
  const block = async (hash: string): Promise<Block> => {
    const found = blocks.get(hash) ?? (await node.rpc<Block>('getblock', [hash, 3]))
    blocks.set(hash, found)
    return found
  }
  const version = async () => {
    const pool = await node.rpc<string[]>('getrawmempool')
    return [await node.rpc<string>('getbestblockhash'), ...pool.sort()].join()
  }
  const readAt = async (now: string): Promise<Index> => {
    const [tip = '', ...pool] = now.split(',')
    const height = await node.rpc<number>('getblockcount')
    const chain: Block[] = []
    for (let at = 0; at <= height; at++) chain.push(await block(await node.rpc('getblockhash', [at])))
    const loose = await Promise.all(pool.map((txid) => node.rpc<Transaction>('getrawtransaction', [txid, 2])))
    const header = await node.rpc<string>('getblockheader', [tip, false])
    return { height, header, version: now, ...build(chain, loose) }
  }
  return async () => {
    for (let now = await version(); known?.version !== now; now = await version()) known = await readAt(now)
    return known
  }
}

function build(chain: readonly Block[], loose: readonly Transaction[]): Pick<Index, 'history' | 'coins'> {
  const history = new Map<ScriptHash, Entry[]>()
  const coins = new Map<ScriptHash, Coin[]>()
  const pool = new Set(loose.map(({ txid }) => txid))
  const add = (tx: Transaction, entry: Entry): void => {
    for (const script of new Set(scripts(tx))) history.set(script, [...(history.get(script) ?? []), entry])
    for (const input of tx.vin) spend(coins, input)
    for (const output of tx.vout) receive(coins, output, entry)
  }
  for (const [height, { tx }] of chain.entries())
    for (const one of tx) add(one, { tx_hash: one.txid, height })
  for (const tx of inOrder(loose)) {
    const height = tx.vin.some(({ txid = '' }) => pool.has(txid)) ? -1 : 0
    add(tx, { tx_hash: tx.txid, height, fee: satoshi(tx.fee ?? 0) })
  }
  return { history, coins }
}

function scripts(tx: Transaction): ScriptHash[] {
  const spent = tx.vin.flatMap(({ prevout }) => (prevout ? [prevout.scriptPubKey.hex] : []))
  return [...spent, ...tx.vout.map(({ scriptPubKey }) => scriptPubKey.hex)].map(scriptHash)
}

function spend(coins: Map<ScriptHash, Coin[]>, { txid, vout, prevout }: Transaction['vin'][number]): void {
  if (!prevout) return
  const script = scriptHash(prevout.scriptPubKey.hex)
  const left = coins.get(script)?.filter((coin) => coin.tx_hash !== txid || coin.tx_pos !== vout)
  coins.set(script, left ?? [])
}

function receive(coins: Map<ScriptHash, Coin[]>, output: Output, { tx_hash, height }: Entry): void {
  const script = scriptHash(output.scriptPubKey.hex)
  const coin = { tx_hash, tx_pos: output.n, height: Math.max(height, 0), value: satoshi(output.value) }
  coins.set(script, [...(coins.get(script) ?? []), coin])
}

/** Parents before children, so that a coin exists before it is spent. */
function inOrder(loose: readonly Transaction[]): Transaction[] {
  const byId = new Map(loose.map((tx) => [tx.txid, tx]))
  const done = new Set<Transaction>()
  const visit = (tx: Transaction | undefined): void => {
    if (!tx || done.has(tx)) return
    for (const { txid = '' } of tx.vin) visit(byId.get(txid))
    done.add(tx)
  }
  for (const tx of loose) visit(tx)
  return [...done]
}
