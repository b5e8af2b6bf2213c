import { describe, expect, it } from 'vitest'
import { everyOperationFails, operationsOfABackup, powerCuts } from './faults.js'
import { without } from './twins.js'

const range = (count: number) => Array.from({ length: count }, (_, i) => i + 1)

describe('power cuts', () => {
  it('lose no snapshot that was reported saved', async () => {
    const { tried, lost } = await powerCuts(range(60))
    expect(lost).toEqual([])
    expect(tried).toBe(60)
  })

  it.each(['sync', 'syncFolder'] as const)('catch a writer that leaves out %s', async (step) => {
    const { lost } = await powerCuts(range(30), without(step))
    expect(lost.length).toBeGreaterThan(0)
  })
})

describe('a disk that fails', () => {
  it('is met at more than twenty operations of a backup', async () => {
    expect(await operationsOfABackup()).toBeGreaterThan(20)
  })

  it.each([
    ['ENOSPC', 'once'],
    ['ENOSPC', 'on'],
    ['EIO', 'once'],
    ['EIO', 'on'],
    ['EACCES', 'on'],
  ] as const)('with %s, %s, costs nothing older at any operation', async (code, mode) => {
    const { lost, codes } = await everyOperationFails(code, mode)
    expect(lost).toEqual([])
    expect([...codes.keys()].filter((outcome) => outcome.startsWith('not catalogued'))).toEqual([])
    expect(codes.get('saved') ?? 0).toBeGreaterThan(0)
    expect(codes.size).toBeGreaterThan(1)
  })
})
