/**
 * A drill: restores each wallet into memory, nothing touches a disk, reads it with the same readers, compares,
 * and keeps a signed certificate on this machine.
 */
import { join } from 'node:path'
import { hex } from '@cairn/core/bytes.js'
import {
  type Certificate,
  type DrilledWallet,
  overall,
  signCertificate,
} from '@cairn/core/drill/certificate.js'
import { prove } from '@cairn/core/drill/prove.js'
import type { WordsProof } from '@cairn/core/drill/words.js'
import { isCairnError } from '@cairn/core/errors.js'
import { decodeLines, type Recorded } from '@cairn/core/records/records.js'
import type { Identity, Wallet, WalletFile, WalletKind } from '@cairn/core/types.js'
import type { SignedHead } from '@cairn/core/vault/head.js'
import type { Artefact, ManifestWallet } from '@cairn/core/vault/manifest.js'
import { plainFiles } from '@cairn/core/wallets/file.js'
import { readWallet } from '@cairn/core/wallets/read.js'
import { nativeEd25519 } from '../ed25519.js'
import type { Machine } from '../machine/open.js'
import { writeLocal } from '../machine/state.js'
import { type Ports, type Progress, silent } from '../ports.js'
import { extract, memorySink } from './extract.js'
import { type Found, findWallets } from './find.js'
import type { Reading } from './reader.js'
import { noteDrill } from './rehearsals.js'

/** Artefacts are taken out of their packs in groups of this size, or alone when larger. */
const GROUP_BYTES = 64 * 1024 * 1024

export interface DrillPlan {
  readonly reading: Reading
  readonly heads: readonly SignedHead[]
  /** All when empty. */
  readonly names: readonly string[]
  readonly at?: string
  /** As in `Search`. */
  readonly device?: string
  readonly own?: string
  readonly nameOf?: (device: string) => string
  /** The password of an encrypted wallet, or undefined to leave its keys out. Asked for at most once each. */
  readonly passwordOf: (wallet: ManifestWallet) => Promise<string | undefined>
  /** Where the words on paper lead that belong to the one wallet of this drill. */
  readonly words?: WordsProof
  readonly progress?: Progress
}

export interface DrillReport {
  readonly certificate: Certificate
  /** Where the signed certificate lies. */
  readonly path: string
}

/** @throws CairnError when a snapshot or its packs cannot be read at all; differences are in the report */
export async function drill(machine: Machine, plan: DrillPlan, ports: Ports): Promise<DrillReport> {
  const wallets: DrilledWallet[] = []
  for (const found of await findWallets(plan)) wallets.push(await drillWallet(found, plan))
  const certificate: Certificate = {
    format: 'cairn-drill',
    version: 1,
    vault: machine.description.id,
    device: machine.device.id,
    time: ports.now().toISOString(),
    result: overall(wallets),
    wallets,
  }
  const path = join(machine.home.drills, `${certificate.time.replaceAll(':', '-')}.json`)
  await writeLocal(ports.disk, path, signCertificate(certificate, machine.device, nativeEd25519))
  await noteDrill(machine, certificate, ports)
  return { certificate, path }
}

async function drillWallet(found: Found, plan: DrillPlan): Promise<DrilledWallet> {
  const { wallet, head } = found
  const back = await takeOut(found, plan)
  const reread = await readAgain(wallet, back.files, plan)
  const proof = prove({
    recorded: recordedOf(wallet, back.lines),
    ...(reread ? { found: reread } : {}),
    files: { expected: wallet.artefacts.length, intact: back.intact },
    ...(plan.words ? { words: plan.words } : {}),
  })
  const { result, checks, not_covered } = proof
  return {
    name: wallet.name,
    result,
    snapshot: head.head.manifest,
    seq: head.head.seq,
    saved: head.head.time,
    checks: [...checks],
    not_covered: [...not_covered],
  }
}

interface TakenOut {
  readonly files: readonly WalletFile[]
  readonly lines: Readonly<Record<'labels' | 'addresses' | 'transactions', Uint8Array>>
  readonly intact: number
}

/** Restores into memory; the bytes of plain files are dropped as soon as their hash is known. */
async function takeOut({ manifest, wallet }: Found, plan: DrillPlan): Promise<TakenOut> {
  const { reading, progress = silent } = plan
  const total = wallet.artefacts.reduce((sum, { size }) => sum + size, 0)
  let done = 0
  const onBytes = (count: number) => {
    done += count
    progress({ what: `drill ${wallet.name}`, done, total })
  }
  const lines = { labels: nothing, addresses: nothing, transactions: nothing }
  const files: WalletFile[] = []
  let intact = 0
  for (const group of inGroups(wallet.artefacts)) {
    const wanted = group.map((artefact) => ({ artefact, sink: memorySink(artefact.size) }))
    await extract({ reading, manifest, wanted, onBytes })
    for (const { artefact, sink } of wanted) {
      if (hex(reading.primitives.sha256(sink.bytes)) === artefact.sha256) intact++
      if (artefact.role !== 'file') lines[artefact.role] = sink.bytes
      else if (wallet.kind !== 'file') files.push({ path: artefact.path, bytes: sink.bytes })
    }
  }
  return { files, lines, intact }
}

const nothing: Uint8Array = new Uint8Array(0)

function* inGroups(artefacts: readonly Artefact[]): Generator<readonly Artefact[]> {
  let group: Artefact[] = []
  let bytes = 0
  for (const artefact of artefacts) {
    if (group.length > 0 && bytes + artefact.size > GROUP_BYTES) {
      yield group
      group = []
      bytes = 0
    }
    group.push(artefact)
    bytes += artefact.size
  }
  if (group.length > 0) yield group
}

/** The wallet as its reader sees it now; undefined when it cannot be read. */
async function readAgain(
  wallet: ManifestWallet,
  files: readonly WalletFile[],
  { passwordOf }: DrillPlan,
): Promise<Wallet | undefined> {
  if (wallet.kind === 'file') return plainFiles(wallet.artefacts.filter(({ role }) => role === 'file').length)
  const password = wallet.encrypted ? await passwordOf(wallet) : undefined
  try {
    return await readWallet(files, {
      kind: wallet.kind as WalletKind,
      ...(password === undefined ? {} : { password }),
    })
  } catch (error) {
    // a wrong password is the person's to mend, not a finding
    if (isCairnError(error) && !isCairnError(error, 'wallet-password')) return undefined
    throw error
  }
}

function recordedOf(wallet: ManifestWallet, lines: TakenOut['lines']): Recorded {
  const { kind, encrypted, opened, restore, identity, balance, tip } = wallet
  return {
    kind: kind as WalletKind,
    encrypted,
    opened,
    restore,
    identity: identity as Identity,
    ...decodeLines(lines),
    importedKeys: wallet.counts.imported_keys,
    beyondSeed: wallet.beyond_seed as Recorded['beyondSeed'],
    ...(balance ? { balance } : {}),
    ...(tip === undefined ? {} : { tip }),
  }
}
