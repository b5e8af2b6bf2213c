/**
 * One wallet on its way into a snapshot: its files as they are, and what a reader makes of them as records.
 */
import { CairnError } from '@cairn/core/errors.js'
import { encodeRecords, isDark } from '@cairn/core/records/records.js'
import { withTold } from '@cairn/core/records/told.js'
import type { Wallet, WalletFile } from '@cairn/core/types.js'
import type { Artefact, ManifestWallet } from '@cairn/core/vault/manifest.js'
import { plainFiles } from '@cairn/core/wallets/file.js'
import { readWallet } from '@cairn/core/wallets/read.js'
import type { KnownFile } from '../machine/memory.js'
import type { WalletEntry } from '../machine/wallets.js'
import type { Slabs } from '../slabs.js'
import { copyGroup, type FileEntry, type View } from '../sources/source.js'
import type { FileContents, PackWriter, Places } from './pack-writer.js'
import { type Glance, glanceAt, glanceAtFiles, glanceUnread, READ_LIMIT_BYTES } from './sighting.js'

export interface Saving {
  readonly entry: WalletEntry
  readonly view: View
  readonly packs: PackWriter
  readonly known: ReadonlyMap<string, KnownFile>
  readonly onBytes: (count: number) => void
}

export interface SavedWallet {
  readonly name: string
  /** Complete but for the places of chunks, which are known when all packs are stored. */
  readonly describe: (places: Places, packs: PackNumbers) => ManifestWallet
  /** For the index: what need not be read again. */
  readonly files: readonly (readonly [string, KnownFile])[]
  readonly bytesRead: number
  /** As its reader sees it without a password, for the memory of this machine. */
  readonly glance: Glance
  /** Why its reader could not read it; its files are saved all the same. */
  readonly unread?: CairnError
}

/** Index of a pack in the manifest, by its id; numbers are given in the order of first use. */
export type PackNumbers = (pack: string) => number

interface SavedFile {
  readonly file: FileEntry
  readonly contents: FileContents
  readonly bytes?: Uint8Array
}

/** @throws CairnError whatever the source finds wrong; the snapshot then goes without this wallet */
export async function saveWallet(saving: Saving): Promise<SavedWallet> {
  const { entry, packs } = saving
  const files = await saveFiles(saving)
  const { wallet, glance, unread } = await readOrKeep(saving, files)
  const records = await saveRecords(wallet, packs)
  return {
    name: entry.name,
    files: files.map(({ file, contents }) => [
      `${entry.name}/${file.path}`,
      { mark: file.mark, settled: file.settled, ...contents },
    ]),
    ...(unread ? { unread } : {}),
    glance,
    bytesRead: files.reduce((sum, { contents }) => sum + contents.size, 0),
    describe: (places, numbers) =>
      describeWallet(
        entry,
        wallet,
        [...files.map(({ file, contents }) => fileArtefact(file, contents, wallet)), ...records].map(
          (artefact) => placed(artefact, places, numbers),
        ),
      ),
  }
}

async function saveFiles(saving: Saving): Promise<readonly SavedFile[]> {
  const saved: SavedFile[] = []
  for (const group of saving.view.groups) {
    const taken = await copyGroup(saving.view, group, (file, pieces) => saveFile(saving, file, pieces))
    saved.push(...taken.map(({ entry: file, value }) => ({ file, ...value })))
  }
  return saved
}

async function saveFile(
  { entry, packs, known, onBytes }: Saving,
  file: FileEntry,
  pieces: AsyncIterable<Uint8Array>,
): Promise<Omit<SavedFile, 'file'>> {
  const before = known.get(`${entry.name}/${file.path}`)
  if (before && isUnchanged(before, file) && entry.kind === 'file' && packs.has(before.chunks)) {
    onBytes(file.size)
    return { contents: before }
  }
  const kept: Uint8Array[] = []
  const keep = entry.kind !== 'file' && file.size <= READ_LIMIT_BYTES
  const contents = await packs.add(
    tee(pieces, (piece) => {
      onBytes(piece.length)
      if (keep) kept.push(piece.slice()) // the pack writer releases the piece
    }),
  )
  return { contents, ...(keep ? { bytes: Buffer.concat(kept) } : {}) }
}

function isUnchanged(before: KnownFile, file: FileEntry): boolean {
  return before.settled && before.mark === file.mark
}

async function* tee(
  pieces: AsyncIterable<Uint8Array>,
  see: (piece: Uint8Array) => void,
): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    see(piece)
    yield piece
  }
}

/**
 * A wallet that its reader cannot read is saved as it is, since a newer wallet program may have written it; it is
 * reported, and older snapshots stay.
 */
async function readOrKeep(
  { entry, view, packs }: Saving,
  files: readonly SavedFile[],
): Promise<Read & { readonly unread?: CairnError }> {
  try {
    return await readSaved({ entry, view, slabs: packs.slabs }, files)
  } catch (error) {
    if (!(error instanceof CairnError)) throw error
    const { encrypted, identity } = entry.known
    return {
      wallet: { ...plainFiles(files.length), kind: entry.kind, encrypted, opened: false, identity },
      glance: glanceUnread(entry.kind),
      unread: error,
    }
  }
}

interface Reading {
  readonly entry: WalletEntry
  readonly view: View
  readonly slabs: Slabs
}

interface Read {
  readonly wallet: Wallet
  readonly glance: Glance
}

/** What the reader finds now, completed by what was read with the password when the wallet was added. */
async function readSaved({ entry, view, slabs }: Reading, files: readonly SavedFile[]): Promise<Read> {
  const readable = files.flatMap(({ file, bytes }): WalletFile[] =>
    bytes ? [{ path: file.path, bytes }] : [],
  )
  if (entry.kind === 'file' || readable.length < files.length) {
    return { wallet: plainFiles(files.length), glance: await glanceAtFiles(view, slabs) }
  }
  const found = await readWallet(readable, { kind: entry.kind })
  const told = view.told ?? {}
  return { wallet: withTold(completed(found, entry.known), told), glance: glanceAt(withTold(found, told)) }
}

/**
 * A file that shows nothing without its password keeps the identity and the addresses of the day it was opened
 * for Cairn: they stay true. Labels and transactions of that day would not be those of this snapshot.
 */
function completed(found: Wallet, known: Wallet): Wallet {
  if (found.opened || !isDark(found)) return found
  return { ...found, identity: known.identity, addresses: known.addresses, importedKeys: known.importedKeys }
}

type Unplaced = Omit<Artefact, 'chunks'> & { readonly contents: FileContents }

async function saveRecords(wallet: Wallet, packs: PackWriter): Promise<readonly Unplaced[]> {
  const records = encodeRecords(wallet)
  const artefacts: Unplaced[] = []
  for (const role of ['labels', 'addresses', 'transactions'] as const) {
    const bytes = records[role]
    if (bytes.length === 0) continue
    const contents = await packs.add(once(bytes))
    const { size, sha256 } = contents
    artefacts.push({ path: `${role}.jsonl`, role, size, sha256, restore: 'anytime', contents })
  }
  return artefacts
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

function fileArtefact(file: FileEntry, contents: FileContents, wallet: Wallet): Unplaced {
  const { size, sha256 } = contents
  const { path, mode } = file
  return {
    path,
    role: 'file',
    size,
    sha256,
    mode,
    mtime: Math.round(file.mtimeMs),
    restore: wallet.restore,
    contents,
  }
}

function placed({ contents, ...artefact }: Unplaced, places: Places, numbers: PackNumbers): Artefact {
  const chunks = contents.chunks.map(({ sha256, size }) => {
    const at = places.get(sha256)
    if (!at) throw new Error('a chunk was not stored')
    return { sha256, size, pack: numbers(at.pack), offset: at.offset, length: at.length }
  })
  return { ...artefact, chunks }
}

function describeWallet(entry: WalletEntry, wallet: Wallet, artefacts: readonly Artefact[]): ManifestWallet {
  const { encrypted, opened, restore, balance, tip } = wallet
  return {
    name: entry.name,
    kind: wallet.kind,
    source: entry.source,
    encrypted,
    opened,
    restore,
    identity: {
      ...wallet.identity,
      fingerprints: [...wallet.identity.fingerprints],
      descriptors: [...wallet.identity.descriptors],
    },
    counts: {
      addresses: wallet.addresses.length,
      labels: wallet.labels.length,
      transactions: wallet.transactions.length,
      imported_keys: wallet.importedKeys,
    },
    beyond_seed: [...wallet.beyondSeed],
    ...(balance ? { balance: { ...balance } } : {}),
    ...(tip === undefined ? {} : { tip }),
    artefacts: [...artefacts],
  }
}
