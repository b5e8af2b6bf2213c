import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { flipBit } from './bad-input.js'
import { useFolders } from './run.js'
import { type Made, makeVault } from './vault.js'

const FACTORS = ['--sheet-file', 'sheet.txt']

/** A vault with one snapshot in two stores, `main` and `second`. */
async function inTwoStores(cwd: string): Promise<Made> {
  const made = await makeVault(cwd)
  await made.cairn(['backup'])
  await cp(`${cwd}/vault/store`, `${cwd}/vault/second`, { recursive: true })
  const config = JSON.parse(await readFile(`${cwd}/vault/cairn.json`, 'utf8')) as { stores: object[] }
  config.stores.push({ name: 'second', url: `file://${cwd}/vault/second` })
  await writeFile(`${cwd}/vault/cairn.json`, JSON.stringify(config))
  await made.cairn(['backup'])
  return made
}

async function filesIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder, { recursive: true })
  return names.filter((name) => name.endsWith('.age') || name.endsWith('.json')).sort()
}

describe('cairn check', () => {
  const folder = useFolders()

  it('finds what is wrong in each store, repairs it from the other, and says so', async () => {
    const { cwd, cairn, json } = await inTwoStores(await folder())
    const [damaged, missing] = (await filesIn(`${cwd}/vault/second/objects`)) as [string, string]
    await flipBit(`${cwd}/vault/second/objects/${damaged}`)
    await rm(`${cwd}/vault/second/objects/${missing}`)
    const found = { damaged: [`objects/${damaged}`], missing: [`objects/${missing}`], unreachable: false }
    expect(await json(['check'])).toMatchObject({ exit: 3, json: { ok: false, stores: [{}, found] } })
    const repaired = await json(['check', '--deep', '--repair', ...FACTORS])
    const keys = [`objects/${damaged}`, `objects/${missing}`]
    expect(repaired).toMatchObject({
      exit: 0,
      json: {
        ok: true,
        stores: [{ repaired: [] }, { damaged: [], missing: [], repaired: keys }],
        deep: { snapshots: 2, opened: 2 },
      },
    })
    expect((await cairn(['check'])).exit).toBe(0)
    expect(await filesIn(`${cwd}/vault/second`)).toEqual(await filesIn(`${cwd}/vault/store`))
  })

  it('opens no snapshot without factors, and says so', async () => {
    const { cairn, json } = await inTwoStores(await folder())
    expect(await json(['check', '--deep'])).toMatchObject({ exit: 0, json: { ok: true, deep: null } })
    expect((await cairn(['check', '--deep', '--no-input'])).err).toContain('No snapshot was opened')
    const short = await cairn(['check', '--deep', '--sheet-file', 'password'])
    expect(short.exit).toBe(3)
  })

  it('and backup take drives at the same path in turn, and raise no alarm for the one that is elsewhere', async () => {
    const { cwd, cairn, json } = await makeVault(await folder())
    const swap = async (away: string, here: string) => {
      await rename(`${cwd}/usb`, `${cwd}/${away}`)
      await rename(`${cwd}/${here}`, `${cwd}/usb`)
    }
    for (const drive of ['usb', 'b']) await mkdir(`${cwd}/${drive}`)
    await cairn(['store', 'add', 'usb-a', 'usb/cairn'])
    await swap('a', 'b')
    expect((await json(['store', 'add', 'usb-b', 'usb/cairn'])).exit).toBe(0)
    const isAway = { name: 'usb-a', state: 'unreachable', instead: 'usb-b', error: { code: 'store-away' } }
    expect(await json(['backup'])).toMatchObject({
      exit: 0,
      json: { stores: [{}, isAway, { state: 'saved' }] },
    })
    expect((await cairn(['check'])).out).toContain('away, usb-b is in its place')
    await swap('b', 'a')
    const behind = await json(['check'])
    expect(behind).toMatchObject({
      exit: 8,
      json: { ok: false, stores: [{}, { behind: 1 }, { unreachable: true }] },
    })
    expect((await cairn(['check'])).out).toContain('behind by 1 snapshot')
    expect((await json(['backup'])).exit).toBe(0)
    expect(await json(['check'])).toMatchObject({ exit: 0, json: { ok: true } })
  })

  it('takes a store that was rolled back for a liar until it is named', async () => {
    const { cwd, cairn, json } = await inTwoStores(await folder())
    const head = (await filesIn(`${cwd}/vault/second/heads`)).find((name) => name.endsWith('/2.json'))
    await rm(`${cwd}/vault/second/heads/${head}`)
    const lies = { json: { stores: [{ history: 'intact' }, { history: 'rolled-back' }] } }
    expect(await json(['check', '--repair'])).toMatchObject({ exit: 3, ...lies })
    expect((await cairn(['check', '--repair'])).err).not.toContain('good copy')
    expect((await json(['backup'])).exit).toBe(8)
    const { err } = await cairn(['check'])
    expect(err).toContain('cairn check --repair --accept second')
    expect((await json(['check', '--accept', 'second'])).exit).toBe(2)
    expect((await json(['check', '--repair', '--accept', 'third'])).exit).toBe(2)
    expect((await json(['check', '--repair', '--accept', 'second'])).exit).toBe(0)
    expect((await json(['backup'])).exit).toBe(0)
  })

  it('says of a file among the objects that it is none, and finds no fault with what a file manager left', async () => {
    const { cwd, cairn } = await inTwoStores(await folder())
    await writeFile(`${cwd}/vault/second/heads/.DS_Store`, 'x')
    expect((await cairn(['check'])).exit).toBe(0)
    await writeFile(`${cwd}/vault/second/objects/copy of b`, 'x')
    const { exit, out, err } = await cairn(['check', '--repair'])
    expect([exit, out]).toEqual([
      3,
      expect.stringContaining('no object objects/copy of b: remove it by hand'),
    ])
    expect(err).not.toContain('good copy')
  })

  it('a store of which no snapshot is genuine is named by a restore on another computer', async () => {
    const { cwd, json } = await inTwoStores(await folder())
    const device = (await readdir(`${cwd}/vault/second/heads`))[0]
    const head = (seq: number) => `${cwd}/vault/second/heads/${device}/${seq}.json`
    await rm(head(2))
    await rename(head(1), head(2))
    const given = ['restore', 'savings', '--from', 'vault/second', '--to', 'back', ...FACTORS]
    const vault = (await readdir(`${cwd}/home/vaults`))[0]
    const key = ['--identity-file', `home/vaults/${vault}/computer.key`]
    const ran = await json([...given, ...key], { home: `${cwd}/elsewhere` })
    expect(ran).toMatchObject({ exit: 7, json: { error: { code: 'store-history' } } })
  })
})
