/** Which stores can take a snapshot as they are, and bringing the others to the same state. */
import { CairnError } from '@cairn/core/errors.js'
import type { Machine } from '../machine/open.js'
import type { Ports } from '../ports.js'
import { type CatchingUp, type CaughtUp, catchUp, differ, readyOnes } from './catch-up.js'
import { isRecord } from './records.js'
import type { Target } from './stored.js'
import { isGenuine, type Remembered, surveyAll, surveyOwn } from './survey.js'

export interface Levelling {
  readonly machine: Machine
  readonly ports: Ports
}

/** Looks at all stores that work and leaves behind those that are not ready, unless none is. */
export async function findReady(
  run: Levelling,
  targets: readonly Target[],
  remembered: Remembered,
): Promise<Found> {
  const looked = await look(run, targets, remembered)
  const ready = readyOnes(looked, remembered.packs)
  if (ready.surveys.size === 0) return { ...(await catchUp(looked)), differ: false }
  for (const target of looked.surveys.keys()) if (!ready.surveys.has(target)) target.behind = true
  return { ...ready, differ: differ(looked) }
}

export interface Found extends CaughtUp {
  /** Some stores lack something that others have, still. */
  readonly differ: boolean
}

export interface Levelled extends Remembered {
  /** Ids of all objects of the snapshot that was just made: its manifest and its packs. */
  readonly snapshot?: readonly string[]
}

/**
 * Brings all stores to the same state. One that was left behind and lacks a part of the snapshot even then fails: those
 * that have it may be away by now, and a head alone, which this machine has itself, is no snapshot.
 * @returns what they have then, of those that work
 */
export async function level(
  run: Levelling,
  targets: readonly Target[],
  { snapshot = [], ...remembered }: Levelled,
): Promise<CaughtUp['surveys']> {
  const late = targets.filter(({ behind }) => behind)
  for (const target of targets) target.behind = false
  const { surveys } = await catchUp(await look(run, targets, remembered))
  for (const target of late)
    if (!snapshot.every((id) => surveys.get(target)?.objects.has(id)))
      target.failure ??= cannotCatchUp(target)
  return new Map([...surveys].filter(([{ failure }]) => failure === undefined))
}

function cannotCatchUp({ store }: Target): CairnError {
  const reason = 'what it lacks could not be copied from another store'
  return new CairnError('store-unreachable', { store: store.name, reason })
}

async function look(
  { machine, ports }: Levelling,
  targets: readonly Target[],
  remembered: Remembered,
): Promise<CatchingUp> {
  return {
    surveys: await surveyAll(
      targets.filter(({ failure }) => failure === undefined),
      machine,
      remembered,
    ),
    own: { store: remembered.own, survey: await surveyOwn(remembered.own, machine) },
    primitives: ports.primitives,
    sizes: remembered.packs,
    isGenuine: (key, bytes) => isGenuine(machine, key, bytes),
    isRecord: (key, bytes) => isRecord(machine, key, bytes),
  }
}
