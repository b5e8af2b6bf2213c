/**
 * A real Bitcoin node on a regtest chain of its own: `bitcoind` of PATH, or Debian sid's Bitcoin Knots, run with
 * the C library it was built for. It serves RPC on loopback and has no peers.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { peerFolder } from '../../scripts/debian.js'
import type { Peer } from './peer.js'
import { freePort } from './port.js'
import { which } from './run.js'

export const bitcoinNode: Peer = {
  name: 'a Bitcoin node',
  install: 'on Debian: node scripts/peers.js; elsewhere: bitcoind in PATH',
  mayVanish: true,
  available: async () => launcher() !== null,
}

export interface BitcoinNode {
  /** Of the RPC server, without a path. */
  readonly url: string
  /** `user:password` for the RPC server, new at every start; in the file that the node itself writes. */
  readonly cookie: string
  readonly cookieFile: string
  /** Wallets lie in `regtest/wallets` below it. */
  readonly dir: string
  /** Calls one method, on a loaded wallet when one is named. Rejects with an RpcError. */
  rpc<T>(method: string, params?: readonly unknown[] | object, wallet?: string): Promise<T>
  /** Mines to an address, and returns the hashes of the blocks. */
  mine(blocks: number, address: string): Promise<string[]>
  /** Ends the node; removes its folder unless the caller gave it. */
  stop(): Promise<void>
}

export interface NodeOptions {
  /** Kept after the end; a temporary one that is removed unless given. */
  readonly dir?: string
  readonly args?: readonly string[]
}

export class RpcError extends Error {
  readonly code: number
  constructor(code: number, message: string) {
    super(message)
    this.code = code
  }
}

const settings = [
  '-regtest',
  '-server=1',
  '-listen=0',
  '-dnsseed=0',
  '-printtoconsole=0',
  '-addresstype=bech32',
  '-changetype=bech32',
  '-fallbackfee=0.0002',
  '-txindex=1',
  '-blockfilterindex=1',
  '-keypool=20',
]

/**
 * Knots refuses payments whose lock time is 21, taken for an overlay protocol; wallets that lock to one of the last
 * hundred heights, against fee sniping, choose that height now and then.
 */
const knots = ['-rejectparasites=0']

/** The program with what must stand before its arguments, or null when this machine has none. */
function launcher(): { program: string; args: string[] } | null {
  const own = which('bitcoind')
  if (own) return { program: own, args: [] }
  const root = peerFolder('bitcoin-node')
  if (!existsSync(root)) return null
  for (const entry of readdirSync(join(root, 'usr/lib'))) {
    const folder = join(root, 'usr/lib', entry)
    const loader =
      entry.includes('-linux-') && readdirSync(folder).find((file) => file.startsWith('ld-linux'))
    if (loader)
      return {
        program: join(folder, loader),
        args: ['--library-path', folder, join(root, 'usr/bin/bitcoind'), ...knots],
      }
  }
  return null
}

/** Starts a node and waits until it answers. */
export async function startNode(options: NodeOptions = {}): Promise<BitcoinNode> {
  const launch = launcher()
  if (!launch) throw new Error(`missing: ${bitcoinNode.name} (${bitcoinNode.install})`)
  const dir = options.dir ?? mkdtempSync(join(tmpdir(), 'cairn-node-'))
  const port = await freePort()
  const args = [...launch.args, ...settings, `-datadir=${dir}`, `-rpcport=${port}`, ...(options.args ?? [])]
  const child = spawn(launch.program, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  const kill = () => child.kill('SIGKILL')
  process.on('exit', kill)
  const cookieFile = join(dir, 'regtest/.cookie')
  const url = `http://127.0.0.1:${port}`
  const cookie = await answering(child, url, cookieFile)
  const rpc: BitcoinNode['rpc'] = (method, params = [], wallet) =>
    call({ url, cookie, method, params, wallet })
  return {
    url,
    cookie,
    cookieFile,
    dir,
    rpc,
    mine: (blocks, address) => rpc('generatetoaddress', [blocks, address]),
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      if (child.exitCode === null) await Promise.all([rpc('stop'), ended])
      process.off('exit', kill)
      if (!options.dir) rmSync(dir, { recursive: true, force: true })
    },
  }
}

/** Waits for the node's cookie and its first answer; about 0.3 s. */
async function answering(child: ChildProcess, url: string, cookieFile: string): Promise<string> {
  let said = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    said += chunk
  })
  for (let tries = 0; tries < 2_000; tries++) {
    if (child.exitCode !== null) throw new Error(`the node ended with ${child.exitCode}: ${said}`)
    try {
      const cookie = readFileSync(cookieFile, 'utf8')
      await call({ url, cookie, method: 'getblockcount', params: [] })
      return cookie
    } catch {
      await sleep(50)
    }
  }
  child.kill('SIGKILL')
  throw new Error(`the node did not answer within 100 s: ${said}`)
}

interface Call {
  readonly url: string
  readonly cookie: string
  readonly method: string
  readonly params: readonly unknown[] | object
  readonly wallet?: string | undefined
}

async function call<T>({ url, cookie, method, params, wallet }: Call): Promise<T> {
  const path = wallet === undefined ? '/' : `/wallet/${encodeURIComponent(wallet)}`
  const headers = { authorization: `Basic ${Buffer.from(cookie).toString('base64')}` }
  const body = JSON.stringify({ jsonrpc: '1.0', id: method, method, params })
  const response = await fetch(url + path, { method: 'POST', headers, body })
  const answer = (await response.json()) as { result: T; error: { code: number; message: string } | null }
  if (answer.error) throw new RpcError(answer.error.code, `${method}: ${answer.error.message}`)
  return answer.result
}
