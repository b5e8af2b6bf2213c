/** The main job, command by command: what other programs rely on in the JSON of each, and what people read. */
import { chmod, cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { readSheet } from '@cairn/core/sheets/recovery-sheet.js'
import { describe, expect, test } from 'vitest'
import { useFolders } from '../run.js'
import { sheetWordsOn } from '../sheet-words.js'
import { sit, useTerminal } from '../terminal.js'
import { KEYSTORE_PASSWORD, makeEmptyVault, makeVault } from '../vault.js'

const ID = /^[0-9a-f]{64}$/
const SHEET = ['--sheet-file', 'sheet.txt']

describe('backup, snapshots, status, drill, check, restore', () => {
  const folder = useFolders()

  test('each tells what it did as JSON, from the first backup to the restore', async () => {
    const { cwd, json } = await makeVault(await folder())

    const overdue = await json(['status'])
    expect(overdue).toMatchObject({
      exit: 8,
      json: {
        wallets: [
          { name: 'savings', saved: null, proven: null, due: [{ what: 'backup', why: 'never-saved' }] },
        ],
      },
    })

    const saved = await json(['backup'])
    expect(saved).toEqual({
      exit: 0,
      json: {
        snapshot: expect.stringMatching(ID),
        seq: 1,
        stores: [{ name: 'main', state: 'saved' }],
        wallets: [{ name: 'savings', state: 'saved' }],
        bytes: { read: expect.any(Number), new: expect.any(Number), sent: expect.any(Number) },
        ms: expect.any(Number),
      },
    })
    const { snapshot } = saved.json as { snapshot: string }

    expect(await json(['snapshots'])).toMatchObject({
      exit: 0,
      json: { snapshots: [{ id: snapshot, seq: 1, wallets: ['savings'], stores: ['main'] }] },
    })

    const due = await json(['status'])
    expect(due).toMatchObject({
      exit: 0,
      json: {
        wallets: [
          {
            saved: { snapshot, seq: 1, stores: ['main'] },
            proven: null,
            due: [{ what: 'drill', why: 'never-proven' }],
          },
        ],
      },
    })

    const drilled = await json(['drill', ...SHEET, '--password-file', 'password'])
    expect(drilled).toMatchObject({
      exit: 0,
      json: {
        result: 'proven',
        wallets: [{ name: 'savings', result: 'proven', snapshot, checks: expect.any(Array) }],
        certificate: expect.stringMatching(/\.json$/),
      },
    })
    const { wallets, certificate } = drilled.json as {
      wallets: readonly { checks: readonly object[] }[]
      certificate: string
    }
    for (const check of wallets[0]?.checks ?? []) {
      expect(Object.keys(check).sort()).toEqual(['expected', 'found', 'ok', 'what'])
    }
    expect(JSON.parse(await readFile(certificate, 'utf8'))).toMatchObject({
      format: 'cairn-drill',
      result: 'proven',
    })

    expect(await json(['status'])).toMatchObject({
      exit: 0,
      json: { wallets: [{ proven: { snapshot }, due: [] }] },
    })

    expect(await json(['check'])).toMatchObject({
      exit: 0,
      json: {
        ok: true,
        stores: [
          {
            name: 'main',
            objects: expect.any(Number),
            damaged: [],
            missing: [],
            unreachable: false,
            history: 'intact',
          },
        ],
      },
    })

    const original = await readFile(`${cwd}/keystore.json`)
    await rm(`${cwd}/keystore.json`)
    expect(await json(['restore', 'savings', '--to', 'back', ...SHEET])).toMatchObject({
      exit: 0,
      json: {
        snapshot,
        files: expect.arrayContaining([
          { wallet: 'savings', path: 'keystore.json', sha256: expect.stringMatching(ID) },
        ]),
        verified: true,
      },
    })
    expect(await readFile(`${cwd}/back/keystore.json`)).toEqual(original)
  })

  test('a machine that never saw the vault restores from a store and a quorum alone', async () => {
    const { cwd, cairn, json } = await makeVault(await folder())
    await cairn(['backup'])
    const [vault = ''] = await readdir(`${cwd}/home/vaults`)
    const key = `${cwd}/home/vaults/${vault}/computer.key`
    await rename(key, `${cwd}/computer.key`)
    const elsewhere = { home: `${cwd}/elsewhere` }
    const given = ['restore', 'savings', '--from', 'vault/store', '--to', 'back', '--no-input']
    expect(await json([...given, ...SHEET], elsewhere)).toMatchObject({
      exit: 5,
      json: { error: { code: 'factors-missing' } },
    })
    const done = await cairn([...given, ...SHEET, '--identity-file', 'computer.key'], elsewhere)
    expect(done.exit).toBe(0)
    expect(done.out).toContain('each one verified')
    expect(done.err).toContain('This store shows snapshot 1 of ')
    expect(await readdir(`${cwd}/back`)).toContain('keystore.json')
  })

  test('what is restored never goes over something', async () => {
    const { cwd, cairn, json } = await makeVault(await folder())
    await cairn(['backup'])
    await mkdir(`${cwd}/back`)
    await writeFile(`${cwd}/back/keystore.json`, 'newer')
    const given = ['restore', 'savings', '--to', 'back', ...SHEET]
    expect(await json(given)).toMatchObject({ exit: 5, json: { error: { code: 'destination-exists' } } })
    expect(await readFile(`${cwd}/back/keystore.json`, 'utf8')).toBe('newer')
    const { json: report } = await json([...given, '--overwrite'])
    const { kept } = report as { kept: readonly string[] }
    expect(kept).toHaveLength(1)
    expect(await readFile(`${cwd}/back/${kept[0]}`, 'utf8')).toBe('newer')
  })

  test.each([
    ['no destination', ['restore', 'savings', ...SHEET], 2, 'usage'],
    ['a wallet that was never saved', ['restore', 'other', '--to', 'back', ...SHEET], 6, 'wallet-absent'],
    [
      'a snapshot that is not there',
      ['restore', '--at', '7', '--to', 'back', ...SHEET],
      6,
      'snapshot-absent',
    ],
    ['too few factors', ['restore', '--to', 'back', '--no-input'], 5, 'factors-missing'],
    ['a sheet of another vault', ['restore', '--to', 'back', '--sheet-file', 'foreign'], 7, 'factor-sheet'],
    [
      'a sheet that is none',
      ['restore', '--to', 'back', '--sheet-file', 'keystore.json'],
      3,
      'sheet-unreadable',
    ],
    ['a store that is none', ['restore', '--from', '.', '--to', 'back', ...SHEET], 6, 'store-absent'],
    ['a name that no wallet has', ['backup', 'other'], 6, 'wallet-absent'],
  ])('refuses %s and leaves nothing behind', async (_, args, exit, code) => {
    const { cwd, cairn, json } = await makeVault(await folder())
    await cairn(['backup'])
    await writeFile(`${cwd}/foreign`, FOREIGN)
    const before = (await readdir(cwd)).sort()
    expect(await json(args)).toMatchObject({ exit, json: { error: { code } } })
    expect((await readdir(cwd)).sort()).toEqual(before)
  })

  test('a wallet that went away does not stop the others, and asks for attention', async () => {
    const { cwd, cairn, json } = await makeVault(await folder())
    await writeFile(`${cwd}/notes.txt`, 'a note')
    await cairn(['wallet', 'add', 'notes', 'notes.txt'])
    await rm(`${cwd}/notes.txt`)
    expect(await json(['backup'])).toMatchObject({
      exit: 8,
      json: {
        stores: [{ state: 'saved' }],
        wallets: [
          { name: 'savings', state: 'saved' },
          { name: 'notes', state: 'failed', error: { code: 'file-absent' } },
        ],
      },
    })
  })

  test('check tells damaged from unreachable, by exit code and by word', async () => {
    const { cwd, cairn, json } = await makeVault(await folder())
    await cairn(['backup'])
    await rename(`${cwd}/vault/store`, `${cwd}/away`)
    expect(await json(['check'])).toMatchObject({
      exit: 4,
      json: { ok: false, stores: [{ unreachable: true, damaged: [] }] },
    })
    expect((await cairn(['check'])).out).toContain('unreachable')
    expect(await json(['backup'])).toMatchObject({ exit: 4, json: { error: { code: 'store-unreachable' } } })
    await rename(`${cwd}/away`, `${cwd}/vault/store`)
    const [object = ''] = (await readdir(`${cwd}/vault/store/objects`, { recursive: true })).filter((name) =>
      name.endsWith('.age'),
    )
    const path = `${cwd}/vault/store/objects/${object}`
    const bytes = await readFile(path)
    bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1
    await chmod(path, 0o600)
    await writeFile(path, bytes)
    expect(await json(['check'])).toMatchObject({
      exit: 3,
      json: {
        ok: false,
        stores: [{ unreachable: false, damaged: [expect.stringContaining('objects/')], missing: [] }],
      },
    })
    await rm(path)
    expect(await json(['check'])).toMatchObject({
      exit: 3,
      json: { stores: [{ damaged: [], missing: [expect.stringContaining('objects/')] }] },
    })
  })

  test('a store that was set back is told of by check, restore and drill', async () => {
    const { cwd, cairn, json } = await makeVault(await folder())
    await cairn(['backup'])
    await cp(`${cwd}/vault/store`, `${cwd}/older`, { recursive: true })
    await cairn(['backup'])
    await rm(`${cwd}/vault/store`, { recursive: true })
    await rename(`${cwd}/older`, `${cwd}/vault/store`)
    const stores = [{ name: 'main', history: 'rolled-back' }]
    expect(await json(['check'])).toMatchObject({ exit: 7, json: { ok: false, stores } })
    const restored = await json(['restore', '--to', 'back', ...SHEET])
    expect(restored).toMatchObject({ exit: 8, json: { seq: 1, stores, verified: true } })
    const drilled = await cairn(['drill', ...SHEET, '--password-file', 'password'])
    expect(drilled.exit).toBe(8)
    expect(drilled.err).toContain('Do not trust main: its history is rolled-back.')
    expect(await json(['backup'])).toMatchObject({ exit: 7, json: { error: { code: 'store-history' } } })
  })

  test('without the password of a wallet, a drill says what it did not prove', async () => {
    const { cairn, json } = await makeVault(await folder())
    await cairn(['backup'])
    const drilled = await json(['drill', ...SHEET, '--no-input'])
    expect(drilled).toMatchObject({
      exit: 8,
      json: { result: 'incomplete', wallets: [{ not_covered: expect.any(Array) }] },
    })
    expect(await json(['status'])).toMatchObject({ json: { wallets: [{ proven: null }] } })
    expect(await json(['drill', ...SHEET, '--password-file', 'wrong'])).toMatchObject({
      exit: 7,
      json: { error: { code: 'wallet-password' } },
    })
  })

  test('with nothing added, says what to type', async () => {
    const { cairn } = await makeEmptyVault(await folder())
    expect(await cairn(['backup'])).toEqual({
      exit: 6,
      out: '',
      err: 'cairn: no wallet was added yet\nhint: find them with: cairn wallet scan, then: cairn wallet add NAME PATH\n',
    })
    expect(await cairn(['status'])).toMatchObject({ exit: 0, out: 'No wallet was added yet.\n' })
  })

  test('status keeps saved and proven apart', async () => {
    const { cairn } = await makeVault(await folder())
    expect((await cairn(['status'])).out).toMatch(
      /savings +ethereum-keystore +never +never +backup: never saved/,
    )
    await cairn(['backup'])
    await cairn(['drill', ...SHEET, '--password-file', 'password'])
    expect((await cairn(['status'])).out).toMatch(
      /savings +ethereum-keystore +(?:just now|\d+ minutes? ago), main +(?:just now|\d+ minutes? ago)\n/,
    )
    await cairn(['backup'])
    expect((await cairn(['status'])).out).toMatch(
      /(?:just now|\d+ minutes? ago), main +(?:just now|\d+ minutes? ago), snapshot 1, not the newest/,
    )
  })
})

// A share of another set: SLIP-0039 has no vector of 33 words and this threshold, so it is one of Cairn's own making.
const FOREIGN =
  'shadow pistol academic always adequate wildlife fancy gross oasis cylinder mustang wrist rescue view short owner flip making coding armed'

describe('restore and drill on a terminal', () => {
  const folder = useFolders()
  useTerminal()

  test('asks for the words of the sheet one by one, and again for one that is in no list', async () => {
    const { cwd, cairn } = await makeVault(await folder())
    await cairn(['backup'])
    const words = await sheetWords(cwd)
    const sitting = sit(['restore', 'savings', '--to', 'back'], { cwd, home: `${cwd}/home` })
    await sitting.shows('The words of the recovery sheet (Enter: without it), not shown while you type.')
    await sitting.shows('word 1 of 33: ')
    sitting.types('zzzz\r')
    await sitting.shows('Word 1 is not in the list: type it again.')
    for (const [i, word] of words.entries()) {
      await sitting.shows(`word ${i + 1} of 33: `)
      sitting.types(`${word}\r`)
    }
    await sitting.shows('Restored 2 files')
    const { exit, screen } = await sitting.ends()
    expect(exit).toBe(0)
    expect(screen).not.toContain('zzzz')
    expect(sheetWordsOn(screen, { cwd })).toEqual(['again', 'snapshot', 'type'])
    // the twin with echo: one word of the sheet would be seen, whichever
    const foreign = words.find((word) => !screen.includes(word)) ?? ''
    expect(sheetWordsOn(screen.replace('of 33: ', `of 33: ${foreign}`), { cwd })).toContain(foreign)
    expect(await readdir(`${cwd}/back`)).toContain('keystore.json')
  })

  test('asks for the password of an encrypted wallet during a drill', async () => {
    const { cwd, cairn } = await makeVault(await folder())
    await cairn(['backup'])
    const sitting = sit(['drill', ...SHEET], { cwd, home: `${cwd}/home` })
    await sitting.shows('the password of the wallet savings (Enter: leave its keys out)')
    sitting.types(`${KEYSTORE_PASSWORD}\r`)
    await sitting.shows('PROVEN')
    const { exit, screen } = await sitting.ends()
    expect(exit).toBe(0)
    expect(screen).not.toContain(KEYSTORE_PASSWORD)
  })

  test('skips a factor on an empty answer, and then says what is missing', async () => {
    const { cwd, cairn } = await makeVault(await folder())
    await cairn(['backup'])
    const sitting = sit(['restore', 'savings', '--to', 'back'], { cwd, home: `${cwd}/home` })
    await sitting.shows('word 1 of 33: ')
    sitting.types('\r')
    await sitting.shows('cairn: too few factors')
    expect((await sitting.ends()).exit).toBe(5)
  })
})

async function sheetWords(cwd: string): Promise<readonly string[]> {
  return readSheet(await readFile(`${cwd}/sheet.txt`, 'utf8')).words.split(' ')
}
