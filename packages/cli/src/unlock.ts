/** From the stores and the factors at hand to an open vault: for `restore` and `drill`. */

import { text } from '@cairn/core/bytes.js'
import { fail } from '@cairn/core/errors.js'
import type { Policy } from '@cairn/core/vault/policy.js'
import { vaultHome } from '@cairn/node/machine/home.js'
import { readSeen } from '@cairn/node/machine/memory.js'
import type { Machine } from '@cairn/node/machine/open.js'
import { readIfThere } from '@cairn/node/machine/state.js'
import { realPorts as ports } from '@cairn/node/real.js'
import { storeUrl } from '@cairn/node/stores/open.js'
import { type OpenVault, openVault, type Past, readClaims, readPast } from '@cairn/node/vault/open.js'
import type { Context } from './context.js'
import { collectFactors, type FactorOptions } from './factors.js'
import { openHere } from './machine.js'

export interface UnlockOptions extends FactorOptions {
  /** Stores named on the command line; without them, those of this machine. */
  readonly from?: readonly string[]
}

export interface Opened extends OpenVault {
  readonly past: Past
  /** Null when the stores were named: then nothing is known of what they have shown before. */
  readonly machine: Machine | null
}

/** @throws CairnError of `openMachine`, `readClaims`, `unlock` */
export async function unlockVault(context: Context, options: UnlockOptions): Promise<Opened> {
  const machine = options.from === undefined ? await openHere(context) : null
  const places = machine?.config.stores ?? (options.from ?? []).map(toPlace)
  const claims = await readClaims(places.map(ports.openStore))
  const claimed = claims.find(({ signed }) => signed !== undefined)?.signed?.description
  if (claimed === undefined) return fail('store-absent', { store: places[0]?.name ?? '' })
  const given = await collect(context, options, claimed)
  const vault = await openVault(claims, given, ports.primitives)
  const seen = machine && (await readSeen(ports.disk, machine.home))
  const past = await readPast(vault.reading.stores, vault.description, seen?.stores)
  return { ...vault, past, machine }
}

async function collect(
  context: Context,
  options: FactorOptions,
  claimed: { readonly id: string; readonly policy: Policy },
) {
  const { computerKey } = vaultHome(context.home, claimed.id)
  const key = await readIfThere(ports.disk, computerKey)
  return collectFactors(context, {
    policy: claimed.policy,
    options,
    computerKey: key === undefined ? null : text(key),
  })
}

function toPlace(typed: string, i: number) {
  return { name: `store ${i + 1}`, url: storeUrl(typed) }
}
