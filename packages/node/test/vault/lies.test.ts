import { describe, expect, it } from 'vitest'
import { LIES } from '../sim/lies.js'
import { judge, letThrough } from './lies.js'

describe('a store that', () => {
  it.each(LIES.map((lie) => [lie.name, lie] as const))('%s', async (_name, lie) => {
    const { honest, only, anchored, ...verdicts } = await judge(lie)
    const { known, both, alone } = lie
    expect(verdicts).toEqual({ known, both, alone })
    expect(only).not.toBe('intact')
    expect(anchored).toBe('noticed')
    // time passes for both
    expect(honest).toBe(known === 'frozen' ? 'frozen' : 'intact')
  })
})

describe('a computer', () => {
  it.each(['history', 'compare', 'seen'] as const)(
    'that leaves out %s is caught by these stores',
    async (check) => {
      expect((await letThrough(check, check === 'history' ? 16 : 5)).through).toBeGreaterThan(2)
    },
  )
})
