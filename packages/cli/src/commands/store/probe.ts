/** `cairn store probe NAME`: tries a store without touching the vault in it, and keeps the report. */
import { EXIT_CODES } from '@cairn/core/errors.js'
import { realPorts as ports } from '@cairn/node/real.js'
import { probeStore } from '@cairn/node/vault/probes.js'
import { storeNamed } from '@cairn/node/vault/stores.js'
import type { Context } from '../../context.js'
import { openHere } from '../../machine.js'
import type { Outcome } from '../../outcome.js'
import { probeAdvice, sayProbe } from '../../probe.js'

export async function run(context: Context, _options: object, name: string): Promise<Outcome> {
  const machine = await openHere(context)
  const report = await probeStore(machine, storeNamed(machine, name), ports)
  return {
    json: report,
    text: sayProbe(report),
    next: probeAdvice(report),
    exit: report.ok ? 0 : EXIT_CODES.damaged,
  }
}
