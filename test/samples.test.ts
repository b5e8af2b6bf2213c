import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { bitcoinNode, startNode } from './peers/bitcoin-node.js'
import { electrum, labels, listAddresses } from './peers/electrum.js'
import { present } from './peers/peer.js'

const samples = fileURLToPath(new URL('../packages/cli/samples', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'cairn-samples-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe.runIf(await present(electrum))('the sample Electrum wallet', () => {
  test('opens in Electrum with at least 20 addresses and 10 labels', async () => {
    const wallet = { path: join(folder, 'default_wallet') }
    copyFileSync(join(samples, 'electrum/default_wallet'), wallet.path)
    expect((await listAddresses(wallet)).length).toBeGreaterThanOrEqual(20)
    expect(Object.keys(await labels(wallet)).length).toBeGreaterThanOrEqual(10)
  })
})

describe.runIf(await present(bitcoinNode))('the sample node wallet', () => {
  test('loads in a node with its transactions and labels', async () => {
    const node = await startNode()
    try {
      await node.rpc('restorewallet', ['sample', join(samples, 'bitcoin-core/wallet.dat')])
      const { txcount } = await node.rpc<{ txcount: number }>('getwalletinfo', [], 'sample')
      expect(txcount).toBe(13)
      expect(await node.rpc('listlabels', [], 'sample')).toHaveLength(7)
    } finally {
      await node.stop()
    }
  })
})
