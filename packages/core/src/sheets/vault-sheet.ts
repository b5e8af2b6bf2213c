/**
 * The recovery sheet of a vault, drawn: one SLIP-39 share in numbered words and as a code, of which vault it is, where the
 * copies are, the newest snapshot, and how to restore with Cairn and without. What it says, as text, and how it is read back is
 * in `recovery-sheet.ts`.
 */
import type { Drawing } from './drawing.js'
import { plainText } from './html.js'
import { type Block, beside, stack } from './layout/block.js'
import { type Kit, kitFor } from './layout/kit.js'
import { layOut } from './layout/pages.js'
import { fitQr, flush, qrBlock } from './layout/qr.js'
import { type Fact, facts, handLines, heading, sentences } from './layout/text.js'
import { titleBlock } from './layout/title.js'
import { wordGrid } from './layout/words.js'
import type { SheetOptions } from './phrase-sheet.js'
import { type RecoverySheet, sheetCode } from './recovery-sheet.js'

/** The side of the code on A4 and Letter, quiet zone included. */
const QR_SIDE = 48

/** On one page of A4 or Letter, more only where many copies are named. @throws CairnError `sheet-paper`, `sheet-character` */
export function layOutRecovery(sheet: RecoverySheet, { paper, metrics }: SheetOptions): Drawing {
  const kit = kitFor(paper, metrics)
  return layOut(kit, {
    title: plainText(`Recovery sheet of vault ${sheet.vault}`),
    language: 'en',
    footer: plainText(`Recovery sheet  ·  vault ${sheet.vault}  ·  ${sheet.name}  ·  ${sheet.date}`),
    blocks: [
      titleBlock(kit, { title: 'Recovery sheet', subtitle: plainText(`Vault ${sheet.vault}`) }),
      wordGrid(kit, { words: sheet.words.split(' '), row: paper === 'letter' ? 7 : 8.2 }),
      about(kit, sheet),
      meaning(kit, sheet),
      kept(kit),
    ],
    what: 'a recovery sheet',
  })
}

function about(kit: Kit, sheet: RecoverySheet): Block {
  const qr = fitQr(sheetCode(sheet), QR_SIDE)
  if (qr === null) return facts(kit, factsOf(sheet))
  const left = QR_SIDE + kit.style.gap
  const code = qrBlock(kit, { qr, side: QR_SIDE, caption: 'The same words, for a camera' })
  return beside([flush(code, { qr, side: QR_SIDE }), facts(kit, factsOf(sheet), kit.width - left)], [0, left])
}

function factsOf({ vault, name, places, date, newest }: RecoverySheet): readonly Fact[] {
  return [
    { label: 'Vault', value: plainText(vault), face: 'mono' },
    { label: 'Factor', value: plainText(name) },
    { label: 'Copies at', value: places.length > 0 ? places.map(plainText).join('\n') : null },
    {
      label: 'Newest',
      value: newest
        ? `Snapshot ${newest.seq} of ${newest.date}. A copy that ends before it lacks some.`
        : 'No snapshot yet, when this sheet was made',
    },
    ...(newest?.anchor ? [{ label: 'Anchor', value: plainText(newest.anchor), face: 'mono' as const }] : []),
    { label: 'Made on', value: plainText(date) },
  ]
}

const COMMAND = 'cairn restore --from COPY --to NEW-FOLDER'

function meaning(kit: Kit, { policy }: RecoverySheet): Block {
  const width = (kit.width - kit.style.gap) / 2
  const small = { width, size: kit.style.small }
  const column = (title: string, ...blocks: readonly Block[]) =>
    stack([heading(kit, title, width), ...blocks], kit.style.gap / 8)
  return beside(
    [
      column(
        'What this is',
        sentences(
          kit,
          `One of the keys to backups of wallets. On its own it opens nothing. ${policy.map(plainText).join(' ')}`,
          small,
        ),
        sentences(
          kit,
          'Keep it apart from the other factors, dry and out of sight. Take no photo of it, and type the words nowhere else. A printer can keep what it printed.',
          small,
        ),
      ),
      column(
        'How to restore',
        sentences(kit, 'With Cairn, on any computer; it asks for the words:', small),
        sentences(kit, COMMAND, { ...small, face: 'mono' }),
        sentences(
          kit,
          'Without Cairn: README.txt in every copy tells the steps. The words are a share of SLIP-39; enough shares, combined by any program for it, give the key; age, gunzip and sha256sum do the rest. The script recover.sh in docs/recover-without-cairn.md does all of it.',
          small,
        ),
      ),
    ],
    [0, width + kit.style.gap],
  )
}

function kept(kit: Kit): Block {
  const gutter = kit.style.gutter
  const width = (kit.width - 2 * gutter) / 3
  const column = (label: string) =>
    stack([handLines(1, width), sentences(kit, label, { width, size: kit.style.small, grey: 0.35 })])
  return beside(['Kept at', 'Compared with the screen on', 'Last rehearsed on'].map(column), [
    0,
    width + gutter,
    2 * (width + gutter),
  ])
}
