/**
 * A vault on paper: a first page that says what it is and how to get it back, one for whoever has no Cairn, and the pages
 * of codes. Nothing on them is secret: no name of a wallet, and what the codes bear is sealed. Not here: the codes'
 * contents (`paper.ts`), and what is sealed in them (`capsule.ts` of the vault).
 */
import type { Drawing, Mark } from '../drawing.js'
import { JOIN_PROGRAM } from '../paper/program.js'
import type { Block } from './block.js'
import { facts } from './facts.js'
import { type Kit, restyled } from './kit.js'
import { layOut, type Sheet } from './pages.js'
import { section, steps, told } from './section.js'
import { type CodePrint, codePage, countsOf } from './snapshot-codes.js'
import { unbroken } from './text.js'
import { titleBlock } from './title.js'

export interface SnapshotPrint extends CodePrint {
  /** Fingerprint of the vault. */
  readonly vault: string
  /** Eight hex digits of the set of codes. */
  readonly print: string
  /** The snapshots that the wallets are taken from. */
  readonly snapshots: readonly { readonly seq: number; readonly date: string }[]
  readonly wallets: number
  /** Plain sentences: who opens the vault. */
  readonly policy: readonly string[]
}

/** Narrow margins, for pages of codes: larger ones are read from worse scans. */
const NARROW = { margin: 12, title: 6.5, gap: 4, footer: 7 } as const

/** @param kit A4 or Letter @throws CairnError `sheet-paper`, `sheet-too-large` */
export function layOutSnapshot(kit: Kit, print: SnapshotPrint): Drawing {
  const cover = layOut(kit, {
    ...common(print),
    blocks: [...coverBlocks(kit, print)],
    number: 'How to restore',
  })
  const narrow = restyled(kit, NARROW)
  const without = layOut(narrow, {
    ...common(print),
    blocks: withoutCairn(narrow),
    maxPages: 1,
    number: 'Without Cairn',
  })
  const { sheets } = print.arrangement
  const pages = Array.from({ length: sheets }, (_, i) =>
    codePage(narrow, common(print), { print, sheet: i + 1 }),
  )
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
  const pages = sheets === 1 ? 'Page 1' : `Pages 1 to ${sheets}`
  return [
    titleBlock(kit, { title: 'A vault on paper', subtitle: `${plural(wallets, 'wallet backup')}, sealed` }),
    facts(kit, [
      { label: 'Vault', value: vault, face: 'mono' },
      { label: 'Print', value: print.print, face: 'mono' },
      {
        label: plural(snapshots.length, 'Snapshot').replace(/^\d+ /, ''),
        value: snapshots.map(sayShot).join(', '),
      },
      { label: 'Date', value: date },
      {
        label: 'Pages',
        value: `${pages}, besides these two. Any ${enough} of them ${enough === 1 ? 'is' : 'are'} enough: ${mayLose} may be lost.`,
      },
    ]),
    told(kit, 'What this is', [
      'Copies of wallet backups as printed codes, for the day when every computer and every store is gone. They hold what was in the vault on the day above, and nothing newer.',
      'They are encrypted. Whoever finds the pages learns that there is a vault, what kinds of things open it, and when it was printed. Nobody opens it with the pages alone.',
    ]),
    told(kit, 'What opens it', [
      ...policy,
      'That is how it was on that day. When what opens the vault is changed, print it anew: these pages would still ask for the old things.',
    ]),
    section(kit, 'How to restore with Cairn', [
      steps(kit, [
        `Scan ${pages.toLowerCase()} at 300 dpi in grey, or photograph each from straight above in good light. PNG, JPEG and PDF will do, in any order.`,
        unbroken('cairn restore --from-paper SCANS… --to NEW-FOLDER'),
        'Give what opens the vault when it is asked for. The folder appears when every file came back as it was.',
      ]),
    ]),
    told(kit, 'How to restore without it', [
      'The next page says how, with programs that everybody can get: a reader of QR codes, Python, age, tar, and one that joins SLIP-39 shares.',
    ]),
    told(kit, 'Care', [
      'Keep the pages dry and flat, and apart from what opens the vault. A page that is stained or torn still counts as long as its codes can be read.',
    ]),
  ]
}

/** What is typed from paper: each line of the program in full. */
const PROGRAM = { size: 3, line: 1.27 } as const

function withoutCairn(kit: Kit): readonly Block[] {
  return [
    titleBlock(kit, { title: 'Without Cairn' }),
    steps(
      kit,
      [
        'Read every code of the pages into a file codes.txt, one a line; each begins with CAIRN1. With zbar: zbarimg -q --raw scan*.png >codes.txt',
        'Type the program below into a file join.py. Spaces at the beginning of lines count. python3 join.py <codes.txt >vault.tar.gz',
        'tar xzf vault.tar.gz gives vault.json and snapshot.age. Under “policy” in vault.json are locks; save the text of one, from -----BEGIN to END----- with its line ends, as a file. age -d LOCK, with the passphrase, or age -d -i KEY LOCK, with the key file, prints 33 words: a share. A recovery sheet is a share as it is.',
        'Join as many shares as are needed with a program for SLIP-39, without a passphrase: 64 hex digits. In Bech32 (BIP-173) with the prefix age-secret-key- and in capitals they are an age identity. Save it as a file key.',
        'age -d -i key snapshot.age | tar xz gives the folder wallets, and manifest.json with the SHA-256 of every file. The script recover.sh in the documents of Cairn does steps 4 and 5 by itself.',
      ],
      { width: kit.width, size: kit.style.small, gap: 0.6 },
    ),
    program(),
  ]
}

function program(): Block {
  const { size, line } = PROGRAM
  const lines = JOIN_PROGRAM.trimEnd().split('\n')
  return {
    height: lines.length * size * line,
    draw: ({ x, y }) =>
      lines.flatMap((text, i): readonly Mark[] =>
        text === '' ? [] : [{ kind: 'text', x, y: y + (i + 1) * size * line, size, face: 'mono', text }],
      ),
  }
}

function sayShot({ seq, date }: SnapshotPrint['snapshots'][number]): string {
  return `${seq} of ${date}`
}

function plural(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`
}
