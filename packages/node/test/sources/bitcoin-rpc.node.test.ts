import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { withTold } from '@cairn/core/records/told.js'
import type { TransactionRecord, Wallet } from '@cairn/core/types.js'
import { readWallet } from '@cairn/core/wallets/read.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { give, passWeek, startLife, stranger } from '../../../../test/make/life.js'
import { type BitcoinNode, bitcoinNode } from '../../../../test/peers/bitcoin-node.js'
import { present } from '../../../../test/peers/peer.js'
import { codeOfRejection } from '../../../core/test/refusal.js'
import { bitcoinRpcSource } from '../../src/sources/bitcoin-rpc.js'
import { collect } from '../../src/sources/source.js'

interface Entry {
  readonly txid: string
  readonly amount: number
  readonly fee?: number
  readonly time: number
  readonly blockheight?: number
}

interface Mine {
  readonly trusted: number
  readonly untrusted_pending: number
  readonly immature: number
}

const sats = (bitcoin: number) => Math.round(bitcoin * 1e8)

describe.runIf(await present(bitcoinNode))('a wallet of a real Bitcoin node', () => {
  const name = 'savings & more'
  const passphrase = 'correct horse'
  let node: BitcoinNode
  beforeAll(async () => {
    node = await startLife(['-keypool=30'])
    await node.rpc('createwallet', [name])
    await live()
  }, 120_000)
  afterAll(() => node.stop())

  const ask = <T>(method: string, params: unknown[] = [], wallet = name) =>
    node.rpc<T>(method, params, wallet)

  /** 30 transactions: payments to labelled addresses of four types, spends with change, one to itself, two replaced. */
  async function live(): Promise<void> {
    const types = ['bech32', 'bech32m', 'p2sh-segwit', 'legacy']
    for (let i = 0; i < 18; i++) {
      await give(node, await ask('getnewaddress', [`invoice ${i}`, types[i % 4]]), 0.1 + i / 1000)
      if (i % 3 === 2) await passWeek(node)
    }
    for (let i = 0; i < 7; i++) {
      await ask('sendtoaddress', [await stranger(node), `0.0${i + 1}`, `rent ${i}`])
      await passWeek(node)
    }
    await ask('sendtoaddress', [await ask('getnewaddress', ['to myself']), 0.02])
    const bumped = await ask<string>('sendtoaddress', [await stranger(node), 0.03])
    await ask('bumpfee', [bumped])
    await passWeek(node)
    await give(node, await ask('getnewaddress', ['on its way']), 0.07)
    const bumpedToo = await ask<string>('sendtoaddress', [await stranger(node), 0.04])
    await ask('bumpfee', [bumpedToo])
    const [coin] = await ask<{ txid: string; vout: number }[]>('listunspent')
    await ask('lockunspent', [false, [{ txid: coin?.txid, vout: coin?.vout }], true])
    await ask('setlabel', [await stranger(node), 'a friend'])
    await settle()
  }

  /** Wallets of a node hear of pending transactions a moment later. */
  const settle = () => node.rpc('syncwithvalidationinterfacequeue')

  const spec = (wallet: string) =>
    `bitcoin-rpc:${node.url}/wallet/${encodeURIComponent(wallet)}?cookie=${encodeURIComponent(node.cookieFile)}`

  async function save(wallet: string, password?: string): Promise<{ bytes: Uint8Array; read: Wallet }> {
    const view = await bitcoinRpcSource(spec(wallet)).open()
    const files = (await collect(view, 64 * 1024 * 1024)) ?? []
    await view.close()
    const found = await readWallet(files, {
      kind: 'bitcoin-core',
      ...(password === undefined ? {} : { password }),
    })
    return { bytes: files[0]?.bytes as Uint8Array, read: withTold(found, view.told ?? {}) }
  }

  /** What the node says of each transaction, from its entries for outputs. */
  async function transactions(wallet: string): Promise<TransactionRecord[]> {
    const entries = await ask<Entry[]>('listtransactions', ['*', 1000], wallet)
    const alive = new Map<string, Entry[]>()
    for (const entry of entries) alive.set(entry.txid, [...(alive.get(entry.txid) ?? []), entry])
    return Array.from(alive, ([txid, list]) => {
      const { time, blockheight: height } = list[0] as Entry
      const fee = list.find((entry) => entry.fee !== undefined)?.fee ?? 0
      const delta = list.reduce((sum, { amount }) => sum + sats(amount), sats(fee))
      return {
        txid,
        time,
        delta: String(delta),
        ...(height && { height }),
        ...(fee && { fee: String(-sats(fee)) }),
      }
    })
  }

  /** Holds all that was read against what the node says of a wallet. */
  async function expectSame(read: Wallet, wallet: string): Promise<void> {
    const { descriptors } = await ask<{ descriptors: { desc: string; next: number; internal?: boolean }[] }>(
      'listdescriptors',
      [],
      wallet,
    )
    expect(read.identity.descriptors).toEqual(descriptors.map(({ desc }) => desc))
    expect(read.identity.network).toBe('regtest')

    for (const [i, { desc, next, internal }] of descriptors.entries()) {
      const expected = await node.rpc<string[]>('deriveaddresses', [desc, [0, next + 19]])
      const found = read.addresses.filter(({ from }) => from?.descriptor === i)
      expect(found.map(({ address }) => address)).toEqual(expected)
      expect(found.every(({ change }) => change === (internal ? true : undefined))).toBe(true)
    }

    const labels: [string, string][] = []
    for (const label of await ask<string[]>('listlabels', [], wallet)) {
      for (const address of Object.keys(await ask<object>('getaddressesbylabel', [label], wallet)))
        labels.push([address, label])
    }
    const ofAddresses = read.labels.filter(({ type }) => type === 'addr')
    expect(new Map(ofAddresses.map(({ ref, label }) => [ref, label]))).toEqual(
      new Map(labels.filter(([, label]) => label)),
    )
    expect(read.labels.filter(({ spendable }) => spendable === false).map(({ ref }) => ref)).toEqual(
      (await ask<{ txid: string; vout: number }[]>('listlockunspent', [], wallet)).map(
        ({ txid, vout }) => `${txid}:${vout}`,
      ),
    )

    const told = await transactions(wallet)
    const byTxid = (a: TransactionRecord, b: TransactionRecord) => (a.txid < b.txid ? -1 : 1)
    // the two that were replaced changed nothing, while the node still lists their amounts
    const live = read.transactions.filter(({ delta }) => delta !== undefined)
    const dead = read.transactions.filter(({ delta }) => delta === undefined).map(({ txid }) => txid)
    expect(dead).toHaveLength(2)
    expect(live.toSorted(byTxid)).toEqual(told.filter(({ txid }) => !dead.includes(txid)).sort(byTxid))
    expect(read.transactions).toHaveLength(told.length)

    const { mine } = await ask<{ mine: Mine }>('getbalances', [], wallet)
    expect(read.balance).toEqual({
      confirmed: String(sats(mine.trusted) + sats(mine.immature)),
      unconfirmed: String(sats(mine.untrusted_pending)),
    })
    expect(read.tip).toBe(await node.rpc('getblockcount'))
  }

  async function restore(as: string, bytes: Uint8Array): Promise<void> {
    const folder = mkdtempSync(join(tmpdir(), 'cairn-restore-'))
    try {
      writeFileSync(join(folder, 'wallet.dat'), bytes)
      await node.rpc('restorewallet', [as, join(folder, 'wallet.dat')])
    } finally {
      rmSync(folder, { recursive: true })
    }
  }

  it('is saved while it runs: the same addresses, labels, transactions, balance', async () => {
    const { read } = await save(name)
    expect(read).toMatchObject({ encrypted: false, opened: true, keys: { private: 1, failed: [] } })
    expect(read.transactions.length).toBeGreaterThanOrEqual(30)
    await expectSame(read, name)
  })

  it('counts by itself what the node would tell', async () => {
    const view = await bitcoinRpcSource(spec(name)).open()
    const found = await readWallet((await collect(view, 1e8)) ?? [], { kind: 'bitcoin-core' })
    await view.close()
    expect(found.balance).toEqual(view.told?.balance)
    const told = new Map(view.told?.transactions?.map((record) => [record.txid, record]))
    for (const { txid, delta, fee } of found.transactions) {
      if (delta !== undefined)
        expect(told.get(txid)).toMatchObject({ delta, ...(fee !== undefined && { fee }) })
    }
  })

  it('leaves nothing in the folder of the node', () => {
    expect(readdirSync(join(node.dir, 'regtest')).filter((entry) => entry.startsWith('cairn'))).toEqual([])
  })

  it('comes back: the node loads the copy and shows the same', async () => {
    const { bytes, read } = await save(name)
    await restore('restored', bytes)
    await expectSame(read, 'restored')
    const again = await save('restored')
    expect(again.read).toEqual(read)
    await node.rpc('unloadwallet', ['restored'])
  })

  it('is read when it was encrypted later, with old and new keys, and comes back', async () => {
    await restore('locked', (await save(name)).bytes)
    await ask('encryptwallet', [passphrase], 'locked')
    const closed = await save('locked')
    expect(closed.read).toMatchObject({ encrypted: true, opened: false, keys: { private: 0, failed: [] } })
    const open = await save('locked', passphrase)
    expect(open.read).toEqual({ ...closed.read, opened: true, keys: { private: 2, failed: [] } })
    expect(await codeOfRejection(() => save('locked', `${passphrase} `))).toBe('wallet-password')
    await restore('locked again', open.bytes)
    await ask('walletpassphrase', [passphrase, 60], 'locked again')
    await node.rpc('unloadwallet', ['locked'])
    await node.rpc('unloadwallet', ['locked again'])
  })

  it('is read when its descriptors came from elsewhere: hardened addresses, keys without an address, miniscript', async () => {
    const root =
      'tprv8ZgxMBicQKsPd7Uf69XL1XwhmjHopUGep8GuEiJDZmbQz6o58LninorQAfcKZWARbtRtfnLcJ5MQ2AtHcQJCCRUcMRvmDUjyEmNUWwx8UbK'
    await node.rpc('createwallet', { wallet_name: 'odd', blank: true })
    const checked = async (desc: string) => {
      const { checksum } = await node.rpc<{ checksum: string }>('getdescriptorinfo', [desc])
      return `${desc}#${checksum}`
    }
    const add = async (desc: string, more: object = {}) => {
      const request = { desc: await checked(desc), timestamp: 'now', ...more }
      expect(await ask('importdescriptors', [[request]], 'odd')).toMatchObject([{ success: true }])
    }
    await add(`combo(${root}/0h/0h/*h)`, { range: [0, 9], next_index: 3 })
    await add(`pk(${root}/1h/7)`)
    const wallet = (await save('odd')).read
    const hardened = await checked(`pkh(${root}/0h/0h/*h)`)
    const expected = await node.rpc<string[]>('deriveaddresses', [hardened, [0, 9]])
    const found = wallet.addresses.map(({ address }) => address)
    expect(expected.filter((address) => !found.includes(address))).toEqual([])
    expect(wallet.addresses).toHaveLength(23 * 3)
    expect(wallet.addresses.some(({ from }) => from)).toBe(false) // no public key leads to them
    expect(wallet.keys).toEqual({ private: 1, failed: [] })
    expect(JSON.stringify(wallet)).not.toContain('prv')

    await add(`wsh(and_v(v:pk(${root}/2h/0/*),older(10)))`, { range: [0, 9], active: true, internal: false })
    const address = await ask<string>('getnewaddress', ['delayed', 'bech32'], 'odd')
    await give(node, address, 0.5)
    await settle()
    const mini = (await save('odd')).read
    const from = { descriptor: 2, branch: 0, index: 0 } // the address that the node gave is derived again
    expect(mini.addresses.find((one) => one.address === address)).toEqual({
      address,
      origin: 'derived',
      from,
    })
    expect(mini.transactions).toMatchObject([{ delta: '50000000' }])
    expect(mini.balance).toEqual({ confirmed: '0', unconfirmed: '50000000' })
    expect(JSON.stringify(mini)).not.toContain('prv')
  })

  it('is refused by its name when the node does not have it', async () => {
    expect(await codeOfRejection(() => bitcoinRpcSource(spec('nobody')).open())).toBe('node-refused')
  })

  it('is refused with a wrong password', async () => {
    const file = join(node.dir, 'password')
    writeFileSync(file, '__cookie__:wrong', { mode: 0o600 })
    const wrong = `bitcoin-rpc:${node.url}?password-file=${file}`
    expect(await codeOfRejection(() => bitcoinRpcSource(wrong).open())).toBe('node-refused')
  })

  it('is refused when the node cannot write to the folder', async () => {
    const absent = `${spec(name)}&folder=${encodeURIComponent(join(node.dir, 'absent'))}`
    expect(await codeOfRejection(() => bitcoinRpcSource(absent).open())).toBe('file-absent')
  })
})
