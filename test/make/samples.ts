/**
 * Makes the two sample wallets that `cairn tour` goes through, by living a year with the real Electrum and the
 * real node on one regtest chain; and, from the same Electrum wallet, the fixture that has a history.
 */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BitcoinNode } from '../peers/bitcoin-node.js'
import * as electrum from '../peers/electrum.js'
import { type OnlineElectrum, online } from '../peers/electrum-daemon.js'
import { startElectrumServer } from '../peers/electrum-server.js'
import { give, passWeek, startLife, stranger } from './life.js'

const samples = fileURLToPath(new URL('../../packages/cli/samples', import.meta.url))
const fixtures = fileURLToPath(new URL('../../packages/core/test/fixtures/wallets/electrum', import.meta.url))

const seed = 'wage saddle hundred hour happy flavor denial coconut rebuild dawn salon valve'
const password = 'Grüne Wiese 7'

const income = [
  ['Salary', 0.42],
  ['Market stall', 0.035],
  ['Gift from grandma', 0.05],
  ['Bicycle sold to Jonas', 0.021],
  ['Translation for the museum', 0.12],
  ['Donations page', 0.004],
  ['Tax refund', 0.0375],
] as const

const expenses = [
  ['Rent, first quarter', 0.11],
  ['New bicycle', 0.06],
  ['Train to Lisbon', 0.014],
] as const

async function liveWithElectrum(node: BitcoinNode, wallet: electrum.ElectrumWallet, session: OnlineElectrum) {
  const addresses = await electrum.listAddresses(wallet)
  for (const [index, [name, amount]] of income.entries()) {
    await session.command(['setlabel', addresses[index] ?? '', name])
    await give(node, addresses[index] ?? '', amount)
    await passWeek(node)
  }
  for (const [name, amount] of expenses) {
    await session.synchronised(await node.rpc('getblockcount'))
    const payment = await session.command(['payto', await stranger(node), String(amount), '--fee', '0.00002'])
    const txid = await session.command(['broadcast', payment])
    await session.command(['setlabel', txid, name])
    await passWeek(node)
  }
  await session.command(['setlabel', addresses[19] ?? '', 'Cold storage, do not spend'])
  await session.synchronised(await node.rpc('getblockcount'))
}

/** What Electrum says of a wallet that has a history. */
async function facts(wallet: electrum.ElectrumWallet): Promise<object> {
  const change = await electrum.listChange(wallet)
  const all = await electrum.listAddresses(wallet)
  return {
    network: 'regtest',
    seed,
    receiving: all.filter((address) => !change.includes(address)),
    change,
    labels: await electrum.labels(wallet),
    balance: await electrum.balance(wallet),
    history: JSON.parse(await electrum.command(wallet, ['onchain_history'])),
  }
}

async function makeElectrum(node: BitcoinNode, scratch: string): Promise<void> {
  const wallet = { path: join(scratch, 'default_wallet') }
  await electrum.restore(wallet, seed)
  const server = await startElectrumServer(node)
  try {
    await online(wallet, server, (session) => liveWithElectrum(node, wallet, session))
  } finally {
    await server.stop()
  }
  mkdirSync(join(samples, 'electrum'), { recursive: true })
  copyFileSync(wallet.path, join(samples, 'electrum/default_wallet'))
  copyFileSync(wallet.path, join(fixtures, 'history.plain'))
  const expected = { password, files: ['history.plain', 'history.encrypted'], ...(await facts(wallet)) }
  writeFileSync(join(fixtures, 'history.json'), `${JSON.stringify(expected, null, 2)}\n`)
  await electrum.setPassword(wallet, { password, encryptFile: true })
  copyFileSync(wallet.path, join(fixtures, 'history.encrypted'))
}

async function makeBitcoinCore(node: BitcoinNode): Promise<void> {
  const wallet = 'savings'
  await node.rpc('createwallet', [wallet])
  for (const [index, [name, amount]] of income.entries()) {
    const type = index % 3 === 2 ? 'bech32m' : 'bech32'
    await give(node, await node.rpc('getnewaddress', [name, type], wallet), amount * 3)
    await passWeek(node)
  }
  for (const [, amount] of [...expenses, ...expenses]) {
    await node.rpc('sendtoaddress', [await stranger(node), amount], wallet)
    await passWeek(node)
  }
  mkdirSync(join(samples, 'bitcoin-core'), { recursive: true })
  await node.rpc('backupwallet', [join(samples, 'bitcoin-core/wallet.dat')], wallet)
}

export async function make(): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'cairn-samples-'))
  const node = await startLife(['-keypool=10'])
  try {
    await makeBitcoinCore(node)
    await makeElectrum(node, scratch)
  } finally {
    await node.stop()
    rmSync(scratch, { recursive: true })
  }
}
