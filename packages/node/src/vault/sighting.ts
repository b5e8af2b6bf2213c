/**
 * A wallet as this machine sees it without a password: what backups remember of it, and what advice compares with
 * that. Nothing is written, and what cannot be read is told as such and never thrown.
 */
import { hex, utf8 } from '@cairn/core/bytes.js'
import { CairnError } from '@cairn/core/errors.js'
import type { Sighting } from '@cairn/core/plan/facts.js'
import { sight, sightUnread } from '@cairn/core/plan/facts.js'
import { NO_USE, type Use, useOf } from '@cairn/core/plan/use.js'
import { withTold } from '@cairn/core/records/told.js'
import type { Primitives, Wallet, WalletFile, WalletKind } from '@cairn/core/types.js'
import { isLegacyWallet } from '@cairn/core/wallets/bitcoin-core/database.js'
import { plainFiles } from '@cairn/core/wallets/file.js'
import { readWallet } from '@cairn/core/wallets/read.js'
import type { KnownFile } from '../machine/memory.js'
import type { WalletEntry } from '../machine/wallets.js'
import type { Ports } from '../ports.js'
import { ownBuffers, type Slabs } from '../slabs.js'
import { copyGroup, type FileEntry, type View } from '../sources/source.js'

/** Files of kinds that a reader understands are small; what is larger is saved without being read. */
export const READ_LIMIT_BYTES = 64 * 1024 * 1024

/** Above it a file that was touched counts as changed: reading it only to know would cost more than saving it. */
const HASH_LIMIT_BYTES = 16 * 1024 * 1024

/** A wallet as it was seen at one moment. */
export interface Glance {
  readonly sighting: Sighting
  readonly use: Use
}

/** Of a wallet that was read, without what was known of it before. */
export function glanceAt(wallet: Wallet): Glance {
  return { sighting: sight(wallet), use: useOf(wallet) }
}

/** Of a wallet that its reader cannot read. */
export function glanceUnread(kind: WalletKind): Glance {
  return { sighting: sightUnread(kind), use: NO_USE }
}

/** Of plain files, which no reader reads. `slabs`: those that the view was opened with. */
export async function glanceAtFiles(view: View, slabs: Slabs): Promise<Glance> {
  const files = view.groups.flat()
  const { sighting, use } = glanceAt(plainFiles(files.length))
  let keyPool = false
  for (const file of files) keyPool ||= await isKeyPool(view, file, slabs)
  return { sighting: { ...sighting, facts: { ...sighting.facts, keyPool } }, use }
}

/** A wallet.dat of before descriptors, in Berkeley DB, which Cairn does not read. */
async function isKeyPool(view: View, file: FileEntry, slabs: Slabs): Promise<boolean> {
  if (!file.path.endsWith('.dat')) return false
  try {
    for await (const piece of view.read(file)) {
      const isLegacy = isLegacyWallet(piece)
      slabs.release(piece)
      return isLegacy
    }
  } catch (error) {
    // it is being written to: its name and its changes tell enough
    if (!(error instanceof CairnError)) throw error
  }
  return false
}

/** One hash of the contents of all files. */
export function contentHash(
  files: readonly { readonly path: string; readonly sha256: string }[],
  primitives: Pick<Primitives, 'sha256'>,
): string {
  const lines = files.map(({ path, sha256 }) => `${sha256} ${path}\n`).sort()
  return hex(primitives.sha256(utf8(lines.join(''))))
}

export interface SeenNow extends Glance {
  /** As `contentHash`; null where a large file was touched and not read. */
  readonly content: string | null
}

/** What the newest snapshot knows of the files: by wallet name and path. */
export type KnownFiles = ReadonlyMap<string, KnownFile>

/** Null when it is not there or cannot be copied now: the disk is not plugged in, the node does not run. */
export async function lookNow(entry: WalletEntry, known: KnownFiles, ports: Ports): Promise<SeenNow | null> {
  try {
    const view = await ports.openSource(entry.source).open()
    try {
      return await lookInto(view, { entry, known, ports })
    } finally {
      await view.close()
    }
  } catch (error) {
    if (error instanceof CairnError) return null
    throw error
  }
}

interface Looking {
  readonly entry: WalletEntry
  readonly known: KnownFiles
  readonly ports: Ports
}

async function lookInto(view: View, looking: Looking): Promise<SeenNow | null> {
  const size = view.groups.flat().reduce((sum, file) => sum + file.size, 0)
  if (view.groups.flat().length === 0) return null
  const isPlain = looking.entry.kind === 'file' || size > READ_LIMIT_BYTES
  return isPlain ? lookAtFiles(view, looking) : lookAtWallet(view, looking)
}

async function lookAtWallet(view: View, { entry, ports }: Looking): Promise<SeenNow> {
  const files: WalletFile[] = []
  for (const group of view.groups) {
    const taken = await copyGroup(view, group, (_, pieces) => joined(pieces))
    files.push(...taken.map(({ entry: { path }, value: bytes }) => ({ path, bytes })))
  }
  const hashed = files.map(({ path, bytes }) => ({ path, sha256: hex(ports.primitives.sha256(bytes)) }))
  const content = contentHash(hashed, ports.primitives)
  try {
    const wallet = withTold(await readWallet(files, { kind: entry.kind }), view.told ?? {})
    return { ...glanceAt(wallet), content }
  } catch (error) {
    if (!(error instanceof CairnError)) throw error
    return { ...glanceUnread(entry.kind), content }
  }
}

async function lookAtFiles(view: View, { entry, known, ports }: Looking): Promise<SeenNow> {
  const hashed: { path: string; sha256: string | null }[] = []
  for (const file of view.groups.flat()) {
    const before = known.get(`${entry.name}/${file.path}`)
    hashed.push({ path: file.path, sha256: await hashNow(view, { file, before, ports }) })
  }
  const whole = hashed.flatMap(({ path, sha256 }) => (sha256 === null ? [] : [{ path, sha256 }]))
  const content = whole.length < hashed.length ? null : contentHash(whole, ports.primitives)
  return { ...(await glanceAtFiles(view, ownBuffers)), content }
}

interface Hashing {
  readonly file: FileEntry
  readonly before: KnownFile | undefined
  readonly ports: Ports
}

async function hashNow(view: View, { file, before, ports }: Hashing): Promise<string | null> {
  if (before?.settled && before.mark === file.mark) return before.sha256
  if (file.size > HASH_LIMIT_BYTES) return null
  return hex(ports.primitives.sha256(await joined(view.read(file))))
}

async function joined(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = []
  for await (const piece of pieces) all.push(piece)
  return Buffer.concat(all)
}
