/**
 * What only an unlocked vault can see: that every genuine head leads to a manifest, that to its packs, and those to
 * whole files, chunk by chunk as in a restore. Contents are the same in every store, since objects are named by their
 * hash: each is opened once, from the first good copy. An object without a good copy is not judged here. What will be
 * needed next is on its way while the one before it is looked at.
 */
import { createHash } from 'node:crypto'
import { hex, utf8 } from '@cairn/core/bytes.js'
import { isCairnError } from '@cairn/core/errors.js'
import { type Head, manifestOf, type SignedHead } from '@cairn/core/vault/head.js'
import { type Artefact, belongsTo, type Manifest, parseManifest } from '@cairn/core/vault/manifest.js'
import { unpackChunk } from '@cairn/core/vault/pack.js'
import { type Progress, silent } from '../ports.js'
import { aheadOf, fetchAhead } from './at-once.js'
import { goodCopy, openAny, type Reading } from './reader.js'

export interface Depth {
  /** Snapshots of which the manifest could be read. */
  readonly opened: number
  /** Ids of the packs that they need. */
  readonly packs: ReadonlySet<string>
  /** Ids of objects whose bytes are what was stored, and whose contents are not what they should be. */
  readonly spoilt: ReadonlySet<string>
  /** Hashes of heads that lead to the manifest of another snapshot: whoever signed them had the key of the device. */
  readonly astray: ReadonlySet<string>
}

/** Packs that are kept open, so that the versions of a file do not open the same ones again and again. */
const OPEN_BYTES = 128 * 1024 * 1024

/** State of one run. */
interface Diving {
  readonly reading: Reading
  /** The sealed bytes of a pack from its first good copy. */
  fetch: (id: string) => Promise<Uint8Array | null>
  readonly packs: Set<string>
  readonly spoilt: Set<string>
  readonly astray: Set<string>
  /** Names of files, with where their chunks lie, that were found whole. */
  readonly whole: Set<string>
  /** Opened packs, the one that was used last at the end; null for one that has no good copy. */
  readonly open: Map<string, Uint8Array | null>
}

/** @param heads genuine ones */
export async function lookDeep(
  reading: Reading,
  heads: readonly SignedHead[],
  progress: Progress = silent,
): Promise<Depth> {
  const fetch = (id: string) => goodCopy(id, reading)
  const found = { packs: new Set<string>(), spoilt: new Set<string>(), astray: new Set<string>() }
  const diving: Diving = { reading, fetch, ...found, whole: new Set(), open: new Map() }
  let opened = 0
  let done = 0
  for await (const [head, manifest] of aheadOf(heads, (head) => openManifest(diving, head))) {
    progress({ what: 'open snapshots', done: done++, total: heads.length })
    if (manifest === null) continue
    opened++
    for (const pack of manifest.packs) diving.packs.add(pack)
    const artefacts = manifest.wallets.flatMap((wallet) => wallet.artefacts)
    if (await hasOther(diving, manifest, artefacts)) diving.spoilt.add(manifestOf(head))
  }
  return { opened, packs: diving.packs, spoilt: diving.spoilt, astray: diving.astray }
}

async function openManifest(diving: Diving, signed: SignedHead): Promise<Manifest | null> {
  const { primitives } = diving.reading
  const { head } = signed
  const sealed = goodCopy(manifestOf(signed), diving.reading)
  const manifest = await unlessSpoilt(diving, { id: manifestOf(signed), sealed }, (plain) =>
    parseManifest(plain, head.manifest.slice(0, 12), primitives),
  )
  if (manifest === null || isOf(manifest, head)) return manifest
  diving.astray.add(signed.hash)
  return null
}

function isOf(manifest: Manifest, head: Head): boolean {
  try {
    belongsTo(manifest, head)
    return true
  } catch (error) {
    if (isCairnError(error, 'manifest-damaged')) return false
    throw error
  }
}

/** True when chunks that are what their names say make a file that is another one. */
async function hasOther(
  diving: Diving,
  manifest: Manifest,
  artefacts: readonly Artefact[],
): Promise<boolean> {
  const next = artefacts.filter((artefact) => !diving.whole.has(nameOf(diving, manifest.packs, artefact)))
  const packs = new Set(
    next.flatMap(({ chunks }) => chunks.map(({ pack }) => manifest.packs[pack] as string)),
  )
  const wanted = [...packs].filter((id) => !diving.open.has(id))
  diving.fetch = fetchAhead(wanted, (id) => goodCopy(id, diving.reading))
  const states: string[] = []
  for (const artefact of artefacts) states.push(await lookAtFile(diving, manifest, artefact))
  return states.includes('other')
}

/** What `read` makes of the contents of an object; null when it has no good copy, or is spoilt. */
async function unlessSpoilt<T>(
  { reading, spoilt }: Diving,
  { id, sealed }: { readonly id: string; readonly sealed: Promise<Uint8Array | null> },
  read: (plain: Uint8Array) => Promise<T>,
): Promise<T | null> {
  const bytes = await sealed
  if (bytes === null) return null
  try {
    return await read(await openAny(bytes, reading, id))
  } catch (error) {
    if (!isCairnError(error)) throw error
    spoilt.add(id)
    return null
  }
}

/** `other`: every chunk is what its name says, and the file they make is another one. */
async function lookAtFile(
  diving: Diving,
  { packs }: Manifest,
  artefact: Artefact,
): Promise<'whole' | 'broken' | 'other'> {
  const name = nameOf(diving, packs, artefact)
  if (diving.whole.has(name)) return 'whole'
  const hash = createHash('sha256')
  for (const chunk of artefact.chunks) {
    const pack = packs[chunk.pack] as string
    const plain = await openPack(diving, pack)
    if (plain === null) return 'broken'
    const contents = await unpackChunk(plain, chunk, diving.reading.primitives)
    if (contents === null) diving.spoilt.add(pack)
    if (contents === null) return 'broken'
    hash.update(contents)
  }
  if (hash.digest('hex') !== artefact.sha256) return 'other'
  diving.whole.add(name)
  return 'whole'
}

/** The same contents at the same places have the same name. */
function nameOf({ reading }: Diving, packs: readonly string[], { sha256, size, chunks }: Artefact): string {
  const places = chunks.map((chunk) => [chunk.sha256, packs[chunk.pack], chunk.offset, chunk.length])
  return hex(reading.primitives.sha256(utf8(JSON.stringify([sha256, size, places]))))
}

async function openPack(diving: Diving, id: string): Promise<Uint8Array | null> {
  const { open } = diving
  const known = open.get(id)
  const plain =
    known === undefined
      ? await unlessSpoilt(diving, { id, sealed: diving.fetch(id) }, async (plain) => plain)
      : known
  open.delete(id)
  open.set(id, plain)
  let bytes = [...open.values()].reduce((sum, pack) => sum + (pack?.length ?? 0), 0)
  for (const [oldest, pack] of open) {
    if (bytes <= OPEN_BYTES || oldest === id) break
    open.delete(oldest)
    bytes -= pack?.length ?? 0
  }
  return plain
}
