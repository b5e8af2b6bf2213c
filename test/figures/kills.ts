/** Real processes, killed. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { kills as killCommand } from '../../packages/cli/test/kill.js'
import type { Deed } from '../../packages/node/test/killed/deeds.js'
import { kills } from '../../packages/node/test/killed/kills.js'
import { caught, figure, isShort, row, seeds } from './rows.js'

/** Of each deed; ten thousand in all. */
const KILLS: Readonly<Record<Deed, number>> = isShort
  ? { backup: 20, prune: 20, repair: 20 }
  : { backup: 3_400, prune: 3_300, repair: 3_300 }
const COMMANDS = isShort ? 12 : 200

const NAMES: Readonly<Record<Deed, string>> = { backup: 'backup', prune: 'pruning', repair: 'repair' }

it.each(Object.keys(KILLS) as Deed[])('a process killed: %s', (deed) =>
  figure('kills', async () => {
    const tally = await kills({ seeds: seeds(KILLS[deed]), deeds: [deed] })
    const promise = `SIGKILL of a process of production code during a ${NAMES[deed]} over two folders, at an operation of its disk or at any moment (${tally.killed.toLocaleString('en-US')} ended by it): nothing reported or older is lost, no head is torn, the next repair and backup work`
    const own = { seeds: seeds(25), deeds: [deed] }
    const early = caught(await kills({ ...own, deeds: ['backup'], twin: 'reportsFirst' }))
    if (deed !== 'backup') return [row(promise, tally, `reports a backup before it is done: ${early}`)]
    const inPlace = caught(await kills({ ...own, seeds: seeds(25), twin: 'writesInPlace' }))
    return [row(promise, tally, `writes in place: ${inPlace}; reports before it is done: ${early}`)]
  }),
)

it('the command, killed', () =>
  figure('kills', async () => {
    const cwd = mkdtempSync(join(tmpdir(), 'cairn-figures-'))
    const folder = (name: string) => mkdtempSync(join(cwd, name))
    try {
      const tally = await killCommand({ seeds: seeds(COMMANDS), cwd: folder('own-') })
      const broken = await killCommand({
        seeds: seeds(200),
        cwd: folder('twin-'),
        twin: 'writesInPlace',
        until: 'first',
      })
      expect(broken.lost.length).toBeGreaterThan(0)
      const promise = 'SIGKILL of `cairn backup`: nothing reported saved is lost, the next backup works'
      return [row(promise, tally, `writes in place: loses after ${broken.tried} kills`)]
    } finally {
      rmSync(cwd, { recursive: true, force: true })
    }
  }))
