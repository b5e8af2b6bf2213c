/**
 * The real Electrum online: its daemon with one wallet, synchronised with the Electrum server of our tests.
 */
import { spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { type ElectrumWallet, settingsFolder } from './electrum.js'
import type { ElectrumServer } from './electrum-server.js'
import { outcome, run } from './run.js'

export interface OnlineElectrum {
  /** Runs one command on the wallet; `args` starts with the command. */
  command(args: readonly string[]): Promise<string>
  /** Waits until the wallet has the chain's history up to this height. */
  synchronised(height: number): Promise<void>
}

const deadlineMs = 120_000

async function until(what: string, done: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + deadlineMs; Date.now() < end; await sleep(200)) if (await done()) return
  throw new Error(`Electrum: ${what} took more than ${deadlineMs / 1000} s`)
}

/** Opens a regtest wallet that has no password, uses it, and ends the daemon, which writes the wallet. */
export async function online<T>(
  wallet: ElectrumWallet,
  server: ElectrumServer,
  use: (session: OnlineElectrum) => Promise<T>,
): Promise<T> {
  const base = ['--regtest', '-D', settingsFolder(wallet)]
  const host = ['--oneserver', '--server', `127.0.0.1:${server.port}:t`]
  const child = spawn('electrum', [...base, 'daemon', ...host], { stdio: 'ignore' })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const command = (args: readonly string[]) => run('electrum', [...base, '-w', wallet.path, ...args])
  const height = async () => {
    const { code, stdout } = await outcome('electrum', [...base, 'getinfo'])
    const info = code === 0 ? JSON.parse(`${stdout}`) : null
    return info?.connected ? (info.blockchain_height as number) : -1
  }
  try {
    await until('connecting', async () => (await height()) >= 0)
    await command(['load_wallet'])
    const synchronised = (wanted: number) =>
      until(
        'synchronising',
        async () => (await height()) === wanted && (await command(['is_synchronized'])) === 'true',
      )
    const result = await use({ command, synchronised })
    await run('electrum', [...base, 'stop'])
    await ended // it writes the wallet, for as long as that takes
    return result
  } catch (error) {
    child.kill('SIGKILL')
    await ended
    throw error
  }
}
