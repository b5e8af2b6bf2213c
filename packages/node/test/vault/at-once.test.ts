import { describe, expect, it } from 'vitest'
import { WIDTH } from '../../src/stores/wrap/width.js'
import { AT_ONCE_BYTES, aheadOf, atOnce, fetchAhead } from '../../src/vault/at-once.js'

const upTo = (count: number) => Array.from({ length: count }, (_, i) => i)
const turn = () => new Promise((resolve) => setImmediate(resolve))

/** Work that counts how much of it is under way; the later things end first. */
function counted() {
  const open = { now: 0, most: 0, begun: [] as number[] }
  const work = async (thing: number) => {
    open.begun.push(thing)
    open.most = Math.max(open.most, ++open.now)
    for (let i = 0; i < 5 - (thing % 5); i++) await turn()
    open.now--
    return thing * 2
  }
  return { open, work }
}

describe('work on many things at once', () => {
  it('is done a few at a time, and gives its results in order', async () => {
    const { open, work } = counted()
    expect(await atOnce(upTo(40), work)).toEqual(upTo(40).map((i) => i * 2))
    expect(open.most).toBe(WIDTH)
    expect(await atOnce([], work)).toEqual([])
  })

  it.each([
    [AT_ONCE_BYTES * 2, 1],
    [AT_ONCE_BYTES, 1],
    [AT_ONCE_BYTES / 4, 4],
    [AT_ONCE_BYTES / 4 + 1, 3],
    [1, WIDTH],
  ])('of %i bytes each has %i under way', async (size, most) => {
    const { open, work } = counted()
    await atOnce(upTo(20), work, () => size)
    expect(open.most).toBe(most)
  })

  it('begins nothing more after a failure, and throws it when the rest has ended', async () => {
    const { open, work } = counted()
    const failing = async (thing: number) => {
      await work(thing)
      if (thing === 3) throw new Error('the third')
    }
    await expect(atOnce(upTo(100), failing)).rejects.toThrow('the third')
    expect(open.now).toBe(0)
    expect(open.begun.length).toBeLessThan(4 * WIDTH)
  })
})

describe('what is fetched ahead', () => {
  it('comes in order, with some of the next ones under way', async () => {
    const { open, work } = counted()
    const seen: number[] = []
    for await (const [thing, result] of aheadOf(upTo(20), work)) {
      expect(result).toBe(thing * 2)
      seen.push(thing)
    }
    expect(seen).toEqual(upTo(20))
    expect(open.most).toBeGreaterThan(1)
    expect(open.most).toBeLessThanOrEqual(4)
  })

  it('may be passed over, asked for twice, or not be expected at all', async () => {
    const { open, work } = counted()
    const fetch = fetchAhead(upTo(10), work)
    for (const thing of [0, 5, 6, 5, 2, 99]) expect(await fetch(thing)).toBe(thing * 2)
    expect(open.begun.filter((thing) => thing === 6)).toHaveLength(1)
    expect(open.begun.filter((thing) => thing === 5)).toHaveLength(2)
  })

  it('tells of a failure whoever asks for it, and nobody else', async () => {
    const fetch = fetchAhead(upTo(4), async (thing) => {
      if (thing === 1) throw new Error('one')
      return thing
    })
    expect(await fetch(0)).toBe(0)
    await turn()
    await expect(fetch(1)).rejects.toThrow('one')
    expect(await fetch(2)).toBe(2)
  })
})
