import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { utf8 } from '@cairn/core/bytes.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { present } from '../../../../test/peers/peer.js'
import {
  obscured,
  onFullDisk,
  type Remotes,
  rclone,
  remotes,
  unprivileged,
  webdavServer,
} from '../../../../test/peers/rclone.js'
import { run } from '../../../../test/peers/run.js'
import { ABANDONED_MS } from '../../src/disk.js'
import { realPorts } from '../../src/real.js'
import { rcloneStore } from '../../src/stores/rclone.js'
import type { Store } from '../../src/stores/store.js'
import { until } from '../until.js'
import { codeOf, noise, storeContract } from './contract.js'

const KEY = 'objects/ab/abcdef.age'
const isThere = await present(rclone)

let here: Remotes
let stop = () => {}
const before = process.env.RCLONE_CONFIG
beforeAll(async () => {
  if (!isThere) return
  here = await remotes()
  const server = await webdavServer(here.folder())
  stop = server.stop
  const webdav = (name: string, url: string) => [`[${name}]`, 'type = webdav', `url = ${url}`]
  const wrong = ['user = u', `pass = ${await obscured('another')}`]
  here.add([...webdav('dead', 'http://127.0.0.1:9'), ...webdav('locked', server.url), ...wrong])
  process.env.RCLONE_CONFIG = here.config
})
afterAll(() => {
  if (before === undefined) delete process.env.RCLONE_CONFIG
  else process.env.RCLONE_CONFIG = before
  stop()
  here?.remove()
})

interface Opened {
  readonly command?: readonly string[]
  readonly now?: () => Date
}

function open(at: string, { command = [], now = () => new Date() }: Opened = {}): Store {
  const [program = 'rclone', ...args] = [...command, 'rclone']
  return rcloneStore({ name: 'cloud', url: `rclone:${at}`, now, command: [program, ...args] })
}

const disk = (path = here.folder()) => `disk:${path}`

/** A remote as a user whom permissions bind sees it: a folder of this mode with one object in it. */
async function guarded(mode: number): Promise<Store> {
  const path = here.folder()
  await open(disk(path)).put(KEY, utf8('x'))
  chmodSync(path, mode)
  chmodSync(join(path, 'objects/ab'), mode)
  return open(disk(path), { command: unprivileged })
}

const fullDisk = isThere ? await onFullDisk('/mnt') : []

describe.runIf(isThere)('rclone', () => {
  storeContract('a folder through rclone', {
    fresh: async () => {
      const at = disk()
      return { store: open(at), again: () => open(at) }
    },
    failing: {
      'store-unreachable': async () => open('nobody:vault'),
      'store-denied': () => guarded(0o000),
      ...(fullDisk.length > 0 && { 'store-full': async () => open(disk('/mnt'), { command: fullDisk }) }),
    },
    many: 16,
  })

  let places = 0
  storeContract('a crypt remote of rclone', {
    fresh: async () => {
      const at = `safe:${++places}`
      await run('rclone', ['mkdir', at])
      return { store: open(at), again: () => open(at) }
    },
    many: 16,
    longestStep: 120, // its names are longer than those that they encrypt
  })

  it('keeps names from the provider in a crypt remote', async () => {
    await run('rclone', ['mkdir', 'safe:names'])
    await open('safe:names').put(KEY, utf8('x'))
    const names = readdirSync(join(here.config, '../sealed'), { recursive: true }).join()
    expect(names).not.toMatch(/names|objects|abcdef/)
  })

  it('reads a folder that it may not write to, and says so when it should write', async () => {
    const store = await guarded(0o555)
    expect(await store.get(KEY)).toEqual(Buffer.from('x'))
    expect(await store.list('')).toEqual([{ key: KEY, size: 1 }])
    expect(await codeOf(store.put(KEY, utf8('y')))).toBe('store-denied')
    expect(await codeOf(store.put('new', utf8('y')))).toBe('store-denied')
    expect(await codeOf(store.remove(KEY))).toBe('store-denied')
    expect(await store.get(KEY)).toEqual(Buffer.from('x'))
  })

  it.each([
    ['a drive that is not plugged in', (path: string) => disk(path)],
    ['one behind an alias', () => 'usb:cairn'],
    ['one behind a crypt remote', () => 'sealed-usb:cairn'],
  ])('is unreachable, makes no folder, and is never taken for an empty one: %s', async (_what, at) => {
    const away = join(here.folder(), 'away')
    here.add(['[usb]', 'type = alias', `remote = ${away}`])
    here.add(['[sealed-usb]', 'type = crypt', 'remote = usb:', `password = ${await obscured('')}`])
    for (const call of everyCall(open(at(away)))) expect(await codeOf(call())).toBe('store-unreachable')
    expect(existsSync(away)).toBe(false)
  })

  it('is empty where folders are parts of names and nothing was put yet', async () => {
    here.add(['[bucket]', 'type = memory'])
    const store = open('bucket:vault/cairn')
    expect(await store.list('')).toEqual([])
    expect(await store.list('objects/')).toEqual([])
    expect(await codeOf(store.get(KEY))).toBe('object-missing')
  })

  it('never takes a folder for an object', async () => {
    const store = open(disk())
    await store.put(KEY, utf8('x'))
    expect(await codeOf(store.get('objects/ab'))).toBe('store-unreachable')
    expect(await codeOf(store.remove('objects'))).toBe('store-unreachable')
    expect(await store.get(KEY)).toEqual(Buffer.from('x'))
  })

  it.each([
    ['nobody:vault', 'rclone has no remote of this name'],
    ['dead:vault', 'there is no connection to it'],
  ])('says why %s cannot be reached, in words of its own', async (at, reason) => {
    for (const call of everyCall(open(at)))
      await expect(call()).rejects.toMatchObject({
        code: 'store-unreachable',
        details: { store: 'cloud', reason },
      })
  })

  it('is told apart from a server that is there and wants another password', async () => {
    for (const call of everyCall(open('locked:vault')))
      await expect(call()).rejects.toMatchObject({ code: 'store-denied', details: { store: 'cloud' } })
  })

  it('asks no password of a configuration that is encrypted', async () => {
    const config = join(here.folder(), 'rclone.conf')
    writeFileSync(
      config,
      `# Encrypted rclone configuration File\n\nRCLONE_ENCRYPT_V0:\n${'AAAA'.repeat(30)}\n`,
    )
    const store = open('disk:vault', {
      command: ['env', '-u', 'RCLONE_CONFIG_PASS', `RCLONE_CONFIG=${config}`],
    })
    await expect(store.list('')).rejects.toMatchObject({
      details: { reason: 'the configuration of rclone is locked; RCLONE_PASSWORD_COMMAND can open it' },
    })
  })

  it('leaves nothing under the key when the program is killed in the middle, nor after it was put again', async () => {
    const path = here.folder()
    const file = join(here.folder(), 'processes')
    const slowly = ['sh', '-c', `echo $$ >> '${file}'; exec "$@"`, 'sh', 'env', 'RCLONE_BWLIMIT=1M']
    const putting = open(disk(path), { command: slowly }).put(KEY, noise(6_000_000))
    putting.catch(() => {})
    await until(() => readdirSync(path, { recursive: true }).some((name) => `${name}`.endsWith('.part')))
    process.kill(Number(readFileSync(file, 'utf8').trim().split('\n').at(-1)), 'SIGKILL')
    await expect(putting).rejects.toMatchObject({ details: { reason: 'rclone was stopped' } })
    expect(await codeOf(open(disk(path)).get(KEY))).toBe('object-missing')
    await open(disk(path)).put(KEY, noise(1000))
    expect(await open(disk(path)).list('')).toEqual([{ key: KEY, size: 1000 }])
    expect(readdirSync(path, { recursive: true })).toHaveLength(3)
  })

  it('lists no part, and removes one that nobody writes any more at the next put', async () => {
    const path = here.folder()
    const part = join(path, 'objects/ab', `other.age.000000000001.part`)
    await open(disk(path)).put(KEY, utf8('x'))
    writeFileSync(part, 'half')
    const isKept = () => readdirSync(join(path, 'objects/ab')).length === 2
    for (const [later, kept] of [
      [ABANDONED_MS / 2, true],
      [2 * ABANDONED_MS, false],
    ] as const) {
      const store = open(disk(path), { now: () => new Date(Date.now() + later) })
      expect(await store.list('objects/')).toEqual([{ key: KEY, size: 1 }])
      expect(isKept()).toBe(true)
      await store.put(KEY, utf8('x'))
      expect(isKept()).toBe(kept)
    }
  })

  it('says of a listing that is none that it cannot be read', async () => {
    const lying = rcloneStore({
      name: 'cloud',
      url: 'rclone:disk:x',
      now: () => new Date(),
      command: ['echo'],
    })
    await expect(lying.list('')).rejects.toMatchObject({ code: 'store-unreachable' })
  })

  it('is opened by its URL', async () => {
    const store = realPorts.openStore({ name: 'cloud', url: `rclone:${disk()}` })
    await store.put(KEY, utf8('x'))
    expect(await store.list('')).toEqual([{ key: KEY, size: 1 }])
  })
})

describe('a store of rclone', () => {
  it('says how the program is had when it is not there', async () => {
    const absent = rcloneStore({
      name: 'cloud',
      url: 'rclone:a:b',
      now: () => new Date(),
      command: ['no-such-rclone'],
    })
    for (const call of everyCall(absent))
      await expect(call()).rejects.toMatchObject({ code: 'rclone-absent' })
  })

  it.each([
    'rclone:',
    'rclone:vault',
    'rclone::s3,secret_access_key=TheSecret:bucket',
    'rclone:cloud,secret_access_key=TheSecret:bucket',
    'rclone:-vv:x',
    'rclone: cloud:x',
    'rclone:a/b:x',
  ])('refuses %s, which names no remote, and does not repeat it', (url) => {
    const opened = () => rcloneStore({ name: 'cloud', url, now: () => new Date() })
    expect(opened).toThrow(expect.objectContaining({ code: 'usage' }))
    expect(opened).not.toThrow(/TheSecret/)
  })

  it('takes no credentials: they are with rclone', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'cairn-rclone-')), 'credentials.toml')
    writeFileSync(path, 'user = "a"\n')
    const store = realPorts.openStore({ name: 'cloud', url: 'rclone:cloud:x', credentials: path })
    expect(await codeOf(store.list(''))).toBe('usage')
    rmSync(dirname(path), { recursive: true })
  })
})

function everyCall(store: Store): (() => Promise<unknown>)[] {
  return [
    () => store.get(KEY),
    () => store.put(KEY, utf8('x')),
    () => store.list(''),
    () => store.list('objects/'),
    () => store.remove(KEY),
  ]
}
