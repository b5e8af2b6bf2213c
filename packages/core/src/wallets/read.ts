/**
 * From files to a wallet: one row a wallet kind, and which of several files the wallet is. A reader is loaded when it
 * is first needed, since some bring a database along.
 */
import { fail, isCairnError } from '../errors.js'
import type { ReadOptions, Wallet, WalletFile, WalletKind, WalletReader } from '../types.js'
import { plainFiles } from './file.js'
import { atRest } from './sqlite/rest.js'

type ReadableKind = Exclude<WalletKind, 'file'>

/** In the order in which they are asked. */
const readers: readonly (readonly [ReadableKind, () => Promise<WalletReader>])[] = [
  ['electrum', async () => (await import('./electrum.js')).electrum],
  ['ethereum-keystore', async () => (await import('./keystore.js')).ethereumKeystore],
  ['timelock-recovery', async () => (await import('./timelock-recovery.js')).timelockRecovery],
  ['bitcoin-core', async () => (await import('./bitcoin-core.js')).bitcoinCore],
  ['bitcoin-descriptors', async () => (await import('./bitcoin-descriptors.js')).bitcoinDescriptors],
]

/** More than that is a folder of something else; looking into each would take long. */
const MAX_DETECTED = 2000
/** A password is tried on as many keystores of a folder: each takes about a second. */
const MAX_OPENED = 32

export interface ReadWalletOptions extends ReadOptions {
  /** As it was detected or chosen; detected when absent. */
  readonly kind?: WalletKind
}

/** What a person knows a kind by. */
export async function titleOf(kind: WalletKind): Promise<string> {
  return kind === 'file' ? 'any file' : (await readerOf(kind)).title
}

/** The kind of a file by its contents and its name; `file` when no reader knows it. */
export async function detectKind({ path, bytes }: WalletFile): Promise<WalletKind> {
  const name = path.slice(path.lastIndexOf('/') + 1)
  for (const [kind, load] of readers) {
    if ((await load()).detect(bytes, name)) return kind
  }
  return 'file'
}

/**
 * Reads one file, or a folder of files. A folder is a wallet of a kind when it holds one wallet and nothing but what
 * its program leaves beside it, or Ethereum keystores only, which are then one wallet; otherwise it is read as `file`.
 * @throws CairnError of the reader; `wallet-unsupported` when `kind` was given and the files are not one such wallet.
 */
export async function readWallet(
  files: readonly WalletFile[],
  { kind, ...options }: ReadWalletOptions = {},
): Promise<Wallet> {
  if (kind === 'file') return plainFiles(files.length)
  const wallets = files.filter(({ path, bytes }) => !isBeside(path) && bytes.length > 0)
  const chosen = kind ?? (await kindOf(wallets))
  if (chosen === 'file') return plainFiles(files.length)
  const reader = await readerOf(chosen)
  const [only, ...more] = wallets
  if (only && more.length === 0) return reader.read(settled(only, files), options)
  // an empty file is nothing's journal, and its reader says best what is wrong with it
  if (!only && files[0]) return reader.read(files[0], options)
  if (chosen === 'ethereum-keystore') return readAll(wallets, reader, options)
  return fail('wallet-unsupported', { kind: chosen, reason: `it is a folder of ${wallets.length} files` })
}

/** A database as its program would find it: what was left beside it when that was stopped counts. */
function settled({ path, bytes }: WalletFile, files: readonly WalletFile[]): WalletFile {
  const beside = (suffix: string) => files.find((file) => file.path === path + suffix)?.bytes
  return { path, bytes: atRest(bytes, { journal: beside('-journal'), wal: beside('-wal') }) }
}

async function readerOf(kind: ReadableKind): Promise<WalletReader> {
  const load = readers.find(([known]) => known === kind)?.[1]
  return load ? load() : fail('wallet-unsupported', { kind, reason: 'there is no reader for it' })
}

async function kindOf(wallets: readonly WalletFile[]): Promise<WalletKind> {
  if (wallets.length === 0 || wallets.length > MAX_DETECTED) return 'file'
  const [first, ...more] = wallets
  const kind = await detectKind(first as WalletFile)
  if (more.length > 0 && kind !== 'ethereum-keystore') return 'file'
  for (const file of more) if ((await detectKind(file)) !== kind) return 'file'
  return kind
}

/**
 * What lies beside a wallet and is none: hidden files and copies of editors (geth passes over the same in a keystore
 * folder), journals of SQLite, and the log files of Berkeley DB. They are saved all the same.
 */
function isBeside(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1)
  return /^\.|~$|-journal$|-wal$|-shm$|^db\.log$/.test(name) || /(?:^|\/)database\/log\.\d+$/.test(path)
}

/** @throws CairnError `wallet-password` when the password opens none of them. */
async function readAll(
  files: readonly WalletFile[],
  reader: WalletReader,
  options: ReadOptions,
): Promise<Wallet> {
  const wallets: Wallet[] = []
  for (const [i, file] of files.entries()) {
    wallets.push(await readLenient(file, reader, i < MAX_OPENED ? options : {}))
  }
  if (options.password !== undefined && !wallets.some(({ opened }) => opened)) fail('wallet-password')
  return merge(wallets)
}

/** In one folder there may be keystores of several passwords. */
async function readLenient(file: WalletFile, reader: WalletReader, options: ReadOptions): Promise<Wallet> {
  try {
    return await reader.read(file, options)
  } catch (error) {
    if (!isCairnError(error, 'wallet-password')) throw error
    return reader.read(file)
  }
}

function merge(wallets: readonly Wallet[]): Wallet {
  const importedKeys = wallets.reduce((sum, wallet) => sum + wallet.importedKeys, 0)
  return {
    ...(wallets[0] as Wallet),
    encrypted: wallets.some(({ encrypted }) => encrypted),
    opened: wallets.every(({ opened }) => opened),
    addresses: wallets.flatMap(({ addresses }) => addresses),
    importedKeys,
    keys: {
      private: wallets.reduce((sum, { keys }) => sum + keys.private, 0),
      failed: wallets.flatMap(({ keys }) => keys.failed),
    },
    beyondSeed: [{ what: 'imported-keys', count: importedKeys }],
  }
}
