/**
 * The paper trail of the stores: when each was last reached, what a probe found of its settings and when somebody last
 * reviewed them, and when each thing in it was last read again. Kept on this machine only. Nothing depends on it but
 * what people are told and what is read again next; a damaged file counts as none.
 */
import { utf8 } from '@cairn/core/bytes.js'
import { type CairnError, isCairnError } from '@cairn/core/errors.js'
import type { LastRead } from '@cairn/core/plan/reread.js'
import { instant } from '@cairn/core/vault/head.js'
import * as z from 'zod'
import type { Disk } from '../disk.js'
import { inPlaceOf } from '../stores/drive.js'
import type { VaultHome } from './home.js'
import { readState, writeLocal } from './state.js'

/** Reports that are kept of each store. */
export const PROBES_KEPT = 10

const setting = z.enum(['on', 'off', 'unknown'])
const probeSchema = z.strictObject({
  name: z.string(),
  place: z.string(),
  time: instant,
  ok: z.boolean(),
  checks: z
    .array(
      z.strictObject({
        what: z.enum(['write', 'read', 'list', 'overwrite', 'remove']),
        found: z.enum(['works', 'wrong', 'refused']),
        ms: z.number(),
        code: z.string().optional(),
      }),
    )
    .readonly(),
  settings: z.strictObject({
    versioning: setting,
    lock: setting,
    public: setting,
    clockAheadMs: z.number().optional(),
  }),
})

/** A probe as it is kept: the report of `stores/probe.ts`. */
export type KeptProbe = z.infer<typeof probeSchema>

const eventSchema = z.strictObject({ time: instant, code: z.string() })

/** Size, seconds since 1970, and how `LastRead` calls it. */
const readSchema = z.tuple([z.int().min(0), z.int(), z.enum(['read', 'seen'])])

const storeSchema = z.strictObject({
  /** When it last answered as a store of this vault. */
  reached: instant.optional(),
  /** The last try, when it did not; `instead`: the store that is in its place, of drives that are plugged in in turn. */
  failed: eventSchema.extend({ instead: z.string().optional() }).optional(),
  /** When it was first found to show another past than it should, or other bytes than it was given; until a check finds it intact. */
  lied: eventSchema.optional(),
  /** When `check` last read every byte in it. */
  checked: instant.optional(),
  reviewed: instant.optional(),
  /** Oldest first. */
  probes: z.array(probeSchema).readonly(),
  /** When a backup last read something again. */
  reread: instant.optional(),
  reads: z.record(z.string(), readSchema),
})

const trailSchema = z.strictObject({ stores: z.record(z.string(), storeSchema) })

export type StoreTrail = Readonly<z.infer<typeof storeSchema>>

/** By name of the store. */
export type Trail = Readonly<Record<string, StoreTrail>>

const NOTHING: StoreTrail = { probes: [], reads: {} }

export function trailOf(trail: Trail, store: string): StoreTrail {
  return Object.hasOwn(trail, store) ? (trail[store] as StoreTrail) : NOTHING
}

/** @throws CairnError `file-denied`, `file-unreadable` */
export async function readTrail(disk: Disk, home: VaultHome): Promise<Trail> {
  try {
    return (await readState(disk, home.trail, trailSchema))?.stores ?? {}
  } catch (error) {
    if (isCairnError(error, 'state-damaged')) return {}
    throw error
  }
}

export type Change = (before: StoreTrail) => StoreTrail

/** Written only when it says something new. @throws CairnError `disk-full`, `file-denied` */
export async function changeTrail(
  disk: Disk,
  home: VaultHome,
  changes: ReadonlyMap<string, Change>,
): Promise<void> {
  const before = await readTrail(disk, home)
  const stores: Record<string, StoreTrail> = { ...before }
  for (const [name, change] of changes) stores[name] = change(trailOf(before, name))
  await writeTrail(disk, home, stores)
}

/** A store of that name that is added later is another one. */
export async function forgetTrail(disk: Disk, home: VaultHome, store: string): Promise<void> {
  const left = Object.entries(await readTrail(disk, home)).filter(([name]) => name !== store)
  await writeTrail(disk, home, Object.fromEntries(left))
}

async function writeTrail(disk: Disk, home: VaultHome, stores: Trail): Promise<void> {
  await writeLocal(disk, home.trail, utf8(`${JSON.stringify({ stores })}\n`))
}

/** It answered as a store of this vault. */
export function reachedAt(time: string): Change {
  return ({ failed: _, ...before }) => ({ ...before, reached: time })
}

/** Codes of a store that does not show what it was given. */
const LIES = ['store-history', 'store-lies', 'head-forged'] as const

/** It could not be used. */
export function failedAt(time: string, error: CairnError): Change {
  const { code } = error
  const instead = inPlaceOf(error)
  const lied = (LIES as readonly string[]).includes(code)
  return (before) => ({
    ...before,
    failed: { time, code, ...(instead === undefined ? {} : { instead }) },
    ...(lied ? { lied: before.lied ?? { time, code } } : {}),
  })
}

/** @param result `reviewed` when a person was shown it in order to look at the settings */
export function probedAt(report: KeptProbe, result: 'probed' | 'reviewed'): Change {
  return (before) => ({
    ...reachedAt(report.time)(before),
    probes: [...before.probes, report].slice(-PROBES_KEPT),
    ...(result === 'reviewed' ? { reviewed: report.time } : {}),
  })
}

/** When each thing in the store was last read, by its key. */
export function readsOf({ reads }: StoreTrail): Map<string, LastRead> {
  return new Map(
    Object.entries(reads).map(([key, [size, seconds, state]]) => [
      key,
      { size, atMs: 1000 * seconds, state },
    ]),
  )
}

export function withReads(before: StoreTrail, reads: ReadonlyMap<string, LastRead>): StoreTrail {
  const rows = [...reads].map(([key, { size, atMs, state }]) => [key, [size, Math.floor(atMs / 1000), state]])
  return { ...before, reads: Object.fromEntries(rows) }
}
