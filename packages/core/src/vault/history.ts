/**
 * What a store says of the past, held against what is known. A device's heads must be numbered 1, 2, 3 …
 * without a gap, each naming the hash of the one before, and reach at least as far as was seen before.
 * A store that shows an old state which nobody here has seen beyond cannot be told from an honest one.
 */
import { CairnError } from '../errors.js'
import type { Ed25519 } from '../types.js'
import type { Trusted } from './devices.js'
import { readHead, type SignedHead } from './head.js'
import { headPlaceOf } from './object.js'

/** `intact`, or the name of the lie or the damage. */
export type History =
  | 'intact'
  | 'damaged'
  | 'forged'
  | 'foreign'
  | 'replayed'
  | 'reordered'
  | 'hidden'
  | 'rolled-back'
  | 'forked'
  | 'revoked'
  | 'unconfirmed'
  | 'frozen'

/** The last head of a device that was seen: kept by the machine, or taken from another store or the sheet. */
export interface SeenHead {
  readonly device: string
  readonly seq: number
  readonly hash: string
}

export interface HistoryReport {
  readonly history: History
  /** The key of the file that shows it, when there is one. */
  readonly at?: string
  /** Genuine heads, by device and sequence. What is not genuine is never among them. */
  readonly heads: readonly SignedHead[]
  /** Keys of the files that are no heads any more: bytes went wrong, nobody signed another head. */
  readonly damaged: readonly string[]
}

export interface HeadFile {
  readonly key: string
  readonly bytes: Uint8Array
}

/** What heads are held against. */
export interface Known extends Pick<Trusted, 'vault' | 'devices'> {
  /** The last head that counts of each device that was removed. */
  readonly ended?: Trusted['ended']
  /** Public keys that a newer vault.json names, which nobody here could authenticate yet. Nothing of theirs is believed. */
  readonly claimed?: ReadonlyMap<string, string>
  /** Heads known to have been in this store. */
  readonly seen: readonly SeenHead[]
  /** What checks signatures; pure JavaScript without it. */
  readonly ed25519?: Ed25519
}

/** Reads all head files of a store and says whether its history is whole. */
export function readHistory(files: readonly HeadFile[], known: Known): HistoryReport {
  const genuine: SignedHead[] = []
  const damaged: string[] = []
  const odd: { history: History; at: string }[] = []
  for (const file of files) {
    const result = readPlaced(file, known)
    if (typeof result === 'object') genuine.push(result)
    else odd.push({ history: result, at: file.key })
    if (result === 'damaged') damaged.push(file.key)
  }
  const heads = genuine.sort(byPlace)
  const worst =
    odd.find(({ history }) => !isOthersDoing(history)) ??
    brokenChain(heads) ??
    missing(heads, stillTold(known)) ??
    odd[0]
  return { ...(worst ?? { history: 'intact' }), heads, damaged }
}

/** A store takes what any device puts there: these are of a device that may not, or may not yet, and no lie of the store. */
export function isOthersDoing(history: History): boolean {
  return history === 'revoked' || history === 'unconfirmed'
}

/** What was seen of a removed device beyond its last head that counts is no longer asked for. */
function stillTold({ seen, ended }: Known): readonly SeenHead[] {
  return seen.filter(({ device, seq }) => seq <= (ended?.get(device)?.seq ?? seq))
}

function readPlaced(file: HeadFile, known: Known): SignedHead | History {
  const place = headPlaceOf(file.key)
  if (!place) return 'forged'
  try {
    const signed = readHead(file.bytes, known.devices, { ...known, name: file.key })
    if (signed.head.vault !== known.vault) return 'foreign'
    const inPlace = signed.head.device === place.device && signed.head.seq === place.seq
    if (!inPlace) return 'replayed'
    return isAfterTheEnd(signed, known) ? 'revoked' : signed
  } catch (error) {
    if (!(error instanceof CairnError)) throw error
    // one head that says it is of a later version must not hide the others: vault.json says what the vault is
    if (error.code !== 'head-forged') return 'damaged'
    return isOfAClaimed(file, known) ? 'unconfirmed' : 'forged'
  }
}

function isAfterTheEnd({ head, hash }: SignedHead, { ended }: Known): boolean {
  const end = ended?.get(head.device)
  return end !== undefined && (head.seq > end.seq || (head.seq === end.seq && hash !== end.hash))
}

function isOfAClaimed(file: HeadFile, { claimed, ...known }: Known): boolean {
  if (claimed === undefined || claimed.size === 0) return false
  return typeof readPlaced(file, { ...known, devices: claimed }) === 'object'
}

function brokenChain(heads: readonly SignedHead[]): { history: History; at: string } | undefined {
  let before: SignedHead | undefined
  for (const now of heads) {
    const at = `heads/${now.head.device}/${now.head.seq}.json`
    const last = before?.head.device === now.head.device ? before : undefined
    if (now.head.seq !== (last?.head.seq ?? 0) + 1) return { history: 'hidden', at }
    if (now.head.previous !== (last?.hash ?? null)) return { history: 'reordered', at }
    before = now
  }
  return undefined
}

function missing(
  heads: readonly SignedHead[],
  seen: readonly SeenHead[],
): { history: History; at: string } | undefined {
  for (const known of seen) {
    const at = `heads/${known.device}/${known.seq}.json`
    const found = heads.find(({ head }) => head.device === known.device && head.seq === known.seq)
    if (!found) return { history: 'rolled-back', at }
    if (found.hash !== known.hash) return { history: 'forked', at }
  }
  return undefined
}

function byPlace(a: SignedHead, b: SignedHead): number {
  if (a.head.device !== b.head.device) return a.head.device < b.head.device ? -1 : 1
  return a.head.seq - b.head.seq
}

/** The newest head of each device. */
export function lastSeen(heads: readonly SignedHead[]): SeenHead[] {
  const last = new Map<string, SeenHead>()
  for (const { head, hash } of heads) {
    if (head.seq > (last.get(head.device)?.seq ?? 0))
      last.set(head.device, { device: head.device, seq: head.seq, hash })
  }
  return [...last.values()]
}

/**
 * Newest first. Clocks go wrong: of one device, the sequence decides, and each head counts as no earlier than the one
 * before it; only between devices does the time decide.
 */
export function newestFirst(heads: readonly SignedHead[]): readonly SignedHead[] {
  const latest = new Map<string, string>()
  const dated = [...heads].sort(byPlace).map((signed) => {
    const { device, time } = signed.head
    const before = latest.get(device) ?? ''
    const counted = time > before ? time : before
    latest.set(device, counted)
    return { signed, counted }
  })
  return dated
    .sort((a, b) => (a.counted === b.counted ? byPlace(b.signed, a.signed) : a.counted < b.counted ? 1 : -1))
    .map(({ signed }) => signed)
}
