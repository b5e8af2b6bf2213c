/**
 * A restore, step by step: find the snapshot in genuine heads, unpack into a new folder beside the
 * destination, read every file back and compare its hash, and only then give the folder its name. Nothing is
 * ever written over: where the destination holds files and that was allowed, they keep another name.
 */
import { createHash } from 'node:crypto'
import { dirname, join, resolve } from 'node:path'
import { fail } from '@cairn/core/errors.js'
import { RECORDS_FOLDER } from '@cairn/core/vault/capsule.js'
import type { SignedHead } from '@cairn/core/vault/head.js'
import { type Artefact, type Manifest, type ManifestWallet, walletName } from '@cairn/core/vault/manifest.js'
import type { Disk, DiskFile } from '../disk.js'
import { errno } from '../disk.js'
import { localError } from '../machine/state.js'
import { type Ports, type Progress, silent } from '../ports.js'
import { damagedArtefact, extract, type Sink } from './extract.js'
import { type Found, findWallets } from './find.js'
import type { Reading } from './reader.js'
import { type OpenPack, sharedPacks } from './shared-packs.js'

export interface RestorePlan {
  readonly reading: Reading
  /** Genuine heads, of all stores. */
  readonly heads: readonly SignedHead[]
  /** Wallet names; all when empty. */
  readonly names: readonly string[]
  /** Which snapshot; the newest that holds the wallet when absent. */
  readonly at?: string
  /** As in `Search`. */
  readonly device?: string
  readonly own?: string
  readonly nameOf?: (device: string) => string
  readonly to: string
  /** `keep`: files in the way keep another name. `refuse`: nothing may be in the way. */
  readonly inTheWay: 'refuse' | 'keep'
  /** `force`: wallets that may lose money when an old copy is put back are restored all the same. */
  readonly risky: 'refuse' | 'force'
  readonly progress?: Progress
}

export interface RestoredFile {
  readonly wallet: string
  /** Relative to the destination. */
  readonly path: string
  readonly sha256: string
}

export interface RestoreReport {
  readonly snapshots: readonly {
    readonly id: string
    /** Id of the device that saved it. */
    readonly device: string
    readonly seq: number
    readonly time: string
  }[]
  readonly wallets: readonly ManifestWallet[]
  readonly files: readonly RestoredFile[]
  /** Files that were in the way, under the name they have now. */
  readonly kept: readonly string[]
}

/** @throws CairnError; then the destination is as it was */
export async function restore(plan: RestorePlan, ports: Ports): Promise<RestoreReport> {
  const { disk } = ports
  const to = resolve(plan.to)
  const before = await entriesOf(disk, to)
  if (before.length > 0 && plan.inTheWay === 'refuse') fail('destination-exists', { path: to })
  const found = await findWallets(plan)
  for (const { wallet, isNewest } of found) refuseRisky(wallet, { isNewest, risky: plan.risky })
  const part = `${to}.${process.pid}.cairn-part`
  try {
    await disk.makeFolder(part)
    const files = await unpackAll(found, { part, plan, disk })
    const kept =
      before.length === 0
        ? await moveFolder(disk, part, to)
        : await moveFiles(disk, { part, to, files, now: ports.now() })
    return { snapshots: snapshotsOf(found), wallets: found.map(({ wallet }) => wallet), files, kept }
  } catch (error) {
    return localError(error, to)
  } finally {
    // a disk that fails here too changes neither what was restored nor what went wrong
    await disk.removeFolder(part).catch(() => {})
  }
}

function refuseRisky(
  wallet: ManifestWallet,
  { isNewest, risky }: { isNewest: boolean; risky: 'refuse' | 'force' },
): void {
  if (risky === 'force') return
  if (wallet.restore === 'once') {
    fail('restore-once', { path: wallet.name, reason: 'an old state of its channels can be punished' })
  }
  if (wallet.restore === 'forward-only' && !isNewest) {
    fail('restore-once', { path: wallet.name, reason: 'it is not the newest copy' })
  }
}

interface Unpacking {
  readonly part: string
  readonly plan: RestorePlan
  readonly disk: Disk
}

async function unpackAll(found: readonly Found[], unpacking: Unpacking): Promise<RestoredFile[]> {
  const { plan } = unpacking
  const total = found.flatMap(({ wallet }) => wallet.artefacts).reduce((sum, { size }) => sum + size, 0)
  let done = 0
  const onBytes = (count: number) => {
    done += count
    ;(plan.progress ?? silent)({ what: 'restore', done, total })
  }
  const files: RestoredFile[] = []
  const openPack = sharedPacks(plan.reading, found)
  for (const { manifest, wallet } of found) {
    const base =
      found.length === 1 && plan.names.length === 1
        ? ''
        : `${deviceFolder(found, manifest.device, plan)}${wallet.name}/`
    files.push(...(await unpackWallet({ ...unpacking, manifest, wallet, base, onBytes, openPack })))
  }
  return files
}

/** Wallets of several devices go into a folder for each, by its name where that can be one. */
function deviceFolder(found: readonly Found[], device: string, { nameOf = (id) => id }: RestorePlan): string {
  const names = new Map(found.map(({ manifest }) => [manifest.device, nameOf(manifest.device)]))
  if (names.size === 1) return ''
  const name = names.get(device) ?? device
  const isTaken = [...names.values()].filter((other) => other === name).length > 1
  return walletName.safeParse(name).success && !isTaken ? `${name}/` : `${device}/`
}

interface UnpackingWallet extends Unpacking {
  readonly manifest: Manifest
  readonly wallet: ManifestWallet
  readonly base: string
  readonly onBytes: (count: number) => void
  readonly openPack: OpenPack
}

async function unpackWallet(unpacking: UnpackingWallet): Promise<RestoredFile[]> {
  const { disk, part, plan, manifest, wallet, base, onBytes, openPack } = unpacking
  const files = wallet.artefacts.map((artefact) => ({ artefact, path: base + pathOf(artefact) }))
  const sinks: FileSink[] = []
  try {
    for (const folder of new Set(files.map(({ path }) => dirname(join(part, path)))))
      await disk.makeFolder(folder)
    for (const { artefact, path } of files) sinks.push(await fileSink(disk, join(part, path), artefact))
    const wanted = sinks.map((sink, i) => ({ artefact: (files[i] as { artefact: Artefact }).artefact, sink }))
    await extract({ reading: plan.reading, manifest, wanted, onBytes, openPack })
  } finally {
    await Promise.all(sinks.map((sink) => sink.close()))
  }
  for (const { artefact, path } of files) {
    if ((await hashOf(disk, join(part, path))) !== artefact.sha256)
      throw damagedArtefact(manifest.seq.toString())
  }
  return files.map(({ artefact, path }) => ({ wallet: wallet.name, path, sha256: artefact.sha256 }))
}

/** Of the file as it lies on the disk now, piece by piece: it may be larger than memory, or than a buffer may be. */
async function hashOf(disk: Disk, path: string): Promise<string> {
  const whole = createHash('sha256')
  for await (const piece of disk.pieces(path)) whole.update(piece)
  return whole.digest('hex')
}

function pathOf({ role, path }: Artefact): string {
  return role === 'file' ? path : `${RECORDS_FOLDER}/${path}`
}

interface FileSink extends Sink {
  close(): Promise<void>
}

/**
 * Opens the file at its first bytes and closes it after its last, so that few are open at once. It is not synced: that
 * would take most of the time of 2,000 small files, and after a power cut a restore is simply done again.
 */
async function fileSink(disk: Disk, path: string, { size, mode, mtime }: Artefact): Promise<FileSink> {
  let opening: Promise<DiskFile> | undefined
  let missing = size
  const close = async () => {
    const file = await opening
    opening = undefined
    if (!file) return
    await file.mark({
      ...(mode === undefined ? {} : { mode }),
      ...(mtime === undefined ? {} : { mtimeMs: mtime }),
    })
    await file.close()
  }
  if (size === 0) {
    opening = disk.create(path)
    await close()
  }
  return {
    write: async (offset, contents) => {
      opening ??= disk.create(path)
      await (await opening).write(contents, offset)
      missing -= contents.length
      if (missing === 0) await close()
    },
    close: async () => {
      await (await opening)?.close()
    },
  }
}

async function moveFolder(disk: Disk, part: string, to: string): Promise<string[]> {
  await disk.removeFolder(to) // empty, or it would have been refused
  await disk.rename(part, to)
  await disk.syncFolder(dirname(to))
  return []
}

interface Move {
  readonly part: string
  readonly to: string
  readonly files: readonly RestoredFile[]
  readonly now: Date
}

/** Into a folder that holds files already: what has the same name is renamed first, never removed. */
async function moveFiles(disk: Disk, { part, to, files, now }: Move): Promise<string[]> {
  const stamp = now.toISOString().replace(/[:.]/g, '-')
  const kept: string[] = []
  for (const { path } of files) {
    const target = join(to, path)
    await disk.makeFolder(dirname(target))
    const aside = `${path}.before-restore-${stamp}`
    if (await renameIfThere(disk, target, join(to, aside))) kept.push(aside)
    await disk.rename(join(part, path), target)
    await disk.syncFolder(dirname(target))
  }
  return kept
}

async function renameIfThere(disk: Disk, from: string, to: string): Promise<boolean> {
  try {
    await disk.rename(from, to)
    return true
  } catch (error) {
    if (errno(error) === 'ENOENT') return false
    throw error
  }
}

async function entriesOf(disk: Disk, path: string): Promise<readonly unknown[]> {
  try {
    return await disk.list(path)
  } catch (error) {
    if (errno(error) === 'ENOENT') return []
    if (errno(error) === 'ENOTDIR') return fail('destination-exists', { path })
    return localError(error, path)
  }
}

function snapshotsOf(found: readonly Found[]): RestoreReport['snapshots'] {
  const all = new Map(found.map(({ head: { head } }) => [head.manifest, head]))
  return [...all.values()].map(({ manifest, device, seq, time }) => ({ id: manifest, device, seq, time }))
}
