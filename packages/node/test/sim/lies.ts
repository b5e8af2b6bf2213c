/**
 * What a dishonest store may show, each named after the lie. A lie changes what lies in one store; whoever tells it has what
 * the store had before, and in some the key of a device that was stolen. Beside each: what a computer that knows the vault
 * calls it, and whether a new computer that has this store alone can notice.
 */
import { text, utf8 } from '@cairn/core/bytes.js'
import { canonicalFile, type Json } from '@cairn/core/vault/canonical.js'
import { writeForgotten } from '@cairn/core/vault/forgotten.js'
import { type DeviceKey, deviceKeyWith, type Head, signHead } from '@cairn/core/vault/head.js'
import { forgottenKey, headKey, objectKey, VAULT_FILE } from '@cairn/core/vault/object.js'
import type { Kept } from '../stores/memory.js'

/** What the liar has. */
export interface Booty {
  /** The keys of the devices, for lies that need a stolen one. */
  readonly laptop: DeviceKey
  readonly desk: DeviceKey
  /** Removed after its first snapshot. */
  readonly phone: DeviceKey
  /** What the store held after the first snapshots, and before the second device joined. */
  readonly early: Kept
  /** What the store of another vault holds. */
  readonly foreign: Kept
  /** Milliseconds are added to the clock of everybody. */
  readonly pass: (ms: number) => void
}

export interface Lie {
  readonly name: string
  readonly tell: (kept: Kept, booty: Booty) => void
  /** What `check` says of the store on a computer that saw everything, with the vault open. */
  readonly known: string
  /** On a new computer with this store alone: `noticed`, or `unseen`: what it shows is true, and not all. */
  readonly alone: 'noticed' | 'unseen'
  /** On a new computer with an honest store beside it: the newest of everything, or an error that says what is wrong. */
  readonly both: 'found' | 'refused'
}

const stranger = deviceKeyWith(new Uint8Array(32).fill(99))

function headAt(kept: Kept, { id }: DeviceKey, seq: number): Head {
  const { signature: _, ...head } = JSON.parse(text(kept.get(headKey(id, seq)) as Uint8Array)) as Head & {
    signature: string
  }
  return head
}

/** Puts a head with these changes, signed with this key. */
function sign(kept: Kept, head: Head, key: DeviceKey): void {
  kept.set(headKey(head.device, head.seq), signHead(head, key).bytes)
}

/** Changes a file of JSON and keeps whatever code or signature it had. */
function edit(kept: Kept, key: string, change: (value: Record<string, Json>) => Record<string, Json>): void {
  const value = JSON.parse(text(kept.get(key) as Uint8Array)) as Record<string, Json>
  kept.set(key, canonicalFile(change(value)))
}

interface Entry {
  readonly [field: string]: Json
}

const devicesOf = (value: Record<string, Json>) => value.devices as readonly Entry[]
const editHead =
  (change: Record<string, Json>) =>
  (kept: Kept, { laptop }: Booty) =>
    edit(kept, headKey(laptop.id, 3), (head) => ({ ...head, ...change }))
const editVault = (change: (value: Record<string, Json>) => Record<string, Json>) => (kept: Kept) =>
  edit(kept, VAULT_FILE, change)

function removeUnder(kept: Kept, prefix: string): void {
  for (const key of [...kept.keys()]) if (key.startsWith(prefix)) kept.delete(key)
}

function replace(kept: Kept, by: Kept): void {
  kept.clear()
  for (const [key, bytes] of by) kept.set(key, bytes)
}

function swapped(factors: readonly Entry[]): readonly Json[] {
  const locks = factors.flatMap(({ lock }) => (lock === undefined ? [] : [lock]))
  return factors.map((factor) =>
    factor.lock === undefined ? factor : { ...factor, lock: locks.pop() ?? null },
  )
}

const lie = (name: string, tell: Lie['tell'], known: string, alone: Lie['alone'] = 'noticed'): Lie => ({
  name,
  tell,
  known,
  alone,
  both: 'found',
})

/** Of lies that a reader cannot get around by itself: a person says which store, or which snapshot. */
const refused = (lie: Lie): Lie => ({ ...lie, both: 'refused' })

export const LIES: readonly Lie[] = [
  lie(
    'forges a head',
    (kept, { laptop }) => sign(kept, { ...headAt(kept, laptop, 3), seq: 4 }, { ...stranger, id: laptop.id }),
    'forged',
  ),
  lie('leaves a head unsigned', editHead({ signature: '00'.repeat(64) }), 'forged'),
  lie('points a head to another manifest', editHead({ manifest: 'ab'.repeat(32) }), 'forged'),
  lie('dates a head into the future', editHead({ time: '2099-01-01T00:00:00.000Z' }), 'forged'),
  lie(
    'puts off when the next one is expected',
    editHead({ next_expected_by: '2099-01-01T00:00:00.000Z' }),
    'forged',
  ),
  lie('empties a head', (kept, { laptop }) => void kept.set(headKey(laptop.id, 3), utf8('{}\n')), 'damaged'),
  lie(
    'shows a head of another vault',
    (kept, { foreign, laptop }) => {
      const [bytes] = [...foreign].filter(([key]) => key.startsWith('heads/')).map(([, head]) => head)
      kept.set(headKey(laptop.id, 4), bytes as Uint8Array)
    },
    'forged',
  ),
  lie(
    'has the device sign for another vault',
    (kept, { laptop }) => sign(kept, { ...headAt(kept, laptop, 3), seq: 4, vault: 'ff'.repeat(16) }, laptop),
    'foreign',
  ),
  lie(
    'adds a device of its own',
    (kept, { laptop }) =>
      sign(kept, { ...headAt(kept, laptop, 1), device: stranger.id, seq: 1, previous: null }, stranger),
    'forged',
  ),
  lie(
    'replays an old head as the newest',
    (kept, { laptop }) => void kept.set(headKey(laptop.id, 4), kept.get(headKey(laptop.id, 1)) as Uint8Array),
    'replayed',
  ),
  lie(
    'gives a head to another device',
    (kept, { laptop, desk }) =>
      void kept.set(headKey(desk.id, 3), kept.get(headKey(laptop.id, 3)) as Uint8Array),
    'replayed',
  ),
  lie(
    'swaps two heads',
    (kept, { laptop }) => {
      const [one, two] = [1, 2].map((seq) => kept.get(headKey(laptop.id, seq)) as Uint8Array)
      kept.set(headKey(laptop.id, 1), two as Uint8Array)
      kept.set(headKey(laptop.id, 2), one as Uint8Array)
    },
    'replayed',
  ),
  lie(
    'breaks the chain with a head of its device',
    (kept, { laptop }) =>
      sign(kept, { ...headAt(kept, laptop, 2), time: '2026-11-23T12:00:01.000Z' }, laptop),
    'reordered',
  ),
  lie('hides one in the middle', (kept, { laptop }) => void kept.delete(headKey(laptop.id, 2)), 'hidden'),
  lie('hides the first', (kept, { laptop }) => void kept.delete(headKey(laptop.id, 1)), 'hidden'),
  lie(
    'hides the newest',
    (kept, { laptop }) => void kept.delete(headKey(laptop.id, 3)),
    'rolled-back',
    'unseen',
  ),
  lie(
    'hides the newest of another device',
    (kept, { desk }) => void kept.delete(headKey(desk.id, 2)),
    'rolled-back',
    'unseen',
  ),
  lie('hides a device', (kept, { desk }) => removeUnder(kept, `heads/${desk.id}/`), 'rolled-back', 'unseen'),
  lie('hides all heads', (kept) => removeUnder(kept, 'heads/'), 'rolled-back'),
  lie('shows how it all was before', (kept, { early }) => replace(kept, early), 'rolled-back', 'unseen'),
  lie(
    'forks a chain with a stolen key',
    (kept, { laptop }) =>
      sign(kept, { ...headAt(kept, laptop, 3), time: '2026-11-23T12:00:01.000Z' }, laptop),
    'forked',
    'unseen',
  ),
  lie(
    'forks the chain of another device with a stolen key',
    (kept, { desk }) => sign(kept, { ...headAt(kept, desk, 2), time: '2026-11-23T12:00:01.000Z' }, desk),
    'forked',
    'unseen',
  ),
  refused(
    lie(
      'skips numbers with a stolen key',
      (kept, { desk }) => sign(kept, { ...headAt(kept, desk, 2), seq: 900 }, desk),
      'hidden',
    ),
  ),
  lie(
    'counts beyond all numbers',
    (kept, { laptop }) =>
      void kept.set(`heads/${laptop.id}/1000000000.json`, kept.get(headKey(laptop.id, 3)) as Uint8Array),
    'forged',
  ),
  lie(
    'puts a strange file among the heads',
    (kept) => void kept.set('heads/readme', utf8('hello')),
    'forged',
  ),
  lie(
    'saves in the name of a device that was removed',
    (kept, { phone }) => sign(kept, { ...headAt(kept, phone, 1), seq: 2 }, phone),
    'revoked',
  ),
  lie(
    'lets time pass and shows nothing new of another device',
    (_kept, { pass }) => pass(90 * 86_400_000),
    'frozen',
  ),
  refused(
    lie(
      'has vault.json of another vault',
      (kept, { foreign }) => void kept.set(VAULT_FILE, foreign.get(VAULT_FILE) as Uint8Array),
      'store-foreign',
    ),
  ),
  lie(
    'has an older vault.json',
    (kept, { early }) => void kept.set(VAULT_FILE, early.get(VAULT_FILE) as Uint8Array),
    'behind',
  ),
  lie(
    'plants a device in vault.json',
    editVault((value) => ({
      ...value,
      revision: (value.revision as number) + 1,
      devices: [
        ...devicesOf(value),
        { id: stranger.id, name: 'mine', key: stranger.publicKey, added: '2026-11-23T12:00:00.000Z' },
      ],
    })),
    'damaged',
  ),
  lie(
    'lists a device twice in vault.json',
    editVault((value) => ({ ...value, devices: [...devicesOf(value), devicesOf(value)[0] as Entry] })),
    'damaged',
  ),
  lie(
    'swaps the keys of two devices in vault.json',
    editVault((value) => {
      const [one, two, ...rest] = devicesOf(value) as [Entry, Entry]
      return {
        ...value,
        devices: [{ ...one, key: two.key as Json }, { ...two, key: one.key as Json }, ...rest],
      }
    }),
    'damaged',
  ),
  lie(
    'takes a removal back in vault.json',
    editVault((value) => ({
      ...value,
      devices: devicesOf(value).map(({ removed: _, ...device }) => device),
    })),
    'damaged',
  ),
  lie(
    'swaps the locks of two factors in vault.json',
    editVault((value) => {
      const policy = value.policy as { groups: readonly Entry[] }
      const groups = policy.groups.map((group) => ({
        ...group,
        factors: swapped(group.factors as readonly Entry[]),
      }))
      return { ...value, policy: { ...policy, groups } as unknown as Json }
    }),
    'damaged',
  ),
  lie(
    'counts vault.json back',
    editVault((value) => ({ ...value, revision: 1 })),
    'damaged',
  ),
  lie(
    'forges a record that a snapshot was forgotten, and removes it',
    (kept, booty) => forget(kept, booty, stranger),
    'missing',
  ),
  lie(
    'has a stolen key say that a snapshot was forgotten, and removes it',
    (kept, booty) => forget(kept, booty, booty.laptop),
    'missing',
  ),
  refused(
    lie(
      'leads to the manifest of another snapshot with a stolen key',
      (kept, { desk, laptop }) => {
        const { manifest } = headAt(kept, laptop, 1)
        sign(kept, { ...headAt(kept, desk, 2), manifest }, desk)
      },
      'forked',
    ),
  ),
  lie(
    'gives another object for a manifest',
    (kept, { laptop }) => {
      const [one, two] = [1, 2].map((seq) => objectKey(headAt(kept, laptop, seq).manifest))
      kept.set(one as string, kept.get(two as string) as Uint8Array)
    },
    'damaged',
  ),
  lie(
    'does not have a manifest',
    (kept, { laptop }) => void kept.delete(objectKey(headAt(kept, laptop, 3).manifest)),
    'missing',
  ),
]

/** A record by this key for the first snapshot of the laptop; the vault was not open, so its code is made up. */
function forget(kept: Kept, { laptop }: Booty, key: DeviceKey): void {
  const { manifest, vault, time } = headAt(kept, laptop, 1)
  const snapshots = [{ seq: 1, manifest }]
  const fields = { format: 'cairn-forgotten', version: 1 } as const
  const record = { ...fields, vault, device: laptop.id, time, snapshots, packs: [] }
  const { bytes, id } = writeForgotten(record, { device: key, secret: new Uint8Array(32).fill(7) })
  kept.set(forgottenKey(id), bytes)
  kept.delete(objectKey(manifest))
}
