/** `cairn device remove NAME`: what that computer saved stays; what it signs from now on counts no more. */
import { realPorts as ports } from '@cairn/node/real.js'
import { type RemovedDevice, removeDevice } from '@cairn/node/vault/devices.js'
import type { Context } from '../../context.js'
import type { FactorOptions } from '../../factors.js'
import { openHere } from '../../machine.js'
import type { Outcome } from '../../outcome.js'
import { good, safe } from '../../output.js'
import { collectHere } from '../../unlock.js'

/** Some store was not reached. */
const ATTENTION = 8

export async function run(context: Context, options: FactorOptions, name: string): Promise<Outcome> {
  const machine = await openHere(context)
  const given = await collectHere(context, machine, options)
  const report = await removeDevice(machine, { given, device: name }, ports)
  const { device, description, stores } = report
  const behind = stores.filter(({ state }) => state === 'behind')
  return {
    json: {
      vault: description.id,
      revision: description.revision,
      device: { id: device.id, name: device.name },
      last_snapshot: device.removed?.seq ?? 0,
      stores,
    },
    text: `${good(`${safe(device.name)} is removed`)}; ${kept(report)}.`,
    next: advice(report),
    exit: behind.length > 0 ? ATTENTION : 0,
  }
}

function kept({ device }: RemovedDevice): string {
  const seq = device.removed?.seq ?? 0
  return seq === 0 ? 'it had saved nothing' : `its snapshots 1 to ${seq} can be restored as before`
}

function advice({ device, stores, unasked }: RemovedDevice): readonly string[] {
  return [
    ...unasked.map(
      (name) =>
        `The store ${safe(name)} was not asked: a later snapshot of ${safe(device.name)} that lies only there counts no more.`,
    ),
    ...stores
      .filter(({ state }) => state === 'behind')
      .map(({ name }) => `The store ${safe(name)} learns of it with the next cairn backup.`),
    'Other computers of the vault believe it until the vault was unlocked there once: cairn device list --confirm',
    `If ${safe(device.name)} was stolen: change what opens the stores, and cairn policy rekey, without its key if it was a factor.`,
  ]
}
