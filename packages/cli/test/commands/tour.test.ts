import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { BIN, environment, run, runJson, useFolders } from '../run.js'

describe('cairn tour', () => {
  const folder = useFolders()
  const apart = async () => {
    const home = await folder()
    return { home, env: { TMPDIR: home } }
  }

  test('restores and proves both sample wallets, and leaves nothing behind', async () => {
    const here = await apart()
    const { exit, json } = await runJson(['tour'], here)
    expect(exit).toBe(0)
    const { result, comparison } = json as {
      result: string
      comparison: readonly { wallet: string; what: string; lost: string; back: string; same: boolean }[]
    }
    expect(result).toBe('proven')
    expect(comparison.filter(({ same }) => !same)).toEqual([])
    expect(comparison).toContainEqual({
      wallet: 'savings',
      what: 'the changed label',
      lost: 'Cold storage, for the children',
      back: 'Cold storage, for the children',
      same: true,
    })
    expect(await readdir(here.home)).toEqual([])
  })

  test('tells the story in order, and ends with what to type for a wallet of one’s own', async () => {
    const { exit, out } = await run(['tour'], await apart())
    expect(exit).toBe(0)
    const parts = [
      'init',
      'wallet add',
      'backup',
      'backup',
      'deleted',
      'restore',
      'drill',
      'PROVEN',
      'cairn init',
      'cairn drill',
    ]
    let at = 0
    for (const part of parts) {
      at = out.indexOf(part, at)
      expect(at, part).toBeGreaterThanOrEqual(0)
    }
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(110)
  })

  test('stopped half-way, takes its folder away', async () => {
    const here = await apart()
    const child = spawn(process.execPath, [BIN, 'tour'], {
      env: environment(here),
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    await once(child.stdout, 'data')
    expect(await readdir(here.home)).toHaveLength(1)
    child.kill('SIGINT')
    const [exit] = await once(child, 'close')
    expect(exit).toBe(130)
    expect(await readdir(here.home)).toEqual([])
  })
})
