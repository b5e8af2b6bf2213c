/**
 * Monero's own wallet, offline: monero-wallet-rpc with wallets in memory (tried with 0.18.0.0 of Debian 12).
 */
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Peer } from './peer.js'
import { freePort } from './port.js'
import { which } from './run.js'

export const moneroWallet: Peer = {
  name: 'monero-wallet-rpc',
  install: 'apt-get install monero',
  available: async () => which('monero-wallet-rpc') !== null,
}

/** One call of https://docs.getmonero.org/rpc-library/wallet-rpc/; null when the wallet refuses. */
export type MoneroCall = <T>(method: string, params?: object) => Promise<T | null>

const deadlineMs = 120_000

/** Starts the wallet program, uses it, and ends it. */
export async function withMoneroWallet<T>(use: (call: MoneroCall) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'cairn-monero-'))
  const port = await freePort()
  const bind = ['--rpc-bind-ip', '127.0.0.1', '--rpc-bind-port', `${port}`, '--disable-rpc-login']
  const files = ['--wallet-dir', folder, '--log-file', join(folder, 'log')]
  const child = spawn('monero-wallet-rpc', ['--offline', ...bind, ...files], { stdio: 'ignore' })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  try {
    const call = caller(port)
    await until(() => call('get_version').then(() => true))
    return await use(call)
  } finally {
    child.kill('SIGKILL')
    await ended
    await rm(folder, { recursive: true })
  }
}

function caller(port: number): MoneroCall {
  return async <T>(method: string, params: object = {}) => {
    const body = JSON.stringify({ jsonrpc: '2.0', id: '0', method, params })
    const response = await fetch(`http://127.0.0.1:${port}/json_rpc`, { method: 'POST', body })
    return ((await response.json()) as { result?: T }).result ?? null
  }
}

async function until(ready: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + deadlineMs; Date.now() < end; await sleep(100))
    if (await ready().catch(() => false)) return
  throw new Error(`monero-wallet-rpc: starting took more than ${deadlineMs / 1000} s`)
}
