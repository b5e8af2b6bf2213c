/**
 * Rewriting packs of which little is needed still, so that what they hold in vain can go (docs/retention.md). In this
 * order, so that a cut leaves nothing but unused objects:
 *  1. choose packs; nothing is done for less than a tenth of what all packs take
 *  2. read them, from whichever store has a good copy; each chunk that is needed is unpacked and held against its name
 *  3. put these chunks, compressed as they are, into new packs, those together that the same snapshot is the last to need,
 *     so that they will go together; each pack is read back from every store, and unpacked as a restore would
 *  4. remember where the chunks are now: the next backup counts on the new packs
 *  5. a manifest for each snapshot that needs them, the same but for packs and places; read back likewise
 * The caller signs that the manifests moved (`forgotten.ts` of the core), and only then removes what is not needed any more.
 */
import { fail } from '@cairn/core/errors.js'
import type { SignedHead } from '@cairn/core/vault/head.js'
import { type Chunk, encodeManifest, type Manifest, parseManifest } from '@cairn/core/vault/manifest.js'
import {
  addMember,
  type ChunkPlace,
  damagedChunk,
  hasRoom,
  newPack,
  type OpenPack,
  packBytes,
  unpackChunk,
} from '@cairn/core/vault/pack.js'
import { paddedLength } from '@cairn/core/vault/padding.js'
import { type Index, readIndex, writeIndex } from '../machine/memory.js'
import type { Machine } from '../machine/open.js'
import { type Ports, type Progress, silent } from '../ports.js'
import { type Reading, readObject } from './reader.js'
import { putSealed, type SealedWriter, type Target } from './stored.js'

/** Of a pack of which less than this share is needed, what is needed is written again. */
export const REPACK_BELOW = 2 / 3

/** Of all packs, what has to be in vain before anything is done about it. */
const WORTHWHILE = 0.1

/** Packs that are kept open, of 8 MiB at most. */
const OPEN_PACKS = 8

export interface Snapshot {
  readonly signed: SignedHead
  readonly manifest: Manifest
}

export interface Choosing {
  /** Snapshots of this device that are kept. */
  readonly snapshots: readonly Snapshot[]
  /** Sealed sizes of the packs that this device stored. */
  readonly sizes: ReadonlyMap<string, number>
  /** Packs that snapshots of other devices need, which are left as they are. */
  readonly others: ReadonlySet<string>
  readonly below: number
}

/** Packs that are to be rewritten, with what they take and how much of it is needed, in bytes. */
export interface Choice {
  readonly packs: ReadonlySet<string>
  readonly bytes: number
  readonly needed: number
}

/** Which packs are worth it. */
export function chooseSparse({ snapshots, sizes, others, below }: Choosing): Choice {
  const needed = neededBytes(snapshots)
  const all = [...needed].flatMap(([id, length]) => {
    const size = sizes.get(id)
    return size === undefined || others.has(id) ? [] : [{ id, size, live: paddedLength(length) }]
  })
  const sparse = all.filter(({ size, live }) => live < size * below)
  const sum = (some: typeof all, of: 'size' | 'live') => some.reduce((total, each) => total + each[of], 0)
  const [bytes, live] = [sum(sparse, 'size'), sum(sparse, 'live')]
  const isWorthwhile = bytes - live >= sum(all, 'size') * WORTHWHILE
  return isWorthwhile
    ? { packs: new Set(sparse.map(({ id }) => id)), bytes, needed: live }
    : { packs: new Set(), bytes: 0, needed: 0 }
}

function neededBytes(snapshots: readonly Snapshot[]): ReadonlyMap<string, number> {
  const packs = new Map<string, Map<number, number>>()
  for (const { manifest } of snapshots) {
    for (const chunk of chunksOf(manifest)) {
      const id = manifest.packs[chunk.pack] as string
      const members = packs.get(id) ?? new Map<number, number>()
      packs.set(id, members.set(chunk.offset, chunk.length))
    }
  }
  const sum = (members: ReadonlyMap<number, number>) => [...members.values()].reduce((a, b) => a + b, 0)
  return new Map([...packs].map(([id, members]) => [id, sum(members)]))
}

function chunksOf({ wallets }: Manifest): readonly Chunk[] {
  return wallets.flatMap(({ artefacts }) => artefacts.flatMap(({ chunks }) => chunks))
}

export interface Repacking {
  readonly machine: Machine
  readonly ports: Ports
  readonly reading: Reading
  readonly targets: readonly Target[]
  readonly snapshots: readonly Snapshot[]
  readonly packs: ReadonlySet<string>
  readonly progress?: Progress | undefined
}

export interface Repacked {
  /** Manifests, by what they were and are. */
  readonly moved: readonly { readonly from: string; readonly to: string }[]
  /** The snapshots as they are now. */
  readonly snapshots: readonly Snapshot[]
  /** What the new packs take; the new manifests take what the old ones took. */
  readonly bytes: number
}

/** @throws CairnError when a pack has no good copy, or no store works: then nothing has changed for any reader */
export async function repack(repacking: Repacking): Promise<Repacked> {
  const { machine, ports, targets } = repacking
  const { primitives, now } = ports
  const to: SealedWriter = { recipient: machine.description.recipient, targets, primitives, now }
  const written = await writePacks(repacking, to)
  await rememberPlaces(repacking, written)
  const moved: { from: string; to: string }[] = []
  const snapshots: Snapshot[] = []
  for (const snapshot of repacking.snapshots) {
    const manifest = remade(snapshot.manifest, { ...repacking, places: written.places })
    if (manifest === undefined) {
      snapshots.push(snapshot)
      continue
    }
    const sealed = await putManifest(to, manifest)
    const { head, manifests = [head.manifest] } = snapshot.signed
    moved.push({ from: manifests[0] as string, to: sealed.id })
    snapshots.push({ manifest, signed: { ...snapshot.signed, manifests: [sealed.id, ...manifests] } })
  }
  return { moved, snapshots, bytes: written.bytes }
}

interface Written {
  /** New places by the SHA-256 of the chunk. */
  readonly places: ReadonlyMap<string, ChunkPlace>
  /** Sealed sizes by id. */
  readonly packs: ReadonlyMap<string, number>
  readonly bytes: number
}

interface Member extends Omit<Chunk, 'pack'> {
  readonly from: string
  /** The last snapshot that needs it. */
  readonly until: number
}

async function writePacks(repacking: Repacking, to: SealedWriter): Promise<Written> {
  const { progress = silent } = repacking
  const members = membersIn(repacking)
  const openPack = packReader(repacking.reading)
  const places = new Map<string, ChunkPlace>()
  const packs = new Map<string, number>()
  let pack = newPack()
  const send = async () => {
    const { id, size } = await putPack(to, pack)
    packs.set(id, size)
    for (const { sha256, offset, length } of pack.chunks) places.set(sha256, { pack: id, offset, length })
    pack = newPack(pack.bytes)
  }
  for (const [done, member] of members.entries()) {
    const plain = await openPack(member.from)
    if ((await unpackChunk(plain, member, to.primitives)) === null) throw damagedChunk(member.from)
    const bytes = plain.subarray(member.offset, member.offset + member.length)
    if (!hasRoom(pack, bytes)) await send()
    addMember(pack, bytes, member)
    progress({ what: 'rewrite packs', done, total: members.length })
  }
  if (pack.chunks.length > 0) await send()
  return { places, packs, bytes: [...packs.values()].reduce((a, b) => a + b, 0) }
}

/** Each chunk once, those beside each other that go together. */
function membersIn({ snapshots, packs }: Repacking): readonly Member[] {
  const members = new Map<string, Member>()
  for (const { manifest } of [...snapshots].sort((a, b) => a.manifest.seq - b.manifest.seq)) {
    for (const { pack, ...chunk } of chunksOf(manifest)) {
      const from = manifest.packs[pack] as string
      if (packs.has(from)) members.set(chunk.sha256, { ...chunk, from, until: manifest.seq })
    }
  }
  return [...members.values()].sort(
    (a, b) => a.until - b.until || (a.from < b.from ? -1 : a.from > b.from ? 1 : a.offset - b.offset),
  )
}

/** Opens packs; those that were read last stay open. */
function packReader(reading: Reading): (id: string) => Promise<Uint8Array> {
  const open = new Map<string, Uint8Array>()
  return async (id) => {
    const plain = open.get(id) ?? (await readObject(reading, id))
    open.delete(id)
    open.set(id, plain)
    const [oldest] = open.keys()
    if (open.size > OPEN_PACKS && oldest !== undefined) open.delete(oldest)
    return plain
  }
}

async function putPack(to: SealedWriter, pack: OpenPack) {
  return putSealed(to, packBytes(pack), async (back) => {
    for (const chunk of pack.chunks)
      if ((await unpackChunk(back, chunk, to.primitives)) === null) throw damagedChunk('(being written)')
  })
}

async function putManifest(to: SealedWriter, manifest: Manifest) {
  return putSealed(to, await encodeManifest(manifest, to.primitives), async (back) => {
    const read = await parseManifest(back, `${manifest.seq}`, to.primitives)
    if (JSON.stringify(read) !== JSON.stringify(manifest))
      fail('manifest-damaged', { snapshot: `${manifest.seq}`, reason: 'it came back as another one' })
  })
}

async function rememberPlaces({ machine, ports, packs }: Repacking, written: Written): Promise<void> {
  const before: Index = await readIndex(ports.disk, machine.home, ports.primitives)
  const after: Index = {
    packs: new Map([...before.packs, ...written.packs]),
    places: new Map(
      [...before.places].flatMap(([sha256, place]) => {
        const now = written.places.get(sha256) ?? place
        return packs.has(now.pack) ? [] : [[sha256, now] as const]
      }),
    ),
    files: before.files,
  }
  await writeIndex(ports.disk, machine.home, after, ports.primitives)
}

/** The manifest with its chunks where they are now; undefined when none of them moved. */
function remade(
  manifest: Manifest,
  { packs, places }: Pick<Repacking, 'packs'> & Pick<Written, 'places'>,
): Manifest | undefined {
  if (!manifest.packs.some((id) => packs.has(id))) return undefined
  const ids: string[] = []
  const numbers = new Map<string, number>()
  const numberOf = (id: string) => {
    const number = numbers.get(id) ?? ids.push(id) - 1
    numbers.set(id, number)
    return number
  }
  const moveChunk = (chunk: Chunk): Chunk => {
    const from = manifest.packs[chunk.pack] as string
    const now = packs.has(from) ? places.get(chunk.sha256) : undefined
    if (now === undefined) return { ...chunk, pack: numberOf(from) }
    return { ...chunk, pack: numberOf(now.pack), offset: now.offset, length: now.length }
  }
  const wallets = manifest.wallets.map((wallet) => ({
    ...wallet,
    artefacts: wallet.artefacts.map((artefact) => ({ ...artefact, chunks: artefact.chunks.map(moveChunk) })),
  }))
  return { ...manifest, packs: ids, wallets }
}
