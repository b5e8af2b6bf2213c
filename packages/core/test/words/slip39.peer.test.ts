import { hex, unhex } from '@cairn/core/bytes.js'
import { isCairnError } from '@cairn/core/errors.js'
import { combine, parseShare, recovery, splitWith } from '@cairn/core/words/slip39.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { present } from '../../../../test/peers/peer.js'
import {
  combineAll,
  type SplitJob,
  slip39Reference,
  splitAll,
} from '../../../../test/peers/slip39-reference.js'
import { stream } from '../draws.js'

const secrets = fc
  .integer({ min: 8, max: 32 })
  .chain((n) => fc.uint8Array({ minLength: 2 * n, maxLength: 2 * n }))
  .map(hex)
const group = fc
  .record({ threshold: fc.integer({ min: 1, max: 5 }), more: fc.nat(3) })
  .map(({ threshold, more }) => [threshold, threshold === 1 ? 1 : threshold + more] as const)
const jobs: fc.Arbitrary<SplitJob> = fc
  .record({
    secret: secrets,
    groups: fc.array(group, { minLength: 1, maxLength: 4 }),
    passphrase: fc.constantFrom('', 'TREZOR', ' ~!{}'),
    extendable: fc.boolean(),
    iterationExponent: fc.constantFrom(0, 0, 1),
    pick: fc.nat(),
  })
  .map(({ pick, ...job }) => ({ ...job, groupThreshold: (pick % job.groups.length) + 1 }))

const values = <T>(answers: readonly ({ value: T } | { refused: string })[]) =>
  answers.map((answer) => ('value' in answer ? answer.value : answer))

function ourShares(job: SplitJob, seed: number): readonly (readonly string[])[] {
  const groups = job.groups.map(([threshold, count]) => ({ threshold, count }))
  return splitWith({ ...job, secret: unhex(job.secret), groups }, stream(seed).draw)
}

/** The last members of the last groups: exactly as many as needed. */
function quorum(job: SplitJob, shares: readonly (readonly string[])[]): readonly string[] {
  const needed = shares.map((members, i) => members.slice(-(job.groups[i] as readonly number[])[0]!))
  return needed.slice(-job.groupThreshold).flat()
}

function ours(shares: readonly string[], passphrase: string | undefined): string | null {
  try {
    return hex(combine(shares, passphrase))
  } catch (error) {
    if (!isCairnError(error)) throw error
    return null
  }
}

describe.runIf(await present(slip39Reference))('the same answer as the reference of SLIP-39', () => {
  const plans = fc.sample(jobs, { seed: 39, numRuns: 60 })

  test('when it combines what we split', async () => {
    const asked = plans.map((job, i) => ({ ...job, shares: quorum(job, ourShares(job, i)) }))
    expect(values(await combineAll(asked))).toEqual(plans.map((job) => job.secret))
  }, 120_000)

  test('when we combine what it split', async () => {
    const answers = await splitAll(plans)
    const found = answers.map((answer, i) => {
      const job = plans[i] as SplitJob
      return 'value' in answer ? ours(quorum(job, answer.value), job.passphrase) : answer
    })
    expect(found).toEqual(plans.map((job) => job.secret))
  }, 120_000)

  test('for a quorum with one share taken out, doubled, or added from anywhere', async () => {
    const sets = plans.slice(0, 20).map((job, i) => ({ job, shares: ourShares(job, i) }))
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
