/**
 * A place is tried before it is trusted: a small object is written, read back, listed, written over and removed, and
 * the provider is asked for the settings that matter. Nothing of a vault is touched; what the probe wrote lies under
 * `probe/` and is removed, unless the place keeps everything.
 */
import { hex } from '@cairn/core/bytes.js'
import { CairnError, type ErrorCode, isCairnError } from '@cairn/core/errors.js'
import { random } from '@cairn/core/random.js'
import type { Ports } from '../ports.js'
import { NO_TRAITS, type Store, type Traits } from './store.js'

/** Beside what a vault keeps; whoever looks whether a place is empty passes it over. */
export const PROBE_PREFIX = 'probe/'

const BYTES = 4096

export interface ProbeReport {
  readonly name: string
  readonly place: string
  readonly time: string
  /** It keeps and gives back what it is given, and shows it: enough for a store of snapshots. */
  readonly ok: boolean
  readonly checks: readonly ProbeCheck[]
  readonly settings: Traits
}

export type ProbeStep = 'write' | 'read' | 'list' | 'overwrite' | 'remove'

export interface ProbeCheck {
  readonly what: ProbeStep
  /** `wrong`: it said yes and did something else. `refused`: it may be set up so, to keep what it has. */
  readonly found: 'works' | 'wrong' | 'refused'
  readonly ms: number
  readonly code?: ErrorCode
}

type Probing = { readonly store: Store; readonly key: string; readonly now: Ports['now'] }

/**
 * @throws CairnError of the store when nothing can be written, read or listed there at all; a store that refuses to
 *   write over or to remove is reported, not an error
 */
export async function probe(store: Store, { now }: Pick<Ports, 'now'>): Promise<ProbeReport> {
  return probeWith(store, { now, name: hex(random(8)), bytes: [random(BYTES), random(BYTES + 1)] })
}

export interface ProbeDraw {
  readonly now: Ports['now']
  /** Of the object that is written. */
  readonly name: string
  /** What is written, and what is written over it. */
  readonly bytes: readonly [Uint8Array, Uint8Array]
}

export async function probeWith(
  store: Store,
  { now, name, bytes: [first, second] }: ProbeDraw,
): Promise<ProbeReport> {
  const time = now().toISOString()
  const key = PROBE_PREFIX + name
  const on = { store, key, now }
  const checks = [
    await step(on, 'write', async () => {
      await store.put(key, first)
      return true
    }),
    await step(on, 'read', async () => same(await store.get(key), first)),
    await step(on, 'list', async () => isListed(on, first.length)),
    await optional(on, 'overwrite', async () => {
      await store.put(key, second)
      return same(await store.get(key), second)
    }),
    await optional(on, 'remove', async () => {
      await store.remove(key)
      return !(await isListed(on))
    }),
  ]
  await store.tidy?.(PROBE_PREFIX).catch(passOver)
  const settings = (await store.look?.()) ?? NO_TRAITS
  return {
    name: store.name,
    place: store.place,
    time,
    ok: checks.every(({ found }) => found !== 'wrong'),
    checks,
    settings,
  }
}

/** An empty folder that stays is no fault of a place. */
function passOver(error: unknown): void {
  if (!isCairnError(error)) throw error
}

/** @param work gives false for a store that said yes and did something else */
async function step({ now }: Probing, what: ProbeStep, work: () => Promise<boolean>): Promise<ProbeCheck> {
  const start = now().getTime()
  let found: ProbeCheck['found'] = 'works'
  try {
    if ((await work()) === false) found = 'wrong'
  } catch (error) {
    // it said that it was written
    if (!(error instanceof CairnError) || error.code !== 'object-missing') throw error
    found = 'wrong'
  }
  return { what, found, ms: now().getTime() - start }
}

async function optional(on: Probing, what: ProbeStep, work: () => Promise<boolean>): Promise<ProbeCheck> {
  const start = on.now().getTime()
  try {
    return await step(on, what, work)
  } catch (error) {
    if (!(error instanceof CairnError) || error.code !== 'store-denied') throw error
    return { what, found: 'refused', ms: on.now().getTime() - start, code: error.code }
  }
}

async function isListed({ store, key }: Probing, size?: number): Promise<boolean> {
  const listed = (await store.list(PROBE_PREFIX)).filter((object) => object.key === key)
  return listed.length === 1 && (size === undefined || listed[0]?.size === size)
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0
}
