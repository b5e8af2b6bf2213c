import { describe, expect, it } from 'vitest'
import { remembersWhatItSent, stopsAtTheFirstFailure, storeFaults, WORKS } from './store-faults.js'

/** Of every work so many cases are left out; the figure leaves none out. */
const EVERY = 29

describe('a call of one store of three that fails', () => {
  it.each(Object.keys(WORKS))('costs a %s nothing but that store', async (work) => {
    const { tried, lost } = await storeFaults({ work, every: EVERY })
    expect(lost).toEqual([])
    expect(tried).toBeGreaterThan(5)
  })

  it('holds up no pruning when the records of what was forgotten cannot be read', async () => {
    const only = { store: 'store1', how: 'refuses' }
    // call 9, from then on
    const { tried, lost } = await storeFaults({ work: 'pruning', only, every: 19 })
    expect(lost).toEqual([])
    expect(tried).toBeGreaterThan(1)
  })

  it('catches a store that answers with what it was sent', async () => {
    const { lost } = await storeFaults({
      work: 'backup',
      only: { store: 'store2', how: 'says saved and keeps half' },
      between: () => remembersWhatItSent,
    })
    expect(lost.length).toBeGreaterThan(0)
  })

  it('catches stores of which none is asked any more when one fails', async () => {
    const { lost } = await storeFaults({
      work: 'backup',
      only: { store: 'store2', how: 'is full' },
      between: stopsAtTheFirstFailure,
    })
    expect(lost.length).toBeGreaterThan(0)
  })
})
