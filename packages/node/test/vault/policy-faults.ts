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
import { PowerCut, seeded } from '../sim/disk.js'
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
import type { Tally, Twin } from './faults.js'

export type Changer = typeof changePolicy

/** A change, with the factors that open the vault afterwards. */
export interface Changed {
  readonly given: Given
}

/** Changes the policy as `secret` says and tells which factors open it then: the passphrase and the new sheet. */
export async function changeOnce(
  world: World,
  secret: ChangePlan['secret'],
  changer: Changer = changePolicy,
): Promise<Changed> {
  let sheets: readonly string[] = []
  world.offered = undefined
  await changer(
    world.machine,
    {
      given: world.given,
      edit: (policy) => policy,
      secret,
      deliver: async (made) => {
        sheets = made.map(({ words }) => words)
        world.offered = { passphrases: [PASSPHRASE], sheets }
      },
      logN: 1,
    },
    world.ports,
  )
  return { given: { passphrases: [PASSPHRASE], sheets } }
}

export interface CutPlan {
  readonly secret: ChangePlan['secret']
  readonly twin?: Twin
  readonly changer?: Changer
}

let base: Promise<World> | undefined

async function smallWorld(twin: Twin): Promise<World> {
  base ??= makeBase()
  return twin(copyWorld(await base))
}

async function makeBase(): Promise<World> {
  const world = await makeWorld({ stores: 2 })
  await addFiles(world, 'savings', { wallet: 'version 0' })
  await backup(world.machine, { names: [] }, world.ports)
  return world
}

/** The power goes at every so-many-th operation of a change. */
export async function policyCuts(seeds: Iterable<number>, plan: CutPlan): Promise<Tally> {
  const { twin = (world) => world, changer = changePolicy } = plan
  const operations = await operationsOf(plan, twin)
  const lost: string[] = []
  let tried = 0
  for (const seed of seeds) {
    tried++
    const random = seeded(seed)
    const world = await smallWorld(twin)
    let left = Math.floor(random() * (operations + 2))
    world.disk.fault = () => {
      if (left-- <= 0) throw new PowerCut()
    }
    const isDone = await changeOnce(world, plan.secret, changer).then(
      () => true,
      (error) => (error instanceof PowerCut ? false : Promise.reject(error)),
    )
    world.disk.fault = () => {}
    world.disk.cut(random)
    const wrong = await after(world, isDone)
    if (wrong) lost.push(`seed ${seed}: ${wrong}`)
  }
  return { tried, lost }
}

async function operationsOf({ secret, changer = changePolicy }: CutPlan, twin: Twin): Promise<number> {
  const world = await smallWorld(twin)
  let count = 0
  world.disk.fault = () => {
    count++
  }
  await changeOnce(world, secret, changer)
  return count
}

async function after(world: World, isDone: boolean): Promise<string | undefined> {
  try {
    await reboot(world)
    const offered = world.offered ? [world.offered] : []
    const quorums = isDone ? offered : [world.given, ...offered]
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
