/**
 * From a manifest back to files. Pack by pack, each opened once: every chunk is unpacked, checked against its
 * name and handed to the sinks that want it, at its place. Memory holds four packs, whatever a snapshot holds: those that
 * follow are on their way meanwhile.
 */
import { CairnError } from '@cairn/core/errors.js'
import type { Artefact, Chunk, Manifest } from '@cairn/core/vault/manifest.js'
import { damagedChunk, unpackChunk } from '@cairn/core/vault/pack.js'
import { aheadOf } from './at-once.js'
import { type Reading, readObject } from './reader.js'
import type { OpenPack } from './shared-packs.js'

/** Takes the contents of one artefact, in any order. */
export interface Sink {
  write(offset: number, contents: Uint8Array): Promise<void>
}

export interface Wanted {
  readonly artefact: Artefact
  readonly sink: Sink
}

interface Piece {
  readonly chunk: Chunk
  readonly offset: number
  readonly sink: Sink
}

const AT_ONCE = 32

export interface Extraction {
  readonly reading: Reading
  readonly manifest: Manifest
  readonly wanted: readonly Wanted[]
  readonly onBytes?: (count: number) => void
  /** How a pack is opened; from the stores when absent. */
  readonly openPack?: OpenPack
}

/** @throws CairnError when any pack or chunk has no good copy */
export async function extract({ reading, manifest, wanted, onBytes, ...how }: Extraction): Promise<void> {
  const openPack = how.openPack ?? ((id) => readObject(reading, id))
  const pieces = [...byPack(wanted)].map(([number, some]) => ({
    pack: manifest.packs[number] as string,
    some,
  }))
  for await (const [{ pack, some }, plain] of aheadOf(pieces, ({ pack }) => openPack(pack))) {
    const place = async ({ chunk, offset, sink }: Piece) => {
      const contents = await unpackChunk(plain, chunk, reading.primitives)
      if (contents === null) throw damagedChunk(pack)
      await sink.write(offset, contents)
      onBytes?.(contents.length)
    }
    for (let first = 0; first < some.length; first += AT_ONCE) {
      await Promise.all(some.slice(first, first + AT_ONCE).map(place))
    }
  }
}

function byPack(wanted: readonly Wanted[]): Map<number, Piece[]> {
  const packs = new Map<number, Piece[]>()
  for (const { artefact, sink } of wanted) {
    let offset = 0
    for (const chunk of artefact.chunks) {
      const some = packs.get(chunk.pack) ?? []
      some.push({ chunk, offset, sink })
      packs.set(chunk.pack, some)
      offset += chunk.size
    }
  }
  return packs
}

/** Collects an artefact in memory. */
export function memorySink(size: number): Sink & { readonly bytes: Uint8Array } {
  const bytes = new Uint8Array(size)
  return {
    bytes,
    write: async (offset, contents) => bytes.set(contents, offset),
  }
}

/** The error for an artefact that came back with another hash than the manifest says. */
export function damagedArtefact(snapshot: string): CairnError {
  return new CairnError('manifest-damaged', { snapshot, reason: 'a file came back with another hash' })
}
