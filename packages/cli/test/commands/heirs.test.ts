import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { readSheet } from '@cairn/core/sheets/recovery-sheet.js'
import { describe, expect, test } from 'vitest'
import { useFolders } from '../run.js'
import { type Sitting, sit, useTerminal } from '../terminal.js'
import { type Made, makeEmptyVault, makeMachine, well } from '../vault.js'

/** Two sheets, of which Ann has one, and the computer: any two open it. */
async function family(cwd: string): Promise<Made> {
  const made = await makeMachine(cwd)
  const factors = ['computer', 'sheet', 'sheet=for-ann'].flatMap((factor) => ['--factor', factor])
  const files = ['--sheet-out', 'sheet.txt', '--sheet-out', 'ann.txt']
  await well(made, ['init', 'vault', '--no-input', ...factors, '--need', '2', ...files])
  await well(made, ['wallet', 'add', 'savings', 'keystore.json', '--as', 'file'])
  return made
}

const ANN = [
  'place',
  'add',
  'blue envelope',
  '--is',
  'factor',
  '--of',
  'for-ann',
  '--at',
  'house of Ann',
  '--with',
  'Ann',
]

describe('cairn plan --heirs', () => {
  const folder = useFolders()

  test('says who gets in once the owner is gone, and asks for attention when nobody does', async () => {
    const { cairn, json } = await makeEmptyVault(await folder())
    expect(await json(['plan', '--heirs'])).toMatchObject({
      exit: 8,
      json: { gets_in: false, holders: [], gone: ['computer'], lacking: ['computer'] },
    })
    const { out, err } = await cairn(['plan', '--heirs'])
    expect(out).toContain('nobody reaches every wallet')
    expect(err).toContain('cairn policy add')
  })

  test('names the people, and what is enough', async () => {
    const { cairn, json } = await family(await folder())
    await cairn(ANN)
    const { exit, json: told } = await json(['plan', '--heirs'])
    expect(exit).toBe(0)
    expect(told).toMatchObject({
      gets_in: true,
      holders: [{ name: 'Ann', items: ['blue envelope'] }],
      today: [],
      after: [['Ann', 'what you leave']],
      ways: [['sheet', 'blue envelope', 'store main']],
    })
    expect((await json(['plan'])).json).toMatchObject({ heirs: told })
  })
})

describe('cairn drill --heir', () => {
  const folder = useFolders()

  test('lets a person walk the way with a sample wallet, and keeps how it went', async () => {
    const { cwd, cairn, json } = await family(await folder())
    const drill = ['drill', '--heir', 'Ann', '--to', 'rehearsal', '--no-input']
    expect((await cairn([...drill, '--format', 'txt'])).exit).toBe(2)
    await cairn(ANN)
    const prepared = await json([...drill, '--format', 'txt'])
    expect(prepared).toMatchObject({ exit: 0, json: { result: 'prepared', heir: 'Ann' } })
    // what would be gone with the owner is on no sheet
    expect((await readdir(`${cwd}/rehearsal`)).sort()).toEqual([
      'copy',
      'rehearsal.json',
      'sheet-1-sheet.txt',
      'sheet-2-for-ann.txt',
    ])
    const sheets = [
      '--sheet-file',
      'rehearsal/sheet-1-sheet.txt',
      '--sheet-file',
      'rehearsal/sheet-2-for-ann.txt',
    ]
    expect((await json([...drill, ...sheets.slice(0, 2)])).exit).toBe(5)
    expect((await json([...drill, '--sheet-file', 'sheet.txt', '--sheet-file', 'ann.txt'])).exit).toBe(7)
    const failed = await json(['schedule', 'advise'])
    expect(heirIn(failed.json)).toMatchObject({ name: 'Ann', because: 'failed' })
    const { exit, json: told } = await json([...drill, ...sheets])
    expect([exit, told]).toMatchObject([0, { result: 'restored', heir: 'Ann', seconds: expect.any(Number) }])
    expect(await readdir(`${cwd}/rehearsal/restored`)).toEqual(['sample'])
    expect(heirIn((await json(['schedule', 'advise'])).json)).toMatchObject({
      because: 'interval',
      due: false,
    })
    const words = readSheet(await readFile(`${cwd}/rehearsal/sheet-1-sheet.txt`, 'utf8')).words
    const kept = await readdir(`${cwd}/home`, { recursive: true, withFileTypes: true })
    for (const file of kept.filter((entry) => entry.isFile()))
      expect(await readFile(`${file.parentPath}/${file.name}`, 'latin1')).not.toContain(words.slice(0, 30))
  })

  test('does not begin in a folder that holds something', async () => {
    const { cairn } = await family(await folder())
    await cairn(ANN)
    expect((await cairn(['drill', '--heir', 'Ann', '--to', 'vault', '--no-input'])).exit).toBe(5)
    expect((await cairn(['drill', '--heir', 'Ann', '--no-input'])).exit).toBe(2)
  })
})

describe('cairn drill --heir on a terminal', () => {
  const folder = useFolders()
  useTerminal()
  const DRILL = ['drill', '--heir', 'Ann', '--to', 'rehearsal', '--format', 'txt']
  const SHEETS = ['sheet-1-sheet', 'sheet-2-for-ann'].map((name) => `rehearsal/${name}.txt`)
  const READY = 'Press Enter when Ann is ready: then the clock runs.'

  const wordsIn = async (cwd: string, file = '') =>
    readSheet(await readFile(`${cwd}/${file}`, 'utf8')).words.split(' ')

  /** Waits for the question, answers in one line. */
  async function answers(sitting: Sitting, words: readonly string[], told?: string): Promise<void> {
    await sitting.shows('of 33: ')
    sitting.types(`${words.join(' ')}\r`)
    if (told !== undefined) await sitting.shows(told)
  }

  test('asks again after every slip, and gets there', async () => {
    const { cwd, cairn } = await family(await folder())
    await cairn(ANN)
    const sitting = sit(DRILL, { cwd, home: `${cwd}/home` })
    await sitting.shows(READY)
    const [own = [], anns = []] = await Promise.all(SHEETS.map((file) => wordsIn(cwd, file)))
    sitting.types('\r')
    // nobody has the words of the computer, which would be gone
    expect(await sitting.showing('The words of the recovery sheet (Enter: without it)')).not.toContain(
      'computer',
    )
    await answers(sitting, ['zzzz'], 'Word 1 is not in the list')
    await answers(sitting, own.slice(0, 20))
    await answers(sitting, [], '20 of 33 words so far. Go on, or press Enter again')
    // one word miswritten, which the checksum always tells
    const last = own[32] === 'zero' ? 'acid' : 'zero'
    await answers(sitting, [...own.slice(20, 32), last], 'These words do not fit together')
    await answers(sitting, await wordsIn(cwd, 'ann.txt'), 'This sheet is of another vault')
    await answers(sitting, anns, 'Those are the words of the sheet "for-ann": taken as that.')
    await answers(sitting, anns, 'The sheet "for-ann" is here already.')
    await answers(sitting, own, 'Ann got in')
    const { exit, screen } = await sitting.ends()
    expect(exit).toBe(0)
    expect(screen).not.toContain(anns.slice(4).join(' '))
  })

  test('is left with Ctrl-C at every question, and taken up again', async () => {
    const { cwd, cairn, json } = await family(await folder())
    await cairn(ANN)
    // as a preparation leaves it that was stopped
    await mkdir(`${cwd}/rehearsal/cairn-drill-unfinished/home`, { recursive: true })
    const begun = sit(DRILL, { cwd, home: `${cwd}/home` })
    await begun.shows(READY)
    begun.types('\u0003')
    expect((await begun.ends()).exit).toBe(130)
    const words = await wordsIn(cwd, SHEETS[0])
    const walking = sit(DRILL, { cwd, home: `${cwd}/home` })
    await walking.shows(READY)
    walking.types('\r')
    await walking.shows('word 1 of 33: ')
    walking.types('\u0003')
    expect((await walking.ends()).exit).toBe(130)
    expect(await wordsIn(cwd, SHEETS[0])).toEqual(words)
    // what nobody finished is no rehearsal that failed
    expect(heirIn((await json(['schedule', 'advise'])).json)).toBeUndefined()
  })

  test('does not begin in a folder of somebody else', async () => {
    const { cwd, cairn, json } = await family(await folder())
    await cairn(ANN)
    const begins = () => json([...DRILL, '--no-input'])
    const refused = { exit: 5, json: { error: { code: 'rehearsal-folder' } } }
    await mkdir(`${cwd}/rehearsal/work`, { recursive: true })
    await mkdir(`${cwd}/rehearsal/copy`)
    await writeFile(`${cwd}/rehearsal/work/notes.txt`, 'mine')
    expect(await begins()).toMatchObject(refused)
    expect(await readdir(`${cwd}/rehearsal/work`)).toEqual(['notes.txt'])
    await mkdir(`${cwd}/rehearsal/cairn-drill-unfinished`)
    expect(await begins()).toMatchObject(refused)
    expect((await readdir(`${cwd}/rehearsal`)).sort()).toEqual(['cairn-drill-unfinished', 'copy', 'work'])
  })
})

describe('cairn sheet vault on a terminal', () => {
  const folder = useFolders()
  useTerminal()

  test('takes no sheet of another vault, and nothing for nothing', async () => {
    const { cwd } = await family(await folder())
    const print = ['sheet', 'vault', '--out', 'again.txt.pdf']
    const empty = sit(print, { cwd, home: `${cwd}/home` })
    await empty.shows('word 1 of 33: ')
    empty.types('\r')
    await empty.shows('no words were typed')
    expect((await empty.ends()).exit).toBe(2)
    const sitting = sit(print, { cwd, home: `${cwd}/home` })
    await sitting.shows('word 1 of 33: ')
    sitting.types(`${FOREIGN}\r`)
    await sitting.shows('This sheet is of another vault')
    sitting.types(`${readSheet(await readFile(`${cwd}/ann.txt`, 'utf8')).words}\r`)
    await sitting.shows('the sheet "for-ann", with the words that it has')
    expect((await sitting.ends()).exit).toBe(0)
  })
})

// Trezor's test vectors for SLIP-0039, 256 bits without sharing
const FOREIGN =
  'theory painting academic academic armed sweater year military elder discuss acne wildlife boring employer fused large satoshi bundle carbon diagnose anatomy hamster leaves tracks paces beyond phantom capital marvel lips brave detect luck'

function heirIn(advice: unknown): unknown {
  return (advice as { rehearsals: { what: string }[] }).rehearsals.find(({ what }) => what === 'heir')
}

describe('sheets for others', () => {
  const folder = useFolders()

  test('are a letter, an inventory and a picture, each proven, private and never over a file', async () => {
    const { cwd, cairn, json } = await family(await folder())
    await cairn(ANN)
    for (const args of [
      ['sheet', 'letter', '--out', 'letter.pdf', '--ask', 'Ben Miller'],
      ['plan', '--out', 'plan.html'],
    ]) {
      const { exit, json: told } = await json(args)
      const [file = ''] = (told as { files: readonly string[] }).files
      expect([exit, (await stat(`${cwd}/${file}`)).mode & 0o777]).toEqual([0, 0o600])
      expect((await cairn(args)).exit).not.toBe(0)
    }
    expect(await readFile(`${cwd}/plan.html`, 'utf8')).toContain('house of Ann')
    expect((await cairn(['sheet', 'letter', '--out', 'letter.doc'])).exit).toBe(2)
    expect((await cairn(['plan', '--out', 'two.pdf', '--svg', 'two.svg'])).exit).toBe(2)
  })

  test('a recovery sheet is printed anew from its words, and read back from the print', async () => {
    const { cwd, cairn, json } = await family(await folder())
    const again = ['sheet', 'vault', '--no-input', '--out', 'again.pdf']
    expect(await json([...again, '--sheet-file', 'ann.txt'])).toMatchObject({
      exit: 0,
      json: { factor: 'for-ann' },
    })
    const { words } = readSheet(await readFile(`${cwd}/ann.txt`, 'utf8'))
    const read = await json(['sheet', 'read', 'again.pdf', '--reveal'])
    expect(read.json).toMatchObject({ kind: 'vault-share', text: words })
    // the print is a factor as the text is
    expect((await cairn(['policy', 'rehearse', 'for-ann', '--sheet-file', 'again.pdf'])).exit).toBe(0)
    expect((await cairn(['policy', 'rehearse', 'sheet', '--sheet-file', 'again.pdf'])).exit).toBe(7)
    await writeFile(`${cwd}/other.txt`, 'no sheet at all')
    const never = ['sheet', 'vault', '--no-input', '--out', 'never.pdf']
    expect((await cairn([...never, '--sheet-file', 'other.txt'])).exit).toBe(3)
    expect(await readdir(cwd)).not.toContain('never.pdf')
  })
})
