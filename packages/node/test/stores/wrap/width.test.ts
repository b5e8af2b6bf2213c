import { describe, expect, it } from 'vitest'
import { withWidth } from '../../../src/stores/wrap/width.js'
import { breaks, CLAUSES } from '../contract.js'
import { memoryStore } from '../memory.js'
import { memoryGround } from '../twins.js'

describe('a store that is asked a few things at a time', () => {
  it('is never asked more, and all are answered, also when some fail', async () => {
    const open = { now: 0, most: 0 }
    const store = memoryStore(new Map([['even', new Uint8Array(1)]]))
    const counted = {
      ...store,
      get: async (key: string) => {
        open.most = Math.max(open.most, ++open.now)
        await new Promise(setImmediate)
        open.now--
        return store.get(key)
      },
    }
    const narrow = withWidth(counted, 3)
    const calls = Array.from({ length: 20 }, (_, i) => narrow.get(i % 2 === 0 ? 'even' : 'odd'))
    const answers = await Promise.allSettled(calls)
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(10)
    expect(open.most).toBe(3)
  })

  it.each(CLAUSES.map(({ name }) => name))('keeps the contract: %s', async (name) => {
    expect(await breaks(memoryGround({ caughtBy: '', lie: (store) => withWidth(store) }), name)).toBe(false)
  })
})
