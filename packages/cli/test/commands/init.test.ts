import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { run, runJson, useFolders } from '../run.js'
import { sheetWordsOn } from '../sheet-words.js'
import { sit, useTerminal } from '../terminal.js'

const PERSON = 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p'
const PASSPHRASE = 'seven words that nobody else would ever choose'

describe('cairn init', () => {
  const folder = useFolders()
  const machine = async () => {
    const cwd = await folder()
    await writeFile(`${cwd}/pass`, `${PASSPHRASE}\n`)
    return { cwd, home: `${cwd}/home` }
  }
  const fast = [
    '--no-input',
    '--factor',
    'computer',
    '--factor',
    'sheet',
    '--need',
    '2',
    '--sheet-out',
    'sheet.html',
  ]

  test('tells what it made as JSON', async () => {
    const here = await machine()
    const args = [
      'init',
      'vault',
      '--no-input',
      '--factor',
      'passphrase',
      '--factor',
      'computer',
      '--factor',
      'sheet',
    ]
    const given = ['--need', '2', '--passphrase-file', 'pass', '--sheet-out', '100% mine.html']
    const { exit, json } = await runJson([...args, ...given], here)
    expect(exit).toBe(0)
    expect(json).toEqual({
      vault: expect.stringMatching(/^[0-9a-f]{32}$/),
      fingerprint: expect.stringMatching(/^[0-9a-f]{4}(-[0-9a-f]{4}){4}$/),
      factors: ['passphrase', 'computer', 'sheet'],
      need: 2,
      store: `${here.cwd}/vault/store`,
    })
    expect((await stat(`${here.cwd}/100% mine.html`)).mode & 0o777).toBe(0o600)
    expect(await readFile(`${here.cwd}/100% mine.html`, 'utf8')).toContain(
      (json as { fingerprint: string }).fingerprint,
    )
  })

  test('says what opens the vault and what to type next', async () => {
    const { exit, out, err } = await run(['init', 'vault', ...fast], await machine())
    expect(exit).toBe(0)
    expect(out).toContain('The vault opens with computer and sheet.')
    expect(err).toContain('Print ')
    expect(err).toContain('Next: cairn wallet scan\n')
  })

  test('names factors, and locks a share to a person', async () => {
    const here = await machine()
    const factors = [
      '--factor',
      'computer=old laptop',
      '--factor',
      `person=Anna:${PERSON}`,
      '--factor',
      'sheet',
    ]
    const args = ['init', 'vault', '--no-input', ...factors, '--sheet-out', 'sheet.txt']
    expect(await runJson(args, here)).toMatchObject({
      exit: 0,
      json: { factors: ['old laptop', 'Anna', 'sheet'], need: 2 },
    })
    expect(await readFile(`${here.cwd}/sheet.txt`, 'utf8')).toMatch(/^RECOVERY SHEET of vault /)
  })

  test('makes groups, from options or from a file', async () => {
    const here = await machine()
    const sheets = ['a', 'b', 'c'].flatMap((name) => ['--sheet-out', `${name}.txt`])
    const expected = {
      exit: 0,
      json: {
        factors: ['Anna', 'Ben', 'Carl', 'computer'],
        need: 2,
        groups: [
          { name: 'family', need: 2, factors: ['Anna', 'Ben', 'Carl'] },
          { name: 'mine', need: 1, factors: ['computer'] },
        ],
      },
    }
    const groups = ['--group', 'family:2:sheet=Anna,sheet=Ben,sheet=Carl', '--group', 'mine:1:computer']
    expect(await runJson(['init', 'one', '--no-input', ...groups, ...sheets], here)).toMatchObject(expected)
    const file = `[groups.family]
need = 2
factors = ["sheet=Anna", "sheet=Ben", "sheet=Carl"]
[groups.mine]
factors = ["computer"]
`
    await writeFile(`${here.cwd}/policy.toml`, file)
    const again = ['d', 'e', 'f'].flatMap((name) => ['--sheet-out', `${name}.txt`])
    const args = ['init', 'two', '--no-input', '--policy', 'policy.toml', ...again]
    expect(await runJson(args, here)).toMatchObject(expected)
  })

  test.each([
    ['no TOML', 'need ='],
    ['no group', 'need = 2'],
    ['a field that is not known', '[groups.a]\nfactors = ["sheet"]\nwho = "me"'],
    ['a need of nothing', '[groups.a]\nneed = 0\nfactors = ["sheet"]'],
    ['factors that are no list', '[groups.a]\nfactors = "sheet"'],
    ['a group without factors', '[groups.a]\nfactors = []'],
    ['17 groups', Array.from({ length: 17 }, (_, i) => `[groups.g${i}]\nfactors = ["sheet"]`).join('\n')],
  ])('refuses a policy file with %s', async (_, text) => {
    const here = await machine()
    await writeFile(`${here.cwd}/policy.toml`, text)
    const args = ['init', 'vault', '--no-input', '--policy', 'policy.toml']
    expect(await runJson(args, here)).toMatchObject({ exit: 3, json: { error: { code: 'policy-file' } } })
  })

  test('puts the store where it is told', async () => {
    const here = await machine()
    const { json } = await runJson(['init', 'vault', ...fast, '--store', 'elsewhere'], here)
    expect(json).toMatchObject({ store: `${here.cwd}/elsewhere` })
    expect(await readdir(`${here.cwd}/elsewhere`)).toContain('vault.json')
  })

  test.each([
    ['a passphrase without a file', ['--factor', 'passphrase', '--factor', 'computer'], 2, 'input-missing'],
    ['a sheet without a file', ['--factor', 'computer', '--factor', 'sheet'], 2, 'input-missing'],
    [
      'a short passphrase',
      ['--factor', 'passphrase', '--factor', 'computer', '--passphrase-file', 'short'],
      5,
      'passphrase-weak',
    ],
    [
      'a passphrase that is guessed at once',
      ['--factor', 'passphrase', '--factor', 'computer', '--passphrase-file', 'guessed'],
      5,
      'passphrase-guessable',
    ],
    ['a kind of factor that is not known', ['--factor', 'face'], 2, 'policy-invalid'],
    [
      'a person without a recipient',
      ['--factor', 'person=Anna', '--factor', 'computer'],
      2,
      'policy-invalid',
    ],
    [
      'more factors needed than there are',
      ['--factor', 'computer', '--factor', `person=A:${PERSON}`, '--need', '3'],
      2,
      'policy-invalid',
    ],
    [
      'a file that is not there',
      ['--factor', 'passphrase', '--factor', 'computer', '--passphrase-file', 'none'],
      6,
      'file-absent',
    ],
    [
      'a sheet over a file',
      ['--factor', 'computer', '--factor', 'sheet', '--sheet-out', 'short'],
      5,
      'file-exists',
    ],
  ])('refuses %s and makes nothing', async (_, args, exit, code) => {
    const here = await machine()
    await writeFile(`${here.cwd}/short`, 'hunter2\n')
    await writeFile(`${here.cwd}/guessed`, 'password1234\n')
    expect(await runJson(['init', 'vault', '--no-input', ...args], here)).toMatchObject({
      exit,
      json: { error: { code } },
    })
    expect(await readdir(here.cwd)).not.toContain('vault')
    expect(await readdir(`${here.home}/vaults`).catch(() => [])).toEqual([])
  })

  test('refuses a folder that holds something', async () => {
    const here = await machine()
    await mkdir(`${here.cwd}/vault`)
    await writeFile(`${here.cwd}/vault/photo.jpg`, '')
    expect(await runJson(['init', 'vault', ...fast], here)).toMatchObject({
      exit: 5,
      json: { error: { code: 'vault-exists' } },
    })
    expect(await readdir(`${here.cwd}/vault`)).toEqual(['photo.jpg'])
  })

  test('names a second vault in what to type next', async () => {
    const here = await machine()
    await run(['init', 'one', ...fast], here)
    const { err } = await run(
      ['init', 'two', '--no-input', '--factor', 'computer', '--factor', `person=A:${PERSON}`],
      here,
    )
    expect(err).toContain(`Next: cairn wallet scan --vault ${here.cwd}/two\n`)
  })
})

describe('cairn init on a terminal', () => {
  const folder = useFolders()
  useTerminal()

  test('makes a passphrase, asks it back, and shows the sheet; nothing secret stays on the screen', async () => {
    const cwd = await folder()
    const sitting = sit(['init', 'vault'], { cwd, home: `${cwd}/home` })
    await sitting.shows('A vault keeps sealed copies')
    await sitting.shows('Let Cairn make one')
    sitting.types('\r')
    await sitting.shows('The passphrase of this vault:')
    const shown = /[a-z]+(?:-[a-z]+){6}/
    const passphrase = shown.exec(await sitting.showing('Press any key'))?.[0] ?? ''
    sitting.types(' ')
    await sitting.shows('Now type it')
    sitting.types('something else\r')
    await sitting.shows('That is not the same.')
    await sitting.shows('Press any key')
    sitting.types(' ')
    await sitting.shows('Now type it')
    sitting.types(`${passphrase}\r`)
    await sitting.shows('Write a page that I print')
    sitting.types('\u001b[B\r') // the second choice: by hand
    await sitting.shows('RECOVERY SHEET of vault')
    const words = await sitting.showing('Press any key')
    sitting.types(' ')
    await sitting.shows('The vault is made')
    const { exit, screen, left } = await sitting.ends()
    expect([exit, left]).toEqual([0, true])
    expect(passphrase).not.toBe('')
    expect(screen).not.toContain(passphrase)
    const own = ['again', 'hand', 'losing', 'paper', 'random', 'that', 'type']
    expect(sheetWordsOn(screen, { cwd })).toEqual(own)
    // the twin that leaves the sheet on the screen: its words would be seen
    const [, first = '', second = ''] = /^ +1 ([a-z]{4,8}) +12 ([a-z]{4,8}) /m.exec(words) ?? []
    expect(sheetWordsOn(screen + words, { cwd })).toEqual(expect.arrayContaining([first, second]))
    expect(sheetWordsOn(screen + words, { cwd })).not.toEqual(own)
  })

  test('Ctrl-C at a question makes nothing', async () => {
    const cwd = await folder()
    const sitting = sit(['init', 'vault'], { cwd, home: `${cwd}/home` })
    await sitting.shows('Let Cairn make one')
    sitting.types('\u0003')
    expect((await sitting.ends()).exit).toBe(130)
    expect(await readdir(cwd)).toEqual([])
  })
})
