/** What `plan` and the sheets for others are made of: what this computer knows of a vault, and the model of it. */
import { type HeirsPlan, heirsOf } from '@cairn/core/plan/heirs.js'
import { type Known, type Model, makeModel } from '@cairn/core/plan/model.js'
import { type PlannedRecovery, recoveriesOf } from '@cairn/core/plan/recoveries.js'
import { vaultFingerprint } from '@cairn/core/vault/description.js'
import type { Machine } from '@cairn/node/machine/open.js'
import { readPlaces } from '@cairn/node/machine/places.js'
import { readWallets, type WalletEntry } from '@cairn/node/machine/wallets.js'
import { realPorts as ports } from '@cairn/node/real.js'
import type { Context } from './context.js'
import { openHere } from './machine.js'

export interface PlanHere {
  readonly machine: Machine
  readonly known: Known
  readonly model: Model
  readonly heirs: HeirsPlan
  readonly recoveries: readonly PlannedRecovery[]
  /** Without the list of places, where somebody saved it as one, and without plans of signed transactions. */
  readonly wallets: readonly WalletEntry[]
  readonly fingerprint: string
}

/** @throws CairnError `places-damaged`, `wallets-damaged` */
export async function planHere(context: Context): Promise<PlanHere> {
  const machine = await openHere(context)
  const { config, description, home } = machine
  const all = await readWallets(ports.disk, home)
  // a plan of signed transactions is no wallet: its coins are another one's
  const wallets = all.filter(({ source, kind }) => source !== home.places && kind !== 'timelock-recovery')
  const known: Known = {
    policy: description.policy,
    stores: config.stores,
    wallets: wallets.map(({ name }) => name),
    things: await readPlaces(ports.disk, home),
  }
  const model = makeModel(known)
  const fingerprint = vaultFingerprint(description)
  return { machine, known, model, heirs: heirsOf(model), recoveries: recoveriesOf(all), wallets, fingerprint }
}
