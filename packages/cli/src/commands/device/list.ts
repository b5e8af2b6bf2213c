/**
 * `cairn device list`: the computers that save to the vault, and what each saved last. With `--confirm` the vault is
 * unlocked, so that this computer knows what others changed.
 */
import { realPorts as ports } from '@cairn/node/real.js'
import { type DeviceList, type DeviceRow, listDevices } from '@cairn/node/vault/devices.js'
import type { Context } from '../../context.js'
import type { FactorOptions } from '../../factors.js'
import { openHere } from '../../machine.js'
import type { Outcome } from '../../outcome.js'
import { ago, bold, columns, safe, warn } from '../../output.js'
import { overtakenWarning } from '../../past.js'
import { secretsOf } from '../../unlock.js'

interface Options extends FactorOptions {
  readonly confirm?: boolean
}

/** A store shows devices that this computer does not know. */
const ATTENTION = 8

export async function run(context: Context, options: Options): Promise<Outcome> {
  const secrets = options.confirm ? await secretsOf(context, await openHere(context), options) : undefined
  const machine = await openHere(context)
  const list = await listDevices(machine, ports)
  return {
    json: {
      vault: machine.description.id,
      revision: machine.description.revision,
      devices: list.devices.map(({ key: _, removed, ...device }) => ({
        ...device,
        removed: removed?.time ?? null,
      })),
      newer: list.newer,
    },
    text: say(list, ports.now()),
    next: [...overtakenWarning(secrets ?? {}), ...advice(list)],
    exit: list.newer.length > 0 ? ATTENTION : 0,
  }
}

function say({ devices }: DeviceList, now: Date): string {
  const head = ['device', 'id', 'last snapshot', ''].map((title) => bold(title))
  return columns([head, ...devices.map((device) => row(device, now))])
}

function row({ name, id, last, self, removed, added }: DeviceRow, now: Date): readonly string[] {
  const late = last && !removed && Date.parse(last.next_expected_by) < now.getTime()
  const when = last ? `${last.seq}, ${ago(new Date(last.time), now)}` : 'none'
  return [
    safe(name),
    id,
    late ? warn(`${when}: late`) : when,
    removed
      ? warn(`removed on ${removed.time.slice(0, 10)}`)
      : `${self ? 'this computer, ' : ''}since ${added.slice(0, 10)}`,
  ]
}

function advice({ newer, failures }: DeviceList): readonly string[] {
  return [
    ...newer.map(
      (name) =>
        `The store ${safe(name)} shows a newer list than this computer knows, or lies. With the factors of the vault: cairn device list --confirm`,
    ),
    ...failures.map(({ message }) => `Not asked: ${safe(message)}`),
  ]
}
