/**
 * The records of a Bitcoin Core wallet, typed: a key of a name and fields, a value of fields (Bitcoin Core,
 * wallet/walletdb.cpp). Records of other names are passed over; fields after the known ones too, as in Core.
 */
import { equal, hex } from '../../bytes.js'
import { fail } from '../../errors.js'
import { hash256 } from '../../keys/hash.js'
import { type Stream, streamOf } from '../bitcoin/stream.js'
import { displayHash, type Outpoint, readOutpoint } from '../bitcoin/transaction.js'
import { type DatabaseRecord, KIND } from './database.js'
import { readWalletTransaction, type WalletTransaction } from './transaction.js'

export interface DescriptorRecord {
  /** Names the descriptor in other records. */
  readonly id: string
  /** With its checksum; public keys only. */
  readonly text: string
  /** The next index to hand out; every index that was ever used lies below. */
  readonly next: number
  /** The indexes that the wallet watches: `start` and up, below `end`. */
  readonly start: number
  readonly end: number
}

export interface KeyRecord {
  readonly descriptor: string
  readonly publicKey: Uint8Array
  /** 32 bytes; in an encrypted wallet its cipher text. */
  readonly secret: Uint8Array
}

export interface MasterKeyRecord {
  readonly encrypted: Uint8Array
  readonly salt: Uint8Array
  readonly method: number
  readonly rounds: number
}

/** An extended public key without its network (Bitcoin Core, CExtPubKey). */
export interface CachedKey {
  readonly depth: number
  readonly parent: string
  readonly index: number
  readonly chainCode: Uint8Array
  readonly publicKey: Uint8Array
}

export interface WalletRecords {
  readonly descriptors: readonly DescriptorRecord[]
  /** Descriptors that give change addresses. */
  readonly internal: ReadonlySet<string>
  /** By `cacheKey`: the key after the last hardened step, the parent of the addresses, the key of one address. */
  readonly lastHardened: ReadonlyMap<string, CachedKey>
  readonly parents: ReadonlyMap<string, CachedKey>
  readonly children: ReadonlyMap<string, CachedKey>
  readonly keys: readonly KeyRecord[]
  readonly encryptedKeys: readonly KeyRecord[]
  readonly masterKeys: readonly MasterKeyRecord[]
  readonly transactions: readonly WalletTransaction[]
  /** Labels by address; the empty one too. */
  readonly names: ReadonlyMap<string, string>
  /** Addresses that were handed out to receive. */
  readonly receiving: ReadonlySet<string>
  /** Requests for payment that were noted down in the window of the program. */
  readonly requests: number
  /** Coins that are not to be spent. */
  readonly locked: readonly Outpoint[]
  /** Hash of the first block of its chain, when it ever saw one. */
  readonly genesis: string | null
}

/** How the caches name a key: descriptor, number of the key in its text, and index of the address if there is one. */
export function cacheKey(descriptor: string, key: number, index?: number): string {
  return [descriptor, key, index].join('/')
}

/** @throws CairnError `wallet-unreadable`; `wallet-unsupported` for a wallet without descriptors. */
export function parseRecords(records: readonly DatabaseRecord[]): WalletRecords {
  const draft = emptyDraft()
  for (const record of records) {
    const key = streamOf(record.key, () => damaged('unknown'))
    const name = key.text()
    if (LEGACY.has(name))
      return fail('wallet-unsupported', { kind: KIND, reason: 'it has keys of the legacy form' })
    const refuse = () => damaged(name)
    READERS[name]?.(draft, streamOf(key.take(key.left()), refuse), streamOf(record.value, refuse))
  }
  return draft
}

const LEGACY: ReadonlySet<string> = new Set(['ckey', 'hdchain', 'key', 'pool', 'watchs', 'wkey'])

function emptyDraft() {
  return {
    descriptors: [] as DescriptorRecord[],
    internal: new Set<string>(),
    lastHardened: new Map<string, CachedKey>(),
    parents: new Map<string, CachedKey>(),
    children: new Map<string, CachedKey>(),
    keys: [] as KeyRecord[],
    encryptedKeys: [] as KeyRecord[],
    masterKeys: [] as MasterKeyRecord[],
    transactions: [] as WalletTransaction[],
    names: new Map<string, string>(),
    receiving: new Set<string>(),
    requests: 0,
    locked: [] as Outpoint[],
    genesis: null as string | null,
  }
}

type Draft = ReturnType<typeof emptyDraft>
type Reader = (draft: Draft, key: Stream, value: Stream) => void

const READERS: Readonly<Record<string, Reader | undefined>> = {
  walletdescriptor: (draft, key, value) => draft.descriptors.push(readDescriptor(readId(key), value)),
  walletdescriptorlhcache: (draft, key, value) =>
    draft.lastHardened.set(cacheKey(readId(key), key.u32()), readCachedKey(value)),
  walletdescriptorcache: readCache,
  walletdescriptorkey: (draft, key, value) => draft.keys.push(readKey(key, value)),
  walletdescriptorckey: (draft, key, value) =>
    draft.encryptedKeys.push({
      descriptor: readId(key),
      publicKey: readPublicKey(key),
      secret: value.blob(),
    }),
  mkey: (draft, _, value) => draft.masterKeys.push(readMasterKey(value)),
  activeinternalspk: (draft, _, value) => draft.internal.add(readId(value)),
  tx: (draft, key, value) => draft.transactions.push(readTx(key, value)),
  name: (draft, key, value) => draft.names.set(key.text(), value.text()),
  purpose: (draft, key, value) => {
    if (value.text() === 'receive') draft.receiving.add(key.text())
  },
  destdata: (draft, key) => {
    key.text()
    if (key.text().startsWith('rr')) draft.requests++
  },
  lockedutxo: (draft, key) => draft.locked.push(readOutpoint(key)),
  bestblock: readBestBlock,
  bestblock_nomerkle: readBestBlock,
}

function readId(stream: Stream): string {
  return hex(stream.take(32))
}

/** WalletDescriptor in wallet/walletutil.h. */
function readDescriptor(id: string, value: Stream): DescriptorRecord {
  const text = value.text()
  value.u64() // time of creation
  const [next, start, end] = [value.i32(), value.i32(), value.i32()]
  return start >= 0 && next >= 0 && end >= start ? { id, text, next, start, end } : value.damaged()
}

function readCache(draft: Draft, key: Stream, value: Stream): void {
  const [id, number] = [readId(key), key.u32()]
  if (key.left() === 0) draft.parents.set(cacheKey(id, number), readCachedKey(value))
  else draft.children.set(cacheKey(id, number, key.u32()), readCachedKey(value))
}

function readCachedKey(value: Stream): CachedKey {
  if (value.size() !== 74) return value.damaged()
  return {
    depth: value.u8(),
    parent: hex(value.take(4)),
    index: value.take(4).reduce((sum, byte) => sum * 256 + byte, 0),
    chainCode: value.take(32),
    publicKey: value.take(33),
  }
}

/** CPubKey: 33 or 65 bytes. */
function readPublicKey(key: Stream): Uint8Array {
  const bytes = key.blob()
  return bytes.length === 33 || bytes.length === 65 ? bytes : key.damaged()
}

/** The private key in DER, then HASH256 of both keys. */
function readKey(key: Stream, value: Stream): KeyRecord {
  const [descriptor, publicKey, der, check] = [readId(key), readPublicKey(key), value.blob(), value.take(32)]
  if (!equal(hash256(Uint8Array.of(...publicKey, ...der)), check)) return value.damaged()
  return { descriptor, publicKey, secret: readPrivateKey(der, () => value.damaged()) }
}

/** RFC 5915 ECPrivateKey: a SEQUENCE of the INTEGER 1, an OCTET STRING of up to 32 bytes, and the curve. */
function readPrivateKey(der: Uint8Array, refuse: () => never): Uint8Array {
  const stream = streamOf(der, refuse)
  if (stream.u8() !== 0x30) return refuse()
  const length = stream.u8()
  if (length > 0x80) stream.take(length - 0x80)
  if (hex(stream.take(4)) !== '02010104') return refuse()
  const octets = stream.take(stream.u8())
  if (octets.length > 32) return refuse()
  const secret = new Uint8Array(32)
  secret.set(octets, 32 - octets.length)
  return secret
}

/** CMasterKey in wallet/crypter.h. */
function readMasterKey(value: Stream): MasterKeyRecord {
  return { encrypted: value.blob(), salt: value.blob(), method: value.u32(), rounds: value.u32() }
}

function readTx(key: Stream, value: Stream): WalletTransaction {
  const txid = displayHash(key.take(32))
  const found = readWalletTransaction(value)
  return found.transaction.txid === txid ? found : value.damaged()
}

/** CBlockLocator: hashes of blocks, ever farther apart, the last one the first of the chain. */
function readBestBlock(draft: Draft, _: Stream, value: Stream): void {
  value.i32()
  const last = value.list(32, () => value.take(32)).at(-1)
  if (last) draft.genesis = displayHash(last)
}

function damaged(name: string): never {
  return fail('wallet-unreadable', { kind: KIND, reason: `a record is damaged (${name})` })
}
