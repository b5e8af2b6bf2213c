/** The vault under power cuts, failing disks, kills, damaged copies and flipped bits. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { kills } from '../../packages/cli/test/kill.js'
import { sealFigures } from '../../packages/core/test/vault/seal.figures.js'
import { native } from '../../packages/node/src/primitives.js'
import { everyOperationFails, powerCuts } from '../../packages/node/test/vault/faults.js'
import {
  copyUnseen,
  healingCuts,
  healingFaults,
  restoreFromFirst,
  survivors,
} from '../../packages/node/test/vault/healing.js'
import { without } from '../../packages/node/test/vault/twins.js'
import { figure, isShort, seeds } from './rows.js'

const KILLS = isShort ? 12 : 10_000
const CUTS = isShort ? 300 : 1_000_000
const SURVIVOR_SEEDS = isShort ? 20 : 1_000
const REPAIR_CUTS = isShort ? 300 : 100_000

it('power cuts', () =>
  figure('vault', async () => {
    const { tried, lost } = await powerCuts(seeds(CUTS))
    const twin = await powerCuts(seeds(60), without('sync'))
    expect(twin.lost.length).toBeGreaterThan(0)
    const promise = 'power cuts during a backup: nothing reported saved is lost'
    return [
      { promise, tried, held: tried - lost.length, twin: `without fsync: ${twin.lost.length} of 60 lose` },
    ]
  }))

it('failing operations', () =>
  figure('vault', async () => {
    const found = []
    for (const code of ['ENOSPC', 'EIO', 'EACCES']) {
      for (const mode of ['once', 'on'] as const) {
        const { tried, lost } = await everyOperationFails(code, mode)
        const promise = `${code} at every disk operation of a backup in turn, ${mode === 'on' ? 'from then on' : mode}`
        found.push({ promise, tried, held: tried - lost.length, twin: 'none' })
      }
    }
    return found
  }))

it('survivors', () =>
  figure('vault', async () => {
    const { tried, lost } = await survivors({ seeds: seeds(SURVIVOR_SEEDS) })
    const first = await survivors({ seeds: seeds(1), restorer: restoreFromFirst })
    const unseen = await survivors({ seeds: seeds(1), healer: copyUnseen })
    expect(Math.min(first.lost.length, unseen.lost.length)).toBeGreaterThan(0)
    const promise =
      'every set of survivors of five stores, the others damaged at random: restores, and heals all five'
    const twin = `asks one store only: ${first.lost.length} of ${first.tried} lost; copies without looking: ${unseen.lost.length} of ${unseen.tried}`
    return [{ promise, tried, held: tried - lost.length, twin }]
  }))

it('repairs', () =>
  figure('vault', async () => {
    const { tried, lost } = await healingCuts(seeds(REPAIR_CUTS))
    const twin = await healingCuts(seeds(60), without('sync'))
    expect(twin.lost.length).toBeGreaterThan(0)
    const promise = 'power cuts during a repair: nothing reported whole is damaged, no good copy is harmed'
    const found = [
      { promise, tried, held: tried - lost.length, twin: `without fsync: ${twin.lost.length} of 60 lose` },
    ]
    for (const code of ['ENOSPC', 'EIO', 'EACCES']) {
      for (const mode of ['once', 'on'] as const) {
        const { tried, lost } = await healingFaults(code, { mode })
        const promise = `${code} at every disk operation of a repair in turn, ${mode === 'on' ? 'from then on' : mode}`
        found.push({ promise, tried, held: tried - lost.length, twin: 'none' })
      }
    }
    return found
  }))

it('kills', () =>
  figure('vault', async () => {
    const cwd = mkdtempSync(join(tmpdir(), 'cairn-figures-'))
    try {
      const { tried, lost } = await kills({ seeds: seeds(KILLS), cwd: mkdtempSync(join(cwd, 'own-')) })
      const broken = await kills({
        seeds: seeds(200),
        cwd: mkdtempSync(join(cwd, 'twin-')),
        twin: 'writesInPlace',
        until: 'first',
      })
      expect(broken.lost.length).toBeGreaterThan(0)
      const promise = 'SIGKILL of the real backup: nothing reported saved is lost, the next backup works'
      return [
        {
          promise,
          tried,
          held: tried - lost.length,
          twin: `writes in place: loses after ${broken.tried} kills`,
        },
      ]
    } finally {
      rmSync(cwd, { recursive: true, force: true })
    }
  }))

it.runIf(!isShort)('every bit of a sealed object', () =>
  figure('vault', async () =>
    (await sealFigures(native)).map(({ what, tried, caught, twin }) => ({
      promise: `sealed object: ${what}`,
      tried,
      held: caught,
      twin: twin === null ? 'none' : `lets ${twin} through`,
    })),
  ),
)
