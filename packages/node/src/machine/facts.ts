/**
 * What backups saw of each wallet, so that `schedule advise` can tell what changed since without any secret: counts
 * and hashes, and of the newest backup a short hash an item. It only serves advice: damaged or gone, it counts as empty.
 */
import { isCairnError } from '@cairn/core/errors.js'
import type { Observation } from '@cairn/core/plan/calendar.js'
import type { Sighting } from '@cairn/core/plan/facts.js'
import { hex32, instant } from '@cairn/core/vault/head.js'
import { walletName } from '@cairn/core/vault/manifest.js'
import * as z from 'zod'
import type { Disk } from '../disk.js'
import type { VaultHome } from './home.js'
import { readState, writeState } from './state.js'

/** More than the advice looks back on: 91 days of one backup a day. */
const OBSERVATIONS_LIMIT = 100

const count = z.int().min(0)
const counts = z.strictObject({ transactions: count, labels: count, addresses: count })
const mark = z.string().regex(/^[0-9a-f]{12}$/)
const marks = z.array(mark).nullable()

const factsSchema = z.strictObject({
  kind: z.enum([
    'electrum',
    'bitcoin-core',
    'bitcoin-descriptors',
    'ethereum-keystore',
    'timelock-recovery',
    'file',
  ]),
  encrypted: z.boolean().nullable(),
  read: z.boolean(),
  identity: mark,
  multisig: z.boolean(),
  channels: count,
  keys: count,
  keyPool: z.boolean(),
  counts,
})

const walletSchema = z.strictObject({
  /** Oldest first. */
  observed: z.array(z.strictObject({ time: instant, content: hex32, facts: factsSchema })).min(1),
  /** Of the newest of them. */
  marks: z.strictObject({ transactions: marks, labels: marks, addresses: marks }),
  /** The snapshot that it was seen for. */
  seq: z.int().min(1),
})

const schema = z.strictObject({ wallets: z.record(walletName, walletSchema) })

export type Remembered = z.infer<typeof walletSchema>

/** By name of the wallet. */
export type Facts = ReadonlyMap<string, Remembered>

/** A wallet as a backup saw it. */
export interface Seen {
  readonly name: string
  readonly content: string
  readonly sighting: Sighting
}

/** A backup, and what was remembered before it. */
export interface NewFacts {
  readonly facts: Facts
  readonly seen: readonly Seen[]
  readonly time: string
  readonly seq: number
}

export async function readFacts(disk: Disk, home: VaultHome): Promise<Facts> {
  try {
    return new Map(Object.entries((await readState(disk, home.facts, schema))?.wallets ?? {}))
  } catch (error) {
    if (isCairnError(error, 'state-damaged')) return new Map()
    throw error
  }
}

/** Adds what a backup saw to what was seen before; of wallets that it left out nothing changes. */
export async function rememberFacts(
  disk: Disk,
  home: VaultHome,
  { facts, seen, time, seq }: NewFacts,
): Promise<void> {
  const wallets = new Map(facts)
  for (const { name, content, sighting } of seen) {
    const observation: Observation = { time, content, facts: sighting.facts }
    // a clock that was set back leaves observations of the future: they are of no use
    const before = (facts.get(name)?.observed ?? []).filter((earlier) => earlier.time < time)
    const observed = [...before, observation].slice(-OBSERVATIONS_LIMIT)
    wallets.set(name, { observed, marks: sighting.marks, seq } as Remembered)
  }
  await writeState(disk, home.facts, { wallets: Object.fromEntries(wallets) })
}
