/** Several computers that save to the same stores at once. */
import { expect, it } from 'vitest'
import { manyWriters, sharesADevice, sweeps, type Writing } from '../../packages/node/test/vault/writers.js'
import { figure, isShort, seeds } from './rows.js'

const SEEDS = isShort ? 2 : 20
const ROUNDS = isShort ? 10 : 50

async function all(count: number, writing: Omit<Writing, 'seed'>) {
  const lost: string[] = []
  let tried = 0
  for (const seed of seeds(count)) {
    const found = await manyWriters({ seed, ...writing })
    tried += found.tried
    lost.push(...found.lost)
  }
  return { tried, lost }
}

it('eight writers', () =>
  figure('devices', async () => {
    const { tried, lost } = await all(SEEDS, { rounds: ROUNDS })
    const sweep = await all(6, { rounds: 8, doing: sweeps, writers: 4 })
    const shared = await all(6, { rounds: 8, doing: sharesADevice, writers: 4 })
    expect(Math.min(sweep.lost.length, shared.lost.length)).toBeGreaterThan(0)
    const promise =
      'rounds in which up to eight computers save, prune, check and heal at once, operation by operation, to three stores that are away now and then: every reader finds every snapshot that was reported saved, and no head of another computer is touched'
    const twin = `removes what no head leads to yet: ${sweep.lost.length} of 6 runs lose; two that sign as one device: ${shared.lost.length} of 6`
    return [{ promise, tried, held: tried - lost.length, twin, lost }]
  }))
