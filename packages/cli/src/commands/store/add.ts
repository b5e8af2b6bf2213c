/** `cairn store add NAME URL`: tries a place, brings it up to date and saves to it from now on. */
import type { Keep } from '@cairn/node/machine/kept.js'
import { readStrengths } from '@cairn/node/machine/strengths.js'
import { realPorts as ports } from '@cairn/node/real.js'
import { storeUrl } from '@cairn/node/stores/open.js'
import { parseRate } from '@cairn/node/stores/rate.js'
import { type Accepted, refuseExposed } from '@cairn/node/vault/exposed.js'
import { type AddedStore, addStore, type NewStore } from '@cairn/node/vault/stores.js'
import type { Context } from '../../context.js'
import { givenCredentials } from '../../credentials.js'
import { openHere } from '../../machine.js'
import type { Outcome } from '../../outcome.js'
import { good, safe } from '../../output.js'
import { probeAdvice, sayProbe } from '../../probe.js'

/** It is added, but not all that other stores hold could be copied. */
const ATTENTION = 8

interface Options {
  readonly credentialsFile?: string
  readonly accept?: readonly Accepted[]
  readonly limit?: string
  readonly keep?: Keep
}

export async function run(context: Context, options: Options, name: string, typed: string): Promise<Outcome> {
  const machine = await openHere(context)
  const url = storeUrl(typed)
  const { policy: shape } = machine.description
  const strengths = await readStrengths(ports.disk, machine.home)
  if (!options.accept?.includes('guessable')) refuseExposed([{ name, url }], { shape, strengths })
  const limit = limitOf(options.limit)
  const credentials = await givenCredentials(options.credentialsFile)
  const { keep } = options
  const how = {
    ...(credentials ? { credentials } : {}),
    ...(limit === undefined ? {} : { limit }),
    ...(keep ? { keep } : {}),
  }
  const added = await addStore(machine, { name, url, ...how }, ports)
  const { probe, state, behind } = added
  return {
    json: {
      name,
      url,
      state,
      probe,
      up_to_date: behind === undefined,
      ...(behind ? { error: { code: behind.code, message: behind.message, hint: behind.hint } } : {}),
    },
    text: `${sayProbe(probe)}\n\n${say(added, name)}`,
    next: [...probeAdvice(probe), 'Next: cairn backup, which saves to every store.'],
    exit: behind ? ATTENTION : 0,
  }
}

function limitOf(typed: string | undefined): NewStore['limit'] | undefined {
  return typed === undefined || typed === 'none' ? typed : parseRate(typed)
}

function say({ state, behind }: AddedStore, name: string): string {
  if (state === 'known')
    return `${good(`${safe(name)} was there already`)}, and works with what is set for it now.`
  if (behind === undefined)
    return `${good(`${safe(name)} is added`)} and has every snapshot that the other stores have.`
  return `${good(`${safe(name)} is added`)}, but not every snapshot could be copied: ${safe(behind.message)}. The next backup goes on.`
}
