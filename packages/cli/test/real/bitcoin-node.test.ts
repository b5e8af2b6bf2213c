/**
 * The main job on a wallet of the real Bitcoin node (regtest): saved live over RPC and as a file, deleted, restored on
 * a machine that never saw the vault, and loaded by the node again.
 */
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { give, passWeek, startLife, stranger } from '../../../../test/make/life.js'
import { type BitcoinNode, bitcoinNode } from '../../../../test/peers/bitcoin-node.js'
import { present } from '../../../../test/peers/peer.js'
import { useFolders } from '../run.js'
import { type Drilled, type RealVault, realVault, TWO_FACTORS } from './vault.js'

const PASSPHRASE = 'Grüne Wiese 7'
const WALLET = 'savings'
const LABELS = ['Miete', 'café "Zur Post"', '給料']

/** Twenty payments to labelled addresses, ten that leave change. */
async function live(node: BitcoinNode): Promise<void> {
  for (const [i, label] of LABELS.entries()) {
    const type = ['bech32', 'bech32m', 'p2sh-segwit'][i]
    const address = await node.rpc<string>('getnewaddress', [label, type], WALLET)
    for (const amount of Array.from({ length: i === 0 ? 6 : 7 }, (_, nth) => 0.1 + nth / 100)) {
      await give(node, address, amount)
    }
    await passWeek(node)
  }
  for (const nth of Array.from({ length: 10 }).keys()) {
    await node.rpc(
      'sendtoaddress',
      [await stranger(node), (0.01 + nth / 1000).toFixed(3), 'for rent', 'landlord'],
      WALLET,
    )
    if (nth % 3 === 0) await passWeek(node)
  }
  await passWeek(node)
}

interface Transaction {
  readonly txid: string
  readonly vout?: number
  readonly category?: string
}

/** What the node says of the wallet. */
async function facts(node: BitcoinNode) {
  const ask = <T>(method: string, params: readonly unknown[] = []) => node.rpc<T>(method, params, WALLET)
  const labels = await ask<string[]>('listlabels')
  const addresses = labels.map((label) => ask<object>('getaddressesbylabel', [label]))
  return {
    balances: await ask<object>('getbalances'),
    transactions: sorted(await ask<readonly Transaction[]>('listtransactions', ['*', 1000])),
    coins: sorted(await ask<readonly Transaction[]>('listunspent')),
    labels,
    addresses: await Promise.all(addresses),
    descriptors: await ask<object>('listdescriptors'),
  }
}

/** The node promises no order among outputs of one block. */
function sorted(rows: readonly Transaction[]): readonly Transaction[] {
  const key = ({ txid, vout, category }: Transaction) => `${txid} ${vout} ${category}`
  return [...rows].sort((a, b) => (key(a) < key(b) ? -1 : 1))
}

type Facts = Awaited<ReturnType<typeof facts>>

/** A node with a wallet that has lived, and a vault. */
async function withLife(
  cwd: string,
  options: { readonly passphrase?: string },
  use: (vault: RealVault, node: BitcoinNode) => Promise<void>,
): Promise<void> {
  const node = await startLife(['-keypool=5'])
  try {
    await node.rpc('createwallet', { wallet_name: WALLET, ...options })
    if (options.passphrase) await node.rpc('walletpassphrase', [options.passphrase, 100_000], WALLET)
    await live(node)
    if (options.passphrase) await node.rpc('walletlock', [], WALLET)
    await use(await realVault(cwd), node)
  } finally {
    await node.stop()
  }
}

const folderOf = (node: BitcoinNode) => join(node.dir, 'regtest/wallets', WALLET)

async function loseWallet(node: BitcoinNode): Promise<void> {
  await node.rpc('unloadwallet', [WALLET])
  await rm(folderOf(node), { recursive: true })
}

/** The balance as the node has it, without what belongs to the moment: the last block it processed. */
const withoutBlock = ({ balances, ...rest }: Facts) => ({
  ...rest,
  balances: { ...balances, lastprocessedblock: undefined },
})

const idsOf = ({ transactions }: Facts) => new Set(transactions.map(({ txid }) => txid))

describe.runIf(await present(bitcoinNode))('a wallet of the real Bitcoin node', () => {
  const folder = useFolders()

  test.each([
    ['plain', {}],
    ['encrypted', { passphrase: PASSPHRASE }],
  ])('that is %s comes back from a running node and from its file', async (_, options) => {
    await withLife(await folder(), options, async (vault, node) => {
      const { cwd, cairn, restoreElsewhere } = vault
      await writeFile(`${cwd}/password`, `${PASSPHRASE}\n`)
      const password = 'passphrase' in options ? ['--password-file', 'password'] : []
      const before = await facts(node)
      expect(idsOf(before).size).toBe(30)

      const live = `bitcoin-rpc:${node.url}/wallet/${WALLET}?cookie=${node.cookieFile}`
      expect(await cairn(['wallet', 'add', 'live', live, ...password])).toMatchObject({
        kind: 'bitcoin-core',
        encrypted: password.length > 0,
        opened: true,
      })
      await cairn(['backup', 'live'])
      await node.rpc('unloadwallet', [WALLET])
      await cairn(['wallet', 'add', 'file', join(folderOf(node), 'wallet.dat'), ...password])
      await cairn(['backup', 'file'])
      await node.rpc('loadwallet', [WALLET])

      await loseWallet(node)
      await restoreElsewhere(['live'], 'live')
      await node.rpc('restorewallet', [WALLET, `${cwd}/live/wallet.dat`])
      expect(withoutBlock(await facts(node))).toEqual(withoutBlock(before))

      await loseWallet(node)
      await restoreElsewhere(['file'], folderOf(node))
      await node.rpc('loadwallet', [WALLET])
      expect(withoutBlock(await facts(node))).toEqual(withoutBlock(before))
      await spends(node, options)

      const drilled = (await cairn(['drill', ...TWO_FACTORS, ...password])) as Drilled
      expect(drilled.result).toBe('proven')
      for (const { checks } of drilled.wallets) {
        const counts = checks.map(({ what, found }) => [what, found])
        expect(counts).toContainEqual(['transactions', '30'])
      }
    })
  })
})

/** The keys came back too, not only what can be seen without them. */
async function spends(node: BitcoinNode, { passphrase }: { readonly passphrase?: string }): Promise<void> {
  if (passphrase) await node.rpc('walletpassphrase', [passphrase, 60], WALLET)
  expect(await node.rpc('sendtoaddress', [await stranger(node), 0.01], WALLET)).toMatch(/^[0-9a-f]{64}$/)
}
