/**
 * Makes the fixtures of the Bitcoin node: wallet files of `backupwallet`, the output of `listdescriptors`, and
 * beside them what the node says of each wallet. Keys are public and worthless.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BitcoinNode } from '../peers/bitcoin-node.js'
import { give, passWeek, startLife, stranger } from './life.js'

const folder = fileURLToPath(
  new URL('../../packages/core/test/fixtures/wallets/bitcoin-core', import.meta.url),
)
const passphrase = 'Grüne Wiese 7'

interface Descriptor {
  readonly desc: string
  readonly range?: readonly [number, number]
  readonly active: boolean
  readonly internal?: boolean
}

interface DescriptorList {
  readonly descriptors: readonly Descriptor[]
}

const listDescriptors = (node: BitcoinNode, wallet: string, which: 'public' | 'private') =>
  node.rpc<DescriptorList>('listdescriptors', [which === 'private'], wallet)

/** Twelve payments or more: three labelled addresses of three types, five spends that leave change. */
async function live(node: BitcoinNode, wallet: string): Promise<void> {
  const names = ['Miete', 'café "Zur Post"', '給料']
  for (const [index, type] of ['bech32', 'bech32m', 'p2sh-segwit'].entries()) {
    const address = await node.rpc<string>('getnewaddress', [names[index], type], wallet)
    for (const amount of [0.5, 0.25]) await give(node, address, amount)
    await passWeek(node)
  }
  for (const amount of [0.11, 0.12, 0.13, 0.14, 0.15]) {
    await node.rpc('sendtoaddress', [await stranger(node), amount, 'for rent', 'landlord'], wallet)
    await passWeek(node)
  }
  await give(node, await node.rpc('getnewaddress', ['unconfirmed'], wallet), 0.01)
}

async function lockOne(node: BitcoinNode, wallet: string): Promise<void> {
  const coins = await node.rpc<{ txid: string; vout: number }[]>('listunspent', [], wallet)
  const [coin] = coins.sort((a, b) => (a.txid < b.txid ? -1 : 1))
  await node.rpc('lockunspent', [false, [{ txid: coin?.txid, vout: coin?.vout }], true], wallet)
}

/** Account xpub (as `[origin]xpub/0/*`) of the wallet's own descriptor that starts so. */
async function publicKey(node: BitcoinNode, wallet: string, which: 'public' | 'private'): Promise<string> {
  const { descriptors } = await listDescriptors(node, wallet, which)
  const found = descriptors.find(({ desc, internal }) => desc.startsWith('wpkh(') && !internal)
  return /^wpkh\((.*)\/0\/\*\)/.exec(found?.desc ?? '')?.[1] ?? ''
}

async function importAll(node: BitcoinNode, wallet: string, requests: readonly object[]): Promise<void> {
  const checked = []
  for (const request of requests as { desc: string }[]) {
    const { checksum } = await node.rpc<{ checksum: string }>('getdescriptorinfo', [request.desc])
    checked.push({ timestamp: 'now', ...request, desc: `${request.desc}#${checksum}` })
  }
  const results = await node.rpc<{ success: boolean }[]>('importdescriptors', [checked], wallet)
  if (!results.every(({ success }) => success)) throw new Error(JSON.stringify(results))
}

const createWallet = (node: BitcoinNode, wallet_name: string, options: object = {}) =>
  node.rpc('createwallet', { wallet_name, ...options })

async function plain(node: BitcoinNode, name: string): Promise<void> {
  await createWallet(node, name)
  await live(node, name)
  await lockOne(node, name)
}

async function encrypted(node: BitcoinNode, name: string): Promise<void> {
  await createWallet(node, name, { passphrase })
  await node.rpc('walletpassphrase', [passphrase, 60], name)
  await live(node, name)
  await node.rpc('walletlock', [], name)
}

async function watchOnly(node: BitcoinNode, name: string): Promise<void> {
  await createWallet(node, name, { disable_private_keys: true, blank: true })
  const key = await publicKey(node, 'plain', 'public')
  await importAll(node, name, [
    { desc: `wpkh(${key}/0/*)`, active: true, internal: false, range: [0, 19], timestamp: 0 },
    { desc: `wpkh(${key}/1/*)`, active: true, internal: true, range: [0, 19], timestamp: 0 },
    { desc: `addr(${await stranger(node)})`, label: 'a friend' },
  ])
}

async function importedKeys(node: BitcoinNode, name: string): Promise<void> {
  await createWallet(node, name, { blank: true })
  const keys = [
    'cNjFG3QW641kE1EZ17AdxF9X2aFfvzxHzrZDUoyPQHPUoKVvVSH6',
    'cUyxY38zU3AduQGMGqq4N8DKddWwK2FD1gzV8kMsJ2CbdRCngPNQ',
  ]
  await importAll(node, name, [
    { desc: `wpkh(${keys[0]})`, label: 'paper' },
    { desc: `pkh(${keys[1]})`, label: 'coin' },
  ])
}

async function multisig(node: BitcoinNode, name: string): Promise<void> {
  const cosigners = ['cosigner one', 'cosigner two', 'cosigner three']
  for (const cosigner of cosigners) await createWallet(node, cosigner)
  const keys = [await publicKey(node, 'cosigner one', 'private')]
  for (const cosigner of cosigners.slice(1)) keys.push(await publicKey(node, cosigner, 'public'))
  await createWallet(node, name, { blank: true })
  const branch = (index: number) => `wsh(sortedmulti(2,${keys.map((key) => `${key}/${index}/*`).join(',')}))`
  await importAll(node, name, [
    { desc: branch(0), active: true, internal: false, range: [0, 19] },
    { desc: branch(1), active: true, internal: true, range: [0, 19] },
  ])
  await give(node, await node.rpc('getnewaddress', ['shared'], name), 0.3)
  await passWeek(node)
}

/** What the node says of a wallet; `addresses` in the order of its descriptors. */
async function facts(node: BitcoinNode, wallet: string): Promise<object> {
  const ask = <T>(method: string, params: unknown[] = []) => node.rpc<T>(method, params, wallet)
  const { descriptors } = await listDescriptors(node, wallet, 'public')
  const addresses = []
  for (const { desc, range } of descriptors)
    addresses.push(await node.rpc<string[]>('deriveaddresses', range ? [desc, range] : [desc]))
  const labels: Record<string, object> = {}
  for (const label of await ask<string[]>('listlabels'))
    labels[label] = await ask<object>('getaddressesbylabel', [label])
  return {
    info: await ask('getwalletinfo'),
    descriptors,
    addresses,
    labels,
    balances: await ask('getbalances'),
    locked: await ask('listlockunspent'),
    transactions: await ask('listtransactions', ['*', 1000, 0, true]),
  }
}

export async function make(): Promise<void> {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const save = (name: string, value: object) =>
    writeFileSync(join(folder, name), `${JSON.stringify(value, null, 2)}\n`)
  const node = await startLife(['-keypool=5'])
  try {
    const wallets: Record<string, object> = {}
    const kinds = {
      plain,
      encrypted,
      'watch-only': watchOnly,
      'imported-keys': importedKeys,
      'multisig-2of3': multisig,
    }
    for (const [name, build] of Object.entries(kinds)) {
      await build(node, name)
      await node.rpc('backupwallet', [join(folder, `${name}.dat`)], name)
      wallets[name] = await facts(node, name)
    }
    save('descriptors-public.json', await listDescriptors(node, 'plain', 'public'))
    save('descriptors-private.json', await listDescriptors(node, 'plain', 'private'))
    save('expected.json', { passphrase, wallets })
  } finally {
    await node.stop()
  }
}
