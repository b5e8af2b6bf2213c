/**
 * Packs that several wallets of a restore need: a backup puts what is new of all of them into one pack, and each would be
 * read and opened once a wallet. One that is needed again is kept, up to a bound; the last who needs it gets it without.
 */
import type { Manifest, ManifestWallet } from '@cairn/core/vault/manifest.js'
import { type Reading, readObject } from './reader.js'

const KEPT_BYTES = 64 * 1024 * 1024

/** Gives the plain contents of a pack. @throws CairnError of `readObject` */
export type OpenPack = (id: string) => Promise<Uint8Array>

export interface Needing {
  readonly manifest: Manifest
  readonly wallet: ManifestWallet
}

/** @param all what will be extracted, one after another; each asks once for each of its packs */
export function sharedPacks(reading: Reading, all: readonly Needing[]): OpenPack {
  const uses = new Map<string, number>()
  for (const id of all.flatMap(packsOf)) uses.set(id, (uses.get(id) ?? 0) + 1)
  const kept = new Map<string, Uint8Array>()
  let bytes = 0
  return async (id) => {
    const left = (uses.get(id) ?? 1) - 1
    uses.set(id, left)
    const here = kept.get(id)
    const plain = here ?? (await readObject(reading, id))
    if (here && left === 0) {
      kept.delete(id)
      bytes -= here.length
    }
    if (!here && left > 0 && bytes + plain.length <= KEPT_BYTES) {
      kept.set(id, plain)
      bytes += plain.length
    }
    return plain
  }
}

function packsOf({ manifest, wallet }: Needing): readonly string[] {
  const numbers = new Set(wallet.artefacts.flatMap(({ chunks }) => chunks.map(({ pack }) => pack)))
  return [...numbers].map((number) => manifest.packs[number] as string)
}
