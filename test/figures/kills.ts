/** The real process, killed. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { kills } from '../../packages/cli/test/kill.js'
import { figure, isShort, seeds } from './rows.js'

const KILLS = isShort ? 12 : 200

it('kills', () =>
  figure('kills', async () => {
    const cwd = mkdtempSync(join(tmpdir(), 'cairn-figures-'))
    try {
      const { tried, lost } = await kills({ seeds: seeds(KILLS), cwd: mkdtempSync(join(cwd, 'own-')) })
      const broken = await kills({
        seeds: seeds(200),
        cwd: mkdtempSync(join(cwd, 'twin-')),
        twin: 'writesInPlace',
        until: 'first',
      })
      expect(broken.lost.length).toBeGreaterThan(0)
      const promise = 'SIGKILL of the real backup: nothing reported saved is lost, the next backup works'
      return [
        {
          promise,
          tried,
          held: tried - lost.length,
          twin: `writes in place: loses after ${broken.tried} kills`,
        },
      ]
    } finally {
      rmSync(cwd, { recursive: true, force: true })
    }
  }))
