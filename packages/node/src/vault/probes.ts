/**
 * Probing a store that is in use, and reviewing it: the same probe, held against the one before, by a person who wants to
 * know whether it is still set up as it was thought to be. Reports are kept on this machine.
 */
import { CairnError } from '@cairn/core/errors.js'
import { type SettingChange, settingChanges } from '@cairn/core/plan/settings.js'
import type { VaultHome } from '../machine/home.js'
import type { Machine } from '../machine/open.js'
import { changeTrail, failedAt, type KeptProbe, probedAt, readTrail, trailOf } from '../machine/trail.js'
import type { Ports, StorePlace } from '../ports.js'
import { type ProbeReport, probe } from '../stores/probe.js'
import { openPlace, placeIn } from './open-stores.js'
import { settingsOf } from './store-status.js'

export interface Review {
  readonly probe: ProbeReport
  /** The last report before; null when there is none. */
  readonly before: KeptProbe | null
  readonly changes: readonly SettingChange[]
}

/** @throws CairnError of the store when it cannot be written, read or listed at all */
export async function probeStore(machine: Machine, place: StorePlace, ports: Ports): Promise<ProbeReport> {
  const report = await probeAgain(machine, place, ports)
  await keepProbe(machine, { report, result: 'probed' }, ports)
  return report
}

/** @throws CairnError as `probeStore` */
export async function reviewStore(machine: Machine, place: StorePlace, ports: Ports): Promise<Review> {
  const { probes } = trailOf(await readTrail(ports.disk, machine.home), place.name)
  const report = await probeAgain(machine, place, ports)
  await keepProbe(machine, { report, result: 'reviewed' }, ports)
  const before = probes.at(-1) ?? null
  const changes = before ? settingChanges(settingsOf(before), settingsOf(report)) : []
  return { probe: report, before, changes }
}

async function probeAgain(machine: Machine, place: StorePlace, ports: Ports): Promise<ProbeReport> {
  try {
    return await probe(openPlace(placeIn(machine, place), ports), ports)
  } catch (error) {
    if (error instanceof CairnError) {
      const failed = failedAt(ports.now().toISOString(), error)
      await changeTrail(ports.disk, machine.home, new Map([[place.name, failed]]))
    }
    throw error
  }
}

export interface Kept {
  readonly report: ProbeReport
  /** `reviewed`: a person is shown it now. */
  readonly result: 'probed' | 'reviewed'
}

/** @throws CairnError `disk-full`, `file-denied` */
export async function keepProbe(
  { home }: { readonly home: VaultHome },
  { report, result }: Kept,
  { disk }: Pick<Ports, 'disk'>,
): Promise<void> {
  await changeTrail(disk, home, new Map([[report.name, probedAt(report, result)]]))
}
