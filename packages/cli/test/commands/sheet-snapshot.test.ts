import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { JOIN_PROGRAM } from '@cairn/core/sheets/paper/program.js'
import { parseSteelWords } from '@cairn/core/sheets/steel/content.js'
import { makePlates } from '@cairn/core/sheets/steel/plates.js'
import { layOutSteel } from '@cairn/core/sheets/steel/sheet.js'
import { diskFonts } from '@cairn/node/sheets/fonts.js'
import { proveSteel } from '@cairn/node/sheets/prove-steel.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Cups, cups as cupsPeer, startCups } from '../../../../test/peers/cups.js'
import { type Peer, present } from '../../../../test/peers/peer.js'
import { askPoppler, poppler, scanPages } from '../../../../test/peers/poppler.js'
import { outcome, which } from '../../../../test/peers/run.js'
import { zbar, zbarLines } from '../../../../test/peers/zbar.js'
import { useBuilt } from '../run.js'
import { type Made, makeVault } from '../vault.js'

/** Text that does not get much smaller: with the wallet, more than one page of codes. */
const NOTES = Array.from({ length: 60 }, (_, i) => createHash('sha256').update(`${i}`).digest('hex')).join(
  '\n',
)

// A BIP-39 phrase of its test vectors.
const PHRASE =
  'panda eyebrow bullet gorilla call smoke muffin taste mesh discover soft ostrich alcohol speed nation flash devote level hobby quick inner drive ghost inside'

// SeedSigner's test vector 4, and a share of SLIP-39's test vectors.
const SHORT = 'forum undo fragile fade shy sign arrest garment culture tube off merit'
const SHARE =
  'shadow pistol academic always adequate wildlife fancy gross oasis cylinder mustang wrist rescue view short owner flip making coding armed'

const SHEET = ['--sheet-file', 'sheet.txt'] as const
const python: Peer = {
  name: 'python3',
  install: 'apt-get install python3',
  available: async () => which('python3') !== null,
}
const havePoppler = await present(poppler)
const haveScanner = havePoppler && (await present(zbar)) && (await present(python))
const haveCups = await present(cupsPeer)

describe('a vault on paper', () => {
  useBuilt()
  let cwd: string
  let made: Made
  /** The factor that another machine brings. */
  let key: string
  beforeAll(async () => {
    cwd = await mkdtemp(join(tmpdir(), 'cairn-paper-'))
    made = await makeVault(cwd)
    await writeFile(`${cwd}/notes.txt`, NOTES)
    await made.cairn(['wallet', 'add', 'notes', 'notes.txt'])
    expect((await made.cairn(['backup'])).exit).toBe(0)
    const [id = ''] = readdirSync(`${cwd}/home/vaults`)
    key = `home/vaults/${id}/computer.key`
    expect(existsSync(join(cwd, key))).toBe(true)
  }, 300_000)
  afterAll(async () => {
    await rm(cwd, { recursive: true, force: true })
  })

  const elsewhere = (args: readonly string[]) =>
    made.json(['restore', ...args, ...SHEET, '--identity-file', key], { home: `${cwd}/elsewhere` })
  const drawn = async (out: string, ...args: readonly string[]) =>
    made.json(['sheet', 'snapshot', '--out', out, ...SHEET, ...args])
  const scan = (pdf: string, name: string) =>
    scanPages(readFileSync(`${cwd}/${pdf}`), { dpi: 300, folder: cwd, name })

  test.runIf(haveScanner)(
    'comes back from scans of any pages but one, and not from fewer',
    async () => {
      const { exit, json } = await drawn('all.pdf')
      expect(exit).toBe(0)
      expect(json).toMatchObject({ pages: 3, may_lose: 1, codes: 18, proven: true, out: 'all.pdf' })
      // two pages of instructions, then those of codes
      const [one = '', two = '', three = ''] = (await scan('all.pdf', 'scan')).slice(2)
      const whole = await elsewhere(['--from-paper', three, one, three, '--to', 'back'])
      expect(whole).toMatchObject({ exit: 0, json: { verified: true, seq: 1 } })
      expect(readFileSync(`${cwd}/back/savings/keystore.json`)).toEqual(readFileSync(`${cwd}/keystore.json`))
      expect(readFileSync(`${cwd}/back/notes/notes.txt`)).toEqual(readFileSync(`${cwd}/notes.txt`))
      const short = await elsewhere(['--from-paper', two, '--to', 'short'])
      expect(short).toMatchObject({ exit: 6, json: { error: { code: 'paper-short' } } })
      expect(JSON.stringify(short.json)).toContain('missing are the pages 1, 3')
      expect(existsSync(`${cwd}/short`)).toBe(false)

      // another print of the same vault
      expect((await drawn('notes.pdf', 'notes')).exit).toBe(0)
      const other = (await scan('notes.pdf', 'other')).slice(2)
      const mixed = await elsewhere(['--from-paper', one, ...other, '--to', 'mixed'])
      expect(mixed).toMatchObject({ exit: 7, json: { error: { code: 'paper-mixed' } } })
      const id = ((await drawn('notes2.pdf', 'notes')).json as { readonly print: string }).print
      expect(id).toMatch(/^[0-9a-f]{8}$/)

      // and without Cairn: any reader of codes, the program on the page, tar
      const read = await zbarLines([two, three])
      await writeFile(`${cwd}/join.py`, JOIN_PROGRAM)
      const archive = spawnSync('python3', ['join.py'], { cwd, input: read.join('\n') })
      expect(`${archive.stderr}`).toBe('')
      const { stdout } = await outcome('tar', ['tz'], { input: archive.stdout })
      expect(`${stdout}`).toBe('vault.json\nsnapshot.age\n')
    },
    600_000,
  )

  test('is refused with a reason when it would be too much, goes nowhere, or is there already', async () => {
    const code = (ran: { readonly json: unknown }) =>
      (ran.json as { readonly error: { readonly code: string } }).error.code
    expect(code(await drawn('a.pdf', '--most-pages', '1'))).toBe('capsule-large')
    expect(code(await drawn('a.pdf', '--parity', '20'))).toBe('capsule-large')
    expect(code(await drawn('a.pdf', 'nothing'))).toBe('wallet-absent')
    expect(code(await made.json(['sheet', 'snapshot', ...SHEET]))).toBe('usage')
    expect(code(await made.json(['sheet', 'snapshot', '--seal', '--print', ...SHEET]))).toBe('usage')
    expect(code(await drawn('keystore.json'))).toBe('file-exists')
    expect(readdirSync(cwd)).not.toContain('a.pdf')
  }, 300_000)

  test('from something else is refused with a reason', async () => {
    const code = async (...args: readonly string[]) => {
      const { json } = await elsewhere([...args, '--to', 'never'])
      return (json as { readonly error: { readonly code: string } }).error.code
    }
    expect(await code('--from-paper', 'keystore.json')).toBe('codes-none')
    expect(await code('--from-paper', 'nothing.png')).toBe('file-absent')
    expect(await code('--from-paper', 'keystore.json', '--from', 'vault/store')).toBe('usage')
    expect(await code('--from-paper', 'keystore.json', '--print-id', 'x')).toBe('usage')
    expect(await code('--print-id', '12345678')).toBe('usage')
  }, 300_000)

  describe.runIf(haveCups && havePoppler)('through a real CUPS', () => {
    let cups: Cups
    beforeAll(async () => {
      cups = await startCups()
    })
    afterAll(async () => cups?.stop())

    test('a phrase is printed without a file, and nothing but the page says what it is', async () => {
      const tmp = await mkdtemp(join(cwd, 'tmp-'))
      const env = { ...cups.env, TMPDIR: tmp }
      const before = readdirSync(cwd).sort()
      const refused = await made.cairn(['sheet', 'phrase', '--print', 'PDF', '--no-input'], {
        env,
        stdin: PHRASE,
      })
      expect(refused.exit).toBe(5)
      expect(refused.err).toContain('Safer: print the blank form and write it by hand')
      const args = ['sheet', 'phrase', '--print', 'PDF', '--yes-print', 'PDF', '--json']
      const { exit, out } = await made.cairn(args, { env, stdin: PHRASE })
      expect([exit, JSON.parse(out)]).toMatchObject([0, { files: [], printed: [{ printer: 'PDF' }] }])
      expect(readdirSync(tmp)).toEqual([])
      expect(readdirSync(cwd).sort()).toEqual(before)
      expect(cups.log()).not.toMatch(/panda|eyebrow|8a682d68/i)
      await writeFile(`${cwd}/phrase.pdf`, cups.printed()[0] ?? '')
      const read = await made.json(['sheet', 'read', 'phrase.pdf', '--reveal'])
      expect(read.json).toMatchObject({ text: PHRASE })
    }, 600_000)

    test.each([
      ['a share', ['share'], SHARE, { kind: 'share', text: SHARE }],
      ['a recovery sheet', ['vault', ...SHEET], '', { kind: 'vault-share' }],
    ] as const)(
      '%s is printed in its size and read back, and no two words of it are logged',
      async (_, args, stdin, what) => {
        const tmp = await mkdtemp(join(cwd, 'tmp-'))
        const before = cups.log() // what stands in it is of CUPS, as `image render` is
        const print = ['--print', 'PDF', '--yes-print', 'PDF', '--json']
        const ran = await made.cairn(['sheet', ...args, ...print], {
          env: { ...cups.env, TMPDIR: tmp },
          stdin,
        })
        expect([ran.exit, ran.err]).toEqual([0, expect.stringContaining('It prints into a file')])
        expect(ran.out).toContain('"printer":"PDF"')
        expect(readdirSync(tmp)).toEqual([])
        // jobs of one title are one file of cups-pdf
        const page = cups.printed().at(-1) ?? new Uint8Array()
        const about = await askPoppler('pdfinfo', page)
        expect(about).toMatch(/^Pages: +1$/m)
        expect(about).toMatch(/^Page size: +59[45][.\d]* x 84[12]/m)
        const file = join(cwd, `printed-${args[0]}.pdf`)
        await writeFile(file, page)
        const { exit, json } = await made.json(['sheet', 'read', file, '--reveal'])
        expect({ exit, json }).toMatchObject({ exit: 0, json: what })
        const { text } = json as { readonly text: string }
        // one word alone may be a word of CUPS
        const words = text.split(' ')
        const pairs = words.slice(1).map((word, i) => `${words[i]} ${word}`)
        const log = cups.log()
        expect(pairs.filter((pair) => log.includes(pair) && !before.includes(pair))).toEqual([])
        if (what.kind === 'vault-share')
          expect(readFileSync(`${cwd}/sheet.txt`, 'utf8')).toContain(text.split(' ')[0])
      },
    )

    test('a template of steel is printed in its size, with every mark, word and punch where it was meant', async () => {
      const print = ['--print', 'PDF', '--yes-print', 'PDF', '--json']
      const args = ['sheet', 'steel', '--style', 'binary', ...print]
      const { exit } = await made.cairn(args, { env: cups.env, stdin: SHORT })
      expect(exit).toBe(0)
      const content = parseSteelWords(SHORT)
      const plates = makePlates(content, { style: 'binary', size: 'card' })
      const drawing = layOutSteel(plates, { paper: 'a4', metrics: diskFonts() })
      const printed = cups.printed().at(-1) ?? new Uint8Array()
      const pages = await scanPages(printed, { dpi: 300, folder: cwd, name: 'printed-steel' })
      const files = pages.map((page) => readFileSync(page))
      await proveSteel({ files, drawing, plates, content }, diskFonts())
    })

    test('is printed, with what the printer may keep said before, and read back from what came out', async () => {
      const tmp = await mkdtemp(join(cwd, 'tmp-'))
      const print = (printer: string, ...yes: readonly string[]) =>
        made.cairn(['sheet', 'snapshot', 'notes', '--print', printer, ...yes, ...SHEET, '--json'], {
          env: { ...cups.env, TMPDIR: tmp },
        })
      const refused = await print('Office')
      expect(refused.exit).toBe(5)
      expect(refused.err).toContain('It is on the network (socket://192.0.2.1)')
      expect(refused.err).toContain('It is shared')
      expect(JSON.parse(refused.out)).toMatchObject({ error: { code: 'print-unconfirmed' } })
      expect((await print('PDF', '--yes-print', 'Office')).exit).toBe(5)
      expect(JSON.parse((await print('Nowhere')).out)).toMatchObject({ error: { code: 'printer-absent' } })

      const { exit, out } = await print('PDF', '--yes-print', 'PDF')
      expect(exit).toBe(0)
      expect(JSON.parse(out)).toMatchObject({
        printed: { printer: 'PDF', pending: false, warnings: expect.arrayContaining(['file']) },
      })
      expect(readdirSync(tmp)).toEqual([])
      const printed = cups.printed().at(-1)
      await writeFile(`${cwd}/printed.pdf`, printed ?? '')
      const back = await elsewhere(['--from-paper', 'printed.pdf', '--to', 'from-printer'])
      expect(back).toMatchObject({ exit: 0, json: { verified: true } })
      expect(readFileSync(`${cwd}/from-printer/notes/notes.txt`)).toEqual(readFileSync(`${cwd}/notes.txt`))
    }, 600_000)
  })
})
