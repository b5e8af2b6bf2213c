import { appendFile, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { native } from '../../src/primitives.js'
import { lookAt } from '../../src/schedule/look.js'
import { fileSource } from '../../src/sources/files.js'
import type { Source } from '../../src/sources/source.js'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cairn-look-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** As `open` sees it, where a source has nothing cheaper. */
const opened = (source: string): Source => ({ spec: source, open: () => fileSource(source).open() })

describe.each([
  ['without opening', fileSource],
  ['by opening', opened],
])('a look at a wallet %s', (_, openSource) => {
  const look = (name: string) => lookAt({ source: join(folder, name) }, { openSource, primitives: native })

  test('is the same while nothing changes, and another after every change in or below a folder', async () => {
    await mkdir(join(folder, 'dir/deep'), { recursive: true })
    await writeFile(join(folder, 'dir/a'), '1')
    const steps = [
      () => appendFile(join(folder, 'dir/a'), '2'),
      () => writeFile(join(folder, 'dir/deep/b'), '3'),
      () => rename(join(folder, 'dir/deep/b'), join(folder, 'dir/deep/c')),
      () => rm(join(folder, 'dir/a')),
    ]
    const seen = new Set([(await look('dir')).mark])
    for (const step of steps) {
      await step()
      const { mark } = await look('dir')
      expect((await look('dir')).mark).toBe(mark)
      seen.add(mark)
    }
    expect(seen.size).toBe(1 + steps.length)
  })

  test('sees what SQLite writes beside a file, and nothing else beside it', async () => {
    await writeFile(join(folder, 'db'), '1')
    const before = await look('db')
    await writeFile(join(folder, 'other'), '1')
    expect(await look('db')).toEqual(before)
    await writeFile(join(folder, 'db-wal'), '1')
    expect((await look('db')).mark).not.toBe(before.mark)
  })

  test('finds nothing where nothing is', async () => {
    expect(await look('gone')).toEqual({ mark: '', newestMs: 0 })
  })
})
