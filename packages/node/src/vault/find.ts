/** From genuine heads to the wallets in them: the newest snapshot that holds each one, or the one asked for. */
import { fail } from '@cairn/core/errors.js'
import type { SignedHead } from '@cairn/core/vault/head.js'
import { newestFirst } from '@cairn/core/vault/history.js'
import type { Manifest, ManifestWallet } from '@cairn/core/vault/manifest.js'
import { chooseHead, type Reading, readManifest } from './reader.js'

export interface Found {
  readonly head: SignedHead
  readonly manifest: Manifest
  readonly wallet: ManifestWallet
  /** No newer snapshot holds this wallet. */
  readonly isNewest: boolean
}

export interface Search {
  readonly reading: Reading
  readonly heads: readonly SignedHead[]
  /** All when empty. */
  readonly names: readonly string[]
  readonly at?: string
}

/** @throws CairnError `snapshot-absent`, `wallet-absent`, and whatever reading a manifest finds wrong */
export async function findWallets({ reading, heads, names, at }: Search): Promise<readonly Found[]> {
  const order = newestFirst(heads)
  const newest = order[0] ?? fail('snapshot-absent')
  if (at !== undefined && at !== 'latest')
    return inSnapshot({ reading, head: chooseHead(heads, at), newest, names })
  return newestOf({ reading, order, names })
}

interface InSnapshot {
  readonly reading: Reading
  readonly head: SignedHead
  readonly newest: SignedHead
  readonly names: readonly string[]
}

async function inSnapshot({ reading, head, newest, names }: InSnapshot): Promise<readonly Found[]> {
  const manifest = await readManifest(reading, head)
  const wanted = names.length === 0 ? manifest.wallets.map(({ name }) => name) : names
  return wanted.map(
    (name) => pick({ head, manifest, isNewest: head === newest }, name) ?? fail('wallet-absent', { name }),
  )
}

interface NewestOf {
  readonly reading: Reading
  readonly order: readonly SignedHead[]
  readonly names: readonly string[]
}

/**
 * Goes back from the newest snapshot until every wallet is found. Without names, the newest snapshot says
 * itself which wallets it does not hold and where they are.
 */
async function newestOf({ reading, order, names }: NewestOf): Promise<readonly Found[]> {
  const found = new Map<string, Found>()
  let missing: Set<string> | undefined = names.length === 0 ? undefined : new Set(names)
  for (const head of order) {
    const manifest = await readManifest(reading, head)
    missing ??= new Set([...manifest.wallets, ...manifest.elsewhere].map(({ name }) => name))
    for (const name of missing) {
      const hit = pick({ head, manifest, isNewest: true }, name)
      if (hit) found.set(name, hit)
      if (hit) missing.delete(name)
    }
    if (missing.size === 0) break
  }
  for (const name of missing ?? []) fail('wallet-absent', { name })
  return [...found.values()]
}

function pick(from: Omit<Found, 'wallet'>, name: string): Found | undefined {
  const wallet = from.manifest.wallets.find((candidate) => candidate.name === name)
  return wallet && { ...from, wallet }
}
