/** The two files that make a snapshot of what was packed: the manifest, which says what is where, and the head, signed. */
import { deviceKeys } from '@cairn/core/vault/description.js'
import { type Head, readHead, type SignedHead, signHead } from '@cairn/core/vault/head.js'
import { encodeManifest, type Manifest, parseManifest } from '@cairn/core/vault/manifest.js'
import { headKey } from '@cairn/core/vault/object.js'
import { type Tags, taggedOf } from '@cairn/core/vault/tags.js'
import { nativeEd25519 } from '../ed25519.js'
import type { Seen, Snapshot } from '../machine/memory.js'
import type { Machine } from '../machine/open.js'
import type { Places } from './pack-writer.js'
import { putSealed, type Sealed, type SealedWriter } from './stored.js'
import type { SavedWallet } from './wallet-saver.js'

interface Here {
  readonly machine: Machine
}

export interface ManifestParts {
  readonly saved: readonly SavedWallet[]
  readonly places: Places
  readonly seq: number
  readonly time: Date
  readonly seen: Seen
  readonly tags: Tags
}

export function makeManifest(
  { machine }: Here,
  { saved, places, seq, time, seen, tags }: ManifestParts,
): Manifest {
  const packs: string[] = []
  const numbers = new Map<string, number>()
  const numberOf = (pack: string) => {
    const number = numbers.get(pack) ?? packs.push(pack) - 1
    numbers.set(pack, number)
    return number
  }
  const wallets = saved.map(({ describe }) => describe(places, numberOf))
  const manifest = {
    format: 'cairn-manifest' as const,
    vault: machine.description.id,
    device: machine.device.id,
    seq,
    time: time.toISOString(),
    packs,
    wallets,
    elsewhere: elsewhere(seen.snapshots, new Set(wallets.map(({ name }) => name))),
  }
  return tags.size > 0 ? { ...manifest, version: 2, tags: taggedOf(tags) } : { ...manifest, version: 1 }
}

/** Wallets that other snapshots hold and this one does not. */
function elsewhere(snapshots: readonly Snapshot[], here: ReadonlySet<string>): Manifest['elsewhere'] {
  const newest = new Map(snapshots.flatMap(({ seq, wallets }) => wallets.map((name) => [name, seq] as const)))
  return [...newest].filter(([name]) => !here.has(name)).map(([name, seq]) => ({ name, seq }))
}

/** Sent to every store and read back. */
export async function putManifest(to: SealedWriter, manifest: Manifest): Promise<Sealed> {
  const plain = await encodeManifest(manifest, to.primitives)
  return putSealed(to, plain, async (back) => {
    await parseManifest(back, String(manifest.seq), to.primitives)
  })
}

export interface HeadParts {
  readonly manifest: Manifest
  readonly sealed: string
  readonly previous: string | null
  /** When the next one is late, an instant. */
  readonly expected: string
}

/** Signed, and read as a restore will read it. */
export function signedHead(
  { machine }: Here,
  { manifest, sealed, previous, expected }: HeadParts,
): SignedHead {
  const { vault, device, seq, time } = manifest
  const head: Head = {
    format: 'cairn-head',
    version: 1,
    type: 'snapshot',
    vault,
    device,
    seq,
    previous,
    time,
    manifest: sealed,
    next_expected_by: expected,
  }
  const { bytes } = signHead(head, machine.device, nativeEd25519)
  // read as a restore will read it, before it is sent
  return readHead(bytes, deviceKeys(machine.description), {
    name: headKey(device, seq),
    ed25519: nativeEd25519,
  })
}

export function keyOf({ head }: SignedHead): string {
  return headKey(head.device, head.seq)
}
