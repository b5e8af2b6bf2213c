import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { leftOutFile } from '../left-out.js'
import { type Peer, present } from './peer.js'

const absent: Peer = { name: 'a program', install: 'from a shop', available: async () => false }
let folder = ''
let list = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cairn-peer-'))
  list = join(folder, 'list')
  writeFileSync(list, '')
  vi.stubEnv(leftOutFile, list)
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

describe('a peer that is missing', () => {
  test('is left out by name on the machine of a person', async () => {
    vi.stubEnv('CI', undefined)
    expect(await present(absent)).toBe(false)
    expect(readFileSync(list, 'utf8')).toBe('what needs a program: not on this machine (from a shop)\n')
  })
})

describe('in CI', () => {
  beforeEach(() => vi.stubEnv('CI', 'true'))

  test('a missing peer is a failure', async () => {
    await expect(present(absent)).rejects.toThrow('must be tested in CI: what needs a program')
  })

  test('one that may vanish is left out by name', async () => {
    expect(await present({ ...absent, mayVanish: true })).toBe(false)
    expect(readFileSync(list, 'utf8')).toContain('what needs a program')
  })

  test('one that is there is nowhere named', async () => {
    expect(await present({ ...absent, available: async () => true })).toBe(true)
    expect(readFileSync(list, 'utf8')).toBe('')
  })
})
