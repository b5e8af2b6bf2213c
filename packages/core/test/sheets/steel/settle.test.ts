import { withChecks } from '@cairn/core/sheets/steel/check.js'
import { areApart, settle } from '@cairn/core/sheets/steel/settle.js'
import { describe, expect, test } from 'vitest'
import { draws } from './photo.js'

const [ROWS, WIDTH] = [13, 12]

interface Trial {
  readonly plate: readonly boolean[]
  /** Not clear. */
  readonly open: readonly number[]
  /** Read wrong, though it looks clear. */
  readonly slip: number
}

/** Open places lie in a corner of four rows and columns, so that rings are common. */
function trialOf(seed: number): Trial {
  const draw = draws(seed)
  const rows = Array.from({ length: ROWS - 1 }, () => Array.from({ length: WIDTH - 1 }, () => draw() < 0.4))
  const near = () => Math.floor(draw() * 4) * WIDTH + Math.floor(draw() * 4)
  const open = [...new Set(Array.from({ length: 1 + Math.floor(draw() * 6) }, near))]
  let slip = near()
  while (open.includes(slip)) slip = near()
  return { plate: withChecks(rows).flat(), open, slip }
}

const seen = ({ plate, open }: Trial, wrong?: number) =>
  plate.map((one, i) => (open.includes(i) ? null : i === wrong ? !one : one))

/** How many plates with a slip are taken for right ones. */
function taken(mayBe: typeof areApart): number {
  const trials = Array.from({ length: 1_000 }, (_, seed) => trialOf(seed))
  return trials.filter((trial) => settle(seen(trial, trial.slip), WIDTH, mayBe) !== null).length
}

describe('unsure places', () => {
  test('are filled in as they were punched', () => {
    const trials = Array.from({ length: 500 }, (_, seed) => trialOf(seed))
    const settled = trials.filter(({ open }) => areApart(open, WIDTH))
    expect(settled.length).toBeGreaterThan(100)
    for (const trial of settled) expect(settle(seen(trial), WIDTH)).toEqual(trial.plate)
  })

  test('are not with a slip elsewhere; with any places open slips are taken for punches', () => {
    expect(taken(areApart)).toBe(0)
    expect(taken(() => true)).toBeGreaterThan(0)
  })

  test('are not when there are seven', () => {
    const { plate } = trialOf(1)
    const diagonal = (count: number) =>
      plate.map((one, i) => (i % (WIDTH + 1) === 0 && i < count * 13 ? null : one))
    expect(settle(diagonal(6), WIDTH)).toEqual(plate)
    expect(settle(diagonal(7), WIDTH)).toBeNull()
  })
})
