/**
 * Changes of a policy under power cuts, counted. After each the vault must open, on this machine and from the store
 * alone, with the old factors or with the new ones that were handed over; every snapshot must come back, and the next
 * backup must work. Takes the writer and the changer to try, so that a broken twin can take its place.
 */
import { text } from '@cairn/core/bytes.js'
import { isCairnError } from '@cairn/core/errors.js'
import type { Given } from '@cairn/core/vault/unlock.js'
import { backup } from '../../src/vault/backup.js'
import { type ChangePlan, changePolicy } from '../../src/vault/change-policy.js'
import { openHere } from '../../src/vault/open-here.js'
import { type CutPlan, type CutTally, cutAll, type Scene } from '../sim/cuts.js'
import { withSeedOfBase } from '../sim/generator.js'
import { stored } from '../sim/primitives.js'
import {
  addFiles,
  copyWorld,
  makeWorld,
  PASSPHRASE,
  reboot,
  restored,
  restoreElsewhere,
  type World,
} from '../sim/world.js'

export type Changer = typeof changePolicy

/** A change, with the factors that open the vault afterwards. */
export interface Changed {
  readonly given: Given
}

interface Changing {
  readonly changer?: Changer
  /** Told the new factors when they are handed over. */
  readonly onOffer?: (given: Given) => void
}

/** Changes the policy as `secret` says and tells which factors open it then: the passphrase and the new sheet. */
export async function changeOnce(
  world: World,
  secret: ChangePlan['secret'],
  { changer = changePolicy, onOffer = () => {} }: Changing = {},
): Promise<Changed> {
  let sheets: readonly string[] = []
  await changer(
    world.machine,
    {
      given: world.given,
      edit: (policy) => policy,
      secret,
      deliver: async (made) => {
        sheets = made.map(({ words }) => words)
        onOffer({ passphrases: [PASSPHRASE], sheets })
      },
      logN: 1,
    },
    world.ports,
  )
  return { given: { passphrases: [PASSPHRASE], sheets } }
}

export interface PolicyCuts extends CutPlan {
  readonly secret: ChangePlan['secret']
  readonly changer?: Changer
}

let base: Promise<World> | undefined

async function smallWorld(): Promise<World> {
  base ??= withSeedOfBase(1, makeBase)
  return copyWorld(await base)
}

async function makeBase(): Promise<World> {
  const world = await makeWorld({ stores: 2, primitives: stored })
  await addFiles(world, 'savings', { wallet: 'version 0' })
  await backup(world.machine, { names: [] }, world.ports)
  return world
}

/** The power goes at any operation of a change. */
export function policyCuts({ secret, changer = changePolicy, ...plan }: PolicyCuts): Promise<CutTally> {
  return cutAll(() => policyScene(secret, changer), plan)
}

/** Factors of which some open the vault: those of before, those that were handed over, and, when it is done, only those. */
type Quorums = readonly Given[]

async function policyScene(secret: ChangePlan['secret'], changer: Changer): Promise<Scene<Quorums>> {
  const world = await smallWorld()
  let quorums: Quorums = [world.given]
  return {
    world,
    work: async (working) => {
      const onOffer = (offered: Given) => {
        quorums = [world.given, offered]
      }
      const { given } = await changeOnce(working, secret, { changer, onOffer })
      quorums = [given]
    },
    told: () => quorums,
    judge: after,
  }
}

async function after(world: World, quorums: Quorums): Promise<string | undefined> {
  try {
    await reboot(world)
    await firstThat(quorums, (given) => openHere(world.machine, given, world.ports))
    const found = await firstThat(quorums, (given) => elsewhere(world, given, '/before'))
    if (found !== 'version 0') return `the old snapshot came back as ${found}`
    await backup(world.machine, { names: [] }, world.ports)
    await firstThat(quorums, (given) => elsewhere(world, given, '/after'))
    return undefined
  } catch (error) {
    if (isCairnError(error)) return error.code
    throw error
  }
}

async function elsewhere(world: World, given: Given, to: string): Promise<string> {
  const later = { ...copyWorld(world), given }
  await restoreElsewhere(later, { to })
  return text(restored(later, to).get('savings/wallet') ?? new Uint8Array())
}

async function firstThat<T>(quorums: readonly Given[], works: (given: Given) => Promise<T>): Promise<T> {
  let failure: unknown
  for (const given of quorums) {
    try {
      return await works(given)
    } catch (error) {
      failure = error
    }
  }
  throw failure
}
