import { describe, expect, it } from 'vitest'
import { manyWriters, sharesADevice, sweeps } from './writers.js'

describe('eight computers that save, prune and heal at once', () => {
  it('lose nothing that was reported saved, and touch no head of another one', {
    timeout: 300_000,
  }, async () => {
    expect(await manyWriters({ seed: 1, rounds: 8 })).toEqual({ tried: 8, lost: [] })
  })

  it('are caught when one removes what no head leads to yet', { timeout: 300_000 }, async () => {
    const lost: string[] = []
    for (let seed = 1; seed <= 100 && lost.length === 0; seed++)
      lost.push(...(await manyWriters({ seed, rounds: 8, doing: sweeps, writers: 4 })).lost)
    expect(lost).not.toEqual([])
  })

  it('are caught when two of them sign as one device', { timeout: 300_000 }, async () => {
    const lost: string[] = []
    for (let seed = 1; seed <= 100 && lost.length === 0; seed++)
      lost.push(...(await manyWriters({ seed, rounds: 8, doing: sharesADevice, writers: 4 })).lost)
    expect(lost).not.toEqual([])
  })
})
