import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { readSheet } from '@cairn/core/sheets/recovery-sheet.js'
import { describe, expect, test } from 'vitest'
import { useFolders } from '../run.js'
import { type Made, makeVault } from '../vault.js'

describe('cairn policy show', () => {
  const folder = useFolders()

  test('tells as JSON what opens the vault, with no secret at hand', async () => {
    const { json } = await makeVault(await folder())
    expect(await json(['policy', 'show'])).toEqual({
      exit: 0,
      json: {
        vault: expect.stringMatching(/^[0-9a-f]{32}$/),
        fingerprint: expect.stringMatching(/^[0-9a-f]{4}(-[0-9a-f]{4}){4}$/),
        revision: 1,
        need: 1,
        groups: [
          {
            name: 'factors',
            need: 2,
            factors: [
              { kind: 'computer', name: 'computer', recipient: expect.stringMatching(/^age1/) },
              { kind: 'sheet', name: 'sheet' },
            ],
          },
        ],
        opens_with_at_least: 2,
        survives_losses: 0,
        sentences: [
          'The vault opens with computer and sheet.',
          'Losing computer or sheet closes it for good.',
          'A thief needs at least 2 of them: one alone opens nothing.',
        ],
        kept: 'file',
        stores: [{ name: 'main', state: 'current', revision: 1 }],
      },
    })
  })

  test('tells people the same, and how long guessing takes', async () => {
    const made = await makeVault(await folder())
    const { cwd, cairn } = made
    await writeFile(`${cwd}/pass`, 'seven words that nobody else would ever choose\n')
    const factors = ['--factor', 'passphrase', '--factor', 'computer', '--passphrase-file', 'pass']
    await cairn(['init', 'other', '--no-input', ...factors])
    const { exit, out } = await cairn(['policy', 'show', '--vault', 'other'])
    expect(exit).toBe(0)
    expect(out).toContain('The vault opens with passphrase and computer.')
    expect(out).toContain('scrypt N = 2^18, 256 MiB a guess')
    expect(out).toMatch(/Guessing passphrase takes by estimate 2\^\d+ guesses: more than a million years/)
    const { json } = await made.json(['policy', 'show', '--vault', 'other'])
    expect(json).toMatchObject({
      groups: [
        {
          factors: [{ kind: 'passphrase', log_n: 18, mib: 256, guessing: { bits: expect.any(Number) } }, {}],
        },
      ],
    })
    const [id] = (await readdir(`${cwd}/home/vaults`)).filter(
      (name) => name === (json as { vault: string }).vault,
    )
    await rm(`${cwd}/home/vaults/${id}/strengths.json`)
    const unknown = await cairn(['policy', 'show', '--vault', 'other'])
    expect(unknown.out).toContain('this computer does not know. One that Cairn made has 2^77')
  })

  test('names a store that is away or damaged, and still answers', async () => {
    const { cwd, cairn, json } = await makeVault(await folder())
    await writeFile(`${cwd}/vault/store/vault.json`, '{"format":"cairn-vault"')
    expect(await json(['policy', 'show'])).toMatchObject({
      exit: 0,
      json: { stores: [{ state: 'damaged' }] },
    })
    await rm(`${cwd}/vault/store`, { recursive: true })
    const { err } = await cairn(['policy', 'show'])
    expect(err).toContain('The store main could not be asked.')
  })

  test('says on a machine without a vault that there is none', async () => {
    const { json } = await makeVault(await folder())
    const answer = await json(['policy', 'show'], { home: '/nonexistent/elsewhere' })
    expect(answer).toMatchObject({ json: { error: { code: 'vault-absent' } } })
  })
})

const PERSON = 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p'
const OLD_SHEET = ['--sheet-file', 'sheet.txt']

describe('cairn policy add and remove', () => {
  const folder = useFolders()

  test('write the new sheets, and say what copies from before still open', async () => {
    const { cwd, cairn, json } = await makeVault(await folder())
    await cairn(['backup'])
    const added = await json([
      ...['policy', 'add', `person=Anna:${PERSON}`, '--no-input', ...OLD_SHEET],
      ...['--sheet-out', 'new.txt'],
    ])
    expect(added).toEqual({
      exit: 0,
      json: {
        vault: expect.any(String),
        fingerprint: expect.any(String),
        revision: 2,
        need: 1,
        groups: [{ name: 'factors', need: 2, factors: ['computer', 'sheet', 'Anna'] }],
        sheets: [`${cwd}/new.txt`],
        stores: [{ name: 'main', state: 'saved' }],
      },
    })
    expect(readSheet(await readFile(`${cwd}/new.txt`, 'utf8')).words).not.toBe(
      readSheet(await readFile(`${cwd}/sheet.txt`, 'utf8')).words,
    )
    expect(await readFile(`${cwd}/new.txt`, 'utf8')).toContain('Number 1 of ')
    expect(await cairn(['restore', '--to', 'back', '--sheet-file', 'new.txt'])).toMatchObject({ exit: 0 })
    expect(await json(['restore', '--to', 'no', ...OLD_SHEET])).toMatchObject({
      exit: 7,
      json: { error: { code: 'factor-sheet' } },
    })
    const removed = ['policy', 'remove', 'Anna', '--no-input', '--sheet-file', 'new.txt']
    const { exit, out, err } = await cairn([...removed, '--sheet-out', 'newer.html'])
    expect([exit, out]).toEqual([0, expect.stringContaining('The vault opens with computer and sheet.')])
    expect(err).toContain('from before (revision 2 or lower)')
    expect(err).toContain('cairn policy rekey')
    expect(await readFile(`${cwd}/vault/store/README.txt`, 'utf8')).not.toContain('Anna')
  })

  test('make a group of its own', async () => {
    const { json } = await makeVault(await folder())
    const args = ['policy', 'add', 'sheet=Anna', 'sheet=Ben', 'sheet=Carl', '--group', 'family:2']
    const files = ['a', 'b', 'c', 'd'].flatMap((name) => ['--sheet-out', `${name}.txt`])
    expect(await json([...args, '--no-input', ...OLD_SHEET, ...files])).toMatchObject({
      exit: 0,
      json: {
        need: 2,
        groups: [
          { name: 'factors', need: 2 },
          { name: 'family', need: 2, factors: ['Anna', 'Ben', 'Carl'] },
        ],
      },
    })
  })

  const quorum = [...OLD_SHEET, '--sheet-out', 'new.txt']
  const refused = [
    ['a factor that is none', ['add', 'face', ...quorum], 2, 'policy-invalid'],
    ['a name that is taken', ['add', `person=computer:${PERSON}`, ...quorum], 2, 'policy-invalid'],
    ['this computer twice', ['add', 'computer=again', ...quorum], 2, 'policy-invalid'],
    ['too many needed', ['add', `person=A:${PERSON}`, '--need', '4', ...quorum], 2, 'policy-invalid'],
    ['one that is enough', ['add', `person=A:${PERSON}`, '--need', '1', ...quorum], 2, 'policy-invalid'],
    ['a group without a number', ['add', 'sheet=A', '--group', 'a:b', ...quorum], 2, 'policy-invalid'],
    ['a factor that is not there', ['remove', 'laptop', ...quorum], 6, 'factor-absent'],
    ['the last but one', ['remove', 'sheet', ...quorum], 2, 'policy-invalid'],
    ['no paper for the sheet', ['add', `person=A:${PERSON}`, ...OLD_SHEET], 2, 'input-missing'],
    ['too few factors', ['add', `person=A:${PERSON}`, '--sheet-out', 'new.txt'], 5, 'factors-missing'],
    [
      'a sheet over a file',
      ['add', `person=A:${PERSON}`, ...OLD_SHEET, '--sheet-out', 'sheet.txt'],
      5,
      'file-exists',
    ],
    ['another policy said twice', ['rekey', '--factor', 'sheet', '--policy', 'x', ...quorum], 2, 'usage'],
    ['a policy file that is none', ['rekey', '--policy', 'sheet.txt', ...quorum], 3, 'policy-file'],
  ] as const

  test('refuse what makes no sense, and change nothing', async () => {
    const { cwd, json } = await makeVault(await folder())
    const before = await readFile(`${cwd}/vault/store/vault.json`)
    for (const [what, args, exit, code] of refused) {
      const answer = await json(['policy', ...args, '--no-input'])
      expect(answer, what).toMatchObject({ exit, json: { error: { code } } })
      expect(await readFile(`${cwd}/vault/store/vault.json`)).toEqual(before)
      expect(await readFile(`${cwd}/new.txt`, 'utf8').catch(() => null)).toBe(null)
    }
  })
})

describe('a policy for a store that is not a folder', () => {
  const folder = useFolders()

  test('is refused when one stolen thing opens it, unless that is accepted', async () => {
    const { cwd, json } = await makeVault(await folder())
    await writeFile(`${cwd}/typed`, 'tulip carrot nine\n')
    await writeFile(`${cwd}/made`, 'stuff-virus-ginger-canal-maple-truth-orbit\n')
    const config = JSON.parse(await readFile(`${cwd}/vault/cairn.json`, 'utf8'))
    const away = { name: 'away', url: `sftp://nobody@127.0.0.1:1/nowhere` }
    await writeFile(
      `${cwd}/vault/cairn.json`,
      JSON.stringify({ ...config, stores: [...config.stores, away] }),
    )
    const add = (file: string, n: number) => [
      ...['policy', 'add', 'passphrase', '--no-input', ...OLD_SHEET, '--new-passphrase-file', file],
      ...['--sheet-out', `new${n}.txt`],
    ]
    const answer = await json(add('typed', 1))
    expect(answer).toMatchObject({ exit: 5, json: { error: { code: 'policy-exposed' } } })
    expect((answer.json as { error: { message: string } }).error.message).toContain('computer, sheet alone')
    expect(await json([...add('typed', 2), '--accept', 'guessable'])).toMatchObject({
      exit: 8,
      json: { revision: 2, stores: [{ state: 'saved' }, { name: 'away', state: 'behind' }] },
    })
  })
})

describe('cairn policy rekey', () => {
  const folder = useFolders()
  const rekey = ['policy', 'rekey', '--no-input', ...OLD_SHEET, '--sheet-out', 'new.txt']

  test('keeps old snapshots and takes another fingerprint; the old factors open nothing any more', async () => {
    const made = await makeVault(await folder())
    await made.cairn(['backup'])
    const { fingerprint } = (await shown(made)) as { fingerprint: string }
    const { exit, json } = await made.json(rekey)
    expect([exit, (json as { fingerprint: string }).fingerprint]).not.toEqual([0, fingerprint])
    await writeFile(`${made.cwd}/keystore.json`, `${await readFile(`${made.cwd}/keystore.json`, 'utf8')}\n`)
    await made.cairn(['backup'])
    for (const at of ['1', '2']) {
      const back = ['restore', '--to', `back${at}`, '--at', at, '--sheet-file', 'new.txt']
      expect(await made.cairn(back)).toMatchObject({ exit: 0 })
    }
    expect(await made.json(['check', '--deep', '--sheet-file', 'new.txt'])).toMatchObject({
      exit: 0,
      json: { deep: { snapshots: 2, opened: 2 } },
    })
    expect(await made.json(['restore', '--to', 'no', ...OLD_SHEET])).toMatchObject({ exit: 7 })
  })

  test('takes another policy from a file', async () => {
    const made = await makeVault(await folder())
    const policy = `need = 2
[groups.family]
need = 2
factors = ["sheet=Anna", "sheet=Ben", "person=Carl:${PERSON}"]
[groups.mine]
factors = ["computer"]
`
    await writeFile(`${made.cwd}/policy.toml`, policy)
    const more = ['--policy', 'policy.toml', '--sheet-out', 'second.txt']
    expect(await made.json([...rekey, ...more])).toMatchObject({
      exit: 0,
      json: {
        need: 2,
        groups: [
          { name: 'family', need: 2, factors: ['Anna', 'Ben', 'Carl'] },
          { name: 'mine', need: 1, factors: ['computer'] },
        ],
      },
    })
    await made.cairn(['backup'])
    const back = ['restore', '--to', 'back', '--sheet-file', 'new.txt', '--sheet-file', 'second.txt']
    expect(await made.cairn(back)).toMatchObject({ exit: 0 })
  })

  test('leaves a drive that is away to the next backup, and exits with 8', async () => {
    const made = await makeVault(await folder())
    const { cwd, cairn, json } = made
    const config = JSON.parse(await readFile(`${cwd}/vault/cairn.json`, 'utf8'))
    const second = { name: 'drive', url: `file://${cwd}/drive` }
    await mkdir(`${cwd}/drive`)
    for (const name of ['vault.json', 'README.txt'])
      await writeFile(`${cwd}/drive/${name}`, await readFile(`${cwd}/vault/store/${name}`))
    await writeFile(
      `${cwd}/vault/cairn.json`,
      JSON.stringify({ ...config, stores: [...config.stores, second] }),
    )
    await rename(`${cwd}/drive`, `${cwd}/unplugged`)
    expect(await json(rekey)).toMatchObject({
      exit: 8,
      json: { stores: [{ state: 'saved' }, { name: 'drive', state: 'behind' }] },
    })
    await rename(`${cwd}/unplugged`, `${cwd}/drive`)
    expect(await shown(made)).toMatchObject({ stores: [{ state: 'current' }, { state: 'behind' }] })
    expect(await cairn(['backup'])).toMatchObject({ exit: 0 })
    expect(await shown(made)).toMatchObject({ stores: [{ state: 'current' }, { state: 'current' }] })
  })
})

async function shown({ json }: Made): Promise<unknown> {
  return (await json(['policy', 'show'])).json
}
