/**
 * A vault on paper: a first page that says what it is and how to get it back, one for whoever has no Cairn, and the pages
 * of codes. Nothing on them is secret: no name of a wallet, and what the codes bear is sealed. Not here: the codes'
 * contents (`paper.ts`), and what is sealed in them (`capsule.ts` of the vault).
 */
import { fail } from '../../errors.js'
import { type Drawing, PAPERS, type Page } from '../drawing.js'
import { JOIN_PROGRAM } from '../paper/program.js'
import { type Arrangement, codesOn } from '../paper.js'
import { type Block, beside, stack } from './block.js'
import { INK, type Kit } from './kit.js'
import { layOut, type Sheet } from './pages.js'
import { makeQr, qrBlock } from './qr.js'
import { facts, heading, sentences } from './text.js'
import { titleBlock } from './title.js'

export interface SnapshotPrint {
  /** Fingerprint of the vault. */
  readonly vault: string
  /** Eight hex digits of the set of codes. */
  readonly print: string
  readonly arrangement: Arrangement
  /** Texts of all codes, in order. */
  readonly codes: readonly string[]
  /** The snapshots that the wallets are taken from. */
  readonly snapshots: readonly { readonly seq: number; readonly date: string }[]
  readonly wallets: number
  /** The day, YYYY-MM-DD. */
  readonly date: string
  /** Plain sentences: who opens the vault. */
  readonly policy: readonly string[]
}

/** Of the square around a code with its quiet zone, in mm, where a code of version 25 is at least this large. */
const LEAST_SIDE = 40

/** @param kit A4 or Letter @throws CairnError `sheet-paper`, `sheet-too-large` */
export function layOutSnapshot(kit: Kit, print: SnapshotPrint): Drawing {
  const cover = layOut(kit, {
    ...common(print),
    blocks: [...coverBlocks(kit, print)],
    number: 'How to restore',
  })
  const narrow = narrowKit(kit)
  const without = layOut(narrow, {
    ...common(print),
    blocks: withoutCairn(narrow),
    maxPages: 1,
    number: 'Without Cairn',
  })
  const { sheets } = print.arrangement
  const pages = Array.from({ length: sheets }, (_, i) => codePage(narrow, print, i + 1))
  return { ...cover, pages: [...cover.pages, ...without.pages, ...pages] }
}

function common({ vault, print }: SnapshotPrint): Omit<Sheet, 'blocks'> {
  return {
    title: `A vault on paper, print ${print}`,
    language: 'en',
    footer: `Vault ${vault} · print ${print}`,
    what: 'a vault on paper',
  }
}

function coverBlocks(kit: Kit, print: SnapshotPrint): readonly Block[] {
  const { arrangement, snapshots, wallets, vault, date, policy } = print
  const { sheets, mayLose } = countsOf(arrangement)
  const enough = sheets - mayLose
  return [
    titleBlock(kit, { title: 'A vault on paper', subtitle: `${plural(wallets, 'wallet backup')}, sealed` }),
    facts(kit, [
      { label: 'Vault', value: vault, face: 'mono' },
      { label: 'Print', value: print.print, face: 'mono' },
      {
        label: plural(snapshots.length, 'Snapshot').replace(/^\d+ /, ''),
        value: snapshots.map(sayShot).join(', '),
      },
      { label: 'Printed', value: date },
      {
        label: 'Pages',
        value: `1 to ${sheets}, besides these two. Any ${enough} of them ${enough === 1 ? 'is' : 'are'} enough: ${mayLose} may be lost.`,
      },
    ]),
    section(kit, 'What this is', [
      'Copies of wallet backups as printed codes. They are encrypted: whoever finds the pages learns that there is a vault, what kinds of things open it, and when it was printed. Nobody opens it with the pages alone.',
      'The pages are for the day when every computer and every store is gone. They hold what was in the vault on the day above, and nothing newer.',
    ]),
    section(kit, 'What opens it', [
      ...policy,
      'As it was on that day. When what opens the vault is changed, print it anew: these pages would still ask for the old ones.',
    ]),
    section(kit, 'How to restore with Cairn', [
      `1.  Scan the pages 1 to ${sheets} at 300 dpi in grey, or photograph each from straight above in good light. PNG, JPEG and PDF will do, in any order.`,
      '2.  cairn restore --from-paper SCANS… --to NEW-FOLDER',
      '3.  Give what opens the vault when it is asked for. The folder appears when every file came back as it was.',
    ]),
    section(kit, 'How to restore without Cairn', [
      'The next page says how, with programs that everybody can get: a reader of QR codes, Python, age, tar, and one that joins SLIP-39 shares.',
    ]),
    section(kit, 'Care', [
      'Keep the pages dry and flat, and apart from what opens the vault. A page that is stained or torn still counts as long as its codes can be read.',
    ]),
  ]
}

function withoutCairn(kit: Kit): readonly Block[] {
  const small = kit.style.small * 0.92
  const step = (text: string) => sentences(kit, text, { width: kit.width, size: kit.style.small * 1.05 })
  return [
    titleBlock(kit, { title: 'Without Cairn' }),
    stack(
      [
        '1.  Read every code of the pages into a file codes.txt, one a line; each begins with CAIRN1. With zbar: zbarimg -q --raw scan*.png >codes.txt',
        '2.  Type the program below into a file join.py. Spaces at the beginning of lines count. python3 join.py <codes.txt >vault.tar.gz',
        '3.  tar xzf vault.tar.gz gives vault.json and snapshot.age. Under “policy” in vault.json are locks; save the text of one, from -----BEGIN to END----- with its line ends, as a file. age -d LOCK, with the passphrase, or age -d -i KEY LOCK, with the key file, prints 33 words: a share. A recovery sheet is a share as it is.',
        '4.  Join as many shares as are needed with a program for SLIP-39, without a passphrase: 64 hex digits. In Bech32 (BIP-173) with the prefix age-secret-key- and in capitals they are an age identity. Save it as a file key.',
        '5.  age -d -i key snapshot.age | tar xz gives the folder wallets, and manifest.json with the SHA-256 of every file. The script recover.sh in the documents of Cairn does steps 4 and 5 by itself.',
      ].map(step),
      1.2,
    ),
    stack(
      JOIN_PROGRAM.trimEnd()
        .split('\n')
        .map((line) =>
          sentences(kit, line === '' ? ' ' : line, { width: kit.width, face: 'mono', size: small }),
        ),
    ),
  ]
}

/** Narrow margins, for pages of codes: larger ones are read from worse scans. */
function narrowKit({ paper, metrics, style }: Kit): Kit {
  const margin = 12
  const { width, height } = PAPERS[paper]
  return {
    paper,
    metrics,
    style: { ...style, margin, title: 6.5, gap: 4 },
    width: width - 2 * margin,
    height: height - 2 * margin - style.footer,
  }
}

function codePage(kit: Kit, print: SnapshotPrint, sheet: number): Page {
  const { arrangement, vault, codes } = print
  const { sheets, mayLose } = countsOf(arrangement)
  const columns = arrangement.perSheet === 6 ? 2 : 3
  const rows = arrangement.perSheet / columns
  const head = [
    titleBlock(kit, {
      title: `Page ${sheet} of ${sheets}`,
      subtitle: `A vault on paper. Any ${sheets - mayLose} of these pages ${sheets - mayLose === 1 ? 'brings' : 'bring'} all of it back.`,
    }),
  ]
  const foot = sentences(
    kit,
    `Sealed wallet backups of the vault ${vault}, printed on ${print.date}. With Cairn: cairn restore --from-paper SCANS… --to FOLDER. Without: each code is Base45 of a part, as docs/paper-pages.md of Cairn and the first pages of this print say; age and tar open the whole.`,
    { width: kit.width, size: kit.style.small, grey: INK.quiet },
  )
  const room = kit.height - (head[0]?.height ?? 0) - foot.height - 2 * kit.style.gap - ROUNDING
  const side = Math.min(kit.width / columns, room / rows - CAPTION)
  if (side < LEAST_SIDE) fail('sheet-paper', { what: 'a vault on paper', paper: kit.paper })
  const gap = (kit.width - columns * side) / (columns - 1)
  const numbers = codesOn(sheet, arrangement.perSheet)
  const cells = numbers.map((number) => codeBlock(kit, codes[number - 1] as string, { side, number }))
  const grid = stack(
    Array.from({ length: rows }, (_, row) =>
      beside(
        cells.slice(row * columns, (row + 1) * columns),
        Array.from({ length: columns }, (_, i) => i * (side + gap)),
      ),
    ),
  )
  const drawn = layOut(kit, {
    ...common(print),
    blocks: [...head, grid, foot],
    maxPages: 1,
    number: `${sheet} / ${sheets}`,
  })
  return drawn.pages[0] as Page
}

/** Sums of heights are a little off. */
const ROUNDING = 0.01

/** Below each code, in mm. */
const CAPTION = 3.4

function codeBlock(
  kit: Kit,
  text: string,
  { side, number }: { readonly side: number; readonly number: number },
): Block {
  const code = qrBlock(kit, { qr: makeQr(text, 'quartile'), side })
  const caption = sentences(kit, String(number), {
    width: side,
    size: CAPTION * 0.7,
    grey: INK.quiet,
    anchor: 'middle',
  })
  return {
    height: side + CAPTION,
    draw: ({ x, y }) => [...code.draw({ x, y }), ...caption.draw({ x, y: y + side })],
  }
}

function countsOf({ sheets, data, perSheet }: Arrangement) {
  return { sheets, mayLose: sheets - Math.ceil(data / perSheet) }
}

function section(kit: Kit, title: string, lines: readonly string[]): Block {
  return stack([heading(kit, title), ...lines.map((line) => sentences(kit, line, { width: kit.width }))], 0.8)
}

function sayShot({ seq, date }: SnapshotPrint['snapshots'][number]): string {
  return `${seq} of ${date}`
}

function plural(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`
}
