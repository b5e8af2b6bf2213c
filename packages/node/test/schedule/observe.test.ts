import { mkdirSync, renameSync, rmdirSync } from 'node:fs'
import {
  appendFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { observe } from '../../src/schedule/observe.js'
import type { Watcher } from '../../src/schedule/watch.js'
import { until } from '../until.js'

let folder = ''
let watcher: Watcher | undefined
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cairn-observe-'))
})
afterEach(async () => {
  await watcher?.close()
  await rm(folder, { recursive: true, force: true })
})

const at = (name: string) => join(folder, name)

describe('the observer of this system', () => {
  /** What is told of these names from now on. */
  async function seeing(...names: readonly string[]) {
    const told: string[] = []
    watcher = await observe(names.map(at), (path) => told.push(path.slice(folder.length + 1)))
    return { told, tells: (path: string) => until(() => told.some((each) => each.startsWith(path))) }
  }

  test('tells of a file that is written, replaced, removed and made again, and of no other', async () => {
    await writeFile(at('a'), '1')
    await writeFile(at('b'), '1')
    const { told, tells } = await seeing('a')
    const steps = [
      () => appendFile(at('a'), '2'),
      async () => {
        await writeFile(at('new'), '3')
        await rename(at('new'), at('a'))
      },
      () => rm(at('a')),
      () => writeFile(at('a'), '4'),
      () => appendFile(at('a'), '5'),
    ]
    for (const step of steps) {
      told.length = 0
      await step()
      await tells('a')
    }
    await appendFile(at('b'), '2')
    await appendFile(at('a'), '6')
    await tells('a')
    expect(told.filter((path) => path.startsWith('b'))).toEqual([])
  })

  test('tells of what happens deep below a folder, also in folders that are made or moved there later', async () => {
    await mkdir(at('dir/deep'), { recursive: true })
    await mkdir(at('other/moved'), { recursive: true })
    const { told, tells } = await seeing('dir')
    const steps = [
      () => writeFile(at('dir/deep/file'), '1'),
      () => appendFile(at('dir/deep/file'), '2'),
      () => mkdir(at('dir/later/still'), { recursive: true }),
      () => rename(at('other/moved'), at('dir/moved')),
    ]
    for (const step of steps) {
      told.length = 0
      await step()
      await tells('dir')
    }
    // folders may be taken up a moment after they were told of
    for (const path of ['dir/later/still/file', 'dir/moved/file']) {
      told.length = 0
      await until(async () => {
        await writeFile(at(path), 'x')
        return told.length > 0
      })
    }
  })

  test('tells of a file that a link leads to', async () => {
    await mkdir(at('elsewhere'))
    await writeFile(at('elsewhere/real'), '1')
    await symlink(at('elsewhere/real'), at('link'))
    const { tells } = await seeing('link')
    await appendFile(at('elsewhere/real'), '2')
    await tells('link')
  })

  test('tells of a file whose folder is made later', async () => {
    const { told, tells } = await seeing('not/yet/a')
    await mkdir(at('not'))
    await mkdir(at('not/yet'))
    await until(async () => {
      await writeFile(at('not/yet/a'), 'x')
      return told.some((path) => path.startsWith('not/yet/a'))
    })
    told.length = 0
    await appendFile(at('not/yet/a'), 'y')
    await tells('not/yet/a')
  })

  test('goes on with a folder that another one takes the place of', async () => {
    await mkdir(at('dir'))
    await writeFile(at('dir/a'), '1')
    await mkdir(at('new'))
    await writeFile(at('new/a'), '2')
    const { told, tells } = await seeing('dir', 'dir/a')
    await rm(at('dir'), { recursive: true })
    await rename(at('new'), at('dir'))
    await tells('dir')
    told.length = 0
    await until(async () => {
      await appendFile(at('dir/a'), '3')
      return told.includes('dir/a')
    })
  })

  test.each([
    ['another one', () => renameSync(at('new'), at('dir'))],
    ['a new one, which may have its number', () => mkdirSync(at('dir'))],
  ])('goes on when %s took its place before that was heard of', async (_, replace) => {
    await mkdir(at('dir'))
    await mkdir(at('new'))
    const { told } = await seeing('dir', 'dir/a')
    rmdirSync(at('dir'))
    replace()
    for (const path of ['dir', 'dir/a']) {
      told.length = 0
      await until(async () => {
        await appendFile(at('dir/a'), '3')
        return told.includes(path)
      })
    }
  })

  test('takes a folder in a folder of its name for what it is', async () => {
    await mkdir(at('dir'))
    const { told, tells } = await seeing('dir', 'dir/a')
    await mkdir(at('dir/dir'))
    await tells('dir')
    for (const path of ['dir/a', 'dir/dir/b']) {
      told.length = 0
      await until(async () => {
        await appendFile(at(path), '3')
        return told.includes('dir')
      })
    }
    await appendFile(at('dir/a'), '4')
    await tells('dir/a')
  })

  test.runIf(process.platform === 'linux')('needs one watch for a thousand files', async () => {
    await mkdir(at('dir'))
    for (let i = 0; i < 1000; i++) await writeFile(at(`dir/${i}`), '')
    const before = await watches()
    const { tells } = await seeing('dir')
    expect((await watches()) - before).toBeLessThan(5)
    await appendFile(at('dir/777'), 'x')
    await tells('dir')
    await watcher?.close()
    expect(await watches()).toBe(before)
  })
})

/** How many things this process watches by inotify, as the kernel says. */
async function watches(): Promise<number> {
  const infos = await Promise.all(
    (await readdir('/proc/self/fdinfo')).map((fd) =>
      readFile(`/proc/self/fdinfo/${fd}`, 'utf8').catch(() => ''),
    ),
  )
  return infos.join('\n').match(/^inotify /gm)?.length ?? 0
}
