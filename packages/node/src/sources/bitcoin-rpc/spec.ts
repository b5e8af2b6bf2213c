/**
 * How a wallet of a running Bitcoin node is named: `bitcoin-rpc:http://127.0.0.1:8332/wallet/NAME`, with where the
 * password lies and never with the password itself, since the name is remembered and shown.
 */
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { fail } from '@cairn/core/errors.js'

export interface RpcSpec {
  readonly host: string
  readonly port: number
  /** Null when the node has one wallet only. */
  readonly wallet: string | null
  /** Holds `user:password` and nothing else. */
  readonly credentials: string
  /** The node writes the credentials itself when it starts, and deletes them when it ends. */
  readonly isCookie: boolean
  /** Where the node is asked to write its copy; both must reach it. */
  readonly folder: string | null
}

export const SCHEME = 'bitcoin-rpc:'

/** Bitcoin Core, chainparamsbase.cpp: the RPC port of each network and its folder in the data folder. */
const NETWORK_FOLDERS: Readonly<Record<number, string>> = {
  8332: '',
  18332: 'testnet3',
  48332: 'testnet4',
  38332: 'signet',
  18443: 'regtest',
}
const DEFAULT_PORT = 8332
const PARAMETERS: readonly string[] = ['cookie', 'password-file', 'folder']

/**
 * Over the network the password and the wallet's labels would go unencrypted, and the node could not hand over its
 * copy, which it writes as a file. So only this computer's own addresses are taken.
 * @throws CairnError `usage`; `secret-argument` when a password stands in it.
 */
export function parseRpcSpec(spec: string): RpcSpec {
  const url = parseUrl(spec.slice(SCHEME.length))
  if (url.username !== '' || url.password !== '') {
    return fail('secret-argument', { what: 'the password of the node' })
  }
  if (url.protocol !== 'http:' || !/^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(url.hostname)) {
    return misuse('the node must run on this computer')
  }
  const port = url.port === '' ? DEFAULT_PORT : Number(url.port)
  const { cookie, 'password-file': passwordFile, folder = null } = parseParameters(url.search)
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port,
    wallet: parseWallet(url.pathname),
    credentials: passwordFile ?? cookie ?? usualCookie(port),
    isCookie: passwordFile === undefined,
    folder,
  }
}

function parseUrl(text: string): URL {
  try {
    return new URL(text)
  } catch {
    return misuse('this is no address of a node')
  }
}

function parseWallet(path: string): string | null {
  if (path === '' || path === '/') return null
  const name = /^\/wallet\/(.+)$/.exec(path)?.[1]
  return name === undefined ? misuse('a wallet is named as /wallet/NAME') : decode(name)
}

/** Not by URLSearchParams, which makes spaces of the plus signs in a path. */
function parseParameters(search: string): Readonly<Partial<Record<string, string>>> {
  const pairs = search
    .slice(1)
    .split('&')
    .filter((pair) => pair !== '')
  return Object.fromEntries(
    pairs.map((pair) => {
      const [, name = '', value = ''] = /^([^=]*)=(.*)$/.exec(pair) ?? []
      if (!PARAMETERS.includes(name)) return misuse('it knows cookie=, password-file= and folder=')
      const path = decode(value)
      return isAbsolute(path) ? [name, path] : misuse(`${name} must be an absolute path`)
    }),
  )
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return misuse('a percent sign is written %25')
  }
}

/** Where the node puts its cookie unless it was told of another data folder (doc/files.md of Bitcoin Core). */
function usualCookie(port: number): string {
  const network = NETWORK_FOLDERS[port]
  if (network === undefined) return misuse('add the cookie file of the node: ?cookie=/…/.cookie')
  const folders: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
    darwin: 'Library/Application Support/Bitcoin',
    win32: 'AppData/Local/Bitcoin',
  }
  return join(homedir(), folders[process.platform] ?? '.bitcoin', network, '.cookie')
}

function misuse(reason: string): never {
  return fail('usage', { reason: `${reason}; for example ${SCHEME}http://127.0.0.1:8332/wallet/NAME` })
}
