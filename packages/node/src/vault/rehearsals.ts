/**
 * What there is to rehearse of a vault, and when: its wallets, the words that belong to them, and the factors of its
 * policy. No secret is needed; each rehearsal is noted with its date and whether it went well.
 */
import { type Certificate, WORDS_CHECK } from '@cairn/core/drill/certificate.js'
import { heirsOf } from '@cairn/core/plan/heirs.js'
import { makeModel } from '@cairn/core/plan/model.js'
import { isLookedAt, type Thing as PlacedThing } from '@cairn/core/plan/places.js'
import {
  intervalDays,
  type Material,
  type Rehearsable,
  type Rehearsal,
  rehearse,
} from '@cairn/core/plan/rehearse.js'
import type { Factor } from '@cairn/core/vault/policy.js'
import type { FactorKind } from '@cairn/core/vault/quorum.js'
import { type Facts, type Remembered, readFacts } from '../machine/facts.js'
import type { Machine } from '../machine/open.js'
import { readPlaces } from '../machine/places.js'
import { addRehearsals, type RehearsalRow, readRehearsals, rowsOf } from '../machine/rehearsals.js'
import { readWallets, type WalletEntry } from '../machine/wallets.js'
import type { Ports } from '../ports.js'
import { planVersion } from './heir-plan.js'

export type RehearsalPorts = Pick<Ports, 'disk' | 'now'>

/** In the order of the wallets, then of the policy. @throws CairnError `wallets-damaged`, `file-denied` */
export async function planRehearsals(machine: Machine, ports: RehearsalPorts): Promise<readonly Rehearsal[]> {
  const rows = await readRehearsals(ports.disk, machine.home)
  const facts = await readFacts(ports.disk, machine.home)
  const wallets = await readWallets(ports.disk, machine.home)
  const now = ports.now().getTime()
  const things = [...wallets.flatMap((entry) => ofWallet(entry, facts)), ...ofPolicy(machine)]
  // a list that cannot be read is for `place list` to tell
  const placed = await readPlaces(ports.disk, machine.home).catch(() => [])
  const heirs = ofHeirs(machine, { placed, rows })
  return [...[...things, ...heirs].map((thing) => toRehearsable(thing, rows)), ...ofPlaces(placed)].map(
    (thing) => rehearse(thing, now),
  )
}

interface Heirs {
  readonly placed: readonly PlacedThing[]
  readonly rows: readonly RehearsalRow[]
}

/** Who walked the way once, while they hold something: the others are for `plan --heirs` to name. */
function ofHeirs({ description, config }: Machine, { placed, rows }: Heirs): readonly Thing[] {
  const names = new Set(rows.filter(({ what }) => what === 'heir').map(({ name }) => name))
  if (names.size === 0) return []
  const { policy } = description
  const heirs = heirsOf(makeModel({ policy, stores: config.stores, wallets: [], things: placed }))
  return heirs.holders
    .filter(({ name }) => names.has(name))
    .map(({ name }) => ({ what: 'heir', name, version: planVersion(policy, heirs, name), since: null }))
}

/** What somebody must go and look at. Since when it lies there nobody wrote down: never looked at, it is due now. */
function ofPlaces(things: readonly PlacedThing[]): readonly Rehearsable[] {
  return things.filter(isLookedAt).map(({ name, checked }) => ({
    material: 'place',
    name,
    since: null,
    changed: false,
    rehearsed: checked === null ? [] : [{ time: `${checked}T00:00:00.000Z`, ok: true }],
  }))
}

/** What paces the drills of a wallet, for `cairn status`: see `WalletState` of the core. */
export function drillPace(
  entry: WalletEntry,
  { facts, rows }: { readonly facts: Facts; readonly rows: readonly RehearsalRow[] },
): { readonly drillDays?: number; readonly changed?: string } {
  const restore = ofWallet(entry, facts).find(({ what }) => what === 'restore')
  if (restore === undefined) return {}
  const { rehearsed, changed, since } = toRehearsable(restore, rows)
  return { drillDays: intervalDays('restore', rehearsed), ...(changed && since ? { changed: since } : {}) }
}

interface Thing {
  readonly what: Material
  readonly name: string
  readonly version: string
  readonly since: string | null
}

/** Of a wallet that was never saved there is nothing to restore. */
function ofWallet(entry: WalletEntry, facts: Facts): readonly Thing[] {
  const seen = facts.get(entry.name)
  if (seen === undefined) return []
  const { name, known } = entry
  const restore: Thing = { what: 'restore', name, version: versionOf(seen), since: sinceWhen(seen) }
  const hasWords = known.identity.fingerprints.length > 0
  return hasWords ? [restore, { ...restore, what: 'words', version: identityOf(seen) }] : [restore]
}

/** Another kind, other keys, encrypted or no longer: what a drill proved before says little about it. */
function versionOf({ observed }: Remembered): string {
  const facts = observed.at(-1)?.facts
  return facts ? `${facts.kind} ${facts.encrypted} ${facts.identity}` : ''
}

function identityOf({ observed }: Remembered): string {
  return observed.at(-1)?.facts.identity ?? ''
}

/** Since when backups saw it as it is now. */
function sinceWhen(seen: Remembered): string | null {
  const { observed } = seen
  const version = versionOf(seen)
  const other = observed.findLastIndex(
    (_, i) => versionOf({ ...seen, observed: observed.slice(0, i + 1) }) !== version,
  )
  return observed[other + 1]?.time ?? null
}

const MATERIAL_OF: Partial<Readonly<Record<FactorKind, Material>>> = {
  passphrase: 'passphrase',
  sheet: 'sheet',
  person: 'holder',
}

/** What this machine opens by itself, it tries by itself whenever the vault is unlocked. */
function ofPolicy({ description }: Machine): readonly Thing[] {
  const since = description.created
  return description.policy.groups.flatMap(({ factors }) =>
    factors.flatMap((factor): Thing[] => {
      const what = MATERIAL_OF[factor.kind]
      return what ? [{ what, name: factor.name, version: versionOfFactor(description, factor), since }] : []
    }),
  )
}

/**
 * A sheet is another one with every new set of shares; a passphrase may be after a rekey, and a person has another key
 * when they say so.
 */
function versionOfFactor({ policy, recipient }: Machine['description'], factor: Factor): string {
  if (factor.kind === 'sheet') return String(policy.set)
  return factor.kind === 'person' ? factor.recipient : recipient
}

function toRehearsable({ what, name, version, since }: Thing, rows: readonly RehearsalRow[]): Rehearsable {
  const own = rowsOf(rows, { what, name })
  const rehearsed = own.filter((row) => row.version === version).map(({ time, ok }) => ({ time, ok }))
  return { material: what, name, since, changed: own.length > 0 && rehearsed.length === 0, rehearsed }
}

/** Notes a rehearsal of a factor of the policy, if it is of a kind that is rehearsed. */
export async function noteFactor(
  machine: Machine,
  { factor, ok }: { readonly factor: Factor; readonly ok: boolean },
  ports: RehearsalPorts,
): Promise<void> {
  const what = MATERIAL_OF[factor.kind]
  if (what === undefined) return
  const row = { what, name: factor.name, version: versionOfFactor(machine.description, factor), ok }
  await addRehearsals(ports.disk, machine.home, [{ ...row, time: ports.now().toISOString() }])
}

/** Notes what a drill rehearsed: of each wallet whose newest snapshot it restored, and of the words on paper. */
export async function noteDrill(
  machine: Machine,
  certificate: Certificate,
  { disk }: RehearsalPorts,
): Promise<void> {
  const facts = await readFacts(disk, machine.home)
  const { time } = certificate
  const rows = certificate.wallets.flatMap(({ name, seq, result, checks }): RehearsalRow[] => {
    const seen = facts.get(name)
    if (seen === undefined || seen.seq !== seq) return []
    const words = checks.find(({ what }) => what === WORDS_CHECK)
    const others = checks.filter(({ what }) => what !== WORDS_CHECK)
    const restored = others.every(({ ok }) => ok) && result !== 'incomplete'
    return [
      ...(result === 'incomplete'
        ? []
        : [{ what: 'restore' as const, name, version: versionOf(seen), time, ok: restored }]),
      ...(words ? [{ what: 'words' as const, name, version: identityOf(seen), time, ok: words.ok }] : []),
    ]
  })
  await addRehearsals(disk, machine.home, rows)
}
