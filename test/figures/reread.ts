/** What daily backups read again of a store, over simulated months. */
import { it } from 'vitest'
import { newestFirst, rereadMonths } from '../../packages/core/test/plan/rereading.js'
import { caught, figure, isShort, row, seeds } from './rows.js'

it('reading again', () =>
  figure('reread', async () => {
    const promise =
      'three to five months of daily backups, some hours early or late, with growth and pruning: nothing in a store goes unread for longer than 30 days'
    const found = rereadMonths(seeds(isShort ? 300 : 10_000))
    return [row(promise, found, `reads the newest first: ${caught(rereadMonths(seeds(60), newestFirst))}`)]
  }))
