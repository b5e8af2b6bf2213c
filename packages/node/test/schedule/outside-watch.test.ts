import { CairnError, type ErrorCode } from '@cairn/core/errors.js'
import type { Alarm, Message } from '@cairn/core/plan/alarms.js'
import { describe, expect, test } from 'vitest'
import { keepLooking, type Lookout, lookOnce, lookoutAt } from '../../src/schedule/outside-watch.js'
import type { Store } from '../../src/stores/store.js'
import { backup } from '../../src/vault/backup.js'
import { addFiles, makeWorld, type World } from '../sim/world.js'

const DAY = 86_400_000
const HOUR_MS = 3_600_000

/** A store with a snapshot, and a computer elsewhere that looks at it; `broken` is why it cannot be asked. */
async function elsewhere() {
  const broken: { code?: ErrorCode } = {}
  const wrap = (store: Store): Store => ({
    ...store,
    get: async (key) => (broken.code ? failing(broken.code) : store.get(key)),
  })
  const world = await makeWorld({ wrap })
  await addFiles(world, 'savings', { wallet: 'coins' })
  await backup(world.machine, { names: [] }, world.ports)
  const [place] = world.machine.config.stores
  if (!place) throw new Error('no store')
  await world.disk.makeFolder('/elsewhere')
  return { world, broken, lookout: lookoutAt('/elsewhere', place, world.ports) }
}

const failing = (code: ErrorCode) => {
  throw new CairnError(code, { store: 'store1', reason: 'gone' })
}

interface Looks {
  readonly world: World
  readonly lookout: Lookout
  /** What happens before each look; the last one ends it. */
  readonly steps: readonly (() => unknown)[]
  readonly send?: (message: Message) => Promise<boolean>
}

/** What was seen at each look, and what was sent. */
async function looks({ world, lookout, steps, send = async () => true }: Looks) {
  const stop = new AbortController()
  const [seen, sent]: [(readonly string[])[], Message[]] = [[], []]
  const left = [...steps]
  left.shift()?.()
  const ports = {
    ...world.ports,
    wait: async (ms: number) => {
      world.clock.ms += ms
      const step = left.shift()
      if (step) step()
      else stop.abort()
    },
  }
  await keepLooking(
    lookout,
    {
      everyMs: HOUR_MS,
      signal: stop.signal,
      send: async (message) => {
        sent.push(message)
        return send(message)
      },
      saw: (alarms: readonly Alarm[]) => seen.push(alarms.map(({ kind }) => kind)),
    },
    ports,
  )
  return { seen, sent: sent.map(({ subject }) => subject) }
}

const nothing = () => {}

describe('a computer that looks at a store again and again', () => {
  test('tells once that a backup is late, and that it is over', async () => {
    const { world, lookout } = await elsewhere()
    const steps = [
      nothing,
      () => {
        world.clock.ms += 400 * DAY
      },
      nothing,
      () => {
        world.clock.ms -= 400 * DAY
      },
    ]
    const { seen, sent } = await looks({ world, lookout, steps })
    expect(seen).toEqual([[], ['backup-late'], ['backup-late'], []])
    expect(sent).toEqual(['Cairn: A backup is late', 'Cairn: all is well again'])
  })

  test('takes a snapshot of a time to come for no sign of life', async () => {
    const { world, lookout } = await elsewhere()
    world.clock.ms += 700 * DAY
    await backup(world.machine, { names: [] }, world.ports)
    world.clock.ms -= 700 * DAY
    expect((await lookOnce(lookout, world.ports)).seen.devices).toMatchObject([{ seq: 2, late: true }])
    expect((await looks({ world, lookout, steps: [nothing] })).seen).toEqual([['backup-late']])
  })

  test('tells again what nobody took', async () => {
    const { world, lookout } = await elsewhere()
    world.clock.ms += 400 * DAY
    const { sent } = await looks({
      world,
      lookout,
      steps: [nothing, nothing],
      send: async () => false,
    })
    expect(sent.length).toBe(2)
  })

  test.each([
    ['store-unreachable', 'store-unreached'],
    ['store-denied', 'store-unreached'],
    ['store-credentials', 'store-unreached'],
    ['credentials-invalid', 'store-unreached'],
    ['object-damaged', 'store-lied'],
    ['store-lies', 'store-lied'],
  ] as const)('goes on after %s, which is told as %s', async (code, kind) => {
    const { world, lookout, broken } = await elsewhere()
    const steps = [
      nothing,
      () => {
        broken.code = code
      },
      () => {
        delete broken.code
      },
    ]
    expect((await looks({ world, lookout, steps })).seen).toEqual([[], [kind], []])
  })

  test.each(['store-credentials', 'credentials-missing', 'credentials-invalid', 'store-kind'] as const)(
    'ends at once with %s when it was started with that',
    async (code) => {
      const { world, lookout, broken } = await elsewhere()
      broken.code = code
      await expect(looks({ world, lookout, steps: [nothing] })).rejects.toMatchObject({ code })
    },
  )

  test('does not end for a store that is away when it starts', async () => {
    const { world, lookout, broken } = await elsewhere()
    broken.code = 'store-unreachable'
    expect((await looks({ world, lookout, steps: [nothing] })).seen).toEqual([['store-unreached']])
  })
})
