import { mkdir, readdir, rename, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { useFolders } from '../run.js'
import { type Made, makeVault } from '../vault.js'

/** With a second store, `usb`, and one snapshot in both. */
async function withUsb(cwd: string): Promise<Made> {
  const made = await makeVault(cwd)
  for (const args of [['store', 'add', 'usb', 'usb'], ['backup']])
    expect((await made.cairn(args)).exit, args.join(' ')).toBe(0)
  return made
}

describe('a folder that is no place of its own', () => {
  const folder = useFolders()

  test.each([
    ['inside a store', 'vault/store/objects', 'store-nested'],
    ['inside a store, by a link', 'link/objects/new', 'store-nested'],
    ['around a store', 'vault', 'store-nested'],
    ['a store, by a link', 'link', 'store-known'],
    ['a store, by a link to the folder above it', 'above/store', 'store-known'],
  ])('is no store more: %s', async (_, place, code) => {
    const { cwd, cairn, json } = await makeVault(await folder())
    await symlink('vault/store', join(cwd, 'link'))
    await symlink('vault', join(cwd, 'above'))
    const before = await readdir(cwd, { recursive: true })
    const refused = { exit: 5, json: { error: { code, message: expect.stringContaining('main') } } }
    expect(await json(['store', 'add', 'usb', place])).toMatchObject(refused)
    expect(await readdir(cwd, { recursive: true })).toEqual(before)
    expect((await cairn(['backup'])).exit).toBe(0)
  })

  test('is not joined as two', async () => {
    const { cwd, json } = await makeVault(await folder())
    await symlink('vault/store', join(cwd, 'link'))
    const [vault] = await readdir(join(cwd, 'home/vaults'))
    const factors = ['--sheet-file', 'sheet.txt', '--identity-file', `home/vaults/${vault}/computer.key`]
    const twice = [
      'join',
      'desk',
      '--from',
      'near=vault/store',
      '--from',
      'far=link',
      ...factors,
      '--no-input',
    ]
    expect(await json(twice, { home: join(cwd, 'other') })).toMatchObject({
      exit: 5,
      json: { error: { code: 'store-known' } },
    })
  })
})

describe('the paper trail of stores', () => {
  const folder = useFolders()

  test('is told by status, which finds damage, absence and what is well', async () => {
    const { cwd, cairn, json } = await withUsb(await folder())
    expect(await json(['status'])).toMatchObject({
      exit: 0,
      json: {
        stores: [
          { name: 'main', settings: null, reviewed: null, due: [] },
          {
            name: 'usb',
            newest: { seq: 1 },
            behind: 0,
            damaged: [],
            checked: null,
            reread: { days: 30, objects: 3, of_objects: 3 },
            settings: { versioning: 'unknown', remove: 'works', overwrite: 'works' },
            concerns: ['deletes-allowed', 'overwrites-allowed'],
            due: [],
          },
        ],
        attention: false,
      },
    })
    expect((await cairn(['status'])).out).toMatch(
      /\nusb +(?:just now|\d+ minutes? ago) +snapshot 1 +100 % in 30 days\n/,
    )

    const objects = (await readdir(`${cwd}/usb/objects`, { recursive: true })).filter((name) =>
      name.endsWith('.age'),
    )
    await writeFile(join(cwd, 'usb/objects', objects[0] as string), 'something else')
    await cairn(['check'])
    const { exit, out, err } = await cairn(['status'])
    expect(exit).toBe(8)
    expect(out).toMatch(/\nusb: 1 object known to be damaged or missing\n/)
    expect(err).toContain('cairn check --repair')
    await cairn(['check', '--repair'])
    expect((await json(['status'])).exit).toBe(0)

    await rename(`${cwd}/usb`, `${cwd}/away`)
    await cairn(['backup'])
    const away = await cairn(['status'])
    expect(away.exit).toBe(8)
    expect(away.out).toMatch(
      /\nusb +(?:just now|\d+ minutes? ago), not since +snapshot 1, 1 behind .* backup: it lacks the newest snapshot/,
    )
    expect(away.out).toMatch(/\nusb: could not be used just now \(store-unreachable\)\n/)
  })

  test('has what a review found, and the day', async () => {
    const { cairn, json } = await withUsb(await folder())
    const review = await json(['store', 'review', 'usb'])
    expect(review).toMatchObject({ exit: 0, json: { name: 'usb', changes: [], probe: { ok: true } } })
    const { reviewed, next, before } = review.json as { reviewed: string; next: string; before: string }
    expect(Date.parse(next) - Date.parse(reviewed)).toBe(180 * 86_400_000)
    expect(Date.parse(before)).toBeLessThan(Date.parse(reviewed))
    const { stores } = (await json(['status'])).json as { stores: { reviewed: string | null }[] }
    expect(stores.map((store) => store.reviewed)).toEqual([null, reviewed])
    const first = await cairn(['store', 'review', 'main'])
    expect(first).toMatchObject({ exit: 0, out: expect.stringContaining('no earlier report') })
    expect(await json(['store', 'review', 'nope'])).toMatchObject({
      exit: 6,
      json: { error: { code: 'store-unknown' } },
    })
  })
})

describe('a store of --from', () => {
  const folder = useFolders()

  test('is called by its place, and never by what stands before the host', async () => {
    const { cwd, cairn } = await makeVault(await folder())
    await mkdir(`${cwd}/empty`)
    const from = async (place: string) => (await cairn(['restore', '--from', place, '--to', 'back'])).err
    expect(await from('nowhere')).toContain('the store nowhere cannot be reached')
    const err = await from('s3://me:pa55word@bucket/x?endpoint=http://127.0.0.1:9')
    expect(err).not.toContain('pa55word')
  })
})
