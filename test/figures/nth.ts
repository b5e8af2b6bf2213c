/** Every operation of the disk, and every call of every store, fails in turn. */
import { it } from 'vitest'
import { everyOperationFails } from '../../packages/node/test/vault/faults.js'
import { healingFaults } from '../../packages/node/test/vault/healing.js'
import { pruningFaults } from '../../packages/node/test/vault/pruning.js'
import {
  FAULTS,
  remembersWhatItSent,
  stopsAtTheFirstFailure,
  storeFaults,
  WORKS,
} from '../../packages/node/test/vault/store-faults.js'
import { caught, figure, isShort, row } from './rows.js'

const CODES = ['ENOSPC', 'EIO', 'EACCES']
const MODES = ['once', 'on'] as const
const EVERY = isShort ? 4 : 1

const ON_DISK = {
  backup: (code: string, mode: 'once' | 'on') => everyOperationFails(code, mode),
  repair: (code: string, mode: 'once' | 'on') => healingFaults(code, { mode, every: EVERY }),
  pruning: (code: string, mode: 'once' | 'on') => pruningFaults(code, { mode, every: EVERY }),
}

it.each(Object.entries(ON_DISK))('failing operations of the disk: %s', (what, work) =>
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

const EVERY_CALL = isShort ? 11 : 1

it.each(Object.keys(WORKS))('failing calls of stores: %s', (work) =>
  figure('nth', async () => {
    const tally = await storeFaults({ work, every: EVERY_CALL })
    const every = isShort ? 'every eleventh' : 'every'
    const promise = `${every} case of: the n-th call of one store of three fails in a ${work}, once or from then on, for every n and store (${Object.keys(FAULTS).join('; ')}): other stores are not held up, what was reported is so, older snapshots come back, the next round makes all whole`
    return [row(promise, tally, work === 'backup' ? await twins() : 'none')]
  }),
)

async function twins(): Promise<string> {
  const half = { store: 'store2', how: 'says saved and keeps half' }
  const full = { store: 'store2', how: 'is full' }
  const sent = await storeFaults({ work: 'backup', only: half, between: () => remembersWhatItSent })
  const stops = await storeFaults({ work: 'backup', only: full, between: stopsAtTheFirstFailure })
  return `answers with what was sent: ${caught(sent)}; stops at the first failure: ${caught(stops)}`
}
