import { existsSync } from 'node:fs'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { failingPrinter } from '../printer.js'
import { run, runJson, useBuilt } from '../run.js'

// SeedSigner's test vector 4.
const PHRASE = 'forum undo fragile fade shy sign arrest garment culture tube off merit'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cairn-steel-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const steel = (args: readonly string[], stdin = '') => runJson(['sheet', 'steel', ...args], { stdin })

describe('cairn sheet steel', () => {
  useBuilt()

  test('draws a plate that sheet read reads', async () => {
    const out = join(folder, 'plate.svg')
    const how = ['--style', 'decimal', '--paper', 'plate', '--format', 'svg', '--out', out]
    expect(await steel(how, PHRASE)).toEqual({
      exit: 0,
      json: { style: 'decimal', size: 'card', words: 12, plates: 1, pages: 1, proven: true, out },
    })
    expect((await stat(out)).mode & 0o777).toBe(0o600)
    const read = await runJson(['sheet', 'read', out, '--reveal'])
    expect(read).toMatchObject({
      exit: 0,
      json: {
        kind: 'steel',
        text: PHRASE,
        found: [{ language: 'english', fingerprint: '0948d268', plates: 1 }],
      },
    })
    // refused before a phrase is asked for: there is none to read
    expect(await steel(how)).toMatchObject({ exit: 5, json: { error: { code: 'file-exists' } } })
    const sealed = ['--seal-passphrase-file', '-', '--out', join(folder, 'sealed.pdf')]
    await writeFile(join(folder, 'sealed.pdf.age'), 'of before')
    expect(await steel(['--style', 'binary', ...sealed])).toMatchObject({
      exit: 5,
      json: { error: { code: 'file-exists' } },
    })
  })

  test('draws a blank one without a phrase', async () => {
    const out = join(folder, 'blank.pdf')
    const blank = await steel(['--style', 'seedqr', '--blank', '--words', '24', '--out', out])
    expect(blank).toMatchObject({ exit: 0, json: { words: 24, proven: true } })
    const words = await steel([
      '--style',
      'binary',
      '--blank',
      '--words',
      '13',
      '--out',
      join(folder, 'no.pdf'),
    ])
    expect(words).toMatchObject({ exit: 2, json: { error: { code: 'usage' } } })
    expect(existsSync(join(folder, 'no.pdf'))).toBe(false)
  })

  test('refuses a number of words beside a phrase, before it asks for one', async () => {
    const out = join(folder, 'numbered.pdf')
    const { exit, err } = await run(['sheet', 'steel', '--style', 'binary', '--words', '24', '--out', out])
    expect([exit, existsSync(out)]).toEqual([2, false])
    expect(err).toContain('--words goes with --blank')
  })

  test('tells of a template with a phrase that the page is a secret, and of a blank one not', async () => {
    const env = await failingPrinter(folder)
    const print = [
      'sheet',
      'steel',
      '--style',
      'seedqr',
      '--compact',
      '--print',
      'Desk',
      '--yes-print',
      'Desk',
    ]
    const secret = await run(print, { stdin: PHRASE, env })
    expect(secret.err).toContain('The page is a secret')
    expect(secret.err).toContain('cairn sheet steel --blank --style seedqr --compact --size card')
    const blank = await run([...print, '--blank'], { env })
    expect(blank.err).toContain('Printing on Desk')
    expect(blank.err).not.toContain('The page is a secret')
  })

  test('lists the punches, with --reveal only', async () => {
    const list = ['--style', 'binary', '--list']
    expect(await steel(list, PHRASE)).toMatchObject({ exit: 5, json: { error: { code: 'reveal-needed' } } })
    const shown = await run(['sheet', 'steel', ...list, '--reveal'], { stdin: PHRASE })
    expect(shown.out).toContain('    1:  8  512 128 64 16 8 4 2 check\n')
    expect(shown.out).toContain('all rows together: 76 punches')
    expect(await steel([...list, '--reveal', '--out', join(folder, 'no.pdf')])).toMatchObject({
      exit: 2,
      json: { error: { code: 'usage' } },
    })
    const { json } = await steel([...list, '--reveal'], PHRASE)
    expect(json).toMatchObject({ plates: [{ plate: 1, of: 1, total: 76, mark: [8] }] })
  })
})
