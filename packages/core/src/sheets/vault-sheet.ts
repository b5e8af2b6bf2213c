/**
 * The recovery sheet of a vault, drawn: one SLIP-39 share in numbered words and as a code, of which vault it is, where the
 * copies are, the newest snapshot, and how to restore with Cairn and without. What it says, as text, and how it is read back is
 * in `recovery-sheet.ts`.
 */
import type { Drawing } from './drawing.js'
import { plainText } from './html.js'
import { aboutBlock } from './layout/about.js'
import { type Block, flow } from './layout/block.js'
import type { Fact } from './layout/facts.js'
import { type Kit, kitFor } from './layout/kit.js'
import { firstFitting, layOut } from './layout/pages.js'
import { mainWidth, section } from './layout/section.js'
import { sentences, unbroken } from './layout/text.js'
import { titleBlock } from './layout/title.js'
import { wordGrid } from './layout/words.js'
import type { SheetOptions } from './phrase-sheet.js'
import { type RecoverySheet, sheetCode } from './recovery-sheet.js'

/** How the words stand: as far apart as the page has room for. */
const ROWS = [
  { columns: 3, row: 8.2 },
  { columns: 3, row: 7.2 },
  { columns: 4, row: 8.2 },
  { columns: 4, row: 7.2 },
] as const

/** On one page of A4 or Letter, more only where many copies are named. @throws CairnError `sheet-paper`, `sheet-character` */
export function layOutRecovery(sheet: RecoverySheet, { paper, metrics }: SheetOptions): Drawing {
  const kit = kitFor(paper, metrics)
  const title = titleBlock(kit, { title: 'Recovery sheet', subtitle: plainText(`Vault ${sheet.vault}`) })
  const about = aboutBlock(kit, {
    code: sheetCode(sheet),
    caption: 'The same words, for a camera',
    rows: factsOf(sheet),
  })
  const advice = meaning(kit, sheet)
  return layOut(kit, {
    title: plainText(`Recovery sheet of vault ${sheet.vault}`),
    language: 'en',
    footer: plainText(`Recovery sheet  ·  vault ${sheet.vault}  ·  ${sheet.name}  ·  ${sheet.date}`),
    blocks: firstFitting(kit, ROWS, (rows) => [
      title,
      wordGrid(kit, { words: sheet.words.split(' '), ...rows }),
      about,
      advice,
    ]),
    what: 'a recovery sheet',
  })
}

function factsOf({ name, places, date, newest }: RecoverySheet): readonly Fact[] {
  return [
    { label: 'Name', value: plainText(name) },
    { label: 'Copies at', value: places.length > 0 ? places.map((place) => plainText(place)) : null },
    {
      label: 'Newest',
      value: newest
        ? `Snapshot ${newest.seq} of ${newest.date}. A copy that ends before it lacks some.`
        : 'No snapshot yet, when this sheet was made',
    },
    ...(newest?.anchor ? [{ label: 'Anchor', value: plainText(newest.anchor), face: 'mono' as const }] : []),
    { label: 'Date', value: plainText(date) },
    ...['Kept at', 'Compared on', 'Rehearsed on'].map((label) => ({ label, value: null })),
  ]
}

const COMMAND = unbroken('cairn restore --from COPY --to NEW-FOLDER')

function meaning(kit: Kit, { policy }: RecoverySheet): Block {
  const width = mainWidth(kit)
  const say = (text: string) => sentences(kit, text, { width })
  const parts = [
    section(kit, 'What this is', [
      say(
        `One of the keys to wallet backups. On its own it opens nothing. ${policy.map(plainText).join(' ')}`,
      ),
      say(
        'Keep it apart from the other keys, dry and out of sight. Take no photo, and type the words nowhere else.',
      ),
    ]),
    section(kit, 'How to restore', [
      say(`With Cairn, on any computer: ${COMMAND}. It asks for the words.`),
      say(
        'Without: README.txt in every copy says how. The words are a share of SLIP-39; enough shares, joined by any program for it, give the key for age.',
      ),
    ]),
  ]
  return flow({ blocks: parts, gap: kit.style.gap / 3 })
}
