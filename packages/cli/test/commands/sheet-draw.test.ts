import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { split } from '@cairn/core/words/shares.js'
import { readSheets } from '@cairn/node/sheets/read.js'
import { describe, expect, test } from 'vitest'
import { failingPrinter } from '../printer.js'
import { run, runJson, useBuilt, useFolders } from '../run.js'

const PHRASE = `${'abandon '.repeat(11)}about`
const JAPANESE = `${'あいこくしん '.repeat(11)}あおぞら`.normalize('NFC')
const folder = useFolders()

/** A set of 2 of 3. */
const SHARES = split(new Uint8Array(16).fill(7), {
  scheme: 'slip39',
  groupThreshold: 1,
  groups: [{ threshold: 2, count: 3 }],
}).flat()

/** What `cairn sheet read` finds in a file, without its process. */
async function readBack(path: string): Promise<readonly { readonly kind: string; readonly text: string }[]> {
  const { found } = await readSheets([{ name: path, bytes: await readFile(path) }])
  return found.map(({ kind, text }) => ({
    kind,
    text,
  }))
}

describe('cairn sheet phrase', () => {
  useBuilt()

  test.each(['pdf', 'svg', 'html'] as const)(
    'writes a sheet as %s for its owner only, and reads it back',
    async (form) => {
      const cwd = await folder()
      const out = join(cwd, `sheet.${form}`)
      const { exit, json } = await runJson(['sheet', 'phrase', '--out', out, '--name', 'Savings'], {
        stdin: PHRASE,
      })
      expect(exit).toBe(0)
      expect(json).toEqual({
        files: [out],
        format: form,
        paper: 'a4',
        pages: 1,
        blank: false,
        words: 12,
        language: 'English',
        fingerprint: '73c5da0a',
        code: true,
      })
      expect((await stat(out)).mode & 0o777).toBe(0o600)
      expect(await readdir(cwd)).toEqual([`sheet.${form}`])
      expect(await readBack(out)).toEqual([{ kind: 'phrase', text: PHRASE }])
    },
  )

  test('writes words in Japanese, whose code says the words', async () => {
    const out = join(await folder(), 'sheet.pdf')
    expect((await run(['sheet', 'phrase', '--out', out], { stdin: JAPANESE })).exit).toBe(0)
    const [{ kind, text } = { kind: '', text: '' }] = await readBack(out)
    expect([kind, text.normalize('NFC')]).toEqual(['phrase', JAPANESE])
  })

  test('never writes over a file, and says so before it asks for the phrase', async () => {
    const out = join(await folder(), 'sheet.pdf')
    await writeFile(out, 'mine')
    const { exit, err } = await run(['sheet', 'phrase', '--out', out])
    expect([exit, await readFile(out, 'utf8')]).toEqual([5, 'mine'])
    expect(err).toContain('already a file')
  })

  test.each([
    ['a name that tells no format', ['--out', 'sheet.doc'], 2, '--format'],
    ['a folder that is not there', ['--out', 'nowhere/sheet.pdf'], 6, 'nowhere'],
    ['a card for too many words', ['--out', 'card.pdf', '--paper', 'card', '--parity', '8'], 5, '--paper a4'],
    ['a name that no font has', ['--out', 'sheet.pdf', '--name', 'x 😀'], 2, 'U+1F600'],
    ['a long name', ['--out', 'sheet.pdf', '--name', 'x'.repeat(61)], 2, 'at most 60 characters'],
    ['a name of two lines', ['--out', 'sheet.pdf', '--name', 'a\nb'], 2, 'one line'],
    ['a name that is none', ['--out', 'sheet.pdf', '--name', ' '], 2, 'one line'],
    [
      'a number of words of a phrase',
      ['--out', 'sheet.pdf', '--words', '24'],
      2,
      '--words goes with --blank',
    ],
    [
      'a language of a phrase',
      ['--out', 'sheet.pdf', '--language', 'english'],
      2,
      '--language goes with --blank',
    ],
    [
      'the chain of an address that is left out',
      ['--out', 'sheet.pdf', '--passphrase-used', '--chain', 'bitcoin'],
      2,
      '--passphrase instead',
    ],
    ['the standard of one', ['--out', 'sheet.pdf', '--no-address', '--standard', 'bip44'], 2, '--no-address'],
    ['the standard of one, on a form', ['--out', 'form.pdf', '--blank', '--standard', 'bip44'], 2, 'a form'],
    ['a form without a code', ['--out', 'form.pdf', '--blank', '--no-qr'], 2, 'a form has no code'],
    ['a form without an address', ['--out', 'form.pdf', '--blank', '--no-address'], 2, 'a form has a line'],
    ['a form for letters', ['--out', 'form.pdf', '--blank', '--kind', 'codex32'], 2, 'lines for words'],
    [
      'a form of a list that the kind has not',
      ['--out', 'form.pdf', '--blank', '--kind', 'slip39', '--language', 'korean'],
      2,
      'no words of the list',
    ],
    ['no place to go', [], 2, '--out FILE'],
    ['print of what no printer takes', ['--print', '--format', 'svg'], 2, 'PDF'],
    [
      'a form with a passphrase',
      ['--out', 'form.pdf', '--blank', '--passphrase-file', 'p'],
      2,
      '--passphrase-used',
    ],
    ['a form of a length that no phrase has', ['--out', 'form.pdf', '--blank', '--words', '13'], 2, '--kind'],
    [
      'a form of a length that no phrase of the kind has',
      ['--out', 'form.pdf', '--blank', '--kind', 'polyseed', '--words', '24'],
      2,
      '16 words',
    ],
    [
      'a form with parity words of another kind',
      ['--out', 'form.pdf', '--blank', '--kind', 'monero', '--words', '25', '--parity', '2'],
      2,
      'parity words',
    ],
  ])('refuses %s and leaves nothing behind', async (_, args, exit, said) => {
    const cwd = await folder()
    const phrase = `${'abandon '.repeat(23)}art`
    const ran = await run(['sheet', 'phrase', ...args], { stdin: phrase, cwd })
    expect(ran.exit).toBe(exit)
    expect(ran.err).toContain(said)
    expect(await readdir(cwd)).toEqual([])
  })

  test('leaves no file behind when the printer fails', async () => {
    const cwd = await folder()
    const env = await failingPrinter(await folder())
    const args = ['sheet', 'phrase', '--out', 'sheet.pdf', '--print', 'Desk', '--yes-print', 'Desk']
    expect((await runJson(args, { stdin: PHRASE, cwd, env })).json).toMatchObject({
      error: { code: 'print-failed' },
    })
    expect(await readdir(cwd)).toEqual([])
  })

  test('draws a form that no secret is needed for', async () => {
    const cwd = await folder()
    const args = ['sheet', 'phrase', '--blank', '--words', '12', '--out', 'form.svg', '--paper', 'letter']
    const { exit, json } = await runJson(args, { cwd })
    expect(exit).toBe(0)
    expect(json).toMatchObject({ blank: true, words: 12, fingerprint: null, code: false })
    expect(await readdir(cwd)).toEqual(['form.svg'])
  })

  test('says how a form for a share is checked', async () => {
    const args = ['sheet', 'phrase', '--blank', '--kind', 'slip39', '--words', '20', '--out', 'form.svg']
    expect((await run(args, { cwd: await folder() })).err).toContain('cairn share check')
  })

  test('seals the file with a passphrase', async () => {
    const cwd = await folder()
    await writeFile(join(cwd, 'p'), 'seven stones on a hill at dusk')
    const args = ['sheet', 'phrase', '--out', 'sheet.pdf', '--seal-passphrase-file', 'p']
    const { json } = await runJson(args, { stdin: PHRASE, cwd })
    expect(json).toMatchObject({ files: ['sheet.pdf.age'] })
    expect((await readFile(join(cwd, 'sheet.pdf.age'), 'latin1')).slice(0, 21)).toBe('age-encryption.org/v1')
  })

  test('takes the passphrase for the fingerprint, and keeps it off the sheet', async () => {
    const cwd = await folder()
    await writeFile(join(cwd, 'p'), 'TREZOR')
    const args = ['sheet', 'phrase', '--out', 'sheet.html', '--passphrase-file', 'p']
    const { json } = await runJson(args, { stdin: PHRASE, cwd })
    expect(json).toMatchObject({ fingerprint: 'b4e3f5ed' })
    expect(await readFile(join(cwd, 'sheet.html'), 'utf8')).not.toContain('TREZOR')
  })
})

describe('cairn sheet share', () => {
  test('draws several shares a page each, and warns of pages that are the secret together', async () => {
    const out = join(await folder(), 'shares.pdf')
    const two = SHARES.slice(1)
    const { exit, err } = await run(['sheet', 'share', '--out', out], { stdin: two.join('\n') })
    expect(exit).toBe(0)
    expect(err).toContain('must never lie together')
    expect(err).toContain('together are the secret')
    expect((await readBack(out)).map(({ text }) => text).toSorted()).toEqual(two.toSorted())
  })

  test('draws a file for each share when the name has a place for its number', async () => {
    const cwd = await folder()
    const args = [
      'sheet',
      'share',
      '--out',
      'share-%.pdf',
      '--of',
      '3',
      '--holder',
      'Anna',
      '--holder',
      'the bank',
    ]
    const { json } = await runJson(args, { stdin: SHARES.slice(1).join('\n'), cwd })
    expect(json).toMatchObject({
      files: ['share-1.pdf', 'share-2.pdf'],
      pages: 2,
      complete: true,
      shares: [
        { scheme: 'slip39', member: 2, need: 2 },
        { scheme: 'slip39', member: 3, need: 2 },
      ],
    })
    expect(await readBack(join(cwd, 'share-2.pdf'))).toEqual([{ kind: 'share', text: SHARES[2] }])
  })

  test('warns of a share that is the whole secret by itself, and refuses one --of for two groups', async () => {
    const cwd = await folder()
    const groups = [
      { threshold: 1, count: 1 },
      { threshold: 2, count: 3 },
    ]
    const secret = new Uint8Array(16).fill(7)
    const [whole = '', other = ''] = split(secret, { scheme: 'slip39', groupThreshold: 1, groups }).flat()
    const drawn = await run(['sheet', 'share', '--out', 'share.pdf'], { stdin: whole, cwd })
    expect([drawn.exit, drawn.err]).toEqual([0, expect.stringContaining('is the whole secret')])
    const stdin = `${whole}\n${other}`
    const refused = await run(['sheet', 'share', '--of', '3', '--out', 'two.pdf'], { stdin, cwd })
    expect([refused.exit, refused.err]).toEqual([2, expect.stringContaining('--of is of one group')])
    expect(await readdir(cwd)).toEqual(['share.pdf'])
  })

  test.each([
    ['--holder', 'x'.repeat(101)],
    ['--holder', 'Anna\u0007'],
    ['--name', 'x'.repeat(61)],
  ])('refuses what is no line for %s, before a share is asked for', async (option, text) => {
    const cwd = await folder()
    const { exit, err } = await run(['sheet', 'share', '--out', 'share.pdf', option, text], { cwd })
    expect([exit, await readdir(cwd)]).toEqual([2, []])
    expect(err).toContain(`${option} is one line`)
  })

  test('leaves nothing behind when one of the files is there already', async () => {
    const cwd = await folder()
    await writeFile(join(cwd, 'share-2.pdf'), 'mine')
    const { exit } = await run(['sheet', 'share', '--out', 'share-%.pdf'], {
      stdin: SHARES.slice(1).join('\n'),
      cwd,
    })
    expect(exit).toBe(5)
    expect(await readdir(cwd)).toEqual(['share-2.pdf'])
  })
})
