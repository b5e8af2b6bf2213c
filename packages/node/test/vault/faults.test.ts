import { describe, expect, it } from 'vitest'
import { everyOperationFails, operationsOfABackup } from './faults.js'

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
