/**
 * The figures owed: how often each promise was tried, how often it held, and what a broken twin lost in the same
 * harness. Run by `npm run figures`; the short forms of the same functions are tests. A file a room beside this one.
 */
import { afterEach } from 'vitest'
import { writeFigures } from './document.js'
import { rows } from './rows.js'

const wanted = process.env.CAIRN_FIGURES_ROOM

/** What `vault` stands for. */
const vault = ['power', 'nth', 'survivors', 'kills', 'bits', 'year']
const wants = (room: string) => !wanted || wanted === room || (wanted === 'vault' && vault.includes(room))

if (wants('power')) await import('./power.js')
if (wants('nth')) await import('./nth.js')
if (wants('survivors')) await import('./survivors.js')
if (wants('kills')) await import('./kills.js')
if (wants('bits')) await import('./bits.js')
if (wants('year')) await import('./year.js')
if (wants('pruning')) await import('./pruning.js')
if (wants('reread')) await import('./reread.js')
if (wants('plan')) await import('./plan.js')
if (wants('watch')) await import('./watch.js')
if (wants('devices')) await import('./devices.js')
if (wants('lies')) await import('./lies.js')
if (wants('shares')) await import('./shares.js')
if (wants('sheets')) await import('./sheets.js')
if (wants('margins')) await import('./margins.js')
if (wants('slips')) await import('./slips.js')
if (wants('steel')) await import('./steel.js')
if (wants('words')) await import('./words.js')
if (wants('repair')) await import('./repair.js')
if (wants('fix')) await import('./phrase-fix.js')

// a run of hours that is stopped leaves the rows that it has
afterEach(() => writeFigures(rows))
