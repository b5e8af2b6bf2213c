// @ts-check
// `npm run bench -- sheets`: sheets of shares that one processor draws as PDF in a second, into its section of
// docs/speed.md. By processor time of this process, so that a loaded machine does not count. Each share is another one,
// as in use; fonts are opened before. The proof that reads each sheet back is measured beside it, and peers that do a part
// of the same in the same run.

import { drawPdf } from '../packages/core/dist/sheets/draw/pdf.js'
import { layOutShare, shareContent } from '../packages/core/dist/sheets/share-sheet.js'
import { split } from '../packages/core/dist/words/shares.js'
import { diskFonts } from '../packages/node/dist/sheets/fonts.js'
import { makeSheet } from '../packages/node/dist/sheets/make.js'
import { commit, load, processors } from './machine.js'
import { cpuOf, plainPage, readingRows } from './sheets-peers.js'
import { table } from './table.js'

const SETS = 32
/** While the engine still compiles, as in a short run; the others are those of a long one. */
const FIRST = { drawn: 128, proven: 3 }
const PROVEN = 11
const GOAL = 100

/** Shares of SLIP-39 with 20 words. @returns {string[]} */
function shares() {
  return Array.from({ length: SETS }, (_, i) =>
    split(new Uint8Array(16).fill(i), {
      scheme: 'slip39',
      groupThreshold: 1,
      groups: [{ threshold: 8, count: 16 }],
    }).flat(),
  ).flat()
}

/** @param {string} text */
function lay(text) {
  const content = shareContent(text, 1, { holders: ['1: Anna', '3: the bank'], date: '2026-11-26', of: 16 })
  return { drawing: layOutShare(content, { paper: 'a4', metrics: diskFonts() }), code: content.qr ?? '' }
}

/** Seconds of processor time of one. @param {string[]} texts @param {(text: string) => Promise<unknown>} draw */
async function each(texts, draw) {
  const seconds = await cpuOf(async () => {
    for (const text of texts) await draw(text)
  })
  return seconds / texts.length
}

/** @returns {Promise<string>} the section */
export async function sheetsSection() {
  const texts = shares()
  const fonts = diskFonts()
  const draw = (/** @type {string} */ text) => drawPdf(lay(text).drawing, { fonts })
  const plain = (/** @type {string} */ text) => plainPage(lay(text).drawing, fonts.bytesOf('sans-regular'))
  const prove = (/** @type {string} */ text) => {
    const { drawing, code } = lay(text)
    return makeSheet({ drawing, format: 'pdf', codes: [code] })
  }
  // what is compiled and set once
  for (const once of [draw, plain]) await each(texts.slice(0, 32), once)
  await each(texts.slice(0, 1), prove)
  const drawn = await each(texts.slice(0, FIRST.drawn), draw)
  const alone = await each(texts.slice(0, FIRST.drawn), plain)
  const later = await each(texts.slice(FIRST.drawn), draw)
  const proven = await each(texts.slice(0, FIRST.proven), prove)
  const provenLater = await each(texts.slice(FIRST.proven, PROVEN), prove)
  const rated = (/** @type {number} */ seconds) => [
    (1 / seconds).toFixed(0),
    1 / seconds >= GOAL ? 'yes' : '**no**',
  ]
  const { rows, missing } = await readingRows(await draw(texts[0] ?? ''))
  const compared = [
    {
      ...{ what: 'a sheet as PDF', cairn: drawn, peer: 'pdf-lib', theirs: alone },
      note: 'pdf-lib draws its text alone, in one font, without the code',
    },
    ...rows,
  ]
  return [
    '## Sheets',
    '',
    `Sheets of SLIP-39 shares as PDF on A4, ${texts.length} different ones, by processor time of one process.`,
    '',
    `- ${commit()}`,
    `- ${processors()}`,
    `- ${load()}: above 1, other work took part of the machine, and ratios tell more`,
    '',
    ...table(
      ['', 'a second', `${GOAL} a second`],
      [
        [`drawn, the first ${FIRST.drawn}`, ...rated(drawn)],
        ['drawn, those after them', ...rated(later)],
        [
          `drawn and proven: rasterised, read back by two readers, compared, the first ${FIRST.proven}`,
          (1 / proven).toFixed(2),
          '',
        ],
        [`drawn and proven, the ${PROVEN - FIRST.proven} after them`, (1 / provenLater).toFixed(2), ''],
      ],
    ),
    '',
    'Beside peers, in seconds of processor time; a program is measured as a whole process, Cairn within a running one.',
    '',
    ...table(
      ['', 'cairn', 'peer', '', 'cairn/peer', ''],
      compared.map(({ what, cairn, peer, theirs, note = '' }) => [
        ...[what, cairn.toFixed(3), peer, theirs.toFixed(3), (cairn / theirs).toFixed(2), note],
      ]),
    ),
    ...missing.map((name) => `\nWithout ${name}, which is not on this machine.`),
    '',
  ].join('\n')
}
