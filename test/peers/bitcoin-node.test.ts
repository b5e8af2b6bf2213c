import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { bitcoinNode, RpcError, startNode } from './bitcoin-node.js'
import { present } from './peer.js'

describe.runIf(await present(bitcoinNode))('the real Bitcoin node', () => {
  test('mines, pays with change, backs up over RPC and loads the copy', async () => {
    const node = await startNode()
    try {
      await node.rpc('createwallet', ['first'])
      const address = await node.rpc<string>('getnewaddress', ['pay', 'bech32'], 'first')
      await node.mine(101, address)
      await node.rpc('sendtoaddress', [await node.rpc('getnewaddress', [], 'first'), 1], 'first')
      const copy = join(node.dir, 'copy.dat')
      await node.rpc('backupwallet', [copy], 'first')
      await node.rpc('restorewallet', ['second', copy])
      const before = await node.rpc<number>('getbalance', [], 'first')
      expect(before).toBeGreaterThan(49)
      expect(await node.rpc('getbalance', [], 'second')).toBe(before)
    } finally {
      await node.stop()
    }
    expect(existsSync(node.dir)).toBe(false)
  })

  test('mines a payment locked to any height that has passed', async () => {
    const node = await startNode()
    try {
      await node.rpc('createwallet', ['payer'])
      const address = await node.rpc<string>('getnewaddress', [], 'payer')
      await node.mine(101, address)
      for (const height of [20, 21, 22]) {
        const plain = await node.rpc<string>('createrawtransaction', [[], { [address]: 1 }, height])
        const { hex } = await node.rpc<{ hex: string }>('fundrawtransaction', [plain], 'payer')
        const signed = await node.rpc<{ hex: string }>('signrawtransactionwithwallet', [hex], 'payer')
        const txid = await node.rpc<string>('sendrawtransaction', [signed.hex])
        await node.mine(1, address)
        expect(await node.rpc('gettransaction', [txid], 'payer')).toMatchObject({ confirmations: 1 })
      }
    } finally {
      await node.stop()
    }
  })

  test('answers a wrong call with its own code', async () => {
    const node = await startNode()
    try {
      await expect(node.rpc('getbalance', [], 'no such wallet')).rejects.toThrow(RpcError)
    } finally {
      await node.stop()
    }
  })
})
