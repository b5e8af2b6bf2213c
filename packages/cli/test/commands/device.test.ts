import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { type Ran, useFolders } from '../run.js'
import { type Made, makeVault } from '../vault.js'

interface Two extends Made {
  /** Runs a command on the second computer. */
  readonly desk: (args: readonly string[]) => Promise<Ran>
}

/** A vault with a snapshot, and a second computer that has not joined yet; `factors` open the vault there. */
async function twoMachines(cwd: string): Promise<Two & { readonly factors: readonly string[] }> {
  const made = await makeVault(cwd)
  await made.cairn(['backup'])
  const [vault] = await readdir(`${cwd}/home/vaults`)
  const factors = ['--sheet-file', 'sheet.txt', '--identity-file', `home/vaults/${vault}/computer.key`]
  const desk = (args: readonly string[]) => made.cairn([...args, '--no-input'], { home: `${cwd}/desk` })
  await mkdir(`${cwd}/papers`)
  await writeFile(`${cwd}/papers/letter`, 'dear me')
  return { ...made, desk, factors }
}

const JOIN = ['join', 'desk-vault', '--from', 'near=vault/store', '--name', 'desk']

describe('cairn join', () => {
  const folder = useFolders()

  test('adds a computer, which saves its own wallets to the same store', async () => {
    const { cwd, cairn, desk, factors } = await twoMachines(await folder())
    const joined = await desk([...JOIN, ...factors, '--json'])
    expect(joined.exit).toBe(0)
    expect(JSON.parse(joined.out)).toEqual({
      vault: expect.stringMatching(/^[0-9a-f]{32}$/),
      fingerprint: expect.stringMatching(/^[0-9a-f]{4}(-[0-9a-f]{4}){4}$/),
      device: { id: expect.stringMatching(/^[0-9a-f]{16}$/), name: 'desk' },
      revision: 2,
      stores: [{ name: 'near', state: 'saved' }],
    })
    for (const args of [
      ['wallet', 'add', 'savings', 'papers'],
      ['backup'],
      ['check'],
      ['drill', 'savings', ...factors],
    ])
      expect(await desk(args), args.join(' ')).toMatchObject({ exit: 0 })
    const unknown = await cairn(['check'])
    expect([unknown.exit, unknown.out]).toEqual([8, expect.stringContaining('history unconfirmed')])
    expect(unknown.err).toContain('cairn device list --confirm')
    const confirmed = await cairn(['device', 'list', '--confirm', '--sheet-file', 'sheet.txt'])
    expect([confirmed.exit, confirmed.out]).toEqual([
      0,
      expect.stringMatching(/desk .* 1, (?:just now|\d+ minutes? ago)/),
    ])
    expect(await cairn(['check'])).toMatchObject({ exit: 0 })
    const snapshots = await cairn(['snapshots'])
    expect(snapshots.out).toMatch(/1 +desk .*known only to the opened vault/)
    const from = ['restore', 'savings', '--from', 'vault/store', ...factors]
    const unclear = await cairn([...from, '--to', 'back', '--json'], { home: `${cwd}/stranger` })
    expect([unclear.exit, JSON.parse(unclear.out)]).toMatchObject([5, { error: { code: 'device-choose' } }])
    const clear = await cairn([...from, '--to', 'back', '--device', 'desk'], { home: `${cwd}/stranger` })
    expect([clear.exit, clear.out]).toEqual([0, expect.stringContaining('by desk')])
    expect(await readFile(`${cwd}/back/letter`, 'utf8')).toBe('dear me')
  })

  test.each([
    ['no store', ['join', 'desk-vault'], 2, 'usage'],
    ['no folder', ['join', '--from', 'vault/store'], 2, 'usage'],
    ['a folder that holds something', ['join', 'papers', '--from', 'vault/store'], 5, 'vault-exists'],
    ['a place without a vault', ['join', 'desk-vault', '--from', 'papers'], 6, 'store-absent'],
    ['the same place twice', [...JOIN, '--from', 'vault/store'], 5, 'store-known'],
    ['an empty name', ['join', 'desk-vault', '--from', 'vault/store', '--name', ''], 2, 'usage'],
  ])('is refused with %s', async (_what, args, exit, code) => {
    const { desk, factors } = await twoMachines(await folder())
    const ran = await desk([...args, ...factors, '--json'])
    expect([ran.exit, JSON.parse(ran.out)]).toMatchObject([exit, { error: { code } }])
  })

  test('needs the factors of the vault', async () => {
    const { desk } = await twoMachines(await folder())
    const ran = await desk([...JOIN, '--sheet-file', 'sheet.txt', '--json'])
    expect([ran.exit, JSON.parse(ran.out)]).toMatchObject([5, { error: { code: 'factors-missing' } }])
    expect(await desk(['status'])).toMatchObject({ exit: 6 })
  })
})

describe('cairn device remove', () => {
  const folder = useFolders()

  test('keeps what was saved, and lets nothing new count', async () => {
    const { cairn, json, desk, factors } = await twoMachines(await folder())
    await desk([...JOIN, ...factors])
    await desk(['wallet', 'add', 'papers', 'papers'])
    await desk(['backup'])
    const removed = await json(['device', 'remove', 'desk', '--sheet-file', 'sheet.txt', '--no-input'])
    expect(removed).toEqual({
      exit: 0,
      json: {
        vault: expect.any(String),
        revision: 3,
        device: { id: expect.any(String), name: 'desk' },
        last_snapshot: 1,
        stores: [{ name: 'main', state: 'saved' }],
      },
    })
    const late = await desk(['backup'])
    expect([late.exit, late.err]).toEqual([8, expect.stringContaining('says that this computer was removed')])
    const check = await cairn(['check'])
    expect([check.exit, check.out]).toEqual([8, expect.stringContaining('history revoked')])
    const list = await json(['device', 'list'])
    expect(list).toMatchObject({
      exit: 0,
      json: { devices: [{ self: true }, { name: 'desk', removed: expect.any(String), last: { seq: 1 } }] },
    })
    expect(await cairn(['restore', 'papers', '--to', 'back', '--sheet-file', 'sheet.txt'])).toMatchObject({
      exit: 0,
    })
    await desk(['device', 'list', '--confirm', ...factors])
    const refused = await desk(['backup', '--json'])
    expect([refused.exit, JSON.parse(refused.out)]).toMatchObject([5, { error: { code: 'device-removed' } }])
  })
})
