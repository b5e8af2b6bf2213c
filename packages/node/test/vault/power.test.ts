import { describe, expect, it } from 'vitest'
import { seeds } from '../seeds.js'
import { powerCuts } from './power.js'
import { without } from './twins.js'

describe('power cuts during a backup', () => {
  it('lose no snapshot that was reported saved, and the next backup works', async () => {
    const { tried, disks, lost } = await powerCuts({ seeds: seeds(4), each: 25 })
    expect(lost).toEqual([])
    expect(tried).toBe(100)
    expect(disks).toBeGreaterThan(30)
  })

  it.each(['sync', 'syncFolder'] as const)('catch a writer that leaves out %s', async (step) => {
    const { lost } = await powerCuts({ seeds: seeds(2), each: 20, twin: without(step) })
    expect(lost.length).toBeGreaterThan(0)
  })

  it('are the same again for the same seed', async () => {
    const once = await powerCuts({ seeds: [2], each: 10, twin: without('sync') })
    expect(await powerCuts({ seeds: [2], each: 10, twin: without('sync') })).toEqual(once)
  })
})
