/**
 * A year in the life of a wallet on regtest: paid to labelled addresses, spending with change, a block a week.
 */
import { type BitcoinNode, startNode } from '../peers/bitcoin-node.js'

export const week = 7 * 24 * 3600
/** The clock of the chain when a life starts: 5 January 2026, in Unix seconds. */
export const start = 1_767_600_000

const funder = 'funder'

/** A node whose wallet `funder` has coins to give. */
export async function startLife(args: readonly string[] = []): Promise<BitcoinNode> {
  const node = await startNode({ args: [`-mocktime=${start}`, ...args] })
  await node.rpc('createwallet', [funder])
  await node.mine(110, await node.rpc('getnewaddress', [], funder))
  return node
}

export async function passWeek(node: BitcoinNode): Promise<void> {
  const { time } = await node.rpc<{ time: number }>('getblockchaininfo')
  await node.rpc('setmocktime', [time + week])
  await node.mine(1, await node.rpc('getnewaddress', [], funder))
}

/** Pays an address from outside the wallet, amount in bitcoin. */
export const give = (node: BitcoinNode, address: string, amount: number) =>
  node.rpc<string>('sendtoaddress', [address, amount.toFixed(8)], funder)

/** An address of somebody else. */
export const stranger = (node: BitcoinNode) => node.rpc<string>('getnewaddress', [], funder)
