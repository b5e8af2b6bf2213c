/** Every operation of the disk fails in turn: of a backup, a repair, a pruning. */
import { it } from 'vitest'
import { everyOperationFails } from '../../packages/node/test/vault/faults.js'
import { healingFaults } from '../../packages/node/test/vault/healing.js'
import { pruningFaults } from '../../packages/node/test/vault/pruning.js'
import { figure, isShort, row } from './rows.js'

const CODES = ['ENOSPC', 'EIO', 'EACCES']
const MODES = ['once', 'on'] as const
const EVERY = isShort ? 4 : 1

const WORKS = {
  backup: (code: string, mode: 'once' | 'on') => everyOperationFails(code, mode),
  repair: (code: string, mode: 'once' | 'on') => healingFaults(code, { mode, every: EVERY }),
  pruning: (code: string, mode: 'once' | 'on') => pruningFaults(code, { mode, every: EVERY }),
}

it.each(Object.entries(WORKS))('failing operations of the disk: %s', (what, work) =>
  figure('nth', async () => {
    const found = []
    for (const code of CODES) {
      for (const mode of MODES) {
        const which = isShort && what !== 'backup' ? 'every fourth' : 'every'
        const promise = `${code} at ${which} operation of the disk of a ${what} in turn, ${mode === 'on' ? 'from then on' : mode}`
        found.push(row(promise, await work(code, mode)))
      }
    }
    return found
  }),
)
