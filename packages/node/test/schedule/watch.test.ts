import { appendFileSync, writeFileSync } from 'node:fs'
import { appendFile, mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, posix, win32 } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { WalletEntry } from '../../src/machine/wallets.js'
import { observe } from '../../src/schedule/observe.js'
import { isBelow, isWatchable, type Watch, type WatchPorts, watch } from '../../src/schedule/watch.js'
import { until } from '../until.js'

let folder = ''
let now = () => new Date()
beforeEach(async () => {
  now = () => new Date()
  folder = await mkdtemp(join(tmpdir(), 'cairn-watch-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const entry = (name: string) => ({ name, source: join(folder, name), kind: 'file' }) as unknown as WalletEntry

type More = Partial<Watch & Pick<WatchPorts, 'mark'>>

/** A watch of these wallets that has seen them, and what it saved: the bytes as they were when it did. */
async function watching(names: readonly string[], more: More = {}, see: typeof observe = observe) {
  const { mark = async ({ source }) => String((await stat(source).catch(() => null))?.mtimeMs) } = more
  const stop = new AbortController()
  const saves: (readonly string[])[] = []
  const contents: string[] = []
  const unsaved: string[] = []
  const wallets = [...names].map(entry)
  const list = join(folder, 'wallets.json')
  await writeFile(list, '{}')
  let watched: readonly string[] = []
  let marked = 0
  const done = watch(
    {
      wallets: async () => {
        await readFile(list) // as one that reads them there
        return wallets
      },
      list,
      changedBefore: async () => [],
      signal: stop.signal,
      quietMs: 50,
      ...more,
    },
    {
      now: () => now(),
      wait: (ms, signal) => sleep(ms, undefined, { signal }).catch(() => {}),
      observe: async (paths, onChange) => {
        const watcher = await see(paths, onChange)
        watched = paths
        return watcher
      },
      mark: async (entry) => {
        const text = await mark(entry)
        marked++
        return text
      },
      save: async (names) => {
        saves.push(names)
        for (const name of names) contents.push(await readFile(join(folder, name), 'utf8').catch(() => ''))
        return names.filter((name) => unsaved.includes(name))
      },
    },
  )
  await until(() => watched.includes(list) && marked >= names.length)
  return {
    saves,
    contents,
    unsaved,
    wallets,
    list,
    isWatched: (name: string) => watched.includes(join(folder, name)),
    stop: async () => {
      stop.abort()
      await done
    },
  }
}

describe('cairn watch', () => {
  test('saves what changed, and only that, once it rests', async () => {
    await writeFile(join(folder, 'a'), 'old')
    await writeFile(join(folder, 'b'), 'old')
    const { saves, contents, stop } = await watching(['a', 'b'])
    for (const text of ['1', '2', '3']) await appendFile(join(folder, 'a'), text)
    await until(() => contents.at(-1) === 'old123')
    await stop()
    expect(new Set(saves.flat())).toEqual(new Set(['a']))
  })

  test('sees a file that a new one took the place of, again and again', async () => {
    await writeFile(join(folder, 'a'), '0')
    const { contents, stop } = await watching(['a'])
    for (const text of ['1', '2', '3']) {
      await writeFile(join(folder, 'a.tmp'), text)
      await rename(join(folder, 'a.tmp'), join(folder, 'a'))
      await until(() => contents.at(-1) === text)
    }
    await stop()
  })

  test('sees what is written beside a database, below a folder, and a wallet that comes later', async () => {
    await writeFile(join(folder, 'db'), '')
    await mkdir(join(folder, 'dir'))
    const { saves, stop } = await watching(['db', 'dir', 'later'])
    await writeFile(join(folder, 'db-wal'), 'x')
    await until(() => saves.flat().includes('db'))
    await mkdir(join(folder, 'dir/deep'))
    await writeFile(join(folder, 'dir/deep/file'), 'x')
    await until(() => saves.flat().includes('dir'))
    await writeFile(join(folder, 'later'), 'x')
    await until(() => saves.flat().includes('later'))
    await stop()
  })

  test('watches a wallet that was added while it runs', async () => {
    await writeFile(join(folder, 'new'), 'x')
    const { saves, wallets, list, isWatched, stop } = await watching([])
    wallets.push(entry('new'))
    await writeFile(list, '{"more":1}')
    await until(() => isWatched('new'))
    await appendFile(join(folder, 'new'), 'y')
    await until(() => saves.flat().includes('new'))
    await stop()
  })

  test('loses nothing that is heard together with a change of the list', async () => {
    await writeFile(join(folder, 'a'), 'x')
    // seen only by being heard: as it was when it was looked at, the change was in it
    const { saves, list, stop } = await watching(['a'], { mark: async () => '' })
    writeFileSync(list, '{"more":1}')
    appendFileSync(join(folder, 'a'), 'y')
    await until(() => saves.length > 0)
    await stop()
    expect(saves).toEqual([['a']])
  })

  test('watches a wallet that was added when the list had just been read', async () => {
    const all: WalletEntry[] = []
    const { isWatched, stop } = await watching([], {
      wallets: async () => {
        const read = [...all]
        if (read.length === 0) {
          all.push(entry('new'))
          writeFileSync(join(folder, 'wallets.json'), '{"more":1}')
        }
        return read
      },
    })
    await until(() => isWatched('new'))
    await stop()
  })

  test('saves what changed while nobody watched', async () => {
    await writeFile(join(folder, 'a'), 'x')
    const { saves, stop } = await watching(['a'], { changedBefore: async () => ['a'] })
    await until(() => saves.length > 0)
    await stop()
    expect(saves).toEqual([['a']])
  })

  test('loses nothing that is written while it begins to watch', async () => {
    await writeFile(join(folder, 'a'), 'x')
    const told: string[] = []
    const { saves, stop } = await watching(
      ['a'],
      {
        changedBefore: async () => {
          told.push('looked')
          return []
        },
      },
      async (paths, onChange) => {
        const watcher = await observe(paths, onChange)
        expect(told).toEqual([])
        await appendFile(join(folder, 'a'), 'y')
        return watcher
      },
    )
    await until(() => saves.length > 0)
    await stop()
    expect([saves, told]).toEqual([[['a']], ['looked']])
  })

  test('finds by itself what the system does not tell', async () => {
    await writeFile(join(folder, 'a'), 'x')
    await writeFile(join(folder, 'b'), 'x')
    const { saves, stop } = await watching(['a', 'b'], { sweepMs: 20 }, async () => ({
      close: async () => {},
    }))
    await appendFile(join(folder, 'a'), 'y')
    await until(() => saves.length > 0)
    await sleep(100)
    await stop()
    expect(saves).toEqual([['a']])
  })

  test('forgets a wallet that was removed before it could be saved: the others are saved without it', async () => {
    for (const name of ['a', 'b']) await writeFile(join(folder, name), 'x')
    const start = new Date()
    now = () => start // so that nothing rests for long enough until it is known that one was removed
    const { saves, unsaved, wallets, list, isWatched, stop } = await watching(['a', 'b'])
    unsaved.push('b')
    await appendFile(join(folder, 'b'), 'y')
    wallets.pop()
    await writeFile(list, '{"fewer":1}')
    await until(() => !isWatched('b'))
    now = () => new Date()
    await appendFile(join(folder, 'a'), 'y')
    await until(() => saves.length > 0)
    await stop()
    expect(saves).toEqual([['a']])
  })

  test('one that cannot be saved waits by itself, and keeps nobody from looking at the others', async () => {
    for (const name of ['a', 'b']) await writeFile(join(folder, name), 'x')
    const blind = async () => ({ close: async () => {} })
    const { saves, unsaved, stop } = await watching(
      ['a', 'b'],
      { sweepMs: 20, changedBefore: async () => ['a', 'b'] },
      blind,
    )
    unsaved.push('b')
    await until(() => saves.length > 0)
    await appendFile(join(folder, 'a'), 'y')
    await until(() => saves.length > 1)
    await stop()
    expect(saves).toEqual([['a', 'b'], ['a']])
  })

  test('ends only when the backup that runs is over', async () => {
    await writeFile(join(folder, 'a'), 'x')
    const stop = new AbortController()
    const order: string[] = []
    await watch(
      {
        wallets: async () => [entry('a')],
        list: join(folder, 'wallets.json'),
        changedBefore: async () => ['a'],
        signal: stop.signal,
        quietMs: 0,
      },
      {
        now: () => new Date(),
        wait: (ms, signal) => sleep(ms, undefined, { signal }).catch(() => {}),
        observe,
        mark: async () => '',
        save: async () => {
          stop.abort()
          await sleep(30)
          order.push('saved')
          return []
        },
      },
    )
    order.push('ended')
    expect(order).toEqual(['saved', 'ended'])
  })
})

test('the wallet of a running node is not watched', () => {
  expect(isWatchable({ source: 'bitcoin-rpc:http://127.0.0.1:8332/wallet/x' })).toBe(false)
  expect(isWatchable({ source: '/home/me/wallet.dat' })).toBe(true)
})

test('what lies below a folder is told apart from what has a name like it, on every system', () => {
  const below = (folder: string, path: string) => isBelow(folder, path, folder.includes('/') ? posix : win32)
  expect(below('/home/anna/wallets', '/home/anna/wallets/deep/file')).toBe(true)
  expect(below('/home/anna/wallets', '/home/anna/wallets/..file')).toBe(true)
  expect(below('C:\\Users\\Anna\\wallets', 'C:\\Users\\Anna\\wallets\\deep\\file')).toBe(true)
  for (const other of ['/home/anna/wallets', '/home/anna/wallets2/file', '/home/anna', '/home/anna/other'])
    expect(below('/home/anna/wallets', other)).toBe(false)
  for (const other of ['C:\\Users\\Anna\\wallets2\\file', 'C:\\Users\\Anna', 'D:\\wallets\\file'])
    expect(below('C:\\Users\\Anna\\wallets', other)).toBe(false)
})
