/**
 * From genuine heads to the wallets in them: the newest snapshot that holds each one, or the one asked for. Each device has
 * its own wallets and its own numbers. Two devices may call different wallets by the same name: on a computer of the vault
 * its own are meant, and elsewhere a person says whose.
 */
import { fail } from '@cairn/core/errors.js'
import type { SignedHead } from '@cairn/core/vault/head.js'
import { newestFirst } from '@cairn/core/vault/history.js'
import type { Manifest, ManifestWallet } from '@cairn/core/vault/manifest.js'
import { chooseHead, isSequence, type Reading, readManifest } from './reader.js'

export interface Found {
  readonly head: SignedHead
  readonly manifest: Manifest
  readonly wallet: ManifestWallet
  /** No newer snapshot of its device holds this wallet. */
  readonly isNewest: boolean
}

export interface Search {
  readonly reading: Reading
  readonly heads: readonly SignedHead[]
  /** All when empty. */
  readonly names: readonly string[]
  readonly at?: string
  /** Id of the device whose snapshots are meant. */
  readonly device?: string
  /** Id of this device, when it is one of the vault: its wallets come before those of others. */
  readonly own?: string
  /** What people call a device. */
  readonly nameOf?: (device: string) => string
}

/** @throws CairnError `snapshot-absent`, `wallet-absent`, `device-choose`, and whatever reading a manifest finds wrong */
export async function findWallets(search: Search): Promise<readonly Found[]> {
  const { heads, device, at, names, own } = search
  const scope = device === undefined ? heads : heads.filter(({ head }) => head.device === device)
  const groups = byDevice(scope)
  if (groups.size === 0) fail('snapshot-absent')
  if (at !== undefined && at !== 'latest') return inSnapshot(search, chooseIn(search, groups, at))
  const [only, ...others] = groups.values()
  if (only && others.length === 0) return newestOf({ ...search, order: only })
  if (names.length > 0) return newestAnywhere(search, groups)
  const mine = groups.get(own ?? '')
  const found: Found[] = []
  for (const order of mine ? [mine] : groups.values()) found.push(...(await newestOf({ ...search, order })))
  return found
}

/** Heads of each device, newest first; the device that saved last comes first. */
type Groups = ReadonlyMap<string, readonly SignedHead[]>

function byDevice(heads: readonly SignedHead[]): Groups {
  const groups = new Map<string, SignedHead[]>()
  for (const signed of newestFirst(heads))
    groups.set(signed.head.device, [...(groups.get(signed.head.device) ?? []), signed])
  return groups
}

/** A number is that of this device, or of the only one; an id is of whichever device has it. */
function chooseIn(search: Search, groups: Groups, at: string): SignedHead {
  const all = [...groups.values()].flat()
  if (!isSequence(at) || groups.size === 1) return chooseHead(all, at)
  const mine = groups.get(search.own ?? '') ?? choose(search, `snapshot ${at}`, groups.keys())
  return chooseHead(mine, at)
}

function choose({ nameOf = (id) => id }: Search, what: string, devices: Iterable<string>): never {
  return fail('device-choose', { what, devices: [...devices].map(nameOf).join(', ') })
}

async function inSnapshot(search: Search, head: SignedHead): Promise<readonly Found[]> {
  const { reading, heads, names } = search
  const newest = newestFirst(heads).find((other) => other.head.device === head.head.device)
  const manifest = await readManifest(reading, head)
  const wanted = names.length === 0 ? manifest.wallets.map(({ name }) => name) : names
  return wanted.map(
    (name) => pick({ head, manifest, isNewest: head === newest }, name) ?? fail('wallet-absent', { name }),
  )
}

interface NewestOf extends Pick<Search, 'reading' | 'names'> {
  /** Heads of one device, newest first. */
  readonly order: readonly SignedHead[]
}

/**
 * Goes back from the newest snapshot until every wallet is found. Without names, the newest snapshot says
 * itself which wallets it does not hold and where they are.
 */
async function newestOf(search: NewestOf): Promise<readonly Found[]> {
  const { found, missing } = await newestIn(search)
  for (const name of missing) fail('wallet-absent', { name })
  return found
}

async function newestIn({ reading, order, names }: NewestOf) {
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
  return { found: [...found.values()], missing: [...(missing ?? [])] }
}

/** Each wallet of this device, or of the one device that has it. */
async function newestAnywhere(search: Search, groups: Groups): Promise<readonly Found[]> {
  const { reading, own, names } = search
  const found: Found[] = []
  for (const name of names) {
    const hits: Found[] = []
    for (const device of [...groups.keys()].sort((a, b) => Number(b === own) - Number(a === own))) {
      const order = groups.get(device) as readonly SignedHead[]
      hits.push(...(await newestIn({ reading, order, names: [name] })).found)
      if (device === own && hits.length > 0) break
    }
    const [hit, ...others] = hits
    if (hit === undefined) return fail('wallet-absent', { name })
    if (others.length > 0)
      choose(
        search,
        `the wallet ${name}`,
        hits.map(({ head }) => head.head.device),
      )
    found.push(hit)
  }
  return found
}

function pick(from: Omit<Found, 'wallet'>, name: string): Found | undefined {
  const wallet = from.manifest.wallets.find((candidate) => candidate.name === name)
  return wallet && { ...from, wallet }
}
