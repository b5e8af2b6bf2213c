import { parseShare, recovery } from '@cairn/core/words/slip39.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { present } from '../../../../test/peers/peer.js'
import { combineAll, slip39Reference } from '../../../../test/peers/slip39-reference.js'
import { jobs, ourShares, ours, quorum, referenceDifferences } from './shares.figures.js'

describe.runIf(await present(slip39Reference))('the same answer as the reference of SLIP-39', () => {
  test('when one combines what the other split', async () => {
    expect(await referenceDifferences(40)).toEqual({ tried: 40, different: 0 })
  }, 120_000)

  test('a combine that forgets the passphrase would be noticed', async () => {
    const { different } = await referenceDifferences(20, (shares) => ours(shares, ''))
    expect(different).toBeGreaterThan(0)
  }, 120_000)

  test('for a quorum with one share taken out, doubled, or added from anywhere', async () => {
    const sets = fc
      .sample(jobs, { seed: 39, numRuns: 20 })
      .map((job, i) => ({ job, shares: ourShares(job, i) }))
    const pool = sets.flatMap(({ shares }) => shares.flat())
    const changes = fc.record({ set: fc.constantFrom(...sets), change: fc.nat(4), at: fc.nat() })
    const picked = fc
      .sample(changes, { seed: 40, numRuns: 150 })
      .map(({ set: { job, shares }, change, at }) => {
        const right = quorum(job, shares)
        const one = right[at % right.length] as string
        const other = pool[at % pool.length] as string
        const own = shares.flat()[at % shares.flat().length] as string
        return [
          right,
          right.filter((share) => share !== one),
          [...right, one],
          [...right, other],
          [...right, own],
        ][change] as readonly string[]
      })
    const asked = picked.filter((shares) => shares.length > 0)
    const answers = await combineAll(asked.map((shares) => ({ shares })))
    for (const [i, answer] of answers.entries()) {
      const shares = asked[i] as readonly string[]
      if ('value' in answer) expect(ours(shares, '')).toBe(answer.value)
      else if (ours(shares, '') !== null) expect(hasMoreThanNeeded(shares)).toBe(true)
    }
    expect(answers.filter((answer) => 'value' in answer).length).toBeGreaterThan(30)
    expect(answers.filter((answer) => 'refused' in answer).length).toBeGreaterThan(30)
  }, 120_000)

  function hasMoreThanNeeded(shares: readonly string[]): boolean {
    const state = recovery(shares.map((share) => parseShare(share)))
    const complete = state.groups.filter((one) => one.complete).length
    const given = state.groups.filter((one) => one.have.length > 0)
    const spare = given.some((one) => one.have.length > (one.need ?? 0))
    return spare || complete > (state.need ?? 0) || given.length > complete
  }
})
