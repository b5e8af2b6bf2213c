/**
 * The figures owed: how often each promise was tried, how often it held, and what a broken twin lost in the same
 * harness. Run by `npm run figures`; the short forms of the same functions are tests. A file a room beside this one.
 */
import { afterAll } from 'vitest'
import { writeFigures } from './document.js'
import { rows } from './rows.js'

const wanted = process.env.CAIRN_FIGURES_ROOM

if (!wanted || wanted === 'vault') await import('./vault.js')
if (!wanted || wanted === 'pruning') await import('./pruning.js')
if (!wanted || wanted === 'shares') await import('./shares.js')
if (!wanted || wanted === 'words') await import('./words.js')
if (!wanted || wanted === 'repair') await import('./repair.js')
if (!wanted || wanted === 'fix') await import('./phrase-fix.js')

afterAll(() => writeFigures(rows))
