/** `cairn store probe NAME`: tries a store without touching the vault in it. */
import { EXIT_CODES } from '@cairn/core/errors.js'
import { realPorts as ports } from '@cairn/node/real.js'
import { probe } from '@cairn/node/stores/probe.js'
import { openPlace, placeIn } from '@cairn/node/vault/open-stores.js'
import { storeNamed } from '@cairn/node/vault/stores.js'
import type { Context } from '../../context.js'
import { openHere } from '../../machine.js'
import type { Outcome } from '../../outcome.js'
import { probeAdvice, sayProbe } from '../../probe.js'

export async function run(context: Context, _options: object, name: string): Promise<Outcome> {
  const machine = await openHere(context)
  const store = openPlace(placeIn(machine, storeNamed(machine, name)), ports)
  const report = await probe(store, ports)
  return {
    json: report,
    text: sayProbe(report),
    next: probeAdvice(report),
    exit: report.ok ? 0 : EXIT_CODES.damaged,
  }
}
