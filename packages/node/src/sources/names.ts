/** What to call a wallet that was found, by its program and its place. */
import { basename, dirname } from 'node:path'
import type { Network } from '@cairn/core/types.js'

const TEST_NETWORKS: Readonly<Record<string, Network>> = {
  testnet: 'testnet',
  testnet3: 'testnet',
  testnet4: 'testnet',
  signet: 'signet',
  regtest: 'regtest',
  sepolia: 'testnet',
  holesky: 'testnet',
  hoodi: 'testnet',
  goerli: 'testnet',
}

/** The test network that a part of a path is named after; a path rarely tells the main one. */
export function networkIn(path: string): Network | undefined {
  const part = path.split(/[\\/]/).findLast((name) => Object.hasOwn(TEST_NETWORKS, name))
  return part === undefined ? undefined : TEST_NETWORKS[part]
}

/** Names that say nothing about which wallet it is. */
const GENERIC =
  /^(?:wallets?|default_wallet|keystores?|app|exodus|nkbi[a-p]+|ejba[a-p]+|default|local extension settings|mbhd|bitcoin|data|\.bitcoin)$/i

/** What a name is made of. */
export interface Nameable {
  readonly program: string
  readonly path: string
  readonly network?: Network
}

/** One name each, fit for `wallet add`; none twice, whatever the case of its letters. */
export function namesFor(wallets: readonly Nameable[]): readonly string[] {
  const taken = new Set<string>()
  return wallets.map((wallet) => {
    const name = nameOf(wallet)
    let free = name
    for (let n = 2; taken.has(free); n++) free = `${name}-${n}`
    taken.add(free)
    return free
  })
}

/** The program, the network when it is a test, and the wallet's own name where it has one. */
function nameOf({ program, path, network }: Nameable): string {
  const own = [basename(path), basename(dirname(path))].map((name) => name.replace(/\.[A-Za-z.]{1,12}$/, ''))
  const telling = basename(path) === 'wallet.dat' ? own : own.slice(0, 1)
  const special = telling.find((name) => !GENERIC.test(name) && !Object.hasOwn(TEST_NETWORKS, name))
  const parts = [program, network === 'mainnet' ? '' : (network ?? ''), special ?? ''].map(slug)
  // 64 characters are allowed, and a number may have to follow
  return [...new Set(parts)]
    .filter((part) => part !== '')
    .join('-')
    .slice(0, 56)
}

function slug(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
}
