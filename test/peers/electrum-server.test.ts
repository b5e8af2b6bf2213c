import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { bitcoinNode, startNode } from './bitcoin-node.js'
import { balance, create, electrum, listAddresses } from './electrum.js'
import { online } from './electrum-daemon.js'
import { startElectrumServer } from './electrum-server.js'
import { present } from './peer.js'

const folder = mkdtempSync(join(tmpdir(), 'cairn-electrum-server-'))
afterAll(() => rmSync(folder, { recursive: true }))

const both = [await present(electrum), await present(bitcoinNode)].every(Boolean)

describe.runIf(both)('the real Electrum on our server before the real node', () => {
  test('is paid, pays with change, and verifies both in their blocks', { timeout: 300_000 }, async () => {
    const node = await startNode()
    const server = await startElectrumServer(node)
    const wallet = { path: join(folder, 'wallet') }
    await create(wallet)
    const [address = ''] = await listAddresses(wallet)
    try {
      await node.rpc('createwallet', ['other'])
      const other = await node.rpc<string>('getnewaddress', [], 'other')
      await node.mine(101, other)
      const paid = await node.rpc<string>('sendtoaddress', [address, 0.5], 'other')
      await node.mine(1, other)
      await online(wallet, server, async ({ command, synchronised }) => {
        await synchronised(102)
        const txid = await command(['broadcast', await command(['payto', other, '0.2', '--fee', '0.0001'])])
        await node.mine(1, other)
        await synchronised(103)
        const { transactions } = JSON.parse(await command(['onchain_history']))
        expect(transactions).toMatchObject([
          { txid: paid, height: 102, bc_value: '0.5' },
          { txid, height: 103, bc_value: '-0.2001' },
        ])
      })
    } finally {
      await server.stop()
      await node.stop()
    }
    expect(await balance(wallet)).toMatchObject({ confirmed: '0.2999' })
  })
})
