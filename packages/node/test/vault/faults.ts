/**
 * Runs of the whole vault under faults, counted. The short form is a test, the long form a figure: both call
 * these functions. Each takes the writer to try, so that a broken twin can take its place.
 */

import { text } from '@cairn/core/bytes.js'
import { type CairnError, isCairnError } from '@cairn/core/errors.js'
import { backup } from '../../src/vault/backup.js'
import { systemError } from '../sim/disk.js'
import {
  addFiles,
  copyWorld,
  makeWorld,
  restored,
  restoreOpened,
  setFiles,
  type World,
} from '../sim/world.js'

export interface Tally {
  readonly tried: number
  /** Acknowledged snapshots that did not come back whole, with the seed or call number that shows it. */
  readonly lost: readonly string[]
}

/** Changes how a world writes; the real one when absent. */
export type Twin = (world: World) => World

const honest: Twin = (world) => world

/** Made once: a vault with one snapshot. Every run starts from a copy of it. */
let base: Promise<World> | undefined

async function smallWorld(twin: Twin): Promise<World> {
  base ??= makeBase()
  return twin(copyWorld(await base))
}

async function makeBase(): Promise<World> {
  const world = await makeWorld()
  await addFiles(world, 'savings', { wallet: 'version 0', 'notes/log': 'x'.repeat(100_000) })
  await backup(world.machine, { names: [] }, world.ports)
  return world
}

/** Counts the disk operations of one backup. */
export async function operationsOfABackup(twin: Twin = honest): Promise<number> {
  const world = await smallWorld(twin)
  let count = 0
  world.disk.fault = () => {
    count++
  }
  setFiles(world, 'savings', { wallet: 'version 1', 'notes/log': 'y'.repeat(100_000) })
  await backup(world.machine, { names: [] }, world.ports)
  return count
}

/** Restores the newest snapshot, in a copy of the world; what is wrong, or undefined. */
async function compare(world: World, acknowledged: number): Promise<string | undefined> {
  const copy = copyWorld(world)
  try {
    await restoreOpened(copy, { names: ['savings'] })
  } catch (error) {
    if (isCairnError(error)) return `version ${acknowledged} was saved and cannot be restored: ${error.code}`
    throw error
  }
  const wallet = text(restored(copy).get('wallet') ?? new Uint8Array(0))
  const version = Number(wallet.replace('version ', ''))
  return version >= acknowledged
    ? undefined
    : `version ${acknowledged} was saved, version ${version} came back`
}

export interface FaultTally extends Tally {
  /** Codes of the errors that were reported, with how often. */
  readonly codes: ReadonlyMap<string, number>
}

/**
 * The n-th disk operation of a backup fails, once or from then on, for every n: each run ends in success or a
 * catalogued error, and what was saved before comes back.
 */
export async function everyOperationFails(
  code: string,
  mode: 'once' | 'on',
  twin: Twin = honest,
): Promise<FaultTally> {
  const operations = await operationsOfABackup(twin)
  const codes = new Map<string, number>()
  const lost: string[] = []
  for (let n = 0; n <= operations; n++) {
    const world = await smallWorld(twin)
    setFiles(world, 'savings', { wallet: 'version 1', 'notes/log': 'z'.repeat(100_000) })
    let at = 0
    world.disk.fault = () => {
      const now = at++
      if (mode === 'once' ? now === n : now >= n) throw systemError(code)
    }
    const outcome = await backup(world.machine, { names: [] }, world.ports).then(
      () => 'saved',
      (error: unknown) => codeOf(error),
    )
    world.disk.fault = () => {}
    codes.set(outcome, (codes.get(outcome) ?? 0) + 1)
    const wrong = await compare(world, outcome === 'saved' ? 1 : 0)
    if (wrong) lost.push(`operation ${n}: ${wrong}`)
  }
  return { tried: operations + 1, lost, codes }
}

function codeOf(error: unknown): string {
  return isCairnError(error) ? (error as CairnError).code : `not catalogued: ${String(error)}`
}
