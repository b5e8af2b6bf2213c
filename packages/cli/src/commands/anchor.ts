/**
 * `cairn anchor`: one line that tells how far the history of this computer has come. Kept on paper or in a mail, outside of
 * every store, it shows later whether a store hides something: `check --anchor`, `restore --anchor`.
 */
import { formatAnchor } from '@cairn/core/vault/anchor.js'
import { deviceName, deviceNamed } from '@cairn/core/vault/devices.js'
import { realPorts as ports } from '@cairn/node/real.js'
import { newestAnchor } from '@cairn/node/vault/anchored.js'
import type { Context } from '../context.js'
import { openHere } from '../machine.js'
import type { Outcome } from '../outcome.js'
import { safe } from '../output.js'

interface Options {
  readonly device?: string
}

export async function run(context: Context, options: Options): Promise<Outcome> {
  const machine = await openHere(context)
  const { description } = machine
  const device =
    options.device === undefined ? machine.device.id : deviceNamed(description, options.device).id
  const anchor = await newestAnchor(machine, device, ports)
  const name = deviceName(description, device)
  return {
    json: {
      anchor: formatAnchor(anchor),
      vault: anchor.vault,
      device: { id: device, name },
      seq: anchor.seq,
      date: anchor.date,
    },
    text: formatAnchor(anchor),
    next: [
      `Snapshot ${anchor.seq} of ${safe(name)}. Write the line down or mail it to yourself: no secret is in it. With it, cairn check --anchor and cairn restore --anchor find a store that hides what was saved up to now.`,
    ],
  }
}
