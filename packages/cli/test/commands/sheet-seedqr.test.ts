import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { run, runJson, useBuilt, useFolders } from '../run.js'

// SeedSigner's test vector 4.
const PHRASE = 'forum undo fragile fade shy sign arrest garment culture tube off merit'
const folder = useFolders()

describe('cairn sheet seedqr', () => {
  useBuilt()

  test.each([
    ['SeedQR', []],
    ['CompactSeedQR', ['--compact']],
  ])('draws a %s to copy from and a grid to copy onto, which sheet read reads', async (title, args) => {
    const out = join(await folder(), 'seedqr.pdf')
    const drawn = await runJson(['sheet', 'seedqr', '--out', out, ...args], { stdin: PHRASE })
    expect(drawn).toMatchObject({
      exit: 0,
      json: {
        files: [out],
        pages: 2,
        blank: false,
        compact: args.length > 0,
        words: 12,
        fingerprint: '0948d268',
      },
    })
    expect((await stat(out)).mode & 0o777).toBe(0o600)
    const hidden = await run(['sheet', 'read', out])
    expect(hidden.out).toContain(`${title}, 12 words`)
    expect(hidden.out).not.toContain('forum')
    const read = await runJson(['sheet', 'read', out, '--reveal'])
    expect(read).toMatchObject({ exit: 0, json: { kind: 'seedqr', text: PHRASE } })
  })

  test('draws the grid alone, for which no secret is needed', async () => {
    const cwd = await folder()
    const args = ['sheet', 'seedqr', '--blank', '--words', '24', '--out', 'grid.svg', '--paper', 'letter']
    expect(await runJson(args, { cwd })).toMatchObject({
      exit: 0,
      json: { blank: true, words: 24, pages: 1, fingerprint: null },
    })
    expect(await readdir(cwd)).toEqual(['grid.svg'])
  })

  test.each([
    ['an empty standard input', [], '', 2, 'the phrase is needed'],
    ['words of another list', [], `${'ábaco '.repeat(11)}abierto`, 2, 'in English words'],
    ['a wrong word', [], PHRASE.replace('off', 'of'), 3, 'word 11'],
    ['a number of words that no phrase has', ['--blank', '--words', '13'], '', 2, '--words is one of'],
    ['a number of words of a phrase', ['--words', '12'], PHRASE, 2, '--words goes with --blank'],
    ['a long name', ['--blank', '--name', 'x'.repeat(61)], '', 2, '--name is one line'],
    ['a card', ['--paper', 'card'], PHRASE, 2, '--paper is one of a4, letter'],
    ['a passphrase for a grid alone', ['--blank', '--passphrase-used'], '', 2, 'by hand'],
  ])('refuses %s and leaves nothing behind', async (_, args, stdin, exit, said) => {
    const cwd = await folder()
    const ran = await run(['sheet', 'seedqr', '--out', 'seedqr.pdf', ...args], { stdin, cwd })
    expect(ran.exit).toBe(exit)
    expect(ran.err).toContain(said)
    expect(await readdir(cwd)).toEqual([])
  })

  test('never writes over a file', async () => {
    const out = join(await folder(), 'seedqr.pdf')
    await writeFile(out, 'mine')
    const ran = await run(['sheet', 'seedqr', '--out', out], { stdin: PHRASE })
    expect([ran.exit, await readFile(out, 'utf8')]).toEqual([5, 'mine'])
  })
})
