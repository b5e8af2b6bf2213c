/** Alarms when nobody can look: the reason for that, and what was wrong when somebody last could, since it is not over. */
import type { Alarm, AlarmKind } from '@cairn/core/plan/alarms.js'
import type { Disk } from '../disk.js'
import { readTold } from '../machine/alarms.js'
import type { VaultHome } from '../machine/home.js'

/** Of the ways themselves `tell` knows. */
const OWN: readonly AlarmKind[] = ['message-failed']

/** @throws CairnError `file-denied` */
export async function heldAlarms(disk: Disk, home: VaultHome, why: AlarmKind): Promise<readonly Alarm[]> {
  const told = Object.values(await readTold(disk, home)).flatMap((memory) => memory.told)
  const others = told.filter(({ kind }) => kind !== why && !OWN.includes(kind))
  const distinct = new Map(others.map(({ kind, about }) => [`${kind} ${about ?? ''}`, { kind, about }]))
  const lasting = [...distinct.values()].map(({ kind, about }) =>
    about === undefined ? { kind } : { kind, about },
  )
  return [{ kind: why }, ...lasting]
}
