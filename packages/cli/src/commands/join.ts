/** `cairn join [DIR] --from STORE…`: a computer more that saves to a vault, with wallets of its own. */
import { resolve } from 'node:path'
import { fail } from '@cairn/core/errors.js'
import { liveDevices } from '@cairn/core/vault/devices.js'
import { vaultHome } from '@cairn/node/machine/home.js'
import type { Keep } from '@cairn/node/machine/kept.js'
import { readPlaces } from '@cairn/node/machine/places.js'
import type { StorePlace } from '@cairn/node/ports.js'
import { realPorts as ports } from '@cairn/node/real.js'
import { isFolder, storeUrl } from '@cairn/node/stores/open.js'
import { type JoinReport, join } from '@cairn/node/vault/join.js'
import { readClaims } from '@cairn/node/vault/open.js'
import { openPlace } from '@cairn/node/vault/open-stores.js'
import type { GivenCredentials } from '@cairn/node/vault/stores.js'
import type { Context } from '../context.js'
import { givenCredentials } from '../credentials.js'
import { collectFactors, type FactorOptions } from '../factors.js'
import type { Outcome } from '../outcome.js'
import { columns, good, safe } from '../output.js'
import { keysHere } from '../unlock.js'

interface Options extends FactorOptions {
  readonly from?: readonly string[]
  readonly credentialsFile?: readonly string[]
  readonly keep?: Keep
  readonly name?: string
}

/** Some store has the file of before still. */
const ATTENTION = 8

export async function run(context: Context, options: Options, dir: string | undefined): Promise<Outcome> {
  const where = dir ?? context.vault
  const folder = resolve(where ?? fail('usage', { reason: 'say where to keep the settings: cairn join DIR' }))
  const from = options.from ?? fail('usage', { reason: 'say where the vault is: --from STORE' })
  const { places, credentials } = await toPlaces(from, options.credentialsFile ?? [])
  const claims = await readClaims(places.map((place) => openPlace(place, ports)))
  const claimed = claims.find(({ signed }) => signed !== undefined)?.signed?.description
  if (claimed === undefined) return fail('store-absent', { store: from[0] ?? '' })
  const own = await keysHere(context, vaultHome(context.home, claimed.id), claimed.policy)
  const given = await collectFactors(context, { policy: claimed.policy, options, keys: own })
  const report = await join(
    {
      home: context.home,
      folder,
      stores: places,
      credentials,
      keep: options.keep,
      claims,
      given: { ...given, identities: [...(given.identities ?? []), ...own] },
      ...(options.name === undefined ? {} : { name: options.name }),
    },
    ports,
  )
  const things = await readPlaces(ports.disk, vaultHome(context.home, report.description.id)).catch(() => [])
  return outcome(report, folder, things.length)
}

interface Places {
  readonly places: readonly StorePlace[]
  readonly credentials: Readonly<Record<string, GivenCredentials>>
}

/** `usb=/media/usb` gives a store a name; the first one without is `main`, and the n-th `store-n`. */
async function toPlaces(from: readonly string[], files: readonly string[]): Promise<Places> {
  const credentials: Record<string, GivenCredentials> = {}
  const places: StorePlace[] = []
  let next = 0
  for (const [i, typed] of from.entries()) {
    const [, name = i === 0 ? 'main' : `store-${i + 1}`, url = ''] = NAMED.exec(typed) ?? []
    const place = { name, url: storeUrl(url) }
    if (places.some((other) => other.name === name || other.url === place.url))
      fail('store-known', { name: typed })
    const file = isFolder(place) ? undefined : (files[next++] ?? files.at(-1))
    const given = await givenCredentials(file)
    if (given) credentials[name] = given
    places.push(given ? { ...place, credentials: given.from } : place)
  }
  return { places, credentials }
}

const NAMED = /^(?:([A-Za-z0-9][A-Za-z0-9._-]{0,63})=)?(.*)$/s

function outcome(
  { description, fingerprint, device, stores }: JoinReport,
  folder: string,
  things: number,
): Outcome {
  const behind = stores.filter(({ state }) => state === 'behind')
  const others = liveDevices(description).filter(({ id }) => id !== device.id)
  return {
    json: { vault: description.id, fingerprint, device, revision: description.revision, stores },
    text: [
      `${good('This computer saves to the vault now')}, as ${safe(device.name)}`,
      '',
      columns([
        ['  fingerprint', fingerprint],
        ['  settings', safe(folder)],
        ['  other devices', safe(others.map(({ name }) => name).join(', '))],
      ]),
    ].join('\n'),
    next: [
      ...behind.map(
        ({ name }) =>
          `The store ${safe(name)} was not reached: the next cairn backup here tells it of this computer.`,
      ),
      'Compare the fingerprint with a recovery sheet.',
      `On ${safe(others.map(({ name }) => name).join(', '))}, unlock the vault once, so that this computer is known there too: cairn device list --confirm`,
      ...(things === 0 ? [] : ['The list of who holds what where came along: cairn place list']),
      'Next: cairn wallet scan',
    ],
    exit: behind.length > 0 ? ATTENTION : 0,
  }
}
