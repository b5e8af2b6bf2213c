import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  changed,
  failed,
  LONGEST_MS,
  LONGEST_RETRY_MS,
  nextIn,
  type Pending,
  QUIET_MS,
  RETRY_MS,
  ready,
  taken,
} from '../../src/schedule/settle.js'

const none: Pending = new Map()

describe('a wallet that changed', () => {
  test('is ready when it was quiet, and not before', () => {
    const pending = changed(changed(none, 'a', 1000), 'a', 2000)
    expect(ready(pending, 2000 + QUIET_MS - 1)).toEqual([])
    expect(nextIn(pending, 2000 + QUIET_MS - 1)).toBe(1)
    expect(ready(pending, 2000 + QUIET_MS)).toEqual(['a'])
  })

  test('that never rests is ready after the longest time', () => {
    let pending = none
    for (let now = 0; now <= LONGEST_MS; now += 1000) pending = changed(pending, 'a', now)
    expect(ready(pending, LONGEST_MS - 1)).toEqual([])
    expect(ready(pending, LONGEST_MS)).toEqual(['a'])
  })

  test('does not wait for another', () => {
    const pending = changed(changed(none, 'a', 0), 'b', QUIET_MS)
    expect(ready(pending, QUIET_MS)).toEqual(['a'])
    expect(ready(taken(pending, ['a']), 2 * QUIET_MS)).toEqual(['b'])
  })

  test('is ready at once when the clock was set back', () => {
    expect(ready(changed(none, 'a', 1e12), 5)).toEqual(['a'])
  })

  test('that could not be saved waits longer each time, and never more than the longest', () => {
    let pending = changed(none, 'a', 0)
    let now = QUIET_MS
    const waits: number[] = []
    for (let round = 0; round < 10; round++) {
      expect(ready(pending, now)).toEqual(['a'])
      const was = pending
      pending = failed(taken(pending, ['a']), { names: ['a'], was, now })
      const ms = nextIn(pending, now) ?? 0
      waits.push(ms)
      now += ms
    }
    expect(waits.slice(0, 3)).toEqual([RETRY_MS, 2 * RETRY_MS, 4 * RETRY_MS])
    expect(Math.max(...waits)).toBe(LONGEST_RETRY_MS)
  })

  test('nothing waits when nothing changed', () => {
    expect(nextIn(none, 0)).toBe(null)
  })
})

test('whatever happens, every change is saved after it, within the longest time', () => {
  const events = fc.array(fc.record({ name: fc.constantFrom('a', 'b'), after: fc.nat(20_000) }), {
    minLength: 1,
    maxLength: 60,
  })
  fc.assert(
    fc.property(events, (list) => {
      const unsaved = new Map<string, number>()
      let pending = none
      let now = 0
      const runTo = (end: number) => {
        for (let ms = nextIn(pending, now); ms !== null && now + ms <= end; ms = nextIn(pending, now)) {
          now += ms
          const names = ready(pending, now)
          expect(names.length).toBeGreaterThan(0)
          pending = taken(pending, names)
          for (const name of names) {
            expect(now - (unsaved.get(name) ?? Number.NaN)).toBeLessThanOrEqual(LONGEST_MS)
            unsaved.delete(name)
          }
        }
        now = end
      }
      for (const { name, after } of list) {
        runTo(now + after)
        pending = changed(pending, name, now)
        if (!unsaved.has(name)) unsaved.set(name, now)
      }
      runTo(now + LONGEST_MS)
      expect([...unsaved]).toEqual([])
    }),
    { seed: 2026, numRuns: 300 },
  )
})
