/**
 * From an open vault to a capsule: the newest copy of each wallet that is meant, read into memory and sealed again. Only
 * the packs that these wallets need are read, and nothing unsealed touches a disk.
 */
import { gunzipSync, gzipSync } from 'node:zlib'
import { fail } from '@cairn/core/errors.js'
import type { Primitives } from '@cairn/core/types.js'
import {
  type Capsule,
  type CapsuleManifest,
  capsulePath,
  openCapsule,
  parseCapsule,
  sealCapsule,
} from '@cairn/core/vault/capsule.js'
import { type VaultDescription, writeDescription } from '@cairn/core/vault/description.js'
import { secretFromIdentity } from '@cairn/core/vault/identity.js'
import type { Artefact } from '@cairn/core/vault/manifest.js'
import { anonymous } from '@cairn/core/vault/primitives.js'
import type { Ports } from '../ports.js'
import { extract, memorySink } from './extract.js'
import { type Found, findWallets, type Search } from './find.js'
import { sharedPacks } from './shared-packs.js'

export interface CapsulePlan extends Search {
  /** Authenticated. */
  readonly description: VaultDescription
  /** Bytes of wallet files, before compression, that are read into memory at most. */
  readonly mostBytes: number
}

export interface MadeCapsule {
  readonly bytes: Uint8Array
  readonly manifest: CapsuleManifest
  /** Compressed bytes of each wallet by itself, the largest first. */
  readonly sizes: readonly { readonly wallet: string; readonly bytes: number }[]
}

/**
 * The bytes of a capsule, opened and compared before they are given.
 * @throws CairnError those of `findWallets` and `extract`, `capsule-large`
 */
export async function toCapsule(plan: CapsulePlan, ports: Ports): Promise<MadeCapsule> {
  const found = await findWallets(plan)
  requireOneOfEach(found, plan)
  requireSmall(found, plan)
  const openPack = sharedPacks(plan.reading, found)
  const files = new Map<string, Uint8Array>()
  for (const one of found) {
    const contents = await contentsOf(one, { reading: plan.reading, openPack })
    for (const [path, bytes] of contents) files.set(path, bytes)
  }
  const capsule = { manifest: manifestOf(found, plan, ports.now()), files }
  const bytes = await sealed(capsule, plan)
  return { bytes, manifest: capsule.manifest, sizes: sizesOf(capsule) }
}

/** In a capsule the name of a wallet is that of its folder. */
function requireOneOfEach(found: readonly Found[], { nameOf = (id) => id }: CapsulePlan): void {
  for (const { wallet } of found) {
    const same = found.filter((other) => other.wallet.name === wallet.name)
    if (same.length > 1)
      fail('device-choose', {
        what: `the wallet ${wallet.name}`,
        devices: same.map(({ manifest }) => nameOf(manifest.device)).join(', '),
      })
  }
}

function requireSmall(found: readonly Found[], { mostBytes }: CapsulePlan): void {
  const sizes = found.map(({ wallet }) => ({
    name: wallet.name,
    bytes: wallet.artefacts.reduce((sum, { size }) => sum + size, 0),
  }))
  const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0)
  const [largest] = sizes.sort((a, b) => b.bytes - a.bytes)
  if (total > mostBytes)
    fail('capsule-large', {
      size: `${mebibytes(total)} of files`,
      limit: `at most ${mebibytes(mostBytes)} are read for it`,
      largest: largest?.name ?? '',
    })
}

function mebibytes(bytes: number): string {
  return `${Math.ceil(bytes / (1024 * 1024))} MiB`
}

async function contentsOf(
  { manifest, wallet }: Found,
  how: Pick<Parameters<typeof extract>[0], 'reading' | 'openPack'>,
): Promise<readonly (readonly [string, Uint8Array])[]> {
  const sinks = wallet.artefacts.map(({ size }) => memorySink(size))
  const wanted = wallet.artefacts.map((artefact, i) => ({
    artefact,
    sink: sinks[i] as (typeof sinks)[number],
  }))
  await extract({ ...how, manifest, wanted })
  return wanted.map(({ artefact, sink }) => [capsulePath(wallet.name, artefact), sink.bytes] as const)
}

function manifestOf(found: readonly Found[], { description }: CapsulePlan, now: Date): CapsuleManifest {
  const wallets = found.map(({ head: { head }, manifest, wallet }) => ({
    ...wallet,
    artefacts: wallet.artefacts.map(withoutChunks),
    snapshot: { id: head.manifest, device: head.device, seq: head.seq, time: manifest.time },
  }))
  return { format: 'cairn-capsule', version: 1, vault: description.id, time: now.toISOString(), wallets }
}

function withoutChunks({ chunks: _, ...artefact }: Artefact): Omit<Artefact, 'chunks'> {
  return artefact
}

/** Sealed, and proven by the way back: what is printed cannot be corrected. */
async function sealed(capsule: Capsule, { description, reading }: CapsulePlan): Promise<Uint8Array> {
  const primitives: Primitives = { ...reading.primitives, gzip: small }
  const { identity } = reading
  const vault = writeDescription(description, secretFromIdentity(identity))
  const bytes = await sealCapsule(capsule, { vault, recipient: description.recipient, identity, primitives })
  const back = await parseCapsule(bytes, primitives)
  await openCapsule(back.sealed, { vault: description.id, identities: [identity], primitives })
  return bytes
}

/** Time does not matter for what is printed, and each page does. */
async function small(bytes: Uint8Array): Promise<Uint8Array> {
  const member = gzipSync(bytes, { level: 9, memLevel: 9 })
  if (Buffer.compare(gunzipSync(member), bytes) !== 0) throw new Error('gzip did not keep what it was given')
  return anonymous(new Uint8Array(member))
}

function sizesOf({ manifest, files }: Capsule): MadeCapsule['sizes'] {
  const all = manifest.wallets.map(({ name, artefacts }) => ({
    wallet: name,
    bytes: artefacts
      .map((artefact) => gzipSync(files.get(capsulePath(name, artefact)) as Uint8Array).length)
      .reduce((sum, length) => sum + length, 0),
  }))
  return all.sort((a, b) => b.bytes - a.bytes)
}
